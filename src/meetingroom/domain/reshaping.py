"""What hands do to shapes that are there: touch, move, resize. All in points."""

from itertools import pairwise

import msgspec

from meetingroom.domain import marks
from meetingroom.domain.geometry import InkPoint, Point, Rect, rounded
from meetingroom.domain.ink import distance
from meetingroom.domain.marks import (
    Box,
    FreeText,
    Ink,
    Line,
    Shape,
    Stamp,
    TextMark,
    bounds,
)

LEAST = 6.0  # no box is made smaller
Boxed = FreeText | Stamp | Box


def touches(shape: Shape, at: Point, reach: float) -> bool:
    """Whether a shape's lines, words or face are within `reach` of a place."""
    if not bounds(shape).grown(reach).contains(at.x, at.y):
        return False
    match shape:
        case Ink():
            return any(_near_stroke(stroke, at, reach + shape.width) for stroke in shape.strokes)
        case Line():
            return distance(at, shape.start, shape.end) <= reach + shape.width
        case Box():
            inner = shape.box.grown(-reach - shape.width)
            return not (inner.x0 < inner.x1 and inner.y0 < inner.y1 and inner.contains(at.x, at.y))
        case TextMark():
            return any(quad.bounds().grown(reach).contains(at.x, at.y) for quad in shape.quads)
        case _:
            return True


def _near_stroke(stroke: tuple[InkPoint, ...], at: Point, reach: float) -> bool:
    if len(stroke) == 1:
        return distance(at, stroke[0], stroke[0]) <= reach
    return any(distance(at, start, end) <= reach for start, end in pairwise(stroke))


def can_move(shape: Shape) -> bool:
    """Words that are marked stay where they are; everything else can be put elsewhere."""
    return not isinstance(shape, TextMark)


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """A shape elsewhere on its page; the very same where it cannot move."""
    return marks.moved(shape, dx, dy) if can_move(shape) else shape


def handles(shape: Shape) -> tuple[Point, ...]:
    """Where a shape can be taken to resize it: a box's corners clockwise, a line's ends."""
    match shape:
        case FreeText() | Stamp() | Box():
            box = shape.box
            rows = ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
            return tuple(Point(x, y) for x, y in rows)
        case Line():
            return shape.start, shape.end
        case _:
            return ()


def pulled(shape: Shape, handle: int, to: Point) -> Shape:
    """A shape with one of its `handles` put elsewhere; the very same where it has none."""
    change = msgspec.structs.replace
    if isinstance(shape, Line):
        to = Point(rounded(to.x), rounded(to.y))
        return change(shape, start=to) if handle == 0 else change(shape, end=to)
    if not isinstance(shape, Boxed):
        return shape
    box = shape.box
    x0, x1 = _span(box.x0, box.x1, to.x, is_low=handle in (0, 3))
    y0, y1 = _span(box.y0, box.y1, to.y, is_low=handle in (0, 1))
    return change(shape, box=Rect(x0, y0, x1, y1))


def _span(low: float, high: float, to: float, *, is_low: bool) -> tuple[float, float]:
    if is_low:
        return rounded(min(to, high - LEAST)), high
    return low, rounded(max(to, low + LEAST))


def squared(start: Point, to: Point) -> Point:
    """The place nearest to `to` that makes a square with `start`."""
    dx, dy = to.x - start.x, to.y - start.y
    side = max(abs(dx), abs(dy))
    return Point(start.x + (side if dx >= 0 else -side), start.y + (side if dy >= 0 else -side))


def straightened(start: Point, to: Point) -> Point:
    """The place nearest to `to` that lies level with, upright over, or aslant from `start`."""
    dx, dy = to.x - start.x, to.y - start.y
    if abs(dx) > 2.4 * abs(dy):
        return Point(to.x, start.y)
    if abs(dy) > 2.4 * abs(dx):
        return Point(start.x, to.y)
    return squared(start, to)
