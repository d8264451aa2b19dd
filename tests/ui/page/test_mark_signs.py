"""Whose a mark is stands beside it, also on a mark that comes while one reads."""

import pytest
from msgspec.structs import replace

from meetingroom.domain.geometry import Point, Rect
from meetingroom.domain.marks import Mark, Note, Shape, bounds
from meetingroom.ui.page.mark_signs import MarkSigns
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.page.shown_marks import ShownMarks

WIDTH = 595.0


def made(shape: Shape) -> Mark:
    return Mark(id="m", author="other", paper="p", blob="b", page=0, shape=shape)


@pytest.fixture
def signs(desk, qtbot) -> MarkSigns:
    view = PageView(desk.context, lambda _person: 0)
    qtbot.addWidget(view)
    return view.signs


@pytest.mark.parametrize("x", [40.0, 545.0])
def test_initials_never_stand_on_the_words_between_the_margins(signs: MarkSigns, x: float) -> None:
    mark = made(Note(at=Point(x, 300)))
    sign = signs._sign(mark, 22, 12, WIDTH)
    note = bounds(mark.shape)
    assert sign.x1 <= note.x0 or sign.y1 <= note.y0
    assert sign.x0 >= 1 and not (90 < sign.x1 < 545)


def test_a_mark_that_comes_is_painted_with_its_initials(signs: MarkSigns) -> None:
    mark = made(Note(at=Point(100, 300)))
    ((_leaf, area),) = ShownMarks("me").set_kept([mark])
    sign: Rect = signs._sign(mark, 22, 12, WIDTH)
    assert area.x0 <= sign.x0 and area.y0 <= sign.y0


def test_a_mark_that_moved_with_a_new_version_has_its_initials_there(signs: MarkSigns) -> None:
    old = made(Note(at=Point(40, 300)))
    new = replace(old, blob="b2", shape=Note(at=Point(40, 400)))
    assert [signs._sign(mark, 22, 12, WIDTH).y0 for mark in (old, new, old)] == [300, 400, 300]
