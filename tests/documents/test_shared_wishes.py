"""Two who want the same page: each has an own answer, the pixels stay until both let go."""

from pathlib import Path

import pymupdf
import pytest

from meetingroom.documents.crew import Crew
from meetingroom.domain.paper import Drawing


@pytest.fixture
def crew(tmp_path: Path):
    with pymupdf.open() as document:
        for _ in range(3):
            document.new_page()
        document.save(tmp_path / "paper.pdf")
    made = Crew(1)
    made.open("blob", tmp_path / "paper.pdf").result(30)
    yield made
    made.close()


def wish(page: int, urgency: int = 2, step: int = 64) -> Drawing:
    return Drawing(blob="blob", page=page, step=step, urgency=urgency)


def keep_busy(crew: Crew) -> None:
    """Something large and urgent, so that what is asked for next waits."""
    crew.draw(wish(0, urgency=0, step=64 * 8))


def test_one_may_withdraw_without_taking_the_page_from_the_other(crew):
    keep_busy(crew)
    first, second = crew.draw(wish(1)), crew.draw(wish(1))
    first.cancel()
    assert second.result(30).width == 595


def test_pixels_are_used_again_only_when_everybody_has_let_go(crew):
    keep_busy(crew)
    one, other = crew.draw(wish(2)), crew.draw(wish(2))
    shared = one.result(30)
    assert other.result(30) is shared
    shared.release()
    again = crew.draw(wish(1)).result(30)
    assert again is not shared
    shared.release()
    assert crew.draw(wish(0)).result(30) is shared


def test_a_paper_that_is_being_opened_is_not_opened_twice(tmp_path: Path):
    with pymupdf.open() as document:
        document.new_page()
        document.save(tmp_path / "paper.pdf")
    crew = Crew(1)
    wishes = [crew.open("blob", tmp_path / "paper.pdf") for _ in range(3)]
    assert len(crew._queue) + len(crew._busy) <= 1
    assert len({id(wish.result(30)) for wish in wishes}) == 1
    assert not crew._opening
    crew.close()
