"""A worker process: opens papers, draws into shared memory, reads words. Knows no Qt.

Jobs come over a pipe as tuples (name, arguments); the answer is ("ok", value) or
("known", code, fields) or ("bug", traceback). The parent kills a worker that takes too long.
"""

import errno
import signal
import sys
import traceback
from collections import OrderedDict
from multiprocessing import connection
from pathlib import Path
from typing import Any

from meetingroom.documents.attached import AttachedMemory
from meetingroom.documents.engine import OpenPaper
from meetingroom.documents.engines import DrawnPaper
from meetingroom.domain.errors import MeetingError, PaperError
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.paper import PaperShape, Word

PAPERS_OPEN = 6
SLOTS_ATTACHED = 12
MEMORY_LIMIT, LEAST_LIMIT = 6 << 30, 2 << 30  # addresses; three quarters of the computer's
NICENESS = 5
PR_SET_PDEATHSIG = 1


class Bench:
    """What a worker has on its bench: papers open in engines, slots of shared memory."""

    def __init__(self) -> None:
        self._papers: OrderedDict[str, OpenPaper] = OrderedDict()
        self._texts: OrderedDict[str, Any] = OrderedDict()
        self._slots: OrderedDict[str, AttachedMemory] = OrderedDict()

    def open(self, path: str) -> PaperShape:
        return self._paper(path).shape()

    def draw(
        self,
        path: str,
        page: int,
        scale: float,
        clip: Rect | None,
        slot: str,
        capacity: int,
        shape: tuple[int, int],
    ) -> None:
        width, height = shape
        size = width * height * 4
        with self._slot(slot, capacity).buffer[:size] as target:
            self._paper(path).draw(page, scale, clip, target, width * 4)

    def words(self, path: str, page: int, size: Size) -> tuple[Word, ...]:
        # Imported when needed: MuPDF takes 0.1 s that the first page need not wait for.
        from meetingroom.documents.mupdf_errors import FILE_AT_FAULT  # noqa: PLC0415
        from meetingroom.documents.words import page_words  # noqa: PLC0415

        document = self._text(path)
        try:
            return page_words(document[page], size)
        except FILE_AT_FAULT as error:
            raise PaperError("paper.page_failed", page=page) from error

    def inspect(self, path: str, picture: str | None) -> Any:
        from meetingroom.documents.inspection import inspect_file  # noqa: PLC0415

        return inspect_file(Path(path), Path(picture) if picture else None)

    def export_pdf(self, source: str, target: str, marks: Any, names: dict[str, str]) -> int:
        from meetingroom.documents.annotations import write_annotated_pdf  # noqa: PLC0415

        return write_annotated_pdf(Path(source), Path(target), marks, names)

    def export_xfdf(self, source: str, target: str, marks: Any, names: dict[str, str]) -> int:
        from meetingroom.documents.xfdf import write_xfdf  # noqa: PLC0415

        return write_xfdf(Path(source), Path(target), marks, names)

    def _paper(self, path: str) -> OpenPaper:
        if path not in self._papers:
            self._papers[path] = DrawnPaper(Path(path))
            if len(self._papers) > PAPERS_OPEN:
                self._papers.popitem(last=False)[1].close()
        self._papers.move_to_end(path)
        return self._papers[path]

    def _text(self, path: str) -> Any:
        import pymupdf  # noqa: PLC0415

        from meetingroom.documents.mupdf_errors import FILE_AT_FAULT  # noqa: PLC0415

        if path not in self._texts:
            try:
                document = pymupdf.open(path)
            except FILE_AT_FAULT as error:
                raise PaperError("paper.damaged", file=Path(path).name) from error
            self._texts[path] = document
            if len(self._texts) > PAPERS_OPEN:
                self._texts.popitem(last=False)[1].close()
        self._texts.move_to_end(path)
        return self._texts[path]

    def _slot(self, name: str, capacity: int) -> AttachedMemory:
        """A slot of the parent's; the ones used last stay mapped, for it uses them again."""
        if name not in self._slots:
            self._slots[name] = AttachedMemory(name, capacity)
            if len(self._slots) > SLOTS_ATTACHED:
                self._slots.popitem(last=False)[1].close()
        self._slots.move_to_end(name)
        return self._slots[name]


def _limit_memory() -> None:
    if sys.platform == "win32":
        return  # a Job Object set by the parent is the way there; not written yet
    import os  # noqa: PLC0415
    import resource  # noqa: PLC0415

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = min(MEMORY_LIMIT, max(LEAST_LIMIT, memory * 3 // 4))
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _let_windows_go_first() -> None:
    """Drawing ahead must never keep a window, this one or another, from its next frame."""
    if sys.platform != "win32":
        import os  # noqa: PLC0415

        os.nice(NICENESS)


def _end_with_the_parent() -> None:
    """A worker busy with a bad page must not outlive a program that was killed.

    Its shared memory is unlinked when the last of its processes has gone.
    """
    if sys.platform != "linux":
        return  # elsewhere a worker ends when it next looks at its pipe
    import ctypes  # noqa: PLC0415
    import os  # noqa: PLC0415

    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _answer(bench: Bench, name: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a job ended with, as a tuple that goes over the pipe."""
    file = Path(str(arguments[0])).name
    try:
        return "ok", getattr(bench, name)(*arguments)
    except MeetingError as error:
        return "known", error.code, error.fields
    except MemoryError:
        return "known", "paper.too_big", {"file": file}
    except OSError as error:
        code = "paper.too_big" if error.errno == errno.ENOMEM else "paper.unreadable"
        return "known", code, {"file": file}
    except Exception:
        return "bug", traceback.format_exc()


def _inherited(handle: int) -> "connection.Connection":
    """The pipe's end the parent left open for this process."""
    if sys.platform == "win32":
        return connection.PipeConnection(handle)
    return connection.Connection(handle)


def main(handle: int) -> None:
    """Serve jobs until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    pipe = _inherited(handle)
    _end_with_the_parent()
    _limit_memory()
    _let_windows_go_first()
    bench = Bench()
    while True:
        try:
            name, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        answer = _answer(bench, name, arguments)
        try:
            pipe.send(answer)
        except OSError:
            return  # nobody is there any more


if __name__ == "__main__":
    main(int(sys.argv[1]))
