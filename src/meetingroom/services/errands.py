"""One thread that runs a desk's intents in order, and what is due later."""

import heapq
import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)


class Errands:
    """Runs functions one after another off the interface's thread."""

    def __init__(self, name: str) -> None:
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._count = itertools.count()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, task: Callable[[], T]) -> "Future[T]":
        """Run a task in turn; its value or error is the Future's."""
        future: Future[T] = Future()

        def errand() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                value = task()
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(value)

        self._queue.put(errand)
        return future

    def later(self, seconds: float, task: Callable[[], None]) -> None:
        """Run a task in some seconds, between the others."""
        due = time.monotonic() + seconds
        self._queue.put(lambda: heapq.heappush(self._due, (due, next(self._count), task)))

    def close(self) -> None:
        """Finish what is queued and end the thread."""
        self._queue.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout=10)

    def _work(self) -> None:
        while True:
            try:
                errand = self._queue.get(timeout=self._wait())
            except queue.Empty:
                self._run_due()
                continue
            if errand is None:
                return
            errand()
            self._run_due()

    def _wait(self) -> float | None:
        return max(0.0, self._due[0][0] - time.monotonic()) if self._due else None

    def _run_due(self) -> None:
        while self._due and self._due[0][0] <= time.monotonic():
            task = heapq.heappop(self._due)[2]
            try:
                task()
            except Exception:
                log.exception("a task that was due failed")
