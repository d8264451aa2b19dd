"""What an annotation looks like, drawn as a PDF's own operators: the same in every reader.

Everything here is in the page's user space; `place` takes points as seen to it.
"""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from meetingroom.documents.colours import ink_colour
from meetingroom.domain.geometry import InkPoint, Point, Rect
from meetingroom.domain.marks import (
    NOTE_SIZE,
    Box,
    Ink,
    Line,
    Mark,
    Note,
    TextMark,
    arrow_head,
)

Place = Callable[[float, float], tuple[float, float]]
Pair = tuple[float, float]
UNDERLINE = 1.3  # points
ROUND = "1 J 1 j"


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Operators, the box they stay in (user space), and whether they darken what is below.

    `start` is where the drawing's own origin lies: the page's but for what hangs upright.
    """

    content: str
    box: tuple[float, float, float, float]
    start: tuple[float, float] = (0.0, 0.0)
    is_wash: bool = False


def look_of(mark: Mark, place: Place) -> Look | None:
    """How a mark without words of its own looks; None for free text and stamps."""
    match mark.shape:
        case TextMark() as shape:
            return _words(shape, mark.colour, place)
        case Ink() as shape:
            return _ink(shape, mark.colour, place)
        case Note() as shape:
            return _note(shape, mark.colour, place)
        case Box() as shape:
            return _box(shape, mark.colour, place)
        case Line() as shape:
            return _line(shape, mark.colour, place)
    return None


def number(value: float) -> str:
    """A number as PDF writes it, to a thousandth of a point."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def numbers(values: Iterable[float]) -> str:
    return " ".join(number(value) for value in values)


def stroking(name: str) -> str:
    return numbers(ink_colour(name, is_wash=False)) + " RG"


def corners_of(box: Rect, place: Place) -> list[Pair]:
    """The corners of a box as seen, in user space: around it, from the upper left."""
    return [
        place(box.x0, box.y0), place(box.x1, box.y0), place(box.x1, box.y1), place(box.x0, box.y1),
    ]  # fmt: skip


def box_around(pairs: Sequence[Pair], by: float = 0.0) -> tuple[float, float, float, float]:
    """The upright box around places, with `by` points more on every side."""
    xs, ys = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return min(xs) - by, min(ys) - by, max(xs) + by, max(ys) + by


def path(pairs: Sequence[Pair], end: str) -> str:
    first, *rest = pairs
    return " ".join([f"{numbers(first)} m", *(f"{numbers(pair)} l" for pair in rest), end])


def _middle(one: Pair, other: Pair) -> Pair:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _words(shape: TextMark, colour: str, place: Place) -> Look:
    lines: list[str] = []
    every: list[Pair] = []
    is_wash = shape.style == "highlight"
    for quad in shape.quads:
        ul, ur, ll, lr = (place(c.x, c.y) for c in (quad.ul, quad.ur, quad.ll, quad.lr))
        every += [ul, ur, ll, lr]
        if is_wash:
            lines.append(path([ul, ur, lr, ll], "h f"))
        elif shape.style == "underline":
            lines.append(path([ll, lr], "S"))
        else:
            lines.append(path([_middle(ul, ll), _middle(ur, lr)], "S"))
    if is_wash:
        start = f"/Wash gs {numbers(ink_colour(colour, is_wash=True))} rg"
    else:
        start = f"{stroking(colour)} {number(UNDERLINE)} w"
    return Look(
        content="\n".join([start, *lines]),
        box=box_around(every, 0 if is_wash else UNDERLINE),
        is_wash=is_wash,
    )


def _ink(shape: Ink, colour: str, place: Place) -> Look:
    lines = [f"{stroking(colour)} {ROUND}"]
    for stroke in shape.strokes:
        lines += _stroke(stroke, shape.width, place)
    every = [place(point.x, point.y) for stroke in shape.strokes for point in stroke]
    return Look(content="\n".join(lines), box=box_around(every, shape.width))


def _thick(width: float, pressure: float) -> str:
    """As the screen shows it: half of the pressure draws the width as chosen."""
    return number(width * (0.4 + 1.2 * pressure)) + " w"


def _stroke(stroke: Sequence[InkPoint], width: float, place: Place) -> list[str]:
    pairs = [place(point.x, point.y) for point in stroke]
    if len(set(pairs)) == 1:
        # Not every reader draws a line without length.
        (x, y), pairs = pairs[0], [pairs[0]]
        return [_thick(width, stroke[0].pressure), path([(x, y), (x + 0.01, y)], "S")]
    if len({point.pressure for point in stroke}) == 1:
        return [_thick(width, stroke[0].pressure), path(pairs, "S")]
    lines = []
    for at, point in enumerate(stroke[1:], 1):
        lines += [_thick(width, point.pressure), path(pairs[at - 1 : at + 1], "S")]
    return lines


def _note(shape: Note, colour: str, place: Place) -> Look:
    """A sheet with lines of writing. Readers turn no note: its corner stays, it hangs upright."""
    left, top = place(shape.at.x, shape.at.y)

    def at(x: float, y: float) -> Pair:
        return x * NOTE_SIZE, (1 - y) * NOTE_SIZE

    sheet = [at(0.06, 0.06), at(0.94, 0.06), at(0.94, 0.66), at(0.66, 0.94), at(0.06, 0.94)]
    fill = ink_colour(colour, is_wash=True)
    lines = [
        f"{numbers(fill)} rg {stroking(colour)} 1 w {ROUND}",
        path(sheet, "b"),
        path([at(0.94, 0.66), at(0.66, 0.66), at(0.66, 0.94)], "S"),
        path([at(0.24, 0.3), at(0.76, 0.3)], "S"),
        path([at(0.24, 0.5), at(0.76, 0.5)], "S"),
    ]
    start = (left, top - NOTE_SIZE)
    return Look(
        content="\n".join(lines),
        box=(*start, start[0] + NOTE_SIZE, start[1] + NOTE_SIZE),
        start=start,  # one reader turns it about its own origin
    )


def _box(shape: Box, colour: str, place: Place) -> Look:
    pairs = corners_of(shape.box, place)
    content = f"{stroking(colour)} {number(shape.width)} w 0 j\n{path(pairs, 's')}"
    return Look(content=content, box=box_around(pairs, shape.width / 2))


def _line(shape: Line, colour: str, place: Place) -> Look:
    ends: list[Point] = [shape.start, shape.end]
    lines = [
        f"{stroking(colour)} {number(shape.width)} w {ROUND}",
        path([place(point.x, point.y) for point in ends], "S"),
    ]
    for side in arrow_head(shape):
        lines.append(path([place(shape.end.x, shape.end.y), place(side.x, side.y)], "S"))
        ends.append(side)
    every = [place(point.x, point.y) for point in ends]
    return Look(content="\n".join(lines), box=box_around(every, shape.width))
