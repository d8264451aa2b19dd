"""Marks on paper: what a person writes on a page, and for whom."""

import math
from collections.abc import Iterable
from typing import Literal

import msgspec

from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect, bounds_of, rounded


class TextMark(msgspec.Struct, frozen=True, kw_only=True, tag="text_mark"):
    """Words highlighted, underlined or struck out; `quads` follow the lines.

    `quote` is the words (NFC), `before` and `after` up to 40 characters around them,
    so that the mark can be found again in a new version of the paper.
    """

    style: Literal["highlight", "underline", "strikeout"] = "highlight"
    quads: tuple[Quad, ...]
    quote: str = ""
    before: str = ""
    after: str = ""


class Ink(msgspec.Struct, frozen=True, kw_only=True, tag="ink"):
    """One or more pen strokes; `width` in points."""

    strokes: tuple[tuple[InkPoint, ...], ...]
    width: float = 2.4


class Note(msgspec.Struct, frozen=True, kw_only=True, tag="note"):
    """A sticky note with its corner at `at`; the words are the mark's `text`."""

    at: Point


class FreeText(msgspec.Struct, frozen=True, kw_only=True, tag="free_text"):
    """Words written on the page inside `box`; `size` in points."""

    box: Rect
    size: float = 12.0


class Box(msgspec.Struct, frozen=True, kw_only=True, tag="box"):
    """A rectangle drawn around something; `width` of its line in points."""

    box: Rect
    width: float = 2.0


class Line(msgspec.Struct, frozen=True, kw_only=True, tag="line"):
    """A straight line, or an arrow that points to `end`; `width` in points."""

    start: Point
    end: Point
    width: float = 2.0
    has_head: bool = False


class Stamp(msgspec.Struct, frozen=True, kw_only=True, tag="stamp"):
    """Words in a frame, as a rubber stamp puts them; the words are the mark's `text`."""

    box: Rect


Shape = TextMark | Ink | Note | FreeText | Box | Line | Stamp

HEAD_ANGLE = math.radians(28)
HEAD = 5.0  # an arrow's head is so many times as long as its line is wide
NOTE_SIZE = 20.0  # a note's square on the page, in points


def mark_kind(shape: Shape) -> str:
    """A short name: "highlight", "underline", "strikeout", "ink", "note", "text" …"""
    match shape:
        case TextMark():
            return shape.style
        case Ink():
            return "ink"
        case Note():
            return "note"
        case FreeText():
            return "text"
        case Box():
            return "box"
        case Line():
            return "arrow" if shape.has_head else "line"
        case Stamp():
            return "stamp"


REACH = 100_000.0  # points; the largest page a PDF can have is far smaller
THICKEST = 1_000.0  # points


def is_drawable(shape: Shape) -> bool:
    """Whether every computer can draw a shape: something is there, and within reach.

    How much there may be is bounded by the size of a record.
    """
    match shape:
        case TextMark():
            corners = [p for q in shape.quads for p in (q.ul, q.ur, q.ll, q.lr)]
            return bool(corners) and _in_reach(corners)
        case Ink():
            points = [point for stroke in shape.strokes for point in stroke]
            is_whole = bool(shape.strokes) and all(shape.strokes)
            is_pressed = all(0 <= point.pressure <= 1 for point in points)
            return is_whole and is_pressed and 0 < shape.width <= THICKEST and _in_reach(points)
        case Note():
            return _in_reach([shape.at])
        case FreeText():
            return _is_box(shape.box) and 0 < shape.size <= THICKEST
        case Box():
            return _is_box(shape.box) and 0 < shape.width <= THICKEST
        case Line():
            return 0 < shape.width <= THICKEST and _in_reach([shape.start, shape.end])
        case Stamp():
            return _is_box(shape.box)


def _is_box(box: Rect) -> bool:
    in_reach = _in_reach([Point(box.x0, box.y0), Point(box.x1, box.y1)])
    return box.x0 <= box.x1 and box.y0 <= box.y1 and in_reach


def _in_reach(points: Iterable[Point | InkPoint]) -> bool:
    """Whether all coordinates are numbers near a page; what is no number compares as false."""
    return all(abs(point.x) <= REACH and abs(point.y) <= REACH for point in points)


def bounds(shape: Shape) -> Rect:
    """The box a shape covers on its page, in points."""
    match shape:
        case TextMark():
            return bounds_of(p for q in shape.quads for p in (q.ul, q.ur, q.ll, q.lr))
        case Ink():
            box = bounds_of(point for stroke in shape.strokes for point in stroke)
            return box.grown(shape.width)
        case Note():
            return Rect(shape.at.x, shape.at.y, shape.at.x + NOTE_SIZE, shape.at.y + NOTE_SIZE)
        case FreeText() | Stamp():
            return shape.box
        case Box():
            return shape.box.grown(shape.width)
        case Line():
            reach = shape.width * HEAD + 2 if shape.has_head else shape.width
            return bounds_of((shape.start, shape.end)).grown(reach)


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """The same shape so many points to the right and down."""
    match shape:
        case TextMark():
            quads = tuple(
                Quad(*(_moved_point(p, dx, dy) for p in (q.ul, q.ur, q.ll, q.lr)))
                for q in shape.quads
            )
            return msgspec.structs.replace(shape, quads=quads)
        case Ink():
            strokes = tuple(
                tuple(InkPoint(rounded(p.x + dx), rounded(p.y + dy), p.pressure) for p in stroke)
                for stroke in shape.strokes
            )
            return msgspec.structs.replace(shape, strokes=strokes)
        case Note():
            return Note(at=_moved_point(shape.at, dx, dy))
        case Line():
            start, end = _moved_point(shape.start, dx, dy), _moved_point(shape.end, dx, dy)
            return msgspec.structs.replace(shape, start=start, end=end)
        case FreeText() | Box() | Stamp():
            box = shape.box
            xs, ys = (rounded(box.x0 + dx), rounded(box.x1 + dx)), (box.y0 + dy, box.y1 + dy)
            new = Rect(xs[0], rounded(ys[0]), xs[1], rounded(ys[1]))
            return msgspec.structs.replace(shape, box=new)


def _moved_point(point: Point, dx: float, dy: float) -> Point:
    return Point(rounded(point.x + dx), rounded(point.y + dy))


def arrow_head(line: Line) -> tuple[Point, ...]:
    """The far ends of the two strokes of an arrow's head; none without one, or without length."""
    dx, dy = line.end.x - line.start.x, line.end.y - line.start.y
    length = math.hypot(dx, dy)
    if not line.has_head or length == 0:
        return ()
    back = min(length, HEAD * line.width + 2)
    away = math.atan2(-dy, -dx)
    angles = (away - HEAD_ANGLE, away + HEAD_ANGLE)
    ends = [(line.end.x + back * math.cos(a), line.end.y + back * math.sin(a)) for a in angles]
    return tuple(Point(rounded(x), rounded(y)) for x, y in ends)


Certainty = Literal["exact", "words", "look", "unplaced", "placed"]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a mark stands on a later version of its paper, and how sure that is.

    "exact": at its place, among the same words or the same picture; "words": with its words,
    which stand elsewhere now; "look": a guess its author should look at; "unplaced": nowhere
    (`page` is beside what; the shape is as it was); "placed": its author put or confirmed it.
    """

    page: int
    shape: Shape
    certainty: Certainty
    revision: int = 1
    from_blob: str = ""
    is_at_hub: bool = False


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for one mark on another version, see `Standing`."""

    mark: str
    page: int
    shape: Shape
    certainty: Certainty


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One mark as folded: its newest content and where it stands.

    `audience` is in the author's words ("me", "secretary", "chair", "everyone", person
    ids). `at` is ISO 8601 UTC. `is_at_hub` is false while only this computer has it.
    `was_offline` is whether it was written away from the hub: `at` is the author's clock, put
    right by what it lacked of the hub's. `refusal` is the hub's reason (a code for `sentences`)
    where it refused this content. `reply_to` is the mark this one answers: it stands where that
    one does. `stands` has, by blob, its places on later versions; a mark shown on one of them
    has that `certainty` ("" on the version it was made on).
    """

    id: str
    author: str
    paper: str
    blob: str
    page: int
    shape: Shape
    text: str = ""
    colour: str = "yellow"
    audience: tuple[str, ...] = ("me",)
    revision: int = 1
    at: str = ""
    is_at_hub: bool = False
    refusal: str = ""
    is_late: bool = False
    was_offline: bool = False
    reply_to: str = ""
    stands: dict[str, Standing] = {}
    certainty: Certainty | Literal[""] = ""

    def on_version(self, blob: str) -> "Mark | None":
        """The mark as it stands on a version; None where it does not."""
        if self.blob == blob:
            return self
        stand = self.stands.get(blob)
        if stand is None or stand.certainty == "unplaced":
            return None
        return msgspec.structs.replace(
            self, blob=blob, page=stand.page, shape=stand.shape, certainty=stand.certainty
        )

    @property
    def is_private(self) -> bool:
        """Whether only the author may ever see it."""
        return self.audience == ("me",)

    @property
    def is_refused(self) -> bool:
        """Whether the hub refused this content: only its author sees it."""
        return bool(self.refusal)
