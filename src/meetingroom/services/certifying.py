"""A hub's certificate: made with the office's key, kept beside the log, told as a record."""

from datetime import timedelta

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.clock import Clock, utc_now
from meetingroom.domain.ids import new_id
from meetingroom.domain.ports import HubLog, Signer
from meetingroom.domain.records import utc_text
from meetingroom.services.copybook import CERTIFICATE_CONTEXT
from meetingroom.services.doors import HubCertificate

YEARS = timedelta(days=365 * 40)


def certify(
    hub_log: HubLog,
    office_signer: Signer,
    hub_signer: Signer,
    *,
    office: str,
    tls: str,
    epoch: int,
    clock: Clock = utc_now,
    is_same: bool = False,
) -> HubCertificate:
    """Sign a hub's certificate and open a new incarnation of the hub, unless it `is_same`."""
    certificate = HubCertificate(
        office=office,
        hub=new_id("hub"),
        public_key=hub_signer.public_key,
        tls=tls,
        epoch=epoch,
        issued=utc_text(clock()),
        until=utc_text(clock() + YEARS),
    )
    text = msgspec.json.encode(certificate)
    hub_log.set_value("certificate", text)
    hub_log.set_value("certificate_signature", office_signer.sign(CERTIFICATE_CONTEXT + text))
    if not is_same:
        hub_log.set_value("incarnation", new_id("incarnation").encode())
    return certificate


def certificate_fact(hub_log: HubLog) -> facts.HubCertified:
    """The hub's certificate as a record, so that every device can check every envelope."""
    return facts.HubCertified(
        certificate=(hub_log.value("certificate") or b"").decode(),
        signature=(hub_log.value("certificate_signature") or b"").hex(),
    )
