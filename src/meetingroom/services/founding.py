"""A new office: its key, its hub's certificate, its people, and the first computer."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.clock import Clock, utc_now
from meetingroom.domain.ids import OFFICE, new_id
from meetingroom.domain.ports import Blobs, HubLog, Signer, Verify
from meetingroom.domain.records import utc_text
from meetingroom.services.copybook import CERTIFICATE_CONTEXT
from meetingroom.services.doors import Grant, HubCertificate
from meetingroom.services.hub import HubOffice

YEARS = timedelta(days=365 * 40)


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """What the secretary typed to found an office."""

    name: str
    letterhead: tuple[str, ...] = ()
    place_name: str = ""
    room_name: str = ""
    people: tuple[facts.PersonSet, ...] = ()


def certify(
    hub_log: HubLog,
    office_signer: Signer,
    hub_signer: Signer,
    *,
    office: str,
    tls: str,
    epoch: int,
    clock: Clock = utc_now,
) -> HubCertificate:
    """Sign a hub's certificate and open a new incarnation of the hub."""
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
    hub_log.set_value("incarnation", new_id("incarnation").encode())
    return certificate


def certificate_fact(hub_log: HubLog) -> facts.HubCertified:
    """The hub's certificate as a record, so that every device can check every envelope."""
    return facts.HubCertified(
        certificate=(hub_log.value("certificate") or b"").decode(),
        signature=(hub_log.value("certificate_signature") or b"").hex(),
    )


def found_office(
    hub_log: HubLog,
    blobs: Blobs,
    office_signer: Signer,
    hub_signer: Signer,
    verify: Verify,
    charter: Charter,
    *,
    tls: str,
    clock: Clock = utc_now,
) -> HubOffice:
    """Write an office's first records. Its people must include a secretary."""
    office = new_id("office")
    certify(hub_log, office_signer, hub_signer, office=office, tls=tls, epoch=1, clock=clock)
    hub = HubOffice(hub_log, blobs, hub_signer, verify, clock=clock)
    for fact in _first_facts(hub_log, office, office_signer.public_key, charter):
        hub.say(OFFICE, fact)
    return hub


def _first_facts(
    hub_log: HubLog, office: str, office_key: str, charter: Charter
) -> Sequence[facts.Fact]:
    return (
        certificate_fact(hub_log),
        facts.OfficeFounded(
            office=office,
            name=charter.name,
            letterhead=charter.letterhead or (charter.name.upper(),),
            place_name=charter.place_name,
            office_key=office_key,
        ),
        *charter.people,
        facts.RoomSet(room=new_id("room"), name=charter.room_name or charter.name),
    )


def enrol_first_device(hub: HubOffice, principal: str, device: str, public_key: str) -> Grant:
    """The secretary's own computer, on which the office was founded: no code is needed."""
    return hub.enrol(hub.open_door(principal), device, public_key, "")
