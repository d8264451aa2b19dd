"""Making a paper disappear from this computer, and saying that it did.

What is to be done stands among this computer's small values before anything of it begins, so
that a crash in between leaves nothing behind: it is done again at the next start. Services that
keep something of a paper (drafts, the search) say how it goes with `also`.
"""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import entry_of
from meetingroom.domain.errors import CallError, StoreError
from meetingroom.domain.ids import SECRETARY
from meetingroom.domain.ports import Delivered, DeviceLog
from meetingroom.services import news, written

if TYPE_CHECKING:
    from meetingroom.services.desk import Desk

log = logging.getLogger(__name__)
DUE, DONE = "purge:", "purge_done:"
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


Also = Callable[[Due], None]


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
        self.left: list[str] = []
        desk.listen(self._on_news)
        desk.run(self.finish_all)

    def also(self, task: Also) -> None:
        """Something more to do of each purge, on the desk's thread; may raise StoreError."""
        self._also.append(task)

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
                self._desk.errands.later(RETRY_SECONDS, self.finish_all)

    def _finish(self, due: Due) -> None:
        desk = self._desk
        for task in self._also:
            task(due)
        self._forget_drafts(due)
        desk.drop_files(due.blobs)
        copies, left = written.delete_written(desk.log, due.blobs)
        prints = written.forget_printed(desk.log, due.blobs)
        self._forget_values(due)
        desk.log.scrub()
        self.left += left
        receipt = facts.PurgeDone(
            purge=due.purge, files=due.files, records=due.records, copies=copies,
            unreached=len(left), prints=prints,
        )  # fmt: skip
        values = {DUE + due.purge: None, DONE + due.purge: b"1"}
        desk.write_step(due.stream, [(receipt, (SECRETARY,))], values)
        if left:
            desk.announce(news.CopiesLeft(files=tuple(left)))

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
        for prefix in ("place:", "seen:"):
            raw = desk.log.value(prefix + due.stream)
            if raw is not None and any(blob.encode() in raw for blob in due.blobs):
                desk.log.set_value(prefix + due.stream, None)
