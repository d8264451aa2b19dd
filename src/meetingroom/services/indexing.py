"""Reads the papers on this computer for the search, in the background and never in the way.

One thread: it forgets what is gone first, then reads new papers in small pieces, the
running meeting's before older ones, and at last words off pictures, a page at a time.
What was read is kept in the index: nothing is read twice.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future

import msgspec

from meetingroom.domain.errors import MeetingError, PaperError, StoreError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.search import ReadSoFar
from meetingroom.domain.search_ports import IndexedPaper, PageText, PaperTexts, SearchIndex
from meetingroom.services.desk import Desk
from meetingroom.services.news import MeetingChanged, MeetingGone, News, PaperArrived, PaperGone

log = logging.getLogger(__name__)
CHUNK = 16  # pages read together: a piece is kept before the next is looked at
TELL_SECONDS = 0.3
RETRY_SECONDS = 60.0
CHANGES = frozenset({"paper_put", "paper_removed", "meeting_issued"})


def by_nearness(meetings: Iterable[Meeting], first: str = "") -> list[Meeting]:
    """The meeting at hand, then one that runs, then the newest."""
    issued = [row for row in meetings if row.issued is not None]
    issued.sort(key=lambda row: row.issued.starts_at if row.issued else "", reverse=True)
    return sorted(issued, key=lambda row: (row.id != first, not row.is_running))


class Indexer:
    """Keeps the index in step with the papers on this computer."""

    def __init__(
        self,
        desk: Desk,
        open_index: Callable[[], SearchIndex],
        texts: PaperTexts,
        tell: Callable[[ReadSoFar], None],
    ) -> None:
        self._desk, self._open_index, self._texts, self._tell = desk, open_index, texts, tell
        self.opened: Future[SearchIndex] = Future()
        self.reading = ReadSoFar()
        self._can_scan = False
        self._known: dict[str, IndexedPaper] = {}
        self._refused: set[str] = set()
        self._gone: set[str] = set()
        self._closing = threading.Event()
        self._after = 0.0
        self._told_at = 0.0
        self._wake = threading.Event()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._work, name="indexer", daemon=True)

    def start(self, after: float = 0.0) -> None:
        """Open the index, and begin to read in so many seconds."""
        self._after = after
        self._desk.listen(self._on_news)
        self._wake.set()
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Whether everything on this computer was read within so many seconds."""
        return self._done.wait(seconds)

    def close(self) -> None:
        """End after the piece that is being kept."""
        self._closing.set()
        self._wake.set()
        self._texts.close()
        if self._thread.is_alive():
            self._desk.stop_listening(self._on_news)
            self._thread.join(timeout=10)
        if not self.opened.done():
            self.opened.cancel()
        elif not self.opened.cancelled() and self.opened.exception() is None:
            self.opened.result().close()

    def _on_news(self, what: News) -> None:
        if isinstance(what, PaperGone):
            self._gone.add(what.blob)
        elif isinstance(what, MeetingChanged):
            if not what.kinds & CHANGES:
                return
        elif not isinstance(what, PaperArrived | MeetingGone):
            return
        self._done.clear()
        self._wake.set()

    # --- the thread -----------------------------------------------------------------------

    def _work(self) -> None:
        try:
            index = self._open_index()
            self._known = index.papers()
            # Looks for files: never where a window waits.
            self._can_scan = self._texts.can_scan
        except MeetingError as error:
            log.info("nothing can be searched: %s", error)
            self.opened.set_exception(error)
            return
        except Exception as error:
            self.opened.set_exception(error)
            raise
        self.opened.set_result(index)
        self._closing.wait(self._after)
        pause: float | None = None
        while not self._closing.is_set():
            if not self._wake.wait(pause) and pause is None:
                continue
            self._wake.clear()
            pause = self._round(index)

    def _round(self, index: SearchIndex) -> float | None:
        """All there is to do; how long to wait after a fault, None until something is new."""
        try:
            self._read_all(index)
        except CancelledError:
            return None  # closing
        except StoreError as error:
            return self._after_fault(index, error)
        except Exception:
            log.exception("reading papers for the search met a bug")
        return None

    def _after_fault(self, index: SearchIndex, error: StoreError) -> float | None:
        log.info("the search index refuses: %s", error)
        if error.code != "store.damaged":
            return RETRY_SECONDS
        try:
            index.start_afresh()
        except StoreError:
            return RETRY_SECONDS
        self._known = {}
        self._wake.set()
        return None

    def _read_all(self, index: SearchIndex) -> None:
        while not self._closing.is_set():
            self._forget_what_is_gone(index)
            wanted = self._wanted()
            self._show(wanted)
            if self._read_next(index, wanted):
                continue
            if not self.reading.is_done:
                self._show(wanted, is_last=True)
            if self._can_scan and self._scan_next(index, wanted):
                continue
            self._texts.rest()
            if not self._wake.is_set():
                self._show(wanted, is_last=True)
                self._done.set()
            return

    def _forget_what_is_gone(self, index: SearchIndex) -> None:
        """What was deleted here, and what no meeting names any more."""
        meetings = self._desk.meetings.values()
        named = {
            version.blob
            for row in meetings
            for paper in (*row.papers.values(), *row.removed_papers.values())
            for version in paper.versions
        }
        gone = {blob for blob in self._known if blob not in named or blob in self._gone}
        if gone:
            index.forget(gone)
            self._known = {blob: row for blob, row in self._known.items() if blob not in gone}
        self._gone.clear()

    def _wanted(self) -> dict[str, int]:
        """Papers on this computer and how many pages they should have, the nearest first."""
        pages = {
            paper.current.blob: paper.current.pages
            for row in by_nearness(self._desk.meetings.values())
            for paper in row.in_reading_order()
        }
        return {
            blob: count
            for blob, count in pages.items()
            if blob not in self._refused and self._desk.paper_path(blob) is not None
        }

    def _read_next(self, index: SearchIndex, wanted: dict[str, int]) -> bool:
        """Read the next paper that is not whole; False where all are."""
        for blob in wanted:
            known = self._known.get(blob)
            if known is None or not known.is_whole:
                self._read_paper(index, blob, wanted)
                return True
        return False

    def _read_paper(self, index: SearchIndex, blob: str, wanted: dict[str, int]) -> None:
        """Read a paper on; while a piece is kept, the next is already being read."""
        path = self._desk.paper_path(blob)
        if path is None:
            return
        known = self._known.get(blob) or IndexedPaper(blob=blob, read=0, is_whole=False)
        piece = self._texts.read(path, known.read, CHUNK)
        while not self._closing.is_set():
            try:
                texts = piece.result()
            except PaperError as error:
                log.info("a paper cannot be searched: %s", error)
                self._refused.add(blob)
                return
            if blob in self._gone or self._desk.paper_path(blob) is None:
                return
            is_last = len(texts) < CHUNK
            if not is_last:
                piece = self._texts.read(path, known.read + CHUNK, CHUNK)
            known = self._keep(index, known, texts, is_last=is_last)
            self._show(wanted)
            if is_last or self._wake.is_set():
                return

    def _keep(
        self, index: SearchIndex, known: IndexedPaper, texts: tuple[PageText, ...], *, is_last: bool
    ) -> IndexedPaper:
        index.keep(known.blob, known.read, texts, is_last=is_last)
        scans = sum(text.is_scan for text in texts)
        read = msgspec.structs.replace(
            known,
            read=known.read + len(texts),
            is_whole=is_last,
            scans=known.scans + scans,
            scans_left=known.scans_left + scans,
        )
        self._known[known.blob] = read
        return read

    def _scan_next(self, index: SearchIndex, wanted: dict[str, int]) -> bool:
        """Read the words off one picture; False where none is left."""
        for blob in wanted:
            known, path = self._known.get(blob), self._desk.paper_path(blob)
            if known is None or not known.scans_left or path is None:
                continue
            pages = index.scans(blob, 1)
            left = known.scans_left - 1 if pages else 0
            if pages:
                try:
                    words = self._texts.scan(path, pages[0]).result()
                except PaperError as error:
                    log.info("words could not be read off a page: %s", error)
                    words = ()
                if self._closing.is_set() or blob in self._gone:
                    return True
                index.keep_scan(blob, pages[0], words)
            self._known[blob] = msgspec.structs.replace(known, scans_left=left)
            return True
        return False

    def _show(self, wanted: dict[str, int], *, is_last: bool = False) -> None:
        """Tell how far it is, not more often than anybody could read."""
        now = time.monotonic()
        if not is_last and now - self._told_at < TELL_SECONDS:
            return
        self._told_at = now
        rows = [self._known[blob] for blob in wanted if blob in self._known]
        self.reading = ReadSoFar(
            pages=sum(self._count(blob, count) for blob, count in wanted.items()),
            read=sum(row.read for row in rows),
            scans=sum(row.scans for row in rows),
            scans_left=sum(row.scans_left for row in rows),
            can_scan=self._can_scan,
        )
        self._tell(self.reading)

    def _count(self, blob: str, told: int) -> int:
        """A paper's pages: as they were found, once all are read."""
        known = self._known.get(blob)
        if known is None:
            return told
        return known.read if known.is_whole else max(told, known.read)
