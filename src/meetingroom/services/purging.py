"""Making a paper disappear from this computer, and saying that it did.

What is to be done stands among this computer's small values before anything of it begins, so
that a crash in between leaves nothing behind: it is done again at the next start. Services that
keep something of a paper (drafts, the search) say how it goes with `also`.
"""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import entry_of
from meetingroom.domain.errors import CallError, MeetingError, StoreError
from meetingroom.domain.ids import CHAIR, SECRETARY
from meetingroom.domain.ports import Delivered, DeviceLog
from meetingroom.domain.purging import Seen
from meetingroom.services import news, written

if TYPE_CHECKING:
    from meetingroom.services.desk import Desk

log = logging.getLogger(__name__)
DUE, DONE, LEFT, TOLD = "purge:", "purge_done:", "purge_left:", "purge_told:"
READERS = (SECRETARY, CHAIR)
RETRY_SECONDS = 60.0


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A purge under way here; `blobs` and `records` grow as they are found."""

    purge: str
    stream: str
    paper: str
    reason: str
    blobs: tuple[str, ...]
    records: int = 0
    files: int = 0

    @property
    def banned(self) -> tuple[str, ...]:
        """Files that may stand in no other meeting either: those of a secret paper."""
        return self.blobs if self.reason == "secret" else ()


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A purge this person is to be told of, and what of the paper is still on their computer.

    `copies` are files that were changed or moved since this program wrote them, `backups` own
    backups that only the person's passphrase opens.
    """

    purge: str
    reason: str
    item: str
    paper: str
    by: str
    copies: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """Files with the paper that this computer could not reach."""

    copies: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()


Also = Callable[[Due], None]
Sealed = Callable[[], list[str]]


def purges_in(steps: Iterable[Delivered]) -> list[Due]:
    """The purges that the hub delivers just now."""
    found = []
    for step in steps:
        entry = entry_of(step.kept) if step.kept is not None else None
        if entry is not None and isinstance(entry.fact, facts.Purged):
            fact = entry.fact
            found.append(
                Due(
                    purge=step.record,
                    stream=step.stream,
                    paper=fact.paper,
                    reason=fact.reason,
                    blobs=fact.blobs,
                )
            )
    return found


def keep_due(device_log: DeviceLog, due: Due) -> None:
    """Write down that it is to be done; what was done once is not done again."""
    if device_log.value(DONE + due.purge) is None:
        device_log.set_value(DUE + due.purge, msgspec.json.encode(due))


def kept_due(device_log: DeviceLog) -> list[Due]:
    """What is to be done."""
    return [msgspec.json.decode(raw, type=Due) for raw in device_log.values(DUE).values()]


class Purging:
    """Purges of papers: a secretary's wish, and what this computer does about each."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._also: list[Also] = []
        self._sealed: Sealed = list
        self._stuck: set[tuple[str, str]] = set()
        self.left: list[str] = []
        desk.listen(self._on_news)

    def begin(self) -> None:
        """Finish what a crash left, once every service has said what it does `also`."""
        self._desk.run(self.finish_all)

    def also(self, task: Also) -> None:
        """Something more to do of each purge, on the desk's thread; may raise StoreError."""
        self._also.append(task)

    def also_sealed(self, sealed: Sealed) -> None:
        """Where own backups lie that cannot be written anew without the person."""
        self._sealed = sealed

    def purge(self, meeting: str, paper: str, reason: str) -> "Future[str]":
        """Make a paper disappear everywhere; the record's id. It cannot be taken back."""

        def task() -> str:
            folded = self._desk.meeting(meeting)
            known = (folded.papers | folded.removed_papers).get(paper) if folded else None
            if known is None:
                raise CallError("paper.unknown")
            blobs = tuple(dict.fromkeys(version.blob for version in known.versions))
            fact = facts.Purged(paper=paper, reason=reason, blobs=blobs, item=known.item)
            return self._desk.write(meeting, fact)

        return self._desk.run(task)

    def seen(self, meeting: str) -> "Future[dict[str, Seen]]":
        """Which computers of a meeting are on line at the hub. Fails with LinkError."""
        answer: Future[dict[str, Seen]] = Future()

        def done(reply: "Future[dict[str, Any]]") -> None:
            error = reply.exception()
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(msgspec.convert(reply.result()["devices"], dict[str, Seen]))

        self._desk.ask("devices.seen", {"meeting": meeting}).add_done_callback(done)
        return answer

    def notices(self, meeting: str) -> "Future[list[Notice]]":
        """The purges of a meeting that this person was not told of yet, the newest first."""
        return self._desk.run(lambda: self._notices(meeting))

    def _notices(self, meeting: str) -> list[Notice]:
        folded, values = self._desk.meeting(meeting), self._desk.log
        found = []
        for purge in reversed(folded.purges.values() if folded else ()):
            if values.value(TOLD + purge.record) is not None:
                continue
            raw = values.value(LEFT + purge.record)
            left = msgspec.json.decode(raw, type=Left) if raw else Left()
            found.append(
                Notice(
                    purge=purge.record, reason=purge.reason, item=purge.item, paper=purge.paper,
                    by=purge.by, copies=left.copies, backups=left.backups,
                )
            )  # fmt: skip
        return found

    def keep_told(self, purge: str) -> "Future[None]":
        """The person has read it."""
        return self._desk.run(lambda: self._desk.log.set_value(TOLD + purge, b"1"))

    def _on_news(self, what: news.News) -> None:
        if isinstance(what, news.PaperPurged):
            # Behind what every service does when it hears of it.
            self._desk.run(lambda: self._desk.run(self.finish_all) and None)

    def finish_all(self) -> None:
        """On the desk's thread, after what the services do when a paper goes."""
        for due in kept_due(self._desk.log):
            try:
                self._finish(due)
            except (StoreError, OSError) as error:
                log.warning("a purge is not finished and is tried again: %s", error)
                self._tell_stuck(due, error)
                self._desk.errands.later(RETRY_SECONDS, self.finish_all)

    def _tell_stuck(self, due: Due, error: StoreError | OSError) -> None:
        """Once for each reason: who purged sees where it does not go on."""
        code = error.code if isinstance(error, StoreError) else "store.unwritable"
        if (due.purge, code) in self._stuck:
            return
        self._stuck.add((due.purge, code))
        receipt = facts.PurgeDone(purge=due.purge, records=due.records, pending=code)
        try:
            self._desk.write(due.stream, receipt, audience=READERS)
        except MeetingError as full:
            log.warning("nor could it be said: %s", full)

    def _finish(self, due: Due) -> None:
        desk = self._desk
        self._forget_drafts(due)
        self._forget_values(due)
        for task in self._also:
            task(due)
        desk.drop_files(due.blobs)
        if desk.old_hub is not None:
            now = desk.position().incarnation
            desk.old_hub.purge(due.stream, due.paper, due.blobs, now)
        copies, left = written.delete_written(desk.log, due.blobs)
        prints = written.forget_printed(desk.log, due.blobs)
        desk.log.scrub()
        sealed = self._sealed()
        self.left += left
        receipt = facts.PurgeDone(
            purge=due.purge, files=due.files, records=due.records, copies=copies,
            unreached=len(left), prints=prints, sealed=len(sealed),
        )  # fmt: skip
        kept = Left(copies=tuple(left), backups=tuple(sealed))
        values = {
            DUE + due.purge: None, DONE + due.purge: b"1",
            LEFT + due.purge: msgspec.json.encode(kept) if left or sealed else None,
        }  # fmt: skip
        desk.write_step(due.stream, [(receipt, READERS)], values)
        if left or sealed:
            desk.announce(news.CopiesLeft(files=(*left, *sealed)))

    def _forget_drafts(self, due: Due) -> None:
        """Also where nothing that prepares meetings is open now."""
        from meetingroom.services.drafting import Draft, without_paper  # noqa: PLC0415 - above us

        for name, raw in self._desk.log.values("draft:").items():
            draft = msgspec.json.decode(raw, type=Draft)
            rest = without_paper(draft, due.paper, due.banned)
            if rest != draft:
                self._desk.log.set_value(name, msgspec.json.encode(rest))

    def _forget_values(self, due: Due) -> None:
        """Where the person was in the paper, and what was read of it."""
        desk = self._desk
        desk.log.set_value(f"receipt:{due.stream}/{due.paper}", None)
        for blob in due.blobs:
            desk.log.set_value(f"progress:{due.stream}/{blob}", None)
        for prefix in ("place:", "seen:"):
            raw = desk.log.value(prefix + due.stream)
            if raw is not None and any(blob.encode() in raw for blob in due.blobs):
                desk.log.set_value(prefix + due.stream, None)
