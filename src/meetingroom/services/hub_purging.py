"""What the hub does to make a paper disappear, beside the log: files, uploads, backups.

A purge that is not finished stands among the hub's small values, kept in one transaction with
the record: after a crash the hub finishes it when it starts. Nobody waits for it: the paper is
gone from the log already, files and backups follow on a thread of their own, and each step
done is a receipt.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry
from meetingroom.domain.errors import StoreError
from meetingroom.domain.ids import CHAIR, SECRETARY
from meetingroom.domain.ports import Blobs, HubLog
from meetingroom.domain.purging import BACKUPS, files_of
from meetingroom.services.ledger import Ledger

log = logging.getLogger(__name__)
DUE = "purge_due:"
UPLOADS = "upload:"
RETRY_SECONDS = 60.0
Renew = Callable[[], int]
"""Remove every backup on this computer and make a fresh one; how many were removed."""
Say = Callable[[str, facts.Fact, tuple[str, ...]], None]


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A purge whose files are not yet gone; with `files` they are, and backups are still due."""

    stream: str
    paper: str
    blobs: tuple[str, ...]
    files: int | None = None


def due_of(purge: Entry, gone: Iterable[Entry]) -> tuple[str, bytes | None]:
    """The small value to keep with a purge: what is still to be done for it."""
    fact = purge.fact
    assert isinstance(fact, facts.Purged)  # noqa: S101
    blobs = tuple(dict.fromkeys((*fact.blobs, *files_of(gone))))
    due = Due(stream=purge.head.stream, paper=fact.paper, blobs=blobs)
    return DUE + purge.head.id, msgspec.json.encode(due)


class HubPurging:
    """Finishes purges on its own thread; `say` writes the hub's receipts."""

    def __init__(
        self,
        hub_log: HubLog,
        blobs: Blobs,
        renew_backups: Renew | None,
        ledger: Callable[[], Ledger],
        say: Say,
    ) -> None:
        self._log, self._blobs, self._renew = hub_log, blobs, renew_backups
        self._ledger, self._say = ledger, say
        self._work = ThreadPoolExecutor(1, thread_name_prefix="hub-purge")
        self._retry: threading.Timer | None = None
        self._told: set[tuple[str, str]] = set()

    def begin(self) -> None:
        """Finish whatever is due, soon; returns at once."""
        try:
            self._work.submit(self._finish_all)
        except RuntimeError:
            log.info("the hub stops: a purge is finished when it starts again")

    def stop(self) -> None:
        """Let what runs end; the rest is done at the next start."""
        if self._retry is not None:
            self._retry.cancel()
        self._work.shutdown(wait=True, cancel_futures=True)

    def _finish_all(self) -> None:
        for name, raw in self._log.values(DUE).items():
            purge, due = name.removeprefix(DUE), msgspec.json.decode(raw, type=Due)
            try:
                self._finish(purge, due)
            except (OSError, StoreError) as error:
                log.warning("a purge is not finished and is tried again: %s", error)
                self._try_again(purge, error)
            except Exception:  # the net: a bug in one purge keeps no other from being done
                log.exception("a purge met a bug")

    def _finish(self, purge: str, due: Due) -> None:
        files = due.files
        if files is None:
            files = sum(self._remove(blob) for blob in due.blobs)
            self._log.scrub()
            kept = msgspec.structs.replace(due, files=files)
            self._log.set_value(DUE + purge, msgspec.json.encode(kept))
            self._tell(due, facts.PurgeDone(purge=purge, files=files, pending=BACKUPS))
        backups = self._renew() if self._renew is not None else 0
        self._tell(due, facts.PurgeDone(purge=purge, files=files, backups=backups))
        self._log.set_value(DUE + purge, None)

    def _tell(self, due: Due, receipt: facts.PurgeDone) -> None:
        self._say(due.stream, receipt, (SECRETARY, CHAIR))

    def _try_again(self, purge: str, error: OSError | StoreError) -> None:
        due = msgspec.json.decode(self._log.value(DUE + purge) or b"", type=Due)
        code = error.code if isinstance(error, StoreError) else "store.unwritable"
        if (purge, code) not in self._told:
            self._told.add((purge, code))
            receipt = facts.PurgeDone(purge=purge, files=due.files or 0, pending=code)
            try:
                self._tell(due, receipt)
            except (OSError, StoreError) as full:
                log.warning("nor could it be said: %s", full)
        self._retry = threading.Timer(RETRY_SECONDS, self.begin)
        self._retry.daemon = True
        self._retry.start()

    def _remove(self, blob: str) -> bool:
        """Whether the file went: one that another paper opens stays for that one."""
        if self._ledger().lines_opening(blob):
            return False
        was_here = self._blobs.path(blob) is not None
        self._blobs.remove(blob)
        self._blobs.remove_parts(blob)
        for upload in self._log.values(UPLOADS):
            if upload.endswith(f":{blob}"):
                self._log.set_value(upload, None)
        return was_here
