"""The crew: workers that die, hang or eat memory are replaced, and nothing is left behind."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bad_papers import write_good, write_with_a_huge_page
from made_papers import picture
from PIL import Image

from meetingroom.documents import crew as crew_room
from meetingroom.documents import hand, slots
from meetingroom.documents.crew import Crew
from meetingroom.domain.errors import PaperError
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing

SHARED = Path("/dev/shm")  # noqa: S108 - where Linux shows shared memory
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at Linux's processes")


@pytest.fixture
def crew() -> Iterator[Crew]:
    """A crew of one worker."""
    made = Crew(workers=1)
    yield made
    made.close()


def drawing(page: int = 0, step: int = STEPS_PER_POINT) -> Drawing:
    return Drawing(blob="a", page=page, step=step)


def worker_pid(crew: Crew, until: Callable[..., None]) -> int:
    """The process id of the worker, once it runs."""
    until(lambda: crew.workers)
    return next(iter(crew.workers))


def is_white(pixels: object) -> bool:
    return set(bytes(pixels.buffer)) <= {0xFF}  # type: ignore[attr-defined]


def test_a_page_is_drawn_although_its_worker_was_killed(
    crew: Crew, tmp_path: Path, until: Callable[..., None]
) -> None:
    pid = worker_pid(crew, until)
    crew.open("a", write_good(tmp_path / "a.pdf")).result(30)
    os.kill(pid, signal.SIGKILL)
    pixels = crew.draw(drawing()).result(30)
    assert not is_white(pixels)
    pixels.release()


@needs_linux
def test_a_page_that_was_being_drawn_is_asked_again(
    crew: Crew, tmp_path: Path, until: Callable[..., None]
) -> None:
    pid = worker_pid(crew, until)
    crew.open("a", write_good(tmp_path / "a.pdf")).result(30)
    os.kill(pid, signal.SIGSTOP)
    wish = crew.draw(drawing())
    until(wish.running)
    os.kill(pid, signal.SIGKILL)
    pixels = wish.result(30)
    assert not is_white(pixels)
    pixels.release()


@needs_linux
def test_a_worker_that_hangs_is_replaced_after_its_time(
    crew: Crew, tmp_path: Path, until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = worker_pid(crew, until)
    crew.open("a", write_good(tmp_path / "a.pdf")).result(30)
    monkeypatch.setitem(crew_room.SECONDS, "words", 0.3)
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(PaperError, match=r"paper\.timeout"):
        crew.words("a", 0).result(30)
    monkeypatch.setitem(crew_room.SECONDS, "words", 30.0)
    assert crew.words("a", 0).result(30)


@needs_linux
def test_a_page_its_engine_takes_too_long_with_is_drawn_by_the_other(
    crew: Crew, tmp_path: Path, until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = worker_pid(crew, until)
    path = write_good(tmp_path / "a.pdf", pages=2)
    crew.open("a", path).result(30)
    chosen = crew.draw(drawing()).result(30)
    monkeypatch.setattr(crew_room, "SECONDS", Falling(0.3, 30.0))
    os.kill(pid, signal.SIGSTOP)
    other = crew.draw(drawing(page=1)).result(30)  # the same words as on the first
    assert seen(other) == picture(path, 1, 1.0).tobytes() != seen(chosen)
    for pixels in (chosen, other):
        pixels.release()


def seen(pixels: object) -> bytes:
    """The colours alone, red first."""
    size = (pixels.width, pixels.height)  # type: ignore[attr-defined]
    buffer = bytes(pixels.buffer)  # type: ignore[attr-defined]
    return Image.frombytes("RGB", size, buffer, "raw", "BGRX").tobytes()


class Falling(dict[str, float]):
    """How long an answer may take: the first of these, then the next."""

    def __init__(self, *seconds: float) -> None:
        super().__init__()
        self._seconds = iter(seconds)

    def __getitem__(self, name: str) -> float:
        return next(self._seconds)


@needs_linux
def test_what_took_two_workers_is_not_asked_a_third_time(
    crew: Crew, tmp_path: Path, until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    crew.open("a", write_good(tmp_path / "a.pdf", pages=2)).result(30)
    monkeypatch.setitem(crew_room.SECONDS, "draw", 0.0)
    slow = drawing(step=12 * STEPS_PER_POINT)  # nobody draws 60 million pixels in no time
    for code in ("paper.timeout", "paper.page_failed", "paper.page_failed"):  # each engine had it
        with pytest.raises(PaperError) as met:
            crew.draw(slow).result(30)
        assert met.value.code == code
    monkeypatch.setitem(crew_room.SECONDS, "draw", 30.0)
    crew.draw(drawing(page=1)).result(30).release()


def test_a_page_kilometres_wide_is_drawn_within_bounds(crew: Crew, tmp_path: Path) -> None:
    crew.open("a", write_with_a_huge_page(tmp_path / "a.pdf", 90_000, 90_000)).result(30)
    pixels = crew.draw(drawing(step=4 * STEPS_PER_POINT)).result(60)
    assert pixels.width * pixels.height <= 64_000_000
    pixels.release()


@needs_linux
def test_a_worker_short_of_memory_says_so_and_goes_on(
    crew: Crew, tmp_path: Path, until: Callable[..., None]
) -> None:
    import resource

    pid = worker_pid(crew, until)
    crew.open("a", write_with_a_huge_page(tmp_path / "a.pdf", 9000, 9000)).result(30)
    crew.words("a", 0).result(30)  # both engines are loaded
    used = int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * resource.getpagesize()
    limit, most = resource.prlimit(pid, resource.RLIMIT_AS)
    assert 0 < limit <= 6 << 30
    resource.prlimit(pid, resource.RLIMIT_AS, (used + (4 << 20), most))
    with pytest.raises(PaperError, match=r"paper\.too_big"):
        crew.draw(drawing()).result(60)
    crew.draw(drawing(step=1)).result(30).release()


def test_a_full_shared_memory_is_a_known_error(
    crew: Crew, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew.open("a", write_good(tmp_path / "a.pdf")).result(30)
    with monkeypatch.context() as patch:
        patch.setattr(slots, "GRAIN", 1 << 50)  # more than any computer has
        with pytest.raises(PaperError, match=r"paper\.too_big"):
            crew.draw(drawing()).result(30)
    crew.draw(drawing()).result(30).release()


def test_a_worker_that_several_threads_end_at_once_is_ended_once() -> None:
    mine = hand.Hand()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: mine.end(), range(8)))
    assert mine.pid is None


def test_where_no_worker_can_be_started_every_wish_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_self: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    with monkeypatch.context() as patch:
        patch.setattr(hand.Hand, "_start", fails)
        crew = Crew(workers=1)
        with pytest.raises(PaperError, match=r"paper\.too_big"):
            crew.open("a", write_good(tmp_path / "a.pdf")).result(30)
    assert crew.open("a", tmp_path / "a.pdf").result(30).pages
    crew.close()
    assert {row.levelno for row in caplog.records} == {logging.WARNING}
    caplog.clear()


@needs_linux
def test_a_program_that_is_killed_leaves_no_worker_and_no_shared_memory(
    tmp_path: Path, until: Callable[..., None]
) -> None:
    write_good(tmp_path / "a.pdf")
    before = {path.name for path in SHARED.iterdir()}
    program = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("crew_program.py")), str(tmp_path / "a.pdf")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert program.stdout is not None
    workers = [int(pid) for pid in program.stdout.readline().split()]
    held = {path.name for path in SHARED.iterdir()} - before
    os.kill(workers[0], signal.SIGSTOP)  # one that is busy does not look at its pipe
    program.kill()
    program.wait()
    program.stdout.close()
    until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in workers))
    until(lambda: not held & {path.name for path in SHARED.iterdir()})
    assert held
