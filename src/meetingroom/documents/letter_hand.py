"""Reads letters in a process apart: whatever a file does, the answer comes in time.

The process is started when the first file comes, killed when a file takes too long, and ended
when for a while none came.
"""

import logging
import queue
import threading
import time
from concurrent.futures import Future
from typing import Any

import msgspec

from meetingroom.documents.hand import Hand
from meetingroom.documents.scan_data import scan_data
from meetingroom.domain.clock import utc_now
from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter, Part

log = logging.getLogger(__name__)
START_SECONDS, READ_SECONDS, SCAN_SECONDS = 20.0, 3.8, 60.0
ALL_SCANS_SECONDS, SAYS_NOTHING_SECONDS = 180.0, 3.0
IDLE_SECONDS = 120.0
AWAITED = 1  # niceness: somebody looks at the screen and waits for this file
QUICK = 1.5  # a process that dies so soon may have been killed by another's hunger for memory
Job = tuple[str, bytes, "Future[Letter]"]


class LetterHand:
    """Implements the port `LetterReader`; everything public may be called from any thread.

    `program` is the module the process runs: it has jobs `ready`, `read` and `scan`.
    """

    def __init__(self, program: str) -> None:
        self._program = program
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._hand: Hand | None = None
        self._is_closed = False
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """The process that reads now, None where there is none."""
        hand = self._hand
        return hand.pid if hand is not None else None

    def read(self, name: str, data: bytes) -> "Future[Letter]":
        return self._add(name, data)

    def warm_up(self) -> None:
        self._add("", b"")

    def close(self) -> None:
        with self._starting:
            self._is_closed = True
        self._jobs.put(None)
        hand, thread = self._hand, self._thread
        if hand is not None:
            hand.end()  # whatever it is reading: nobody waits for it
        if thread is not None:
            thread.join(timeout=5)

    # --- inside -----------------------------------------------------------------------------

    def _add(self, name: str, data: bytes) -> "Future[Letter]":
        future: Future[Letter] = Future()
        with self._starting:
            if self._is_closed:
                future.cancel()
                return future
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._serve, name="letter-reader", daemon=True
                )
                self._thread.start()
        self._jobs.put((name, data, future))
        return future

    def _next(self) -> Job | None:
        try:
            return self._jobs.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            self._end()
        return self._jobs.get()

    def _serve(self) -> None:
        while (job := self._next()) is not None:
            name, data, future = job
            if self._is_closed or not future.set_running_or_notify_cancel():
                future.cancel()
                continue
            try:
                letter = self._read(name, data) if data else self._started()
            except PaperError as error:
                future.set_exception(error)
            except Exception:
                log.exception("a letter could not be read")
                future.set_exception(PaperError("letter.unreadable", file=name))
            else:
                future.set_result(letter)
        self._end()

    def _started(self) -> Letter:
        self._ready("")
        return Letter()

    def _read(self, name: str, data: bytes) -> Letter:
        self._ready(name)
        start = time.monotonic()
        arguments = (name, data, utc_now().isoformat())
        try:
            letter: Letter = self._ask("read", arguments, READ_SECONDS)
        except PaperError as error:
            if error.code != "paper.worker_died" or time.monotonic() - start > QUICK:
                raise
            self._ready(name)
            letter = self._ask("read", arguments, READ_SECONDS - QUICK)
        return self._with_scans(name, letter)

    def _with_scans(self, name: str, letter: Letter) -> Letter:
        """The letter with what its pictures say; without data for that, as far as it goes."""
        if not any(_is_to_scan(part) for part in letter.parts):
            return letter
        data = scan_data()
        if data is None:
            kept = tuple(part for part in letter.parts if not _is_to_scan(part))
            if not kept:
                raise PaperError("letter.scan", file=name)
            return msgspec.structs.replace(letter, parts=kept)
        parts: list[Part] = []
        end = time.monotonic() + ALL_SCANS_SECONDS
        patience = time.monotonic() + SAYS_NOTHING_SECONDS
        for part in letter.parts:
            read = self._scanned(name, part, str(data), end) if _is_to_scan(part) else (part,)
            if _is_to_scan(part) and read and parts and _is_poorer(parts[-1], part):
                parts.pop()
            parts += read
            if not parts and time.monotonic() > patience:
                break  # pictures that say nothing: the others are not waited for
        if not parts:
            raise PaperError("letter.no_words", file=name)
        return msgspec.structs.replace(letter, parts=tuple(parts))

    def _scanned(self, name: str, part: Part, data: str, end: float) -> tuple[Part, ...]:
        if self.pid is None or time.monotonic() > end:
            return ()  # the process went with a page before, or there are too many
        try:
            read: tuple[Part, ...] = self._ask("scan", (name, int(part.shown), data), SCAN_SECONDS)
        except PaperError as error:
            if error.code == "paper.secret" or self._is_closed:
                raise
            log.info("a page of a letter could not be read off its picture: %s", error.code)
            return ()
        return read

    def _ready(self, name: str) -> None:
        """A process that has begun to listen: its start is not the file's time."""
        if self._hand is None:
            self._hand = Hand(AWAITED, self._program)
        self._ask("ready", (name,), START_SECONDS)

    def _ask(self, name: str, arguments: tuple[Any, ...], seconds: float) -> Any:
        if self._hand is None:
            raise PaperError("paper.worker_died", file=arguments[0])
        return self._hand.ask(name, arguments, seconds)

    def _end(self) -> None:
        hand, self._hand = self._hand, None
        if hand is not None:
            hand.end()


def _is_poorer(before: Part, scan: Part) -> bool:
    """Whether words typed over a picture stand for the same page: those read off it are better."""
    return before.how == "text" and before.page == scan.page


def _is_to_scan(part: Part) -> bool:
    return part.how == "scan" and not part.text
