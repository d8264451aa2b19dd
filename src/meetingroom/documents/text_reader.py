"""Reads papers' words in a process of its own: drawing never waits for it.

It is started when there is something to read, gives way to every other process, and is
ended when there is nothing left, so that its memory is there for others.
"""

import contextlib
import logging
import queue
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from meetingroom.documents.hand import LEAST_URGENT, Hand
from meetingroom.domain.errors import PaperError
from meetingroom.domain.paper import Word
from meetingroom.domain.search_ports import PageText

log = logging.getLogger(__name__)
READ_SECONDS, PAGE_SECONDS, SCAN_SECONDS = 20.0, 5.0, 60.0
BAD_PAGES = 3  # a paper with more pages that end a worker is given up
DEADLY = ("paper.timeout", "paper.worker_died")
Job = tuple[str, tuple[Any, ...], "Future[Any]"]


class TextReader:
    """Implements the port `PaperTexts`; everything public may be called from any thread."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._hand: Hand | None = None
        self._bad_pages: dict[str, int] = {}
        self._is_closed = False
        self._thread = threading.Thread(target=self._serve, name="text-reader", daemon=True)
        self._thread.start()

    @property
    def can_scan(self) -> bool:
        # Where the data lies is asked without loading an engine into this process.
        from meetingroom.documents.scan_data import scan_data  # noqa: PLC0415

        return scan_data() is not None

    def read(self, path: Path, first: int, count: int) -> "Future[tuple[PageText, ...]]":
        return self._add("read", (str(path), first, count))

    def scan(self, path: Path, page: int) -> "Future[tuple[Word, ...]]":
        return self._add("scan", (str(path), page))

    def rest(self) -> None:
        self._add("rest", ())

    def close(self) -> None:
        self._is_closed = True
        self._jobs.put(None)
        hand = self._hand
        if hand is not None:
            hand.end()  # whatever it is reading: nobody waits for it
        self._thread.join(timeout=5)

    def _add(self, name: str, arguments: tuple[Any, ...]) -> "Future[Any]":
        future: Future[Any] = Future()
        if self._is_closed:
            future.cancel()
        else:
            self._jobs.put((name, arguments, future))
        return future

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            name, arguments, future = job
            if self._is_closed or not future.set_running_or_notify_cancel():
                future.cancel()
                continue
            try:
                value = getattr(self, f"_{name}")(*arguments)
            except PaperError as error:
                future.set_exception(error)
            except Exception as error:
                log.exception("reading words failed")
                future.set_exception(error)
            else:
                future.set_result(value)
        self._rest()

    def _read(self, path: str, first: int, count: int) -> tuple[PageText, ...]:
        try:
            return tuple(self._ask("text", (path, first, count), READ_SECONDS))
        except PaperError as error:
            if error.code not in DEADLY or self._is_closed:
                raise
        texts: list[PageText] = []
        for page in range(first, first + count):
            read = self._read_one(path, page)
            if not read:
                break
            texts += read
        return tuple(texts)

    def _read_one(self, path: str, page: int) -> tuple[PageText, ...]:
        """One page of a chunk that ended a worker; the page that did it is empty."""
        try:
            return tuple(self._ask("text", (path, page, 1), PAGE_SECONDS))
        except PaperError as error:
            bad = self._bad_pages[path] = self._bad_pages.get(path, 0) + 1
            if error.code not in DEADLY or bad > BAD_PAGES or self._is_closed:
                raise
            return (PageText(""),)

    def _scan(self, path: str, page: int) -> tuple[Word, ...]:
        from meetingroom.documents.scan_data import scan_data  # noqa: PLC0415 - as above

        data = scan_data()
        if data is None:
            return ()
        return tuple(self._ask("scan", (path, page, str(data)), SCAN_SECONDS))

    def _ask(self, name: str, arguments: tuple[Any, ...], seconds: float) -> Any:
        if self._hand is None:
            self._hand = Hand(LEAST_URGENT)
        return self._hand.ask(name, arguments, seconds)

    def _rest(self) -> None:
        hand, self._hand = self._hand, None
        if hand is not None:
            with contextlib.suppress(OSError):
                hand.end()
