"""Pictures of marks: they look as marks painted one by one, and are made again only in part."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter

from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect, Size
from meetingroom.domain.marks import Box, FreeText, Ink, Line, Mark, Note, Stamp, TextMark
from meetingroom.ui.page import mark_layer
from meetingroom.ui.page.mark_layer import MarkLayers, is_wash
from meetingroom.ui.page.painting import colours_of, paint_mark
from meetingroom.ui.page.sheet import Leaf, Sheet

LEAF, ME = Leaf("b", 0), "person-me"
WHOLE = QRect(0, 0, 900, 700)
BOX = Rect(40, 40, 200, 120)
SHAPES = [
    TextMark(quads=(Quad.of(BOX),)),
    TextMark(quads=(Quad.of(Rect(120, 60, 320, 100)),), style="underline"),
    Ink(strokes=((InkPoint(10, 300), InkPoint(400, 310, 0.9), InkPoint(420, 150, 0.2)),)),
    Note(at=Point(300, 200)),
    FreeText(box=Rect(50, 180, 250, 220)),
    Box(box=Rect(30, 30, 330, 260)),
    Line(start=Point(10, 10), end=Point(390, 280), has_head=True),
    Stamp(box=Rect(200, 20, 320, 50)),
]
MARKS = [
    Mark(id=f"m{n}", author=ME, paper="p", blob="b", page=0, shape=shape, text="chữ")
    for n, shape in enumerate(SHAPES)
]


def sheet(scale=1.5, turn=0, origin=(16, 20)) -> Sheet:
    size = Size(500, 400)
    return Sheet(LEAF, QPointF(*origin), scale, size, size, turn)


def layers() -> MarkLayers:
    return MarkLayers(lambda mark: colours_of(mark, ME, 0))


def grey() -> QImage:
    image = QImage(WHOLE.size(), QImage.Format.Format_RGB32)
    image.fill(0xFFE0E0D0)
    return image


def laid(made: MarkLayers, marks, place=None, part=WHOLE, *, is_zooming=False) -> QImage:
    image = grey()
    painter = QPainter(image)
    made.begin()
    made._until = float("inf")
    painter.setClipRect(part)
    assert made.paint(painter, place or sheet(), marks, 1.0, part, is_zooming=is_zooming)
    painter.end()
    return image


def one_by_one(marks, place=None) -> QImage:
    image = grey()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform((place or sheet()).transform())
    for mark in sorted(marks, key=is_wash, reverse=True):
        paint_mark(painter, mark, colours_of(mark, ME, 0))
    painter.end()
    return image


def unlike(one: QImage, other: QImage) -> int:
    """How many pixels differ by more than what rounding makes of edges."""
    first, second = bytes(one.constBits()), bytes(other.constBits())
    pairs = zip(first, second, strict=True)
    return sum(abs(a - b) > 6 for a, b in pairs)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_picture_is_that_of_marks_painted_one_by_one(qapp, turn):
    place = sheet(turn=turn)
    assert unlike(laid(layers(), MARKS, place), one_by_one(MARKS, place)) <= 60


def test_words_under_a_wash_stay_as_dark_as_they_are(qapp):
    made, image = layers(), grey()
    image.setPixel(120, 120, 0xFF000000)
    painter = QPainter(image)
    made.begin()
    made.paint(painter, sheet(), MARKS[:1], 1.0, WHOLE)
    painter.end()
    assert image.pixelColor(120, 120).lightness() == 0
    assert image.pixelColor(121, 121) != grey().pixelColor(121, 121)


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@example([[5, 0, 6], [6, 0, 5]])
@given(st.lists(st.lists(st.integers(0, len(MARKS) - 1), unique=True, max_size=6), max_size=5))
def test_after_any_changes_the_picture_is_that_of_a_fresh_one(qapp, steps):
    made = layers()
    for chosen in steps:
        marks = [MARKS[n] for n in chosen]
        assert laid(made, marks) == laid(layers(), marks)


def test_a_new_mark_makes_no_tile_again(qapp, monkeypatch):
    made = layers()
    laid(made, MARKS)
    painted = []
    monkeypatch.setattr(mark_layer, "paint_mark", lambda _p, mark, _c: painted.append(mark.id))
    more = Mark(id="more", author=ME, paper="p", blob="b", page=0, shape=SHAPES[3])
    laid(made, [*MARKS, more])
    assert set(painted) == {"more"}


def test_what_is_damaged_elsewhere_paints_no_mark_again(qapp, monkeypatch):
    made = layers()
    laid(made, MARKS)
    monkeypatch.setattr(mark_layer, "paint_mark", lambda *_: pytest.fail("painted again"))
    laid(made, MARKS, part=QRect(100, 100, 64, 64))


def test_while_somebody_zooms_the_old_picture_is_stretched(qapp, monkeypatch):
    made = layers()
    laid(made, MARKS)
    monkeypatch.setattr(mark_layer, "paint_mark", lambda *_: pytest.fail("painted again"))
    image = laid(made, MARKS, sheet(scale=1.8), is_zooming=True)
    assert image != grey()


def test_memory_stays_within_its_bound_and_none_is_taken_without_marks(qapp, monkeypatch):
    monkeypatch.setattr(mark_layer, "MOST_BYTES", 3 * mark_layer.TILE_BYTES)
    made = layers()
    laid(made, [])
    assert made.bytes == 0
    for scale in (1.5, 3.0, 6.0):
        laid(made, MARKS, sheet(scale=scale))
        assert 0 < made.bytes <= 3 * mark_layer.TILE_BYTES


def frame(made: MarkLayers) -> bool:
    image = grey()
    painter = QPainter(image)
    made.begin()
    is_whole = made.paint(painter, sheet(), MARKS, 1.0, WHOLE)
    painter.end()
    return is_whole


def test_what_takes_too_long_is_left_for_the_next_frame(qapp, monkeypatch):
    monkeypatch.setattr(mark_layer, "PAINT_SECONDS", -1.0)
    made = layers()
    assert not frame(made)
    assert laid(made, MARKS) == laid(layers(), MARKS)


def test_however_slow_the_pages_are_a_few_frames_bring_every_mark(qapp, monkeypatch):
    monkeypatch.setattr(mark_layer, "PAINT_SECONDS", -1.0)
    made = layers()
    frames = [frame(made) for _ in range(8)]
    assert not frames[0] and frames[-1]


def test_pages_seen_long_ago_take_no_memory(qapp, monkeypatch):
    monkeypatch.setattr(mark_layer, "MOST_PAGES", 2)
    made = layers()
    laid(made, MARKS)
    one = made.bytes
    for page in (1, 2, 3):
        other = Sheet(Leaf("b", page), QPointF(0, 0), 1.5, Size(500, 400), Size(500, 400))
        laid(made, MARKS, other)
    assert made.bytes <= 2 * one
