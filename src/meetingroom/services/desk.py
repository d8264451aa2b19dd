"""A person's desk: the own copy of the log, folded, and the line to the hub.

Other services (marking, reading, leading, preparing) act through it. Intents run on the
desk's own thread and return Futures; news goes to listeners after the commit. What a
reader sees is `directory` and `meetings`: immutable values, safe to read anywhere.
"""

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from meetingroom.domain.directory import Directory
from meetingroom.domain.entries import Entry
from meetingroom.domain.errors import LinkError, RefusedError, StoreError
from meetingroom.domain.facts import Fact
from meetingroom.domain.ids import ME, OFFICE
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.ports import Blobs, Delivered, DeviceLog, Position, Verify
from meetingroom.domain.purging import files_of, names_purged
from meetingroom.domain.records import Kept, SignedRecord, read_head
from meetingroom.domain.rehearsal import RehearsalCall
from meetingroom.domain.stage import Laser, Stage, Stroke
from meetingroom.services import news
from meetingroom.services.authoring import Author
from meetingroom.services.copybook import Copybook
from meetingroom.services.doors import Answer, HubCertificate, Link, LinkChanged, Vouched, Wanted
from meetingroom.services.errands import Errands
from meetingroom.services.following_hub import may_be_followed
from meetingroom.services.purging import Due, keep_due, kept_due, purges_in
from meetingroom.services.shelf import Shelf

T = TypeVar("T")
log = logging.getLogger(__name__)
Listener = Callable[[news.News], None]
FRAME = 50  # records sent together
OUTBOX = 200  # records looked at together
FOLLOWED = "followed-hub"  # the certificate of the highest hub this device has met
HANDED_IN = "handed-in"  # the incarnation of the hub that has what is numbered here


class OldHub(Protocol):
    """The log of a hub on this computer that another one took over from: all of it is offered."""

    def records(self, incarnation: str) -> list[str]: ...

    def kept(self, records: Sequence[str]) -> list[Kept]: ...

    def files(self) -> list[str]: ...

    def file_path(self, blob: str) -> Path | None: ...

    def purge(self, stream: str, paper: str, blobs: Sequence[str], now: str) -> None: ...


class CopyOfHub(Protocol):
    """A standby's sealed files, fetched like papers but kept apart."""

    def owns(self, name: str) -> bool: ...

    def wanted(self) -> list[Wanted]: ...

    def part(self, name: str) -> Path: ...

    def arrived(self, name: str) -> None: ...


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Whose this computer is, and the office it trusts (the pin decides)."""

    office: str
    office_name: str
    office_key: str
    device: str
    principal: str
    name: str
    address: str = ""


class Desk:
    """Implements `LinkInbox`; everything public may be called from any thread."""

    def __init__(
        self, device_log: DeviceLog, blobs: Blobs, author: Author, profile: Profile, verify: Verify
    ) -> None:
        self.profile = profile
        self.log = device_log
        self.blobs = blobs
        self.author = author
        self.errands = Errands("desk")
        self.link: Link | None = None
        self.link_state = LinkChanged(state="off")
        self.old_hub: OldHub | None = None
        self.standby: CopyOfHub | None = None
        self._verify = verify
        self._copybook = Copybook(device_log, profile.office_key, verify)
        self._shelf = Shelf(device_log, blobs, self._copybook)
        self._shelf.tidy()
        self._stages: dict[str, Stage] = {}
        self._transfers: dict[str, tuple[int, int]] = {}
        self._listeners: list[Listener] = []
        self._closings: list[Callable[[], None]] = []
        self._taken: set[str] = set()
        self._lock = threading.RLock()
        for due in kept_due(device_log):
            self._empty(due)

    # --- what is seen -------------------------------------------------------------------

    @property
    def person(self) -> str:
        """The principal whose desk this is (a room's, on the display)."""
        return self.profile.principal

    @property
    def directory(self) -> Directory:
        return self._copybook.directory

    @property
    def meetings(self) -> dict[str, Meeting]:
        """All meetings this person may read."""
        return self._copybook.meetings

    def meeting(self, meeting: str) -> Meeting | None:
        return self._copybook.meetings.get(meeting)

    def entries(self, meeting: str, groups: Collection[str]) -> list[Entry]:
        """The records of a meeting that are here, of some groups of kinds; from any thread."""
        with self._lock:
            return self._copybook.entries(meeting, groups)

    def stage(self, meeting: str) -> Stage:
        """The stage as last heard (revision 0 if never)."""
        return self._stages.get(meeting, Stage(meeting=meeting))

    def transfer(self, blob: str) -> tuple[int, int]:
        """(bytes here, bytes in all) of a blob under way; (0, 0) if none is."""
        return self._transfers.get(blob, (0, 0))

    def paper_path(self, blob: str) -> Path | None:
        """Where a paper's file lies, if it is on this computer."""
        return self.blobs.path(blob)

    def listen(self, listener: Listener) -> None:
        """Tell this listener all news from now on, on threads of the services."""
        self._listeners.append(listener)

    def stop_listening(self, listener: Listener) -> None:
        self._listeners.remove(listener)

    def announce(self, what: news.News) -> None:
        for listener in list(self._listeners):
            listener(what)

    def attach(self, link: Link) -> None:
        """The line to the hub; start it with `link.start()`."""
        self.link = link

    def before_closing(self, closing: Callable[[], None]) -> None:
        """Something of another service that ends with the desk."""
        self._closings.append(closing)

    def close(self) -> None:
        """Stop the link, finish what is queued, close the log."""
        if self.link is not None:
            self.link.stop()
        for closing in self._closings:
            closing()
        self.errands.close()
        self.log.close()

    # --- acting -------------------------------------------------------------------------

    def run(self, task: Callable[[], T]) -> "Future[T]":
        """Run an intent on the desk's thread."""
        return self.errands.run(task)

    def write(
        self,
        stream: str,
        fact: Fact,
        *,
        audience: tuple[str, ...] = (),
        on_behalf_of: str | None = None,
    ) -> str:
        """Keep an own record (committed on return), fold it, tell, send; the record's id.

        Called off the interface's thread. Raises StoreError.
        """
        self._see_purges(stream, [fact])
        record = self.author.write(stream, fact, audience=audience, on_behalf_of=on_behalf_of)
        with self._lock:
            self.log.append_own([record], private=ME in audience)
            self._copybook.add_own([record])
        self._tell_streams({stream: {read_head(record).kind}})
        self._wake(is_private=ME in audience)
        return read_head(record).id

    def write_step(
        self,
        stream: str,
        rows: Sequence[tuple[Fact, tuple[str, ...]]],
        values: Mapping[str, bytes | None],
    ) -> None:
        """Keep own records, each for its audience, and small values of this computer: all or none.

        Called off the interface's thread. Raises StoreError.
        """
        self._see_purges(stream, [fact for fact, _ in rows])
        records = [self.author.write(stream, fact, audience=who) for fact, who in rows]
        with self._lock:
            self.log.append_step(records, values)
            self._copybook.add_own(records)
        if records:
            self._tell_streams({stream: {read_head(record).kind for record in records}})
            self._wake(is_private=all(ME in who for _, who in rows))

    def _see_purges(self, stream: str, rows: Sequence[Fact]) -> None:
        """Raises RefusedError("purged") for words on a paper that is nowhere any more."""
        folded = self.meeting(stream)
        if folded is not None and any(names_purged(fact, folded.purges) for fact in rows):
            raise RefusedError("purged")

    def keep_own(
        self,
        records: Sequence[SignedRecord],
        values: Mapping[str, bytes | None],
        refused: Mapping[str, str],
    ) -> None:
        """Keep own records signed before, and small values: all or none; on the desk's thread.

        `refused` has the hub's reason for those it would not have.
        """
        with self._lock:
            self.log.append_step(records, values, refused)
            self._copybook.add_own(records)
            self._copybook.refuse(refused)
        changed: dict[str, set[str]] = {}
        for head in map(read_head, records):
            changed.setdefault(head.stream, set()).add(head.kind)
        # Of a meeting that is not here yet there is nothing to tell.
        self._tell_streams({key: kinds for key, kinds in changed.items() if key in self.meetings})
        self._wake(is_private=all(ME in read_head(record).audience for record in records))

    def write_batch(self, stream: str, facts: Sequence[Fact], batch: str) -> list[str]:
        """Keep own records that the hub takes together or not at all; their ids."""
        records = [self.author.write(stream, fact) for fact in facts]
        with self._lock:
            self.log.append_batch(records, batch)
            self._copybook.add_own(records)
        self._tell_streams({stream: {read_head(record).kind for record in records}})
        self._wake(is_private=False)
        return [read_head(record).id for record in records]

    def ask(self, name: str, body: dict[str, Any], timeout: float = 10) -> "Future[dict[str, Any]]":
        """A request to the hub; fails with LinkError("link.offline") without one."""
        if self.link is None:
            future: Future[dict[str, Any]] = Future()
            future.set_exception(LinkError("link.offline"))
            return future
        return self.link.ask(name, body, timeout)

    def waiting(self) -> int:
        """How many own records the hub does not have yet."""
        return self._copybook.waiting

    def _wake(self, *, is_private: bool) -> None:
        if is_private:
            return
        self.announce(news.OutboxChanged(waiting=self.waiting()))
        if self.link is not None:
            self.link.wake()

    def _tell_streams(self, changed: dict[str, set[str]]) -> None:
        for stream, kinds in changed.items():
            meeting = self._copybook.meetings.get(stream)
            if stream == OFFICE:
                self.announce(news.DirectoryChanged(directory=self.directory))
            elif meeting is not None:
                self.announce(news.MeetingChanged(meeting=meeting, kinds=frozenset(kinds)))
            else:
                self.announce(news.MeetingGone(meeting=stream))

    # --- LinkInbox ----------------------------------------------------------------------

    def position(self) -> Position:
        """How far this desk has come: what is kept up to there is also known here."""
        with self._lock:
            return self.log.position()

    def take(self, steps: Sequence[Delivered], position: Position) -> None:
        with self._lock:
            self._copybook.check(steps)
            self._shelf.before_forgetting(self._blobs_to_forget(steps))
            known = set(self._copybook.meetings)
            for due in purges_in(steps):
                keep_due(self.log, due)
            self.log.take(steps, position)
            changed = self._copybook.take(self._as_kept(steps))
            purged = [self._empty(due) for due in kept_due(self.log)]
            self._taken = {row for row in self._taken if self._copybook.is_waiting(row)}
            went = self._shelf.tidy()
        # A meeting whose first records are here and its issue not yet has not gone.
        now = known | set(self._copybook.meetings) | {OFFICE}
        self._tell_streams({stream: kinds for stream, kinds in changed.items() if stream in now})
        for blob in went:
            self.announce(news.PaperGone(blob=blob))
        for due in purged:
            self.announce(news.PaperPurged(meeting=due.stream, paper=due.paper, files=due.banned))
        if steps:
            self.announce(news.OutboxChanged(waiting=self.waiting()))

    def _as_kept(self, steps: Sequence[Delivered]) -> Sequence[Delivered]:
        """What the log has now. An own record that the hub had emptied before it told its number
        still has its content here: seen with it, the purge that follows finds it."""
        bare = [step.record for step in steps if step.kept and step.kept.record.payload is None]
        kept = self.log.kept(bare) if bare else ()
        whole = {read_head(row.record).id: row.record for row in kept}
        return [
            msgspec.structs.replace(
                step, kept=msgspec.structs.replace(step.kept, record=whole[step.record])
            )
            if step.kept is not None and step.record in whole
            else step
            for step in steps
        ]

    def _empty(self, due: Due) -> Due:
        """Take what points to a purged paper out of the log and of memory."""
        found = self._copybook.pointing_to(due.stream, due.paper)
        blobs = tuple(dict.fromkeys((*due.blobs, *files_of(found))))
        here = sum(self.blobs.path(blob) is not None for blob in blobs)
        due = msgspec.structs.replace(
            due, blobs=blobs, records=due.records + len(found), files=max(due.files, here)
        )
        keep_due(self.log, due)
        self.log.purge(
            [row.head.id for row in found if row.envelope is not None],
            [row.head.id for row in found if row.envelope is None],
        )
        self._copybook.purge(due.stream, found)
        self._shelf.before_forgetting(blobs)
        return due

    def drop_files(self, blobs: Sequence[str]) -> None:
        """Delete the files of a purged paper. Raises StoreError.

        A file that another paper opens stays for that one.
        """
        with self._lock:
            gone = [blob for blob in blobs if not self._shelf.may_keep(blob)]
            went = self._shelf.put_away_all(gone)
            stuck = [blob for blob in gone if self.blobs.path(blob) is not None]
        for blob in went:
            self.announce(news.PaperGone(blob=blob))
        if stuck:  # Windows, while a page of it is drawn
            raise StoreError("store.unwritable", file=stuck[0], reason="")

    def _blobs_to_forget(self, steps: Sequence[Delivered]) -> set[str]:
        gone = [(step.stream, step.record) for step in steps if step.kept is None]
        return {
            blob for stream, record in gone for blob in self._copybook.blobs_of(stream, [record])
        }

    def _outbox(self) -> list[SignedRecord]:
        """The oldest of what waits and was not yet taken; a batch is never cut in two."""
        limit = OUTBOX + len(self._taken)
        while True:
            records = self.log.outbox(limit)
            is_all = len(records) < limit
            if is_all or not self.log.batch_of(read_head(records[-1]).id):
                return records
            limit *= 2

    def outgoing(self) -> list[tuple[str, list[SignedRecord]]]:
        batches: list[tuple[str, list[SignedRecord]]] = []
        for record in self._outbox():
            name = read_head(record).id
            if name in self._taken:
                continue
            batch = self.log.batch_of(name)
            if batches and batches[-1][0] == batch and (batch or len(batches[-1][1]) < FRAME):
                batches[-1][1].append(record)
            else:
                batches.append((batch, [record]))
        return batches

    def answered(self, answers: Sequence[Answer]) -> None:
        taken = frozenset(answer.record for answer in answers if answer.is_accepted)
        with self._lock:
            # It leaves the outbox when it comes back numbered; until then it waits.
            self._taken |= {record for record in taken if self._copybook.is_waiting(record)}
        if taken:
            self.announce(news.RecordsAccepted(records=taken))
        reasons = {
            answer.record: answer.refusal
            for answer in answers
            if not answer.is_accepted and answer.record
        }
        if reasons:
            self._refused(reasons)

    def _refused(self, reasons: dict[str, str]) -> None:
        with self._lock:
            for record, reason in reasons.items():
                self.log.refuse(record, reason)
            entries = self._copybook.refuse(reasons)
        changed: dict[str, set[str]] = {}
        for entry in entries:
            changed.setdefault(entry.head.stream, set()).add(entry.head.kind)
        self._tell_streams(changed)
        for entry in entries:
            log.info("the hub refused a record: %s", entry.refused)
            name, kind = entry.head.id, entry.head.kind
            self.announce(news.RecordRefused(record=name, kind=kind, reason=reasons[name]))
        if entries:
            self.announce(news.OutboxChanged(waiting=self.waiting()))

    def followed(self) -> Vouched | None:
        raw = self.log.value(FOLLOWED)
        return msgspec.json.decode(raw, type=Vouched) if raw else None

    def may_follow(self, hub: Vouched, takeover: SignedRecord) -> bool:
        certificate = msgspec.json.decode(hub.certificate.encode(), type=HubCertificate)
        with self._lock:
            directory, meetings = self.directory, self.meetings
        return may_be_followed(takeover, certificate, directory, meetings, self._verify)

    def follow(self, hub: Vouched) -> None:
        self.log.set_value(FOLLOWED, msgspec.json.encode(hub))

    def to_hand_in(self, incarnation: str) -> list[str]:
        if self.log.value(HANDED_IN) == incarnation.encode():
            return []
        extra = self.old_hub.records(incarnation) if self.old_hub is not None else []
        return list(dict.fromkeys((*self.log.numbered(), *extra)))

    def kept(self, records: Sequence[str]) -> list[Kept]:
        rows = self.log.kept(records)
        if self.old_hub is None or len(rows) == len(records):
            return rows
        here = {read_head(row.record).id for row in rows}
        return rows + self.old_hub.kept([name for name in records if name not in here])

    def handed_in(self, incarnation: str) -> None:
        self.log.set_value(HANDED_IN, incarnation.encode())

    def files_here(self) -> list[str]:
        extra = self.old_hub.files() if self.old_hub is not None else []
        return list(dict.fromkeys((*self.blobs.all(), *extra)))

    def file_path(self, blob: str) -> Path | None:
        path = self.blobs.path(blob)
        return path or (self.old_hub.file_path(blob) if self.old_hub is not None else None)

    def stage_heard(self, stage: Stage) -> None:
        with self._lock:
            if stage.revision <= self.stage(stage.meeting).revision:
                return
            self._stages[stage.meeting] = stage
        self.announce(news.StageHeard(stage=stage))

    def laser_heard(self, laser: Laser) -> None:
        self.announce(news.LaserHeard(laser=laser))

    def stroke_heard(self, stroke: Stroke) -> None:
        self.announce(news.StrokeHeard(stroke=stroke))

    def rehearsal_called(self, call: RehearsalCall) -> None:
        self.announce(news.RehearsalAsked(call=call))

    def link_changed(self, change: LinkChanged) -> None:
        self.link_state = change
        self._taken.clear()
        self.announce(news.LinkNews(change=change))

    def wanted_blobs(self) -> list[Wanted]:
        wanted = self._shelf.wanted(self.meetings.values(), self.person)
        return wanted + (self.standby.wanted() if self.standby is not None else [])

    def _is_sealed(self, blob: str) -> bool:
        return self.standby is not None and self.standby.owns(blob)

    def blob_part(self, blob: str) -> Path:
        if self.standby is not None and self.standby.owns(blob):
            return self.standby.part(blob)
        return self.blobs.part(blob)

    def blob_progress(self, blob: str, done: int, size: int) -> None:
        if self._is_sealed(blob):
            return
        self._transfers[blob] = (done, size)
        self.announce(news.TransferMoved(blob=blob, done=done, size=size))

    def blob_arrived(self, blob: str) -> None:
        if self.standby is not None and self.standby.owns(blob):
            self.standby.arrived(blob)
            return
        self._transfers.pop(blob, None)
        with self._lock:
            if not self._shelf.may_keep(blob):
                self._shelf.discard_part(blob)
                return
        self.blobs.finish(blob)
        with self._lock:
            went = [] if self._shelf.may_keep(blob) else self._shelf.put_away(blob)
        if went:
            return
        self.announce(news.PaperArrived(blob=blob))

    def blob_failed(self, blob: str, code: str) -> None:
        if self._is_sealed(blob):
            return  # it is tried again
        self._transfers.pop(blob, None)
        self.announce(news.Problem(code=code, fields={"blob": blob}))
