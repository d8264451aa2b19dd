"""Opening the hub anew where a standby's copy lies: who presses signs what it begins from."""

from collections.abc import Callable

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import entry_of
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.ports import Accepted, Verify
from meetingroom.domain.records import Kept, SignedRecord, payload_is_whole
from meetingroom.domain.succession import may_take_over
from meetingroom.services.doors import HubCertificate
from meetingroom.services.hub import HubOffice


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What a standby will begin from, for who presses to sign."""

    hub: str
    epoch: int
    heads: tuple[tuple[str, int, str], ...]
    standby: str

    @property
    def fact(self) -> facts.HubTakenOver:
        return facts.HubTakenOver(
            hub=self.hub, epoch=self.epoch, heads=self.heads, standby=self.standby
        )


Sign = Callable[[Offer], SignedRecord]


def check_signed(hub: HubOffice, record: SignedRecord, offer: Offer, verify: Verify) -> None:
    """Raises RefusedError unless somebody who may take over signed just this offer."""
    entry = entry_of(Kept(record=record))
    head, ledger = entry.head, hub.ledger
    if not payload_is_whole(record, head):
        raise RefusedError("malformed")  # the signature is of the head alone
    if not _is_of(entry.fact, offer) or head.stream != OFFICE or head.on_behalf_of is not None:
        raise RefusedError("malformed")
    device = ledger.directory.devices.get(head.device)
    if device is None or not device.is_active or device.principal != head.author:
        raise RefusedError("not_you")
    if not verify(device.public_key, record.signed_bytes, record.signature):
        raise RefusedError("bad_signature")
    meetings = [row for stream in ledger.streams() if (row := ledger.meeting(stream)) is not None]
    if not may_take_over(head.author, ledger.directory, meetings):
        raise RefusedError("no_right")


def _is_of(fact: facts.Fact, offer: Offer) -> bool:
    if not isinstance(fact, facts.HubTakenOver):
        return False
    return msgspec.structs.replace(fact, meeting="") == offer.fact


def next_epoch(rows: list[Accepted], own: HubCertificate, known: int) -> int:
    """One above every epoch that is known of."""
    epochs = [own.epoch, known]
    for row in rows:
        fact = entry_of(Kept(record=row.record, envelope=row.envelope)).fact
        if isinstance(fact, facts.HubCertified):
            epochs.append(msgspec.json.decode(fact.certificate.encode(), type=HubCertificate).epoch)
        elif isinstance(fact, facts.HubTakenOver | facts.HubRestored):
            epochs.append(fact.epoch)
    return max(epochs) + 1
