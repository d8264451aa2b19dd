"""The hub's memory of its log: streams opened and folded, and who holds what."""

from collections.abc import Iterable

import msgspec

from meetingroom.domain.directory import Directory, fold_directory
from meetingroom.domain.entries import Entry, entry_of
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.ports import Accepted, HubLog
from meetingroom.domain.records import GENESIS, Kept
from meetingroom.domain.rights import may_read


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One numbered record as the hub sees it."""

    entry: Entry
    readers: tuple[str, ...]


def line_of(accepted: Accepted) -> Line:
    """Open an accepted record."""
    entry = entry_of(Kept(record=accepted.record, envelope=accepted.envelope))
    return Line(entry=entry, readers=accepted.readers)


class Ledger:
    """All streams in memory; not safe for threads, its owner holds a lock."""

    def __init__(self, log: HubLog) -> None:
        self._log = log
        self._lines: dict[str, list[Line]] = {}
        self._heads: dict[str, tuple[int, int, str]] = {}
        self._meetings: dict[str, Meeting] = {}
        self._held: dict[str, dict[str, set[str]]] = {}
        self.directory = Directory()
        for stream in log.streams():
            self.add([line_of(row) for row in log.stream(stream)])

    def add(self, lines: Iterable[Line]) -> None:
        """Take accepted records in."""
        for line in lines:
            envelope = line.entry.envelope
            assert envelope is not None  # noqa: S101
            stream = envelope.stream
            self._lines.setdefault(stream, []).append(line)
            self._heads[stream] = (envelope.epoch, envelope.number, envelope.chain)
            if stream == OFFICE:
                self.directory = fold_directory([line.entry], self.directory)
            else:
                self._meetings[stream] = fold_meeting(
                    stream, [line.entry], self._meetings.get(stream)
                )

    def head(self, stream: str, epoch: int) -> tuple[int, int, str]:
        """(epoch, number, chain) of the last record of a stream."""
        return self._heads.get(stream, (epoch, 0, GENESIS))

    def meeting(self, stream: str) -> Meeting | None:
        """The meeting as folded so far."""
        return self._meetings.get(stream)

    def meetings(self) -> list[Meeting]:
        return list(self._meetings.values())

    def streams(self) -> list[str]:
        """The office first, so that names are known before they are used."""
        return sorted(self._lines, key=lambda stream: stream != OFFICE)

    def lines(self, stream: str) -> list[Line]:
        return self._lines.get(stream, [])

    def held(self, device: str, stream: str) -> set[str]:
        """Ids of a stream's records that a device was told to keep."""
        if device not in self._held:
            self._held[device] = self._log.holdings(device)
        return self._held[device].setdefault(stream, set())

    def note_delivered(self, deliveries: Iterable[tuple[str, str, str, str]]) -> None:
        """Remember what devices are told, after the commit."""
        for device, what, stream, record in deliveries:
            held = self.held(device, stream)
            if what == "record":
                held.add(record)
            else:
                held.discard(record)

    def differences(
        self, device: str, principal: str, stream: str
    ) -> list[tuple[str, str, str, str]]:
        """What a device must be told so that it holds just what its principal may read."""
        held = self.held(device, stream)
        meeting = self.meeting(stream)
        steps: list[tuple[str, str, str, str]] = []
        for line in self.lines(stream):
            head = line.entry.head
            may = may_read(principal, head, line.entry.fact, line.readers, self.directory, meeting)
            if may and head.id not in held:
                steps.append((device, "record", stream, head.id))
            elif not may and head.id in held:
                steps.append((device, "forget", stream, head.id))
        return steps

    def differences_for_new(
        self, device: str, principal: str, lines: Iterable[Line]
    ) -> list[tuple[str, str, str, str]]:
        """The same for just-accepted records that change nobody's rights."""
        steps: list[tuple[str, str, str, str]] = []
        for line in lines:
            head = line.entry.head
            meeting = self.meeting(head.stream)
            if may_read(principal, head, line.entry.fact, line.readers, self.directory, meeting):
                steps.append((device, "record", head.stream, head.id))
        return steps
