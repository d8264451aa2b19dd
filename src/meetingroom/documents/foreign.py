"""An annotation as a file has it, whatever program wrote it, and the mark it becomes.

Both readers (PDF, XFDF) fill the same value; coordinates in it are the page's user space.
"""

import colorsys
import math
import re
import unicodedata
from collections.abc import Callable, Sequence

import msgspec

from meetingroom.documents.colours import INK, WASH
from meetingroom.documents.supplement import (
    Supplement,
    is_its_colour,
    is_where_it_was,
    pressed,
    read_supplement,
)
from meetingroom.domain.foreign_marks import FoundMark, LeftOut
from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect, bounds_of, rounded
from meetingroom.domain.marks import (
    NOTE_SIZE,
    Box,
    FreeText,
    Ink,
    Line,
    Note,
    Shape,
    Stamp,
    TextMark,
    is_drawable,
)

Pair = tuple[float, float]
Seen = Callable[[float, float], Pair]  # from the page's user space to points as seen
HIDDEN, UPRIGHT = 2 | 32, 16  # flags: hidden or never shown; turns with no page
NOT_MARKS = {"popup", "link", "widget", "printermark", "trapnet", "watermark"}
WORDS = {"highlight", "underline", "strikeout", "squiggly"}
ROUND_STEPS, MAX_TEXT, MAX_POINTS = 36, 20_000, 25_000
DOTTED = 0.2  # saturation below which a colour has no hue
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """What both kinds of files say of one annotation; `kind` is in small letters.

    `rows` are the quads of words (8 numbers each) or the strokes and outlines (pairs).
    `inset` is how much smaller the box is than `rect`: left, top, right, bottom.
    """

    kind: str
    page: int
    rect: tuple[float, float, float, float] = (0, 0, 0, 0)
    rows: tuple[tuple[float, ...], ...] = ()
    inset: tuple[float, ...] = ()
    ends: tuple[str, str] = ("", "")
    text: str = ""
    author: str = ""
    at: str = ""
    colour: str = ""
    name: str = ""
    reply_to: str = ""
    width: float = 1.0
    size: float = 12.0
    flags: int = 0
    icon: str = ""
    is_state: bool = False
    supplement: str = ""


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """Words from outside: composed, without control characters, not endless."""
    text = unicodedata.normalize("NFC", text[: limit * 2]).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", text).strip()[:limit]


def mark_of(row: Annotation, seen: Seen) -> FoundMark | LeftOut | None:
    """The mark an annotation becomes; what is left out, and why; None for what is no mark."""
    if row.kind in NOT_MARKS:
        return None
    if row.is_state:
        return LeftOut(kind=row.kind, page=row.page, reason="state")
    # The answers of other programs are hidden, for they show them below what they answer.
    if row.flags & HIDDEN and not row.reply_to:
        return LeftOut(kind=row.kind, page=row.page, reason="hidden")
    supplement = read_supplement(row.supplement)
    shape = _shape(row, seen)
    if shape is None:
        return LeftOut(kind=row.kind, page=row.page, reason="kind")
    if isinstance(shape, Ink):
        if sum(map(len, shape.strokes)) > MAX_POINTS:
            return LeftOut(kind=row.kind, page=row.page, reason="too_long")
        shape = pressed(shape, supplement)
        if supplement.width:
            shape = msgspec.structs.replace(shape, width=row.width)
    if isinstance(shape, TextMark) and is_where_it_was(shape, supplement):
        quoted = {"quote": supplement.quote, "before": supplement.before}
        shape = msgspec.structs.replace(shape, **quoted, after=supplement.after)
    if not is_drawable(shape):
        return LeftOut(kind=row.kind, page=row.page, reason="empty")
    return _found(row, shape, supplement)


def _found(row: Annotation, shape: Shape, supplement: Supplement) -> FoundMark | LeftOut:
    text = row.text
    if row.kind == "stamp" and not text:
        text = _stamp_words(row.icon)
    if row.kind == "fileattachment":
        text = " – ".join(part for part in (row.icon, text) if part)
    if isinstance(shape, Stamp | FreeText | Note) and not text and not row.supplement:
        return LeftOut(kind=row.kind, page=row.page, reason="empty")
    is_wash = isinstance(shape, TextMark) and shape.style == "highlight"
    is_named = is_its_colour(supplement, row.colour, is_wash=is_wash)
    is_same_kind = row.kind in _OURS
    return FoundMark(
        shape=shape,
        page=row.page,
        text=text,
        colour=supplement.colour if is_named else nearest_colour(row.colour, is_wash=is_wash),
        author=row.author,
        at=row.at,
        name=row.name,
        reply_to=row.reply_to,
        was="" if is_same_kind else row.kind,
        blob=supplement.blob,
    )


# --- shapes ---------------------------------------------------------------------------------


def _shape(row: Annotation, seen: Seen) -> Shape | None:
    make = _SHAPES.get(row.kind)
    return make(row, seen) if make else None


def _point(pair: Pair, seen: Seen) -> Point:
    x, y = seen(*pair)
    return Point(rounded(x), rounded(y))


def _box(row: Annotation, seen: Seen) -> Rect:
    """The box an annotation stands for, upright as seen."""
    left, bottom, right, top = row.rect
    if len(row.inset) == 4:
        left, top = left + row.inset[0], top - row.inset[1]
        right, bottom = right - row.inset[2], bottom + row.inset[3]
    return bounds_of([_point((left, bottom), seen), _point((right, top), seen)])


def _words(row: Annotation, seen: Seen) -> TextMark:
    quads = []
    for values in row.rows:
        if len(values) == 8:
            pairs = [_point((values[i], values[i + 1]), seen) for i in (0, 2, 4, 6)]
            quads.append(Quad(*pairs) if row.supplement else _upright(pairs))
    if not quads:
        quads = [Quad.of(_box(row, seen))]
    style = row.kind if row.kind in ("highlight", "strikeout") else "underline"
    return TextMark(quads=tuple(quads), style=style)  # type: ignore[arg-type]


def _upright(corners: Sequence[Point]) -> Quad:
    """Corners as most programs write them (Z), or around as the standard says, brought to Z."""
    ul, ur, ll, lr = corners
    turns = (ur.x - ul.x) * (lr.x - ll.x) + (ur.y - ul.y) * (lr.y - ll.y)
    return Quad(ul, ur, lr, ll) if turns < 0 else Quad(ul, ur, ll, lr)


def _strokes(rows: Sequence[Sequence[float]], width: float, seen: Seen) -> Ink | None:
    strokes = []
    for values in rows:
        pairs = list(zip(values[::2], values[1::2], strict=False))
        places = [_point(pair, seen) for pair in pairs]
        if places:
            strokes.append(tuple(InkPoint(place.x, place.y) for place in places))
    return Ink(strokes=tuple(strokes), width=_width(width)) if strokes else None


def _width(width: float) -> float:
    return round(min(100.0, width), 3) if math.isfinite(width) and width > 0 else 1.0


def _ink(row: Annotation, seen: Seen) -> Ink | None:
    return _strokes(row.rows, row.width, seen)


def _outline(row: Annotation, seen: Seen) -> Ink | None:
    closing = [values + values[:2] if row.kind == "polygon" else values for values in row.rows]
    return _strokes(closing, row.width, seen)


def _round(row: Annotation, seen: Seen) -> Ink | None:
    """An ellipse as a stroke along it."""
    box = _box(row, seen)
    across, down = (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2
    turns = [2 * math.pi * step / ROUND_STEPS for step in range(ROUND_STEPS + 1)]
    stroke = tuple(
        InkPoint(
            rounded(box.x0 + across * (1 + math.cos(turn))),
            rounded(box.y0 + down * (1 + math.sin(turn))),
        )
        for turn in turns
    )
    return Ink(strokes=(stroke,), width=_width(row.width))


def _note(row: Annotation, seen: Seen) -> Note:
    """At the corner that stays where it is, or at the upper left as seen."""
    left, _, _, top = row.rect
    if row.flags & UPRIGHT or row.kind == "text":
        return Note(at=_point((left, top), seen))
    box = _box(row, seen)
    at = Point(box.x0, box.y0)
    if row.kind == "caret":  # beside the words it is put between, not over them
        at = Point(rounded(box.x0), rounded(box.y0 - NOTE_SIZE))
    return Note(at=at)


def _free_text(row: Annotation, seen: Seen) -> FreeText:
    size = row.size if math.isfinite(row.size) and 0 < row.size <= 200 else 12.0
    return FreeText(box=_box(row, seen), size=round(size, 2))


def _square(row: Annotation, seen: Seen) -> Box:
    return Box(box=_box(row, seen), width=_width(row.width))


def _line(row: Annotation, seen: Seen) -> Line | None:
    if not row.rows or len(row.rows[0]) < 4:
        return None
    x0, y0, x1, y1 = row.rows[0][:4]
    start, end = _point((x0, y0), seen), _point((x1, y1), seen)
    at_start, at_end = ("arrow" in one.casefold() for one in row.ends)
    if at_start and not at_end:
        start, end = end, start
    return Line(start=start, end=end, width=_width(row.width), has_head=at_start or at_end)


def _stamp(row: Annotation, seen: Seen) -> Stamp:
    return Stamp(box=_box(row, seen))


_OURS = {"highlight", "underline", "strikeout", "ink", "text", "freetext", "square", "line",
         "stamp"}  # fmt: skip
_SHAPES: dict[str, Callable[[Annotation, Seen], Shape | None]] = {
    "highlight": _words,
    "underline": _words,
    "strikeout": _words,
    "squiggly": _words,
    "ink": _ink,
    "polygon": _outline,
    "polyline": _outline,
    "circle": _round,
    "text": _note,
    "caret": _note,
    "fileattachment": _note,
    "sound": _note,
    "freetext": _free_text,
    "square": _square,
    "redact": _square,
    "line": _line,
    "stamp": _stamp,
}


# --- words and colours ----------------------------------------------------------------------

_STAMPS = (
    "Approved", "Experimental", "NotApproved", "AsIs", "Expired", "NotForPublicRelease",
    "Confidential", "Final", "Sold", "Departmental", "ForComment", "TopSecret", "Draft",
    "ForPublicRelease", "Completed", "Void", "Accepted", "Rejected", "Reviewed", "Revised",
)  # fmt: skip


def _stamp_words(icon: str) -> str:
    """The words of a ready-made stamp ("SBForComment"); none for a picture."""
    name = icon.removeprefix("#").removeprefix("SB")
    known = next((one for one in _STAMPS if one.casefold() == name.casefold()), "")
    return " ".join(re.findall("[A-Z][a-z]*", known)).upper()


def nearest_colour(code: str, *, is_wash: bool) -> str:
    """The name of the colour of ours that is most like "#RRGGBB"."""
    table = WASH if is_wash else INK
    if not re.fullmatch("#[0-9a-fA-F]{6}", code):
        return "yellow" if is_wash else "black"
    same = [name for name, known in table.items() if known.casefold() == code.casefold()]
    hue, saturation, value = _hue(code)
    if same or saturation < DOTTED or value < DOTTED:
        return same[0] if same else ("yellow" if is_wash else "black")

    def far(name: str) -> tuple[float, float]:
        other, _, light = _hue(INK[name])
        apart = abs(hue - other)
        return round(min(apart, 1 - apart), 2), abs(value - light)

    return min((name for name in table if name != "black"), key=far)


def _hue(code: str) -> tuple[float, float, float]:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return colorsys.rgb_to_hsv(red, green, blue)
