"""A device's folded copy of the log: checked on arrival, kept in memory, told as values."""

from collections.abc import Sequence

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory, fold_directory
from meetingroom.domain.entries import Entry, entry_of
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import ME, OFFICE
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.ports import Delivered, DeviceLog, Verify
from meetingroom.domain.records import (
    Kept,
    SignedRecord,
    payload_is_whole,
    read_envelope,
    read_head,
)
from meetingroom.services.doors import HubCertificate

CERTIFICATE_CONTEXT = b"meetingroom hub certificate 1\x00"


class Copybook:
    """Streams as entries and as folded values; its owner holds a lock around changes."""

    def __init__(self, device_log: DeviceLog, office_key: str, verify: Verify) -> None:
        self._office_key = office_key
        self._verify = verify
        self._entries: dict[str, dict[str, Entry]] = {}
        self._numbered: dict[str, Meeting] = {}
        self._hub_keys: dict[str, str] = {}
        self._place = 0
        self.directory = Directory()
        self.meetings: dict[str, Meeting] = {}
        for stream in device_log.streams():
            self._open(stream, device_log.stream(stream))

    @property
    def waiting(self) -> int:
        """Own records that are neither private, numbered, nor refused."""
        return sum(
            entry.envelope is None and entry.refused is None and ME not in entry.head.audience
            for entries in self._entries.values()
            for entry in entries.values()
        )

    def _open(self, stream: str, rows: Sequence[Kept]) -> None:
        for row in rows:
            entry = entry_of(row)
            self._entries.setdefault(stream, {})[entry.head.id] = entry
            self._place = max(self._place, entry.place)
            self._note_hub(entry)
        self._refold(stream)

    # --- arrival ------------------------------------------------------------------------

    def check(self, steps: Sequence[Delivered]) -> None:
        """Raises MeetingError("record.forged") where a hash or the hub's word is wrong."""
        for step in steps:
            if step.kept is not None:
                self._check_one(step.kept)

    def _check_one(self, kept: Kept) -> None:
        head = read_head(kept.record)
        if kept.envelope is None or not payload_is_whole(kept.record, head):
            raise MeetingError("record.forged", reason="payload")
        if head.stream == OFFICE and head.kind == "hub_certified":
            self._note_hub(entry_of(kept))
        envelope = read_envelope(kept.envelope)
        key = self._hub_keys.get(envelope.hub)
        if envelope.record != head.id or envelope.head_hash != kept.record.head_hash:
            raise MeetingError("record.forged", reason="envelope")
        if key is None or not self._verify(
            key, kept.envelope.signed_bytes, kept.envelope.signature
        ):
            raise MeetingError("record.forged", reason="hub")

    def _note_hub(self, entry: Entry) -> None:
        fact = entry.fact
        if not isinstance(fact, facts.HubCertified):
            return
        text = fact.certificate.encode()
        signature = bytes.fromhex(fact.signature)
        if self._verify(self._office_key, CERTIFICATE_CONTEXT + text, signature):
            certificate = msgspec.json.decode(text, type=HubCertificate)
            self._hub_keys[certificate.hub] = certificate.public_key

    def take(self, steps: Sequence[Delivered]) -> dict[str, set[str]]:
        """Fold what came; the streams that changed, with the kinds that came."""
        changed: dict[str, set[str]] = {}
        late: set[str] = set()
        for step in steps:
            entries = self._entries.setdefault(step.stream, {})
            kinds = changed.setdefault(step.stream, set())
            if step.kept is None:
                late |= {step.stream} if entries.pop(step.record, None) else set()
                continue
            entry = entry_of(step.kept)
            kinds.add(entry.head.kind)
            numbered = self._numbered.get(step.stream)
            if numbered is not None and entry.order[:2] <= numbered.number:
                late.add(step.stream)
            entries[entry.head.id] = entry
        for stream in changed:
            self._refold(stream, is_late=stream in late)
        return changed

    # --- own records --------------------------------------------------------------------

    def add_own(self, records: Sequence[SignedRecord]) -> None:
        """Fold own records after everything numbered."""
        for record in records:
            self._place += 1
            entry = entry_of(Kept(record=record, place=self._place))
            stream = entry.head.stream
            self._entries.setdefault(stream, {})[entry.head.id] = entry
            if stream == OFFICE:
                self._refold(stream)
            else:
                before = self.meetings.get(stream)
                self._set(stream, fold_meeting(stream, [entry], before))

    def refuse(self, record: str, reason: str) -> Entry | None:
        """Note that the hub refused an own record; the entry, if it is known."""
        for stream, entries in self._entries.items():
            if record in entries:
                entries[record] = msgspec.structs.replace(entries[record], refused=reason)
                self._refold(stream)
                return entries[record]
        return None

    # --- folding ------------------------------------------------------------------------

    def _refold(self, stream: str, *, is_late: bool = True) -> None:
        entries = self._entries.get(stream, {})
        if stream == OFFICE:
            self.directory = fold_directory(entries.values())
            return
        before = None if is_late else self._numbered.get(stream)
        floor = before.number if before else (0, -1)
        numbered = [
            entry
            for entry in entries.values()
            if entry.envelope is not None and entry.order[:2] > floor
        ]
        base = fold_meeting(stream, numbered, before)
        self._numbered[stream] = base
        own = [entry for entry in entries.values() if entry.envelope is None]
        self._set(stream, fold_meeting(stream, own, base) if own else base)

    def _set(self, stream: str, meeting: Meeting) -> None:
        if meeting.issued is None:
            self.meetings = {key: row for key, row in self.meetings.items() if key != stream}
        else:
            self.meetings = {**self.meetings, stream: meeting}
