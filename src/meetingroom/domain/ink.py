"""Ink as values: jitter smoothed, points thinned, parts rubbed out. All lengths in points."""

import math
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from meetingroom.domain.geometry import InkPoint, Point, rounded
from meetingroom.domain.marks import Ink

Stroke = tuple[InkPoint, ...]
TOLERANCE = 0.12  # how far a thinned stroke may be from the whole one
PIECE = 1.5  # a bend is drawn in pieces of about this length
BENDS = (math.radians(2), math.radians(60))  # less is straight, more is a corner that is meant
CHUNK = 200  # points thinned together, so that long strokes take no longer a point
LEAST_GAP = 1e-6


def settled(before: InkPoint, point: InkPoint, after: InkPoint, reach: float) -> InkPoint:
    """A point between its neighbours with the hand's (or the sensor's) jitter taken out.

    It moves by no more than `reach`: a corner that is meant stays a corner.
    """
    dx = (before.x + after.x) / 4 - point.x / 2
    dy = (before.y + after.y) / 4 - point.y / 2
    away = math.hypot(dx, dy)
    share = min(1.0, reach / away) if away > 0 else 0.0
    return InkPoint(point.x + dx * share, point.y + dy * share, point.pressure)


def smoothed(stroke: Sequence[InkPoint], reach: float) -> list[InkPoint]:
    """A stroke without jitter; its ends stay where the pen touched and left."""
    inner = [
        settled(stroke[at - 1], stroke[at], stroke[at + 1], reach)
        for at in range(1, len(stroke) - 1)
    ]
    return [stroke[0], *inner, *stroke[-1:]] if len(stroke) > 1 else list(stroke)


def finished(stroke: Sequence[InkPoint], width: float, reach: float) -> Stroke:
    """A stroke as it is kept: smoothed, bends rounded, thinned, coordinates rounded."""
    bent = rounded_bends(smoothed(_apart(stroke), reach))
    return tuple(
        InkPoint(rounded(point.x), rounded(point.y), round(point.pressure, 3))
        for point in thinned(bent, width)
    )


def _apart(stroke: Sequence[InkPoint]) -> list[InkPoint]:
    """Without points that repeat the one before; the hardest press of them counts."""
    kept = list(stroke[:1])
    for point in stroke[1:]:
        last = kept[-1]
        if abs(point.x - last.x) + abs(point.y - last.y) > LEAST_GAP:
            kept.append(point)
        elif point.pressure > last.pressure:
            kept[-1] = InkPoint(last.x, last.y, point.pressure)
    return kept


def rounded_bends(stroke: Sequence[InkPoint]) -> list[InkPoint]:
    """A stroke drawn fast has its points far apart: gentle bends between them are rounded.

    A Catmull-Rom curve goes through the points; corners and straight runs stay as they are.
    """
    if len(stroke) < 3:
        return list(stroke)
    turns = [0.0, *(_turn(*stroke[at - 1 : at + 2]) for at in range(1, len(stroke) - 1)), 0.0]
    bent = [stroke[0]]
    for at, (start, end) in enumerate(pairwise(stroke)):
        length = math.hypot(end.x - start.x, end.y - start.y)
        sides = turns[at], turns[at + 1]
        if length > 2 * PIECE and max(sides) > BENDS[0] and max(sides) < BENDS[1]:
            before, after = stroke[max(0, at - 1)], stroke[min(len(stroke) - 1, at + 2)]
            count = min(12, int(length / PIECE))
            bent += [_on_curve(before, start, end, after, n / count) for n in range(1, count)]
        bent.append(end)
    return bent


def _turn(before: InkPoint, point: InkPoint, after: InkPoint) -> float:
    """How far a stroke turns at a point, from 0 to pi."""
    way = math.atan2(point.y - before.y, point.x - before.x)
    on = math.atan2(after.y - point.y, after.x - point.x)
    return abs((on - way + math.pi) % (2 * math.pi) - math.pi)


def _on_curve(
    before: InkPoint, start: InkPoint, end: InkPoint, after: InkPoint, share: float
) -> InkPoint:
    """A place on the curve from `start` to `end`; its slopes are no longer than the way."""
    length = math.hypot(end.x - start.x, end.y - start.y)
    out, into = _slope(before, end, length), _slope(start, after, length)
    if before is start:  # the stroke begins here, and ends there: as bent as where it goes on
        out = 2 * (end.x - start.x) - into[0], 2 * (end.y - start.y) - into[1]
    elif after is end:
        into = 2 * (end.x - start.x) - out[0], 2 * (end.y - start.y) - out[1]
    t, u = share, 1 - share
    from_start, from_end = u * u * (1 + 2 * t), t * t * (3 - 2 * t)
    push, pull = t * u * u, -t * t * u
    return InkPoint(
        from_start * start.x + from_end * end.x + push * out[0] + pull * into[0],
        from_start * start.y + from_end * end.y + push * out[1] + pull * into[1],
        start.pressure + (end.pressure - start.pressure) * share,
    )


def _slope(before: InkPoint, after: InkPoint, length: float) -> tuple[float, float]:
    dx, dy = after.x - before.x, after.y - before.y
    size = math.hypot(dx, dy)
    return (dx * length / size, dy * length / size) if size > 0 else (0.0, 0.0)


def thinned(stroke: Sequence[InkPoint], width: float) -> list[InkPoint]:
    """Without the points a line between the others shows as well, pressure included."""
    kept: list[InkPoint] = list(stroke[:1])
    for at in range(0, len(stroke) - 1, CHUNK):
        kept += _thinned(stroke[at : at + CHUNK + 1], width)[1:]
    return kept


def _thinned(part: Sequence[InkPoint], width: float) -> list[InkPoint]:
    """Douglas and Peucker's way, without recursion; the pen's width counts as a third side."""
    rows = [(point.x, point.y, point.pressure * width) for point in part]
    keep = {0, len(part) - 1}
    spans = [(0, len(part) - 1)]
    while spans:
        first, last = spans.pop()
        at = _farthest(rows, first, last)
        if at:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [part[index] for index in sorted(keep)]


def _farthest(rows: Sequence[tuple[float, float, float]], first: int, last: int) -> int:
    """The row between two that a line between them shows worst; 0 where it shows all."""
    x, y, thick = rows[first]
    dx, dy, thicker = rows[last][0] - x, rows[last][1] - y, rows[last][2] - thick
    square = dx * dx + dy * dy or 1.0
    most, found = TOLERANCE * TOLERANCE, 0
    for index in range(first + 1, last):
        px, py, pressed = rows[index]
        px, py = px - x, py - y
        share = (px * dx + py * dy) / square
        share = 0.0 if share < 0 else 1.0 if share > 1 else share
        px, py, pressed = px - dx * share, py - dy * share, pressed - thick - thicker * share
        off = px * px + py * py
        pressed *= pressed
        if off > most or pressed > most:
            most, found = max(off, pressed), index
    return found


def _share(point: Point | InkPoint, start: Point | InkPoint, end: Point | InkPoint) -> float:
    """How far along a line its place nearest to a point lies, from 0 to 1."""
    dx, dy = end.x - start.x, end.y - start.y
    square = dx * dx + dy * dy
    if square == 0:
        return 0.0
    return min(1.0, max(0.0, ((point.x - start.x) * dx + (point.y - start.y) * dy) / square))


def distance(point: Point | InkPoint, start: Point | InkPoint, end: Point | InkPoint) -> float:
    """From a point to a line between two others."""
    share = _share(point, start, end)
    return math.hypot(
        start.x + (end.x - start.x) * share - point.x,
        start.y + (end.y - start.y) * share - point.y,
    )


# --- rubbing out ----------------------------------------------------------------------------


def rubbed_out(ink: Ink, start: Point, end: Point, radius: float) -> Ink | None:
    """Ink after an eraser moved over it from `start` to `end`; None where nothing is left.

    The very same value where the eraser touched nothing.
    """
    left = [piece for stroke in ink.strokes for piece in _left(stroke, start, end, radius)]
    if len(left) == len(ink.strokes) and all(
        new is old for new, old in zip(left, ink.strokes, strict=True)
    ):
        return ink
    return msgspec.structs.replace(ink, strokes=tuple(left)) if left else None


def _left(stroke: Stroke, start: Point, end: Point, radius: float) -> list[Stroke]:
    """The pieces of a stroke outside the eraser's way, in order."""
    if len(stroke) == 1:
        return [] if distance(stroke[0], start, end) <= radius else [stroke]
    pieces: list[list[InkPoint]] = []
    is_whole, is_open = True, False
    for first, second in pairwise(stroke):
        inside = _inside(first, second, start, end, radius)
        is_whole = is_whole and inside is None
        for begin, stop in _outside(inside):
            if not (begin == 0.0 and is_open):
                pieces.append([_between(first, second, begin)])
            pieces[-1].append(_between(first, second, stop))
        is_open = inside is None or inside[1] < 1.0
    if is_whole:
        return [stroke]
    return [tuple(piece) for piece in pieces if _length(piece) > radius / 10]


def _outside(inside: tuple[float, float] | None) -> list[tuple[float, float]]:
    if inside is None:
        return [(0.0, 1.0)]
    before = [(0.0, inside[0])] if inside[0] > 0 else []
    return before + ([(inside[1], 1.0)] if inside[1] < 1 else [])


def _between(start: InkPoint, end: InkPoint, share: float) -> InkPoint:
    if share in (0.0, 1.0):
        return end if share else start
    return InkPoint(
        rounded(start.x + (end.x - start.x) * share),
        rounded(start.y + (end.y - start.y) * share),
        round(start.pressure + (end.pressure - start.pressure) * share, 3),
    )


def _length(piece: Sequence[InkPoint]) -> float:
    return sum(math.hypot(b.x - a.x, b.y - a.y) for a, b in pairwise(piece))


def _inside(
    first: InkPoint, second: InkPoint, start: Point, end: Point, radius: float
) -> tuple[float, float] | None:
    """From where to where (0 to 1) a line lies in the eraser's way: a rectangle with round ends.

    What is convex holds one piece of a line: the hull of the pieces in its three parts.
    """
    parts = [_in_disc(first, second, start, radius)]
    if start != end:
        parts += [_in_disc(first, second, end, radius), _in_lane(first, second, start, end, radius)]
    found = [part for part in parts if part is not None]
    if not found:
        return None
    return min(part[0] for part in found), max(part[1] for part in found)


def _in_disc(
    first: InkPoint, second: InkPoint, centre: Point, radius: float
) -> tuple[float, float] | None:
    dx, dy = second.x - first.x, second.y - first.y
    fx, fy = first.x - centre.x, first.y - centre.y
    square, across = dx * dx + dy * dy, fx * dx + fy * dy
    rest = fx * fx + fy * fy - radius * radius
    if square == 0:
        return (0.0, 1.0) if rest <= 0 else None
    under = across * across - square * rest
    if under < 0:
        return None
    root = math.sqrt(under)
    return _clipped((-across - root) / square, (-across + root) / square)


def _in_lane(
    first: InkPoint, second: InkPoint, start: Point, end: Point, radius: float
) -> tuple[float, float] | None:
    """In the rectangle between the discs, whose sides are `radius` away from the way."""
    length = math.hypot(end.x - start.x, end.y - start.y)
    ux, uy = (end.x - start.x) / length, (end.y - start.y) / length
    low, high = 0.0, 1.0
    for (ax, ay), least, most in (((ux, uy), 0.0, length), ((-uy, ux), -radius, radius)):
        at = (first.x - start.x) * ax + (first.y - start.y) * ay
        step = (second.x - first.x) * ax + (second.y - first.y) * ay
        if step == 0:
            if not least <= at <= most:
                return None
            continue
        enter, leave = sorted(((least - at) / step, (most - at) / step))
        low, high = max(low, enter), min(high, leave)
    return (low, high) if low <= high else None


def _clipped(low: float, high: float) -> tuple[float, float] | None:
    low, high = max(0.0, low), min(1.0, high)
    return (low, high) if low <= high else None
