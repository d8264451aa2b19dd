"""Marks of every kind and form, for the tests that write them out and read them again."""

from unicodedata import normalize

import msgspec
from hypothesis import strategies as st

from meetingroom.documents.colours import INK, WASH
from meetingroom.domain.foreign_marks import FoundMark
from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect
from meetingroom.domain.marks import (
    Box,
    FreeText,
    Ink,
    Line,
    Mark,
    Note,
    Shape,
    Stamp,
    TextMark,
)

NAME = "Lý A Sùng"
NAMES = {"person-1": NAME, "person-2": "Hoàng Thị Mỷ"}
NEAR = 0.1  # points


def places(low: float = 0.0, high: float = 540.0) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda value: round(value, 2))


# Beyond the page, too: the margin room.
points = st.builds(Point, places(-50), places(-50, 700))
ink_points = st.builds(
    InkPoint, places(-50), places(-50, 700), st.floats(0, 1).map(lambda p: round(p, 3))
)
boxes = st.builds(
    lambda x, y, width, height: Rect(x, y, round(x + width, 2), round(y + height, 2)),
    places(-50), places(-50, 700), places(4, 300), places(4, 200),
)  # fmt: skip
letters = st.characters(
    codec="utf-8", categories=("L", "N", "P", "S"), max_codepoint=0x1FFF, exclude_characters="\x7f"
)
words = st.text(letters, min_size=1, max_size=12).map(lambda text: normalize("NFC", text))
texts = st.lists(words, max_size=6).map(" ".join)
lines = st.lists(texts.filter(bool), min_size=1, max_size=3).map("\n".join)
text_marks = st.builds(
    TextMark,
    style=st.sampled_from(["highlight", "underline", "strikeout"]),
    quads=st.lists(boxes.map(Quad.of), min_size=1, max_size=4).map(tuple),
    quote=texts, before=texts, after=texts,
)  # fmt: skip
widths = st.sampled_from([0.5, 1.2, 2.4, 6.0])
strokes = st.lists(ink_points, min_size=1, max_size=8).map(tuple)
shapes: st.SearchStrategy[Shape] = st.one_of(
    text_marks,
    st.builds(Ink, strokes=st.lists(strokes, min_size=1, max_size=3).map(tuple), width=widths),
    st.builds(Note, at=points),
    st.builds(FreeText, box=boxes, size=st.sampled_from([8.0, 12.0, 13.5, 20.0])),
    st.builds(Box, box=boxes, width=widths),
    st.builds(Line, start=points, end=points, width=widths, has_head=st.booleans()),
    st.builds(Stamp, box=boxes),
)
marks = st.builds(
    Mark,
    id=st.uuids().map(lambda one: f"mark-{one.hex}"),
    author=st.sampled_from(list(NAMES)),
    paper=st.just("paper-1"), blob=st.just("b" * 64), page=st.just(0),
    shape=shapes, text=lines,
    colour=st.sampled_from([*INK, *WASH, "pen", "underline"]),
    at=st.just("2026-03-02T08:15:00.000Z"),
)  # fmt: skip
sheets_of_marks = st.lists(marks, min_size=1, max_size=6, unique_by=lambda mark: mark.id)


def answering(marks: list[Mark]) -> list[Mark]:
    """The same marks, each second one an answer to the one before."""
    return [
        msgspec.structs.replace(mark, reply_to=marks[at - 1].id) if at % 2 else mark
        for at, mark in enumerate(marks)
    ]


def as_found(mark: Mark) -> FoundMark:
    """What reading an export of this mark should give."""
    return FoundMark(
        shape=mark.shape, page=mark.page, text=text_of(mark), colour=mark.colour,
        author=NAMES[mark.author], at=mark.at, name=mark.id, reply_to=mark.reply_to, blob=mark.blob,
    )  # fmt: skip


def text_of(mark: Mark) -> str:
    """A highlight whose note only repeats its words has no note."""
    quote = mark.shape.quote if isinstance(mark.shape, TextMark) else None
    is_repeated = quote is not None and mark.text.split() == quote.split()
    return "" if is_repeated else mark.text


def is_same(found: FoundMark, wanted: FoundMark) -> bool:
    """Whether two are alike, their places within a tenth of a point."""
    plain = Note(at=Point(0, 0))
    others = [msgspec.structs.replace(one, shape=plain) for one in (found, wanted)]
    return others[0] == others[1] and _is_near(found.shape, wanted.shape)


def _is_near(one: object, other: object) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) <= NEAR
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_is_near, one, other))
    if isinstance(one, msgspec.Struct) and type(one) is type(other):
        return _is_near(msgspec.structs.astuple(one), msgspec.structs.astuple(other))
    return one == other
