"""Places on a page survive being kept, and boxes hold what they are made around."""

import math

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.facts import MarkPut, read_fact, write_fact
from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect, bounds_of, rounded
from meetingroom.domain.marks import FreeText, Ink, Note, TextMark, bounds

numbers = st.floats(-20_000, 20_000).map(rounded)
points = st.builds(Point, numbers, numbers)
ink_points = st.builds(InkPoint, numbers, numbers, st.floats(0, 1))
rects = st.tuples(points, points).map(bounds_of)
quads = st.builds(Quad, points, points, points, points)
shapes = st.one_of(
    st.builds(Note, at=points),
    st.builds(FreeText, box=rects, size=st.floats(4, 72)),
    st.builds(TextMark, quads=st.lists(quads, min_size=1, max_size=4).map(tuple), quote=st.text()),
    st.builds(
        Ink,
        strokes=st.lists(
            st.lists(ink_points, min_size=1, max_size=20).map(tuple), min_size=1, max_size=3
        ).map(tuple),
    ),
)


@given(shapes, st.text(max_size=50))
def test_a_mark_is_read_as_it_was_written(shape, text: str) -> None:
    mark = MarkPut(mark="m", revision=1, paper="p", blob="b", page=0, shape=shape, text=text)
    assert read_fact("mark_put", 1, write_fact(mark)) == mark


@given(quads)
def test_a_box_around_a_quad_holds_its_corners(quad: Quad) -> None:
    box = quad.bounds()
    assert all(box.contains(p.x, p.y) for p in (quad.ul, quad.ur, quad.ll, quad.lr))


@given(rects)
def test_the_quad_of_a_box_has_that_box_around_it(box: Rect) -> None:
    assert Quad.of(box).bounds() == box


@given(rects, rects)
def test_boxes_meet_both_ways_and_a_grown_one_holds_the_first(one: Rect, other: Rect) -> None:
    assert one.meets(other) == other.meets(one)
    assert one.grown(1).contains(one.x0, one.y0) and one.grown(1).contains(one.x1, one.y1)


@given(shapes)
def test_a_marks_box_holds_what_it_draws(shape) -> None:
    box = bounds(shape)
    match shape:
        case Ink():
            assert all(box.contains(p.x, p.y) for stroke in shape.strokes for p in stroke)
        case TextMark():
            assert all(box.contains(q.ul.x, q.ul.y) for q in shape.quads)
        case Note():
            assert box.contains(shape.at.x, shape.at.y)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_kept_coordinate_is_finite_near_and_stays_when_kept_again(value: float) -> None:
    kept = rounded(value)
    assert math.isfinite(kept) and abs(kept) <= 20_000
    assert rounded(kept) == kept == msgspec.json.decode(msgspec.json.encode(kept), type=float)
