"""Shapes touched, moved and resized."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect
from meetingroom.domain.marks import Box, FreeText, Ink, Line, Note, Stamp, TextMark, bounds
from meetingroom.domain.reshaping import (
    LEAST,
    handles,
    moved,
    pulled,
    squared,
    straightened,
    touches,
)

SQUARE = Rect(10, 10, 90, 60)
MOVABLE = [
    Box(box=SQUARE),
    FreeText(box=SQUARE),
    Stamp(box=SQUARE),
    Note(at=Point(20, 20)),
    Line(start=Point(0, 0), end=Point(50, 20), has_head=True),
    Ink(strokes=((InkPoint(1, 2), InkPoint(30, 40)),)),
]


@pytest.mark.parametrize("shape", MOVABLE, ids=lambda shape: type(shape).__name__)
def test_a_shape_moved_there_and_back_is_the_same(shape) -> None:
    there = moved(shape, 12.5, -7.25)
    assert bounds(there).x0 == pytest.approx(bounds(shape).x0 + 12.5, abs=0.01)
    assert bounds(there).y1 == pytest.approx(bounds(shape).y1 - 7.25, abs=0.01)
    assert moved(there, -12.5, 7.25) == shape


def test_marked_words_stay_where_they_are() -> None:
    mark = TextMark(quads=(Quad.of(SQUARE),))
    assert moved(mark, 5, 5) is mark and handles(mark) == ()


@given(st.integers(0, 3), st.floats(-200, 200), st.floats(-200, 200))
def test_a_box_pulled_anywhere_stays_a_box(handle, x, y) -> None:
    box = pulled(Box(box=SQUARE), handle, Point(x, y)).box
    assert box.x1 - box.x0 >= LEAST - 0.02 and box.y1 - box.y0 >= LEAST - 0.02


def test_a_pulled_corner_is_where_it_was_pulled_to() -> None:
    for handle in range(4):
        to = Point(5.5, 5.5) if handle == 0 else Point(140, 90)
        shape = pulled(Stamp(box=SQUARE), handle, to)
        if handle in (0, 2):
            assert handles(shape)[handle] == to


def test_an_arrow_is_pulled_at_either_end() -> None:
    line = MOVABLE[4]
    assert pulled(line, 0, Point(9, 9)).start == Point(9, 9)
    assert pulled(line, 1, Point(9, 9)).end == Point(9, 9)


def test_ink_is_touched_at_its_line_and_not_inside_what_it_surrounds() -> None:
    ring = Ink(strokes=(tuple(InkPoint(x, y) for x, y in ((0, 0), (80, 0), (80, 80), (0, 80))),))
    assert touches(ring, Point(40, 1), 2)
    assert not touches(ring, Point(40, 40), 2)


def test_a_box_is_touched_at_its_edge_and_a_stamp_anywhere() -> None:
    assert touches(Box(box=SQUARE), Point(11, 30), 2)
    assert not touches(Box(box=SQUARE), Point(50, 35), 2)
    assert touches(Stamp(box=SQUARE), Point(50, 35), 2)
    assert not touches(Stamp(box=SQUARE), Point(150, 35), 2)


def test_shift_makes_lines_straight_and_boxes_square() -> None:
    assert straightened(Point(0, 0), Point(100, 8)) == Point(100, 0)
    assert straightened(Point(0, 0), Point(-8, 100)) == Point(0, 100)
    assert straightened(Point(0, 0), Point(50, -45)) == Point(50, -50)
    assert squared(Point(10, 10), Point(0, 40)) == Point(-20, 40)
