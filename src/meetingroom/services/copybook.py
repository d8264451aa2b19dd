"""A device's folded copy of the log: checked on arrival, kept in memory, told as values."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory, fold_directory
from meetingroom.domain.entries import Entry, entry_of
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import ME, OFFICE
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.ports import Delivered, DeviceLog, Verify
from meetingroom.domain.purging import pointing_to
from meetingroom.domain.records import (
    Kept,
    SignedRecord,
    payload_is_whole,
    read_envelope,
    read_head,
)
from meetingroom.domain.rights import blob_opened
from meetingroom.services.doors import HubCertificate

CERTIFICATE_CONTEXT = b"meetingroom hub certificate 1\x00"


class Pages:
    """One stream: its entries, and its meeting folded without and with what is only ours."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.entries: dict[str, Entry] = {}
        self.own: dict[str, Entry] = {}
        self.numbered = Meeting(id=stream)
        self.meeting = self.numbered

    def fold_arrived(self, arrived: Sequence[Entry], *, is_late: bool) -> None:
        """Fold what was numbered; all of it where something belongs (or went) further back."""
        if is_late:
            entries = (entry for entry in self.entries.values() if entry.envelope is not None)
            self.numbered = fold_meeting(self.stream, entries)
        else:
            self.numbered = fold_meeting(self.stream, arrived, self.numbered)
        self.fold_own()

    def fold_own(self) -> None:
        """Fold all own records after what is numbered."""
        own = self.own.values()
        self.meeting = fold_meeting(self.stream, own, self.numbered) if own else self.numbered


class Copybook:
    """Streams as entries and as folded values; its owner holds a lock around changes."""

    def __init__(self, device_log: DeviceLog, office_key: str, verify: Verify) -> None:
        self._office_key = office_key
        self._verify = verify
        self._pages: dict[str, Pages] = {}
        self._waiting: set[str] = set()
        self._opening: dict[str, set[str]] = {}
        self._certified: list[facts.HubCertified] = []
        self._hub_keys: dict[str, str] = {}
        self._place = 0
        self.directory = Directory()
        self.meetings: dict[str, Meeting] = {}
        for stream in device_log.streams():
            self._open(stream, device_log.stream(stream))

    @property
    def waiting(self) -> int:
        """Own records that are neither private, numbered, nor refused."""
        return len(self._waiting)

    def is_waiting(self, record: str) -> bool:
        """Whether an own record still waits for the hub."""
        return record in self._waiting

    def opens(self, blob: str) -> bool:
        """Whether some record here opens this blob to the person."""
        return bool(self._opening.get(blob))

    def entries(self, stream: str, groups: Collection[str]) -> list[Entry]:
        """What is here of some groups of kinds, in no order."""
        entries = self._pages[stream].entries.values() if stream in self._pages else ()
        names = {name for name, kind in facts.KINDS.items() if kind.group in groups}
        return [entry for entry in entries if entry.head.kind in names]

    def blobs_of(self, stream: str, records: Iterable[str]) -> set[str]:
        """The blobs that these records open."""
        entries = self._pages[stream].entries if stream in self._pages else {}
        known = (entries.get(record) for record in records)
        blobs = {blob_opened(entry.fact) for entry in known if entry is not None}
        return blobs - {""}

    def _open(self, stream: str, rows: Sequence[Kept]) -> None:
        for row in rows:
            entry = entry_of(row)
            self._put(self._pages_of(stream), entry)
            self._place = max(self._place, entry.place)
            self._note_hub(entry)
        self._fold(self._pages_of(stream), (), is_late=True)

    def _pages_of(self, stream: str) -> Pages:
        if stream not in self._pages:
            self._pages[stream] = Pages(stream)
        return self._pages[stream]

    # --- arrival ------------------------------------------------------------------------

    def check(self, steps: Sequence[Delivered]) -> None:
        """Raises MeetingError("record.forged") where a hash or the hub's word is wrong."""
        for step in steps:
            if step.kept is not None:
                self._check_one(step, step.kept)

    def _check_one(self, step: Delivered, kept: Kept) -> None:
        head = read_head(kept.record)
        if kept.envelope is None or not payload_is_whole(kept.record, head):
            raise MeetingError("record.forged", reason="payload")
        if head.stream == OFFICE and head.kind == "hub_certified":
            self._note_hub(entry_of(kept))
        envelope = read_envelope(kept.envelope)
        key = self._hub_key(envelope.hub)
        if (envelope.record, envelope.stream) != (head.id, head.stream):
            raise MeetingError("record.forged", reason="envelope")
        if (step.record, step.stream) != (head.id, head.stream):
            raise MeetingError("record.forged", reason="step")
        if envelope.head_hash != kept.record.head_hash:
            raise MeetingError("record.forged", reason="envelope")
        if key is None or not self._verify(
            key, kept.envelope.signed_bytes, kept.envelope.signature
        ):
            raise MeetingError("record.forged", reason="hub")

    def _note_hub(self, entry: Entry) -> None:
        if isinstance(entry.fact, facts.HubCertified):
            self._certified.append(entry.fact)

    def _hub_key(self, hub: str) -> str | None:
        """The key the office certified for a hub; judged only when a hub's word is weighed."""
        certified, self._certified = self._certified, []
        for fact in certified:
            text, signature = fact.certificate.encode(), bytes.fromhex(fact.signature)
            if self._verify(self._office_key, CERTIFICATE_CONTEXT + text, signature):
                certificate = msgspec.json.decode(text, type=HubCertificate)
                self._hub_keys[certificate.hub] = certificate.public_key
        return self._hub_keys.get(hub)

    def take(self, steps: Sequence[Delivered]) -> dict[str, set[str]]:
        """Fold what came; the streams that changed, with the kinds that came."""
        changed: dict[str, set[str]] = {}
        arrived: dict[str, list[Entry]] = {}
        late: set[str] = set()
        for step in steps:
            pages = self._pages_of(step.stream)
            kinds = changed.setdefault(step.stream, set())
            if step.kept is None:
                late |= {step.stream} if self._drop(pages, step.record) else set()
                continue
            entry = entry_of(step.kept)
            kinds.add(entry.head.kind)
            if self._is_known(pages, entry):
                continue
            before = pages.entries.get(entry.head.id)
            is_moved = before is not None and before.envelope is not None
            if is_moved or entry.order[:2] <= pages.numbered.number:
                late.add(step.stream)
            self._put(pages, entry)
            arrived.setdefault(step.stream, []).append(entry)
        for stream in changed:
            self._fold(self._pages_of(stream), arrived.get(stream, ()), is_late=stream in late)
        return changed

    def _is_known(self, pages: Pages, entry: Entry) -> bool:
        known = pages.entries.get(entry.head.id)
        return known is not None and known.envelope == entry.envelope

    # --- purging ------------------------------------------------------------------------

    def pointing_to(self, stream: str, paper: str) -> list[Entry]:
        """The records here whose content goes with a paper, own and private ones too."""
        entries = self._pages[stream].entries.values() if stream in self._pages else ()
        return pointing_to(entries, paper)

    def purge(self, stream: str, gone: Iterable[Entry]) -> None:
        """Numbered records keep only their heads, own unnumbered ones go whole."""
        pages = self._pages_of(stream)
        for entry in gone:
            name = entry.head.id
            if blob := blob_opened(entry.fact):
                self._opening[blob].discard(name)
            self._waiting.discard(name)
            if entry.envelope is None:
                pages.entries.pop(name, None)
                pages.own.pop(name, None)
            else:
                empty = facts.read_fact(entry.head.kind, entry.head.version, None)
                pages.entries[name] = msgspec.structs.replace(entry, fact=empty)
        self._fold(pages, (), is_late=True)

    # --- own records --------------------------------------------------------------------

    def add_own(self, records: Sequence[SignedRecord]) -> None:
        """Fold own records after everything numbered."""
        added: dict[str, list[Entry]] = {}
        for record in records:
            self._place += 1
            entry = entry_of(Kept(record=record, place=self._place))
            self._put(self._pages_of(entry.head.stream), entry)
            added.setdefault(entry.head.stream, []).append(entry)
        for stream, entries in added.items():
            pages = self._pages_of(stream)
            if stream != OFFICE:
                pages.meeting = fold_meeting(stream, entries, pages.meeting)
            self._show(pages)

    def refuse(self, reasons: Mapping[str, str]) -> list[Entry]:
        """Note that the hub refused own records (id → reason); the entries that are known."""
        refused: list[Entry] = []
        for pages in list(self._pages.values()):
            names = [name for name in reasons if name in pages.own]
            for name in names:
                entry = msgspec.structs.replace(pages.own[name], refused=reasons[name])
                self._put(pages, entry)
                refused.append(entry)
            if names:
                pages.fold_own()
                self._show(pages)
        return refused

    # --- keeping ------------------------------------------------------------------------

    def _put(self, pages: Pages, entry: Entry) -> None:
        name = entry.head.id
        pages.entries[name] = entry
        if entry.envelope is None:
            pages.own[name] = entry
        else:
            pages.own.pop(name, None)
        is_private = ME in entry.head.audience
        if entry.envelope is None and entry.refused is None and not is_private:
            self._waiting.add(name)
        else:
            self._waiting.discard(name)
        if blob := blob_opened(entry.fact):
            self._opening.setdefault(blob, set()).add(name)

    def _drop(self, pages: Pages, record: str) -> bool:
        """Forget a record (own private ones never); whether it was here."""
        entry = pages.entries.get(record)
        if entry is None or ME in entry.head.audience:
            return False
        del pages.entries[record]
        pages.own.pop(record, None)
        self._waiting.discard(record)
        if blob := blob_opened(entry.fact):
            self._opening[blob].discard(record)
        return True

    # --- folding ------------------------------------------------------------------------

    def _fold(self, pages: Pages, arrived: Sequence[Entry], *, is_late: bool) -> None:
        if pages.stream != OFFICE:
            pages.fold_arrived(arrived, is_late=is_late)
        self._show(pages)

    def _show(self, pages: Pages) -> None:
        stream = pages.stream
        if stream == OFFICE:
            self.directory = fold_directory(pages.entries.values())
        elif pages.meeting.issued is None:
            self.meetings = {key: row for key, row in self.meetings.items() if key != stream}
        else:
            self.meetings = {**self.meetings, stream: pages.meeting}
