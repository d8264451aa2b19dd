"""Whether a device follows a hub that took over: who opened it signed for it."""

from collections.abc import Mapping

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.entries import entry_of
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.ports import Verify
from meetingroom.domain.records import Kept, SignedRecord
from meetingroom.domain.ruling import leads
from meetingroom.domain.succession import has_office_right
from meetingroom.services.doors import HubCertificate


def may_be_followed(
    record: SignedRecord,
    certificate: HubCertificate,
    directory: Directory,
    meetings: Mapping[str, Meeting],
    verify: Verify,
) -> bool:
    """Whether a device has nothing against a hub that says this record opened it.

    Its signature must hold and its author be one who may, as far as this device knows them: of
    a computer that joined while this one was away, or of a meeting that is not for this
    person, it knows nothing, and the office's key decides alone.
    """
    try:
        entry = entry_of(Kept(record=record))
    except MeetingError:
        return False
    head, fact = entry.head, entry.fact
    if not isinstance(fact, facts.HubTakenOver) or head.stream != OFFICE:
        return False
    if (fact.hub, fact.epoch) != (certificate.hub, certificate.epoch):
        return False
    device = directory.devices.get(head.device)
    if device is None:
        return True
    is_signed = device.is_active and verify(
        device.public_key, record.signed_bytes, record.signature
    )
    if not is_signed or device.principal != head.author or head.author not in directory.people:
        return False
    if not fact.meeting:
        return has_office_right(head.author, directory)
    meeting = meetings.get(fact.meeting)
    return meeting is None or leads(head.author, meeting)
