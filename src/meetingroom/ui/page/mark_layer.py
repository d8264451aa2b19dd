"""Pictures of the marks of pages: tiles that are painted once and only laid over the page after.

A thousand strokes cost nothing while somebody writes or scrolls: a new mark is painted onto
the tiles it touches, one that goes has only its own tiles made again. Washes behind words
are tiles of their own, multiplied over the page, so that the words stay readable. Tiles
without marks take no memory, and all together never more than `MOST_BYTES`.
"""

import operator
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from meetingroom.domain.marks import Mark, TextMark, bounds
from meetingroom.ui.page.painting import paint_mark
from meetingroom.ui.page.sheet import Leaf, Sheet
from meetingroom.ui.page.shown_marks import differences, looks_alike
from meetingroom.ui.theme import MarkColour, Theme, current_theme

TILE = 512  # device pixels
TILE_BYTES = TILE * TILE * 4
MOST_BYTES = 96 * 1024 * 1024
MOST_PAGES = 64
PAINT_SECONDS = 0.008  # spent on making tiles before the rest waits for the next frame
STRETCHED = 48  # tiles of another scale that are shown while somebody zooms
Place = tuple[int, int]


@dataclass
class Tile:
    """A part of a page's marks: `wash` is multiplied over the page, `ink` laid over that."""

    ink: QImage | None = None
    wash: QImage | None = None

    @property
    def bytes(self) -> int:
        """The memory it takes."""
        return sum(TILE_BYTES for image in (self.ink, self.wash) if image is not None)


@dataclass
class PageLayer:
    """The marks of one page at one scale; places are device px from its top left."""

    scale: float
    turn: int
    transform: QTransform
    marks: list[Mark] = field(default_factory=list)
    rows: dict[Place, list[Mark]] = field(default_factory=dict)
    boxes: dict[int, tuple[Mark, QRect]] = field(default_factory=dict)
    reach: float = 0.0
    """How far to the right marks go, in points of the page."""

    def box(self, mark: Mark) -> QRect:
        """Where a mark lies; measured once."""
        known = self.boxes.get(id(mark))
        if known is not None:
            return known[1]
        edge = bounds(mark.shape)
        self.reach = max(self.reach, edge.x1)
        edge = edge.grown(2)
        corners = QRectF(QPointF(edge.x0, edge.y0), QPointF(edge.x1, edge.y1))
        box = self.transform.mapRect(corners).toAlignedRect()
        self.boxes[id(mark)] = mark, box
        return box

    def add(self, mark: Mark) -> None:
        for place in places_in(self.box(mark)):
            self.rows.setdefault(place, []).append(mark)

    def set_marks(self, marks: list[Mark]) -> None:
        """Sort all marks into tiles again, in their order."""
        self.marks, self.rows = marks, {}
        kept = {id(mark) for mark in marks}
        self.boxes = {key: row for key, row in self.boxes.items() if key in kept}
        for mark in marks:
            self.add(mark)


def places_in(box: QRect) -> Iterator[Place]:
    """The tiles a box of device px touches."""
    for down in range(box.top() // TILE, box.bottom() // TILE + 1):
        for across in range(box.left() // TILE, box.right() // TILE + 1):
            yield across, down


class MarkLayers:
    """All tiles of a view, the ones used last kept longest."""

    def __init__(self, colour_of: Callable[[Mark], MarkColour]) -> None:
        self._colour_of = colour_of
        self._pages: dict[Leaf, PageLayer] = {}
        self._tiles: OrderedDict[tuple[Leaf, Place], Tile] = OrderedDict()
        self._bytes = 0
        self._theme: Theme | None = None
        self._until = 0.0

    @property
    def bytes(self) -> int:
        """The memory all tiles take."""
        return self._bytes

    def reach(self, leaf: Leaf) -> float:
        """How far to the right a page's marks go, in points; 0 of a page not painted."""
        page = self._pages.get(leaf)
        return page.reach if page is not None else 0.0

    def begin(self) -> None:
        """A new frame: some time for tiles that are not made yet."""
        # It runs from the first one on: however long the pages took, a frame makes one at least.
        self._until = 0.0
        if self._theme is not current_theme():
            self._theme = current_theme()
            self._pages.clear()
            self._tiles.clear()
            self._bytes = 0

    def paint(
        self,
        painter: QPainter,
        sheet: Sheet,
        marks: list[Mark],
        ratio: float,
        damaged: QRect,
        *,
        is_zooming: bool = False,
    ) -> bool:
        """Lay a page's marks over it where it is damaged; False if some wait for the next frame.

        `ratio` is device pixels a px. While somebody zooms, tiles of the scale before are
        stretched instead of making new ones at every step.
        """
        page = self._pages.get(sheet.leaf)
        if not marks and page is None:
            return True
        scale = sheet.scale * ratio
        if page is None or (page.scale, page.turn) != (scale, sheet.turn):
            if is_zooming and page is not None and page.turn == sheet.turn:
                factor = scale / page.scale
                if self._lay(painter, sheet, page, ratio, damaged, factor) is not None:
                    return True
            page = self._new_page(sheet, ratio)
        self._follow(sheet.leaf, page, marks)
        return self._lay(painter, sheet, page, ratio, damaged, 1.0) is not False

    def _new_page(self, sheet: Sheet, ratio: float) -> PageLayer:
        self._drop(sheet.leaf, None)
        self._pages.pop(sheet.leaf, None)
        transform = sheet.transform() * QTransform.fromTranslate(
            -sheet.origin.x(), -sheet.origin.y()
        )
        transform *= QTransform.fromScale(ratio, ratio)
        page = PageLayer(sheet.scale * ratio, sheet.turn, transform)
        while len(self._pages) >= MOST_PAGES:
            self._drop(next(iter(self._pages)), None)
            del self._pages[next(iter(self._pages))]
        self._pages[sheet.leaf] = page
        return page

    # --- what changed -----------------------------------------------------------------------

    def _follow(self, leaf: Leaf, page: PageLayer, marks: list[Mark]) -> None:
        if page.marks is marks:
            return
        old = page.marks
        gone, come = differences(old, marks)
        is_in_order = _stay_in_order(old, marks, gone, come)
        if is_in_order and not gone and _are_last(come, marks):
            page.marks = marks
            for mark in come:
                page.add(mark)
                self._paint_onto(leaf, page, mark)
            return
        moved = (*gone, *come) if is_in_order else (*old, *marks)
        touched = {place for mark in moved for place in places_in(page.box(mark))}
        page.set_marks(marks)
        self._drop(leaf, touched)

    def _paint_onto(self, leaf: Leaf, page: PageLayer, mark: Mark) -> None:
        """A new mark lies over all others: its tiles need nothing but it."""
        for place in places_in(page.box(mark)):
            tile = self._tiles.get((leaf, place))
            if tile is not None:
                self._bytes -= tile.bytes
                self._paint_marks(page, place, tile, [mark])
                self._bytes += tile.bytes

    def _drop(self, leaf: Leaf, places: set[Place] | None) -> None:
        keys = [key for key in self._tiles if key[0] == leaf] if places is None else [
            (leaf, place) for place in places if (leaf, place) in self._tiles
        ]  # fmt: skip
        for key in keys:
            self._bytes -= self._tiles.pop(key).bytes

    # --- painting ---------------------------------------------------------------------------

    def _lay(
        self,
        painter: QPainter,
        sheet: Sheet,
        page: PageLayer,
        ratio: float,
        damaged: QRect,
        factor: float,
    ) -> bool | None:
        """Whether all tiles were there; None if there are too many to stretch."""
        part = QRectF(damaged).translated(-sheet.origin)
        scale = ratio / factor
        seen = QRectF(part.topLeft() * scale, part.size() * scale).toAlignedRect()
        places = [place for place in places_in(seen) if place in page.rows]
        if factor != 1.0 and len(places) > STRETCHED:
            return None
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, factor != 1.0)
        is_whole = True
        for place in places:
            tile = self._tile(sheet.leaf, page, place)
            if tile is None:
                is_whole = False
                continue
            corner = QPointF(place[0] * TILE, place[1] * TILE) / scale + sheet.origin
            _lay_tile(painter, tile, corner, scale, QRectF(damaged))
        return is_whole

    def _tile(self, leaf: Leaf, page: PageLayer, place: Place) -> Tile | None:
        key = (leaf, place)
        tile = self._tiles.get(key)
        if tile is None:
            now = time.monotonic()
            if self._until and now > self._until:
                return None
            self._until = self._until or now + PAINT_SECONDS
            tile = self._tiles[key] = Tile()
            self._paint_marks(page, place, tile, page.rows[place])
            self._bytes += tile.bytes
        self._tiles.move_to_end(key)
        while self._bytes > MOST_BYTES and len(self._tiles) > 1:
            self._bytes -= self._tiles.popitem(last=False)[1].bytes
        return tile

    def _paint_marks(self, page: PageLayer, place: Place, tile: Tile, marks: list[Mark]) -> None:
        washes = [mark for mark in marks if is_wash(mark)]
        lines = [mark for mark in marks if not is_wash(mark)]
        if washes and tile.wash is None:
            tile.wash = QImage(TILE, TILE, QImage.Format.Format_RGB32)
            tile.wash.fill(Qt.GlobalColor.white)
        if lines and tile.ink is None:
            tile.ink = QImage(TILE, TILE, QImage.Format.Format_ARGB32_Premultiplied)
            tile.ink.fill(Qt.GlobalColor.transparent)
        for image, rows in ((tile.wash, washes), (tile.ink, lines)):
            if image is not None and rows:
                self._paint_into(image, page, place, rows)

    def _paint_into(self, image: QImage, page: PageLayer, place: Place, marks: list[Mark]) -> None:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shift = QTransform.fromTranslate(-place[0] * TILE, -place[1] * TILE)
        painter.setTransform(page.transform * shift)
        for mark in marks:
            paint_mark(painter, mark, self._colour_of(mark))
        painter.end()


def is_wash(mark: Mark) -> bool:
    """Whether a mark lies behind the words: multiplied over the page."""
    return isinstance(mark.shape, TextMark) and mark.shape.style == "highlight"


def _lay_tile(
    painter: QPainter, tile: Tile, corner: QPointF, scale: float, damaged: QRectF
) -> None:
    """The damaged part of a tile, and no more; `scale` is tile pixels a px."""
    target = QRectF(corner.x(), corner.y(), TILE / scale, TILE / scale).intersected(damaged)
    if target.isEmpty():
        return
    source = QRectF((target.topLeft() - corner) * scale, target.size() * scale)
    if tile.wash is not None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.drawImage(target, tile.wash, source)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    if tile.ink is not None:
        painter.drawImage(target, tile.ink, source)


def _stay_in_order(old: list[Mark], new: list[Mark], gone: list[Mark], come: list[Mark]) -> bool:
    """Whether what is in both lies over each other as before."""
    same = len(list(takewhile(bool, map(operator.is_, old, new))))
    left, new_ones = {id(mark) for mark in gone}, {id(mark) for mark in come}
    before = [mark for mark in old[same:] if id(mark) not in left]
    after = [mark for mark in new[same:] if id(mark) not in new_ones]
    return all(a is b or looks_alike(a, b) for a, b in zip(before, after, strict=False))


def _are_last(some: list[Mark], marks: list[Mark]) -> bool:
    return all(map(operator.is_, some, marks[len(marks) - len(some) :]))
