"""The crew of workers: paper becomes pixels and words outside the interface's process.

Wishes are values: by urgency, newest first, duplicates share one answer. A worker that
hangs or dies is replaced, the wish fails with a known error, the program goes on.
"""

import itertools
import logging
import os
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any, TypeVar

from meetingroom.documents.engine import capped_scale, pixel_size
from meetingroom.documents.hand import Hand
from meetingroom.documents.slots import Slot, SlotPool
from meetingroom.domain.errors import PaperError
from meetingroom.domain.foreign_marks import FoundMarks, PaperFile
from meetingroom.domain.geometry import Rect
from meetingroom.domain.marks import Mark, Placement
from meetingroom.domain.paper import (
    STEPS_PER_POINT,
    Comparison,
    Drawing,
    FileAnnotation,
    Inspection,
    Link,
    PaperShape,
    Word,
)
from meetingroom.domain.ports import Pixels

log = logging.getLogger(__name__)
SECONDS = {"open": 20.0, "draw": 15.0, "words": 15.0, "inspect": 30.0}
SECONDS |= {"links": 10.0, "annotations": 40.0}
SECONDS |= {"export_pdf": 300.0, "export_xfdf": 60.0, "compare": 120.0, "carry": 120.0}
SECONDS |= {"find_marks": 120.0, "make_pdf": 20.0}
URGENT, UNHURRIED, LATER = 0, 2, 3
T = TypeVar("T")
Culprit = tuple[str, str, int | None]  # a job, a file, and perhaps one page of it


class Job:
    """One wish in the queue, and everybody who waits for its answer."""

    def __init__(
        self, name: str, arguments: tuple[Any, ...], urgency: int, password: str = ""
    ) -> None:
        self.password = password
        self.name = name
        self.arguments = arguments
        self.urgency = urgency
        self.key: tuple[object, ...] | None = None
        self.slot: Slot | None = None
        self.number = 0
        self.future: Future[Any] = Future()
        self.askers: list[Future[Any]] = [self.future]

    def join(self) -> "Future[Any]":
        """A further asker's own answer: each may withdraw without taking it from the others."""
        future: Future[Any] = Future()
        self.askers.append(future)
        return future

    def begin(self) -> bool:
        """Keep those who still wait; False where nobody does."""
        self.askers = [one for one in self.askers if one.set_running_or_notify_cancel()]
        return bool(self.askers)

    def cancel(self) -> None:
        for one in self.askers:
            one.cancel()


class Crew:
    """Implements the ports `Pages` and `MarksOnPaper`."""

    def __init__(self, workers: int = 2) -> None:
        self._pool = SlotPool()
        self._paths: dict[str, str] = {}
        self._shapes: dict[str, PaperShape] = {}
        self._passwords: dict[str, str] = {}  # by path; nowhere but in memory
        self._deadly: dict[Culprit, int] = {}
        self._queue: list[Job] = []
        self._running: dict[tuple[object, ...], Job] = {}
        self._busy: list[Job] = []
        self._opening: dict[tuple[str, str], Future[PaperShape]] = {}
        self._numbers = itertools.count()
        self._change = threading.Condition()
        self._is_closed = False
        self._hands: list[Hand] = []
        self._has_answered = threading.Event()
        self._threads = [
            threading.Thread(
                target=self._serve, kwargs={"is_first": n == 0}, name=f"crew-{n}", daemon=True
            )
            for n in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def workers(self) -> set[int]:
        """Process ids of the workers that run now."""
        return {hand.pid for hand in list(self._hands) if hand.pid is not None}

    # --- Pages --------------------------------------------------------------------------

    def open(self, blob: str, path: Path, password: str = "") -> "Future[PaperShape]":
        known = self._shapes.get(blob)
        if known is not None:
            done: Future[PaperShape] = Future()
            done.set_result(known)
            return done
        asked = (blob, password)
        opening = self._opening.get(asked)
        if opening is not None:  # a window that opens asks for what was opened ahead
            return _following(opening)
        self._paths[blob] = str(path)
        job = Job("open", (str(path),), URGENT, password)
        self._opening[asked] = job.future

        def keep(answer: "Future[PaperShape]") -> None:
            if not answer.cancelled() and answer.exception() is None:
                self._passwords[str(path)] = password
                self._shapes[blob] = answer.result()
            self._opening.pop(asked, None)

        job.future.add_done_callback(keep)
        return self._add(job)

    def draw(self, drawing: Drawing) -> "Future[Pixels]":
        with self._change:
            for job in self._queue:
                if job.key == drawing.key:
                    job.urgency = min(job.urgency, drawing.urgency)
                    self._change.notify_all()
                    return job.join()
            running = self._running.get(drawing.key)
            if running is not None:
                running.urgency = min(running.urgency, drawing.urgency)
                future = running.join()
                future.set_running_or_notify_cancel()
                return future
        job = Job("draw", (drawing,), drawing.urgency)
        job.key = drawing.key
        return self._add(job)

    def forget_except(self, keys: Iterable[tuple[object, ...]]) -> None:
        wanted = set(keys)
        with self._change:
            dropped = [job for job in self._queue if job.key is not None and job.key not in wanted]
            self._queue = [job for job in self._queue if job not in dropped]
        for job in dropped:
            job.cancel()

    def words(self, blob: str, page: int) -> "Future[tuple[Word, ...]]":
        size = self._shapes[blob].pages[page]
        return self._add(Job("words", (self._paths[blob], page, size), 1))

    def links(self, blob: str, page: int) -> "Future[tuple[Link, ...]]":
        size = self._shapes[blob].pages[page]
        return self._add(Job("links", (self._paths[blob], page, size), 1))

    def annotations(self, blob: str) -> "Future[tuple[FileAnnotation, ...]]":
        return self._add(Job("annotations", (self._paths[blob],), LATER))

    # --- two versions ---------------------------------------------------------------------

    def compare(self, old: Path, new: Path) -> "Future[Comparison]":
        return self._add(Job("compare", (str(old), str(new)), 1))

    def carry(
        self, old: Path | None, new: Path, marks: Sequence[Mark]
    ) -> "Future[tuple[Placement, ...]]":
        arguments = (str(new), None if old is None else str(old), list(marks))
        return self._add(Job("carry", arguments, LATER))

    def close(self) -> None:
        with self._change:
            self._is_closed = True
            self._has_answered.set()
            queued, self._queue = self._queue, []
            self._change.notify_all()
        for job in queued:
            job.cancel()
        for thread in self._threads:
            thread.join(timeout=5)
        self._pool.close()

    # --- MarksOnPaper, Inspector ----------------------------------------------------------

    def export_pdf(
        self, source: Path, target: Path, marks: Sequence[Mark], names: dict[str, str]
    ) -> "Future[int]":
        arguments = (str(source), str(target), list(marks), names)
        return self._add(Job("export_pdf", arguments, LATER))

    def export_xfdf(
        self, source: Path, target: Path, marks: Sequence[Mark], names: dict[str, str]
    ) -> "Future[int]":
        """The marks on one paper as XFDF; the number written."""
        arguments = (str(source), str(target), list(marks), names)
        return self._add(Job("export_xfdf", arguments, LATER))

    def find_marks(
        self, file: Path, papers: Sequence[PaperFile], *, is_chosen: bool
    ) -> "Future[FoundMarks]":
        """The marks of a file for one of these papers; see `documents.importing`."""
        return self._add(Job("find_marks", (str(file), list(papers), is_chosen), 1))

    def make_pdf(self, source: Path, target: Path) -> "Future[None]":
        """A PDF of a picture or a text; see `documents.letter_pages`."""
        return self._add(Job("make_pdf", (str(source), str(target)), 1))

    def inspect_one(self, file: Path, picture: Path | None) -> "Future[Inspection]":
        """Look at one file in a worker, within a time limit."""
        arguments = (str(file), str(picture) if picture else None)
        return self._add(Job("inspect", arguments, 1))

    # --- inside -------------------------------------------------------------------------

    def _add(self, job: Job) -> "Future[Any]":
        with self._change:
            if self._is_closed:
                job.cancel()
                return job.future
            job.number = next(self._numbers)
            self._queue.append(job)
            self._change.notify()
        return job.future

    def _take(self) -> Job | None:
        with self._change:
            while not self._is_closed:
                allowed = [job for job in self._queue if self._may_start(job)]
                if allowed:
                    break
                self._change.wait()
            else:
                return None
            job = min(allowed, key=lambda one: (one.urgency, -one.number))
            self._queue.remove(job)
            if job.begin():
                self._busy.append(job)
                if job.key is not None:
                    self._running[job.key] = job
            return job

    def _may_start(self, job: Job) -> bool:
        """What somebody waits for has the computer to itself, and always a worker.

        Pages drawn ahead wait until it is done; small pictures, exports and the like never
        take the last worker.
        """
        if job.urgency == URGENT:
            return True
        if any(one.urgency == URGENT for one in self._busy):
            return False
        slow = sum(one.urgency >= UNHURRIED for one in self._busy)
        return job.urgency < UNHURRIED or slow < max(1, len(self._threads) - 1)

    def _finished(self, job: Job) -> None:
        with self._change:
            if job in self._busy:
                self._busy.remove(job)
                self._change.notify_all()

    def _serve(self, *, is_first: bool) -> None:
        if not is_first:
            # A window that opens needs the processor more than a second worker.
            self._has_answered.wait()
        if self._is_closed:
            return
        hand = Hand()
        self._hands.append(hand)
        while (job := self._take()) is not None:
            if job.askers:
                self._do(hand, job)
                self._finished(job)
            if job.name != "open":
                self._has_answered.set()
        hand.end()

    def _do(self, hand: Hand, job: Job) -> None:
        try:
            name, arguments = self._prepared(job)
            password = job.password or self._passwords.get(str(arguments[0]), "")
            value = self._ask(hand, name, arguments, password)
        except PaperError as error:
            self._fail(job, error)
        except Exception as error:
            log.exception("a worker's job failed")
            self._fail(job, error)
        else:
            self._take_off_list(job)
            if job.slot is not None:
                job.slot.share(len(job.askers))
            for asker in job.askers:
                asker.set_result(job.slot if job.slot is not None else value)

    def _ask(self, hand: Hand, name: str, arguments: tuple[Any, ...], password: str) -> Any:
        """The answer; a page its engine took too long with is drawn by the other one."""
        culprit = _culprit(name, arguments)
        self._spare(culprit, arguments)
        by_other = (culprit in self._deadly,) if name == "draw" else ()
        try:
            return self._ask_again(hand, name, (*arguments, *by_other), password)
        except PaperError as error:
            if error.code not in ("paper.timeout", "paper.worker_died"):
                raise
            self._deadly[culprit] = self._deadly.get(culprit, 0) + 1
            if name != "draw" or self._deadly[culprit] > 1:
                raise
        return self._ask(hand, name, arguments, password)

    def _ask_again(self, hand: Hand, name: str, arguments: tuple[Any, ...], password: str) -> Any:
        """The answer; a worker that died is asked once more, for it may not be the file's fault."""
        try:
            return hand.ask(name, arguments, SECONDS[name], password)
        except PaperError as error:
            if error.code != "paper.worker_died":
                raise
        return hand.ask(name, arguments, SECONDS[name], password)

    def _take_off_list(self, job: Job) -> None:
        """Before its answer is out: nobody may join a wish whose pixels are given away."""
        if job.key is not None:
            with self._change:
                self._running.pop(job.key, None)

    def _fail(self, job: Job, error: Exception) -> None:
        if job.slot is not None:
            self._pool.drop(job.slot)
        self._take_off_list(job)
        for asker in job.askers:
            asker.set_exception(error)

    def _prepared(self, job: Job) -> tuple[str, tuple[Any, ...]]:
        """A drawing gets its slot only when its turn comes."""
        if job.name != "draw":
            return job.name, job.arguments
        drawing: Drawing = job.arguments[0]
        shape = self._shapes.get(drawing.blob)
        if shape is None or not 0 <= drawing.page < len(shape.pages):
            raise PaperError("paper.page_failed", page=drawing.page)
        size = shape.pages[drawing.page]
        box = drawing.clip or Rect(0, 0, size.width, size.height)
        width, height = box.x1 - box.x0, box.y1 - box.y0
        scale = capped_scale(width, height, drawing.step / STEPS_PER_POINT)
        pixels = pixel_size(width, height, scale)
        try:
            job.slot = self._pool.take(*pixels)
        except OSError as error:  # no memory, or none left to share
            raise PaperError("paper.too_big", file=Path(self._paths[drawing.blob]).name) from error
        path = self._paths[drawing.blob]
        slot = job.slot
        return "draw", (
            path, drawing.page, scale, drawing.clip, slot.name, slot.capacity, pixels,
        )  # fmt: skip

    def _spare(self, culprit: Culprit, arguments: tuple[Any, ...]) -> None:
        """Ask no worker again for what took two of them."""
        if self._deadly.get(culprit, 0) < 2:
            return
        if culprit[2] is not None:
            raise PaperError("paper.page_failed", page=culprit[2])
        raise PaperError("paper.damaged", file=Path(str(arguments[0])).name)


def _following(first: "Future[T]") -> "Future[T]":
    """A further asker's own answer: what the first one gets."""
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()

    def pass_on(answer: "Future[T]") -> None:
        if answer.cancelled():
            future.set_exception(CancelledError())
        elif (error := answer.exception()) is not None:
            future.set_exception(error)
        else:
            future.set_result(answer.result())

    first.add_done_callback(pass_on)
    return future


def _culprit(name: str, arguments: tuple[Any, ...]) -> Culprit:
    """What may be at fault; a file of the person's own as it is now: it may be mended."""
    path = str(arguments[0])
    if name in ("inspect", "find_marks"):
        try:
            found = os.stat(path)
        except OSError:
            return name, path, None
        return name, f"{path} {found.st_size} {found.st_mtime_ns}", None
    if name in ("compare", "carry"):  # two files, either of which may be at fault
        return name, f"{path} {arguments[1]}", None
    is_page = len(arguments) > 1 and isinstance(arguments[1], int)
    return name, path, arguments[1] if is_page else None
