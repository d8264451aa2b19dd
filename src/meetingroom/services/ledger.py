"""The hub's memory of its log: streams opened and folded, and who holds what."""

from collections.abc import Callable, Container, Iterable

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory, fold_directory
from meetingroom.domain.entries import Entry, entry_of
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.ports import Accepted, HubLog
from meetingroom.domain.records import GENESIS, Kept
from meetingroom.domain.replies import Answered
from meetingroom.domain.rights import blob_opened, may_read, paper_of

Delivery = tuple[str, str, str, str]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One numbered record as the hub sees it."""

    entry: Entry
    readers: tuple[str, ...]


def line_of(accepted: Accepted) -> Line:
    """Open an accepted record."""
    entry = entry_of(Kept(record=accepted.record, envelope=accepted.envelope))
    return Line(entry=entry, readers=accepted.readers)


def is_purged(fact: facts.Fact) -> bool:
    """Whether a record's content was purged."""
    return isinstance(fact, facts.Unknown) and fact.reason == "purged"


class Savepoint(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger knew before a batch: folded values never change, so this is small."""

    lengths: dict[str, int]
    heads: dict[str, tuple[int, int, str]]
    meetings: dict[str, Meeting]
    directory: Directory


class Ledger:
    """All streams in memory; not safe for threads, its owner holds a lock."""

    def __init__(self, log: HubLog) -> None:
        self._log = log
        self._lines: dict[str, list[Line]] = {}
        self._heads: dict[str, tuple[int, int, str]] = {}
        self._meetings: dict[str, Meeting] = {}
        self._held: dict[str, dict[str, set[str]]] = {}
        self._by_mark: dict[tuple[str, str], list[Line]] = {}
        self._by_blob: dict[str, list[Line]] = {}
        self._by_vote: dict[tuple[str, str], list[Line]] = {}
        self.directory = Directory()
        self._read()

    def _read(self) -> None:
        for stream in self._log.streams():
            self.add([line_of(row) for row in self._log.stream(stream)])

    def read_again(self) -> None:
        """Forget all and fold the log anew: it did not take what was put between."""
        tables = (self._lines, self._heads, self._meetings, self._held, self._by_mark)
        for table in (*tables, self._by_blob, self._by_vote):
            table.clear()
        self.directory = Directory()
        self._read()

    def put_between(
        self, stream: str, entries: Iterable[Entry], readers: "ReadersOf", unsure: Container[str]
    ) -> tuple[list[Line], dict[str, tuple[str, ...]]]:
        """Take numbered records in at their places; the stream is folded anew from its start.

        `readers` says who may read one, with the ledger as it was just before it: told of the
        new ones and of those that are `unsure`, because something may now stand before them.
        An entry that is here already (without its content) takes its place. What was added,
        and the readers of older ones that changed.
        """
        old = self._lines.pop(stream, [])
        for line in old:
            self._unindex(line)
        if stream == OFFICE:
            self.directory = Directory()
        self._meetings.pop(stream, None)
        known = {line.entry.head.id: line for line in old}
        rows = {line.entry.head.id: line.entry for line in old}
        for entry in entries:
            before = rows.get(entry.head.id)
            # A record that was here keeps the place it has here.
            place = before.envelope if before is not None else entry.envelope
            rows[entry.head.id] = msgspec.structs.replace(entry, envelope=place)
        added: list[Line] = []
        changed: dict[str, tuple[str, ...]] = {}
        for entry in sorted(rows.values(), key=lambda row: row.order):
            name, before_it = entry.head.id, known.get(entry.head.id)
            is_reckoned = before_it is None or name in unsure
            who = readers(self, entry) if is_reckoned or before_it is None else before_it.readers
            line = Line(entry=entry, readers=who)
            if before_it is None:
                added.append(line)
            elif who != before_it.readers:
                changed[name] = who
            self.add([line])
        return added, changed

    def blobs(self) -> list[str]:
        """Every blob that some record opens."""
        return [blob for blob, lines in list(self._by_blob.items()) if lines]

    def add(self, lines: Iterable[Line]) -> None:
        """Take accepted records in."""
        for line in lines:
            envelope = line.entry.envelope
            assert envelope is not None  # noqa: S101
            stream = envelope.stream
            self._lines.setdefault(stream, []).append(line)
            self._index(line)
            self._heads[stream] = max(
                (envelope.epoch, envelope.number, envelope.chain),
                self._heads.get(stream, (0, 0, "")),
            )
            if stream == OFFICE:
                self.directory = fold_directory([line.entry], self.directory)
            else:
                self._meetings[stream] = fold_meeting(
                    stream, [line.entry], self._meetings.get(stream)
                )

    def _index(self, line: Line) -> None:
        fact = line.entry.fact
        if isinstance(fact, facts.MarkPut | facts.MarkCarried):
            self._by_mark.setdefault((line.entry.head.stream, fact.mark), []).append(line)
        elif isinstance(fact, facts.BallotCast):
            self._by_vote.setdefault((line.entry.head.stream, fact.vote), []).append(line)
        elif blob := blob_opened(fact):
            self._by_blob.setdefault(blob, []).append(line)

    def _unindex(self, line: Line) -> None:
        fact = line.entry.fact
        if isinstance(fact, facts.MarkPut | facts.MarkCarried):
            self._by_mark[line.entry.head.stream, fact.mark].remove(line)
        elif isinstance(fact, facts.BallotCast):
            self._by_vote[line.entry.head.stream, fact.vote].remove(line)
        elif blob := blob_opened(fact):
            self._by_blob[blob].remove(line)

    def savepoint(self) -> Savepoint:
        """Where `go_back` leads to."""
        return Savepoint(
            lengths={stream: len(lines) for stream, lines in self._lines.items()},
            heads=dict(self._heads),
            meetings=dict(self._meetings),
            directory=self.directory,
        )

    def go_back(self, point: Savepoint) -> None:
        """Forget what was added since: the log did not take it."""
        for stream, lines in list(self._lines.items()):
            kept = point.lengths.get(stream, 0)
            for line in lines[kept:]:
                self._unindex(line)
            del lines[kept:]
            if not lines:
                del self._lines[stream]
        self._heads = dict(point.heads)
        self._meetings = dict(point.meetings)
        self.directory = point.directory

    def head(self, stream: str, epoch: int) -> tuple[int, int, str]:
        """(epoch, number, chain) of the last record of a stream."""
        return self._heads.get(stream, (epoch, 0, GENESIS))

    def meeting(self, stream: str) -> Meeting | None:
        """The meeting as folded so far."""
        return self._meetings.get(stream)

    def streams(self) -> list[str]:
        """The office first, so that names are known before they are used."""
        return sorted(self._lines, key=lambda stream: stream != OFFICE)

    def lines_opening(self, blob: str) -> list[Line]:
        """The records that open a blob to whoever may read them."""
        return self._by_blob.get(blob, [])

    def may_read(self, principal: str, line: Line) -> bool:
        """Whether a record may reach a principal's devices now."""
        head = line.entry.head
        meeting = self.meeting(head.stream)
        return may_read(principal, head, line.entry.fact, line.readers, self.directory, meeting)

    def held(self, device: str, stream: str) -> set[str]:
        """Ids of a stream's records that a device was told to keep."""
        if device not in self._held:
            self._held[device] = self._log.holdings(device)
        return self._held[device].setdefault(stream, set())

    def note_delivered(self, deliveries: Iterable[Delivery]) -> None:
        """Remember what devices are told, after the commit."""
        for device, what, stream, record in deliveries:
            held = self.held(device, stream)
            if what == "record":
                held.add(record)
            else:
                held.discard(record)

    def differences(self, device: str, principal: str, stream: str) -> list[Delivery]:
        """What a device must be told so that it holds just what its principal may read."""
        return self.differences_in(device, principal, self._lines.get(stream, ()))

    def differences_in(self, device: str, principal: str, lines: Iterable[Line]) -> list[Delivery]:
        """The same for some records, in their order."""
        steps: list[Delivery] = []
        for line in lines:
            head = line.entry.head
            is_held = head.id in self.held(device, head.stream)
            # What was purged is nobody's news; who has the empty record keeps the chain by it.
            is_empty = is_purged(line.entry.fact)
            if (self.may_read(principal, line) and (is_held or not is_empty)) != is_held:
                what = "forget" if is_held else "record"
                steps.append((device, what, head.stream, head.id))
        return steps

    def readers_of_mark(self, stream: str, mark: str) -> tuple[str, ...]:
        """Who may read a mark, as frozen with its newest content."""
        lines = self._by_mark.get((stream, mark), [])
        newest = [line for line in lines if isinstance(line.entry.fact, facts.MarkPut)]
        return newest[-1].readers if newest else ()

    def answered_by(self, entry: Entry) -> Answered | None:
        """The mark a reply names, also one its author took away; None if the hub never had it."""
        fact = entry.fact
        name = fact.reply_to if isinstance(fact, facts.MarkPut) else ""
        lines = self._by_mark.get((entry.head.stream, name), [])
        if not lines:
            return None
        head, put = lines[-1].entry.head, lines[-1].entry.fact
        return Answered(
            author=head.author,
            paper=paper_of(put),
            audience=head.audience,
            readers=frozenset(reader for line in lines for reader in line.readers),
        )

    def entries(self, stream: str) -> list[Entry]:
        """The opened records of a stream, in order."""
        return [line.entry for line in self._lines.get(stream, ())]

    def empty(self, stream: str, records: Iterable[str]) -> None:
        """Forget what these records say, as the log did."""
        gone = set(records)
        lines = self._lines.get(stream, [])
        for place, line in enumerate(lines):
            if line.entry.head.id in gone:
                self._unindex(line)
                kind = line.entry.head.kind
                empty = facts.read_fact(kind, line.entry.head.version, None)
                entry = msgspec.structs.replace(line.entry, fact=empty)
                lines[place] = Line(entry=entry, readers=line.readers)
        self._meetings[stream] = fold_meeting(stream, [line.entry for line in lines])

    def touched_by(self, line: Line) -> list[Line]:
        """Older records whose readers an accepted record of no permission kind changes."""
        fact, stream = line.entry.fact, line.entry.head.stream
        if isinstance(fact, facts.BallotCast):
            author = line.entry.head.author
            ballots = self.ballots_in(stream, fact.vote)
            return [one for one in ballots if one.entry.head.author == author]
        if isinstance(fact, facts.ConsultationClosed):
            return self._answers_to(stream, fact.consultation)
        if not isinstance(fact, facts.MarkRemoved):
            return []
        return self._by_mark.get((stream, fact.mark), [])

    def ballots_in(self, stream: str, vote: str) -> list[Line]:
        """The open ballots of a vote, changed ones included."""
        return self._by_vote.get((stream, vote), [])

    def _answers_to(self, stream: str, consultation: str) -> list[Line]:
        """Answers in writing that everybody may see once their question is closed."""
        return [
            line
            for line in self._lines.get(stream, ())
            if isinstance(fact := line.entry.fact, facts.ConsultationAnswered)
            and fact.consultation == consultation
        ]


ReadersOf = Callable[[Ledger, Entry], tuple[str, ...]]
