"""Ink: smoothed without lag, thinned without loss, rubbed out exactly where the eraser went."""

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.geometry import InkPoint, Point
from meetingroom.domain.ink import TOLERANCE, distance, finished, rubbed_out, thinned
from meetingroom.domain.marks import Ink

ROUNDING = 0.02
places = st.floats(0, 300, width=32)
points = st.builds(InkPoint, places, places, st.floats(0, 1, width=16))
strokes = st.lists(points, min_size=1, max_size=30).map(tuple)
wholes = st.builds(Ink, strokes=st.lists(strokes, min_size=1, max_size=3).map(tuple))
spots = st.builds(Point, places, places)
radii = st.floats(1, 40)


def away(point, stroke) -> float:
    """From a point to a stroke."""
    lines = [*pairwise(stroke)] or [(stroke[0], stroke[0])]
    return min(distance(point, start, end) for start, end in lines)


def samples(stroke):
    """Places along a stroke, about one a point of length."""
    yield stroke[0]
    for start, end in pairwise(stroke):
        count = max(1, int(math.hypot(end.x - start.x, end.y - start.y)))
        for n in range(1, count + 1):
            share = n / count
            yield InkPoint(
                start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share, 0.5
            )


@given(strokes, st.floats(0.1, 2))
def test_a_finished_stroke_goes_past_every_place_the_pen_was(stroke, reach) -> None:
    done = finished(stroke, 2.4, reach)
    assert all(away(point, done) <= reach + TOLERANCE + ROUNDING for point in stroke)


@given(strokes)
def test_a_finished_stroke_begins_and_ends_where_the_pen_did(stroke) -> None:
    done = finished(stroke, 2.4, 1.0)
    for end, was in ((done[0], stroke[0]), (done[-1], stroke[-1])):
        assert math.hypot(end.x - was.x, end.y - was.y) <= ROUNDING
    assert all(0 <= point.pressure <= 1 for point in done)


@given(strokes)
def test_thinning_loses_neither_place_nor_pressure(stroke) -> None:
    kept = thinned(stroke, 2.4)
    assert kept[0] == stroke[0] and kept[-1] == stroke[-1]
    assert all(away(point, kept) <= TOLERANCE + 1e-6 for point in stroke)
    assert set(kept) <= set(stroke)


def test_jitter_goes_and_few_points_stay() -> None:
    jittery = [InkPoint(n, 100 + (0.4 if n % 2 else -0.4)) for n in range(200)]
    done = finished(jittery, 2.4, 1.0)
    assert len(done) < 12
    assert max(abs(point.y - 100) for point in done[1:-1]) < 0.3


def test_a_corner_that_is_meant_stays_a_corner() -> None:
    corner = [InkPoint(x, 0) for x in range(0, 101, 5)]
    corner += [InkPoint(100, y) for y in range(5, 101, 5)]
    done = finished(corner, 2.4, 0.5)
    assert min(math.hypot(point.x - 100, point.y) for point in done) <= 0.5 + ROUNDING


def test_a_bend_drawn_fast_is_round() -> None:
    angles = [math.radians(angle) for angle in range(0, 181, 20)]
    fast = [InkPoint(100 + 80 * math.cos(a), 100 + 80 * math.sin(a)) for a in angles]
    done = finished(fast, 2.4, 0.2)
    off = [abs(math.hypot(p.x - 100, p.y - 100) - 80) for p in samples(done)]
    straight = [abs(math.hypot(p.x - 100, p.y - 100) - 80) for p in samples(fast)]
    assert max(off) < max(straight) / 2


@given(wholes, spots, spots, radii)
def test_nothing_is_left_where_the_eraser_went(ink, start, end, radius) -> None:
    left = rubbed_out(ink, start, end, radius)
    for stroke in left.strokes if left else ():
        assert stroke
        for place in samples(stroke):
            assert distance(place, start, end) >= radius - ROUNDING


@given(wholes, spots, spots, radii)
def test_everything_is_left_where_the_eraser_was_not(ink, start, end, radius) -> None:
    left = rubbed_out(ink, start, end, radius)
    crumb = radius / 10 + ROUNDING  # a shorter piece goes with the rest
    for stroke in ink.strokes:
        for place in samples(stroke):
            if distance(place, start, end) > radius + crumb:
                assert left is not None
                assert min(away(place, piece) for piece in left.strokes) <= ROUNDING


@given(wholes, spots, spots, radii)
def test_an_eraser_that_touches_nothing_changes_nothing(ink, start, end, radius) -> None:
    far = [Point(spot.x + 1000, spot.y) for spot in (start, end)]
    assert rubbed_out(ink, *far, radius) is ink


def test_a_stroke_rubbed_in_the_middle_is_two_with_its_pressure() -> None:
    ink = Ink(strokes=((InkPoint(0, 0, 0.0), InkPoint(100, 0, 1.0)),))
    left = rubbed_out(ink, Point(50, 0), Point(50, 0), 10)
    assert left is not None and len(left.strokes) == 2
    first, second = left.strokes
    assert (first[-1], second[0]) == (InkPoint(40, 0, 0.4), InkPoint(60, 0, 0.6))
