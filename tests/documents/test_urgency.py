"""What somebody waits for goes first, and always finds a worker."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from bad_papers import write_good

from meetingroom.documents.crew import Crew
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing
from meetingroom.domain.ports import Pixels

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stops Linux's processes")
SHOWN, AHEAD, SMALL = 0, 1, 2


@pytest.fixture
def crew(tmp_path: Path, until: Callable[..., None]) -> Iterator[Crew]:
    """Two workers that have a paper open and are stopped in the middle of what they do."""
    made = Crew(workers=2)
    made.open("a", write_good(tmp_path / "a.pdf", pages=9)).result(30)
    draw(made, 8, SHOWN).result(30).release()  # the second worker starts after the first answer
    until(lambda: len(made.workers) == 2)
    for pid in made.workers:
        os.kill(pid, signal.SIGSTOP)
    yield made
    go_on(made)
    made.close()


def go_on(crew: Crew) -> None:
    for pid in crew.workers:
        os.kill(pid, signal.SIGCONT)


def draw(crew: Crew, page: int, urgency: int) -> "Future[Pixels]":
    return crew.draw(Drawing(blob="a", page=page, step=STEPS_PER_POINT, urgency=urgency))


def finish(crew: Crew, *wishes: "Future[Pixels]") -> None:
    go_on(crew)
    for wish in wishes:
        wish.result(30).release()


def test_a_page_drawn_ahead_waits_until_nobody_waits_for_another(
    crew: Crew, until: Callable[..., None]
) -> None:
    shown = draw(crew, 0, SHOWN)
    until(shown.running)
    ahead = draw(crew, 1, AHEAD)
    other = draw(crew, 2, SHOWN)
    until(other.running)
    assert not ahead.running()
    finish(crew, shown, other, ahead)


def test_small_pictures_leave_a_worker_for_what_is_shown(
    crew: Crew, until: Callable[..., None]
) -> None:
    small = [draw(crew, page, SMALL) for page in range(3)]
    until(lambda: any(wish.running() for wish in small))
    shown = draw(crew, 5, SHOWN)
    until(shown.running)
    assert sum(wish.running() for wish in small) == 1
    finish(crew, shown, *small)


def test_a_page_drawn_ahead_that_somebody_comes_to_begins_at_once(
    crew: Crew, until: Callable[..., None]
) -> None:
    shown = draw(crew, 0, SHOWN)
    until(shown.running)
    ahead = draw(crew, 1, AHEAD)
    wanted = draw(crew, 1, SHOWN)
    until(wanted.running)
    finish(crew, shown, ahead, wanted)
