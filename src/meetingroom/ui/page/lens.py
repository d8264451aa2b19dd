"""Where pages lie under the glass: their scale, how they fit, how far they are scrolled.

One page is the current one: the bar names it, tools act on it. Everything lies relative to
its row, so that no page needs to be measured before it comes into sight. Places of the view
are px from its top left; places of a page are points.
"""

from collections.abc import Callable, Iterator
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSizeF

from meetingroom.domain.geometry import Point, Rect, Size
from meetingroom.domain.paper import STEPS_PER_POINT
from meetingroom.ui.page.roll import Roll
from meetingroom.ui.page.sheet import Leaf, Sheet, turned

FULL = 96 / 72  # px a point at 100 %
LEAST, MOST = 0.25 * FULL, 8.0 * FULL
FITTED = 0.02 * FULL  # what fits may be smaller than anybody would choose
COMFORT = 1.9  # px a point: reading needs no more, however wide the window is
MARGIN = 16.0
GAP = 14.0  # px between pages
STEP = 1.2
ALIKE = 0.01
GUESS = Size(595, 842)  # a page that is not open yet
READING_LINE = 0.4  # of the view's height: the page there is the one that is read
ROOM = 0.4  # of a page's width, to write in beside it


class Fit(Enum):
    """Which scale is kept when the view or the page changes."""

    READING = "reading"
    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


class Lens:
    """Scale and scroll of a run of pages in one view; every change keeps a page in sight."""

    def __init__(self, measure: Callable[[Leaf], Size | None]) -> None:
        """`measure` tells a page's size in points, None while it is not known."""
        self._measure = measure
        self.fit = Fit.READING
        self.columns = 1
        self.is_continuous = True
        self.has_room = False
        self.roll = Roll()
        self._turns: dict[str, int] = {}
        self._index = 0
        self._view = QSizeF(0, 0)
        self._ratio = 1.0
        self._free = FULL
        self._changes = 0  # of what is not seen in a number: the run, sizes, turns
        self._laid: tuple[tuple[object, ...], list[tuple[int, Sheet]]] = ((), [])
        self._scroll = QPointF(0, 0)

    # --- what is shown ----------------------------------------------------------------------

    def set_view(self, width: float, height: float, ratio: float) -> None:
        """The view's size in px, and its device pixels a px."""
        self._view, self._ratio = QSizeF(width, height), ratio
        self._clamp()

    def set_roll(self, roll: Roll) -> None:
        """Another run of pages; the current page stays where it is if it is in it."""
        leaf, near = self.leaf, self._index
        self.roll = roll
        self._changes += 1
        found = roll.find(leaf, near) if leaf is not None else None
        self._index = found if found is not None else min(near, max(0, len(roll) - 1))
        self._clamp()

    def show(self, index: int, *, at_end: bool = False) -> None:
        """Make a page the current one, from its top (or its end)."""
        self._index = index
        self._scroll = QPointF(self._scroll.x(), 0)
        if at_end:
            end = self._extent(self._row())[1] + 2 * MARGIN - self._view.height()
            self._scroll = QPointF(self._scroll.x(), max(0.0, end))
        self._clamp()

    def refresh(self) -> None:
        """Pages came to be known: keep the current one in sight."""
        self._changes += 1
        self._clamp()

    @property
    def index(self) -> int:
        """The current page's number in the run."""
        return self._index

    @property
    def leaf(self) -> Leaf | None:
        """The current page, None of no pages."""
        return self.roll.leaf(self._index) if len(self.roll) else None

    def take(self, index: int) -> None:
        """Make another page in sight the current one; nothing moves."""
        sheet = next((one for at, one in self._placed() if at == index), None)
        self._index = index
        if sheet is None:
            return
        row = self._row()
        first = next(one for at, one in self._placed_row(row, 0.0) if at == index)
        self._scroll += first.origin - sheet.origin + QPointF(0, MARGIN - self._scroll.y())

    def take_at(self, where: QPointF) -> bool:
        """Make the page under a place of the view the current one; whether there is one."""
        for at, sheet in self._placed():
            if sheet.box.adjusted(0, -GAP / 2, 0, GAP / 2).contains(where):
                if at != self._index:
                    self.take(at)
                return True
        return False

    # --- one page ---------------------------------------------------------------------------

    def sheet(self) -> Sheet | None:
        """The current page's place, None while its size is not known."""
        in_sight = next((one for at, one in self._placed() if at == self._index), None)
        if in_sight is not None:
            return in_sight if in_sight.is_known else None
        for at, sheet in self._placed_row(self._row(), MARGIN - self._scroll.y()):
            if at == self._index and sheet.is_known:
                return sheet
        return None

    def sheets(self) -> list[Sheet]:
        """The places of all pages in sight, in reading order."""
        return [sheet for _, sheet in self._placed()]

    def sheet_at(self, where: QPointF) -> Sheet | None:
        """The page under a place of the view."""
        return next((one for one in self.sheets() if one.box.contains(where)), None)

    @property
    def scale(self) -> float:
        """Px a point of the current page."""
        return self._scale_of_row(self._row())

    def scale_of(self, page: Size) -> float:
        """Px a point, were this the page that is looked at."""
        whole = self._whole(page)
        pages = [(whole.width, whole.height)] * self.columns
        return self._fitting(pages)

    @property
    def percent(self) -> int:
        """The scale as people say it."""
        return round(self.scale / FULL * 100)

    def box(self) -> QRectF:
        """The current page's place in the view; empty while it is not known."""
        sheet = self.sheet()
        return sheet.paper if sheet is not None else QRectF()

    def page_place(self, where: QPointF) -> Point:
        """The place of the current page under a place of the view."""
        sheet = self.sheet()
        return sheet.to_page(where) if sheet is not None else Point(0, 0)

    def view_rect(self, box: Rect) -> QRectF:
        """Where a box of the current page lies in the view."""
        sheet = self.sheet()
        return sheet.to_view(box) if sheet is not None else QRectF()

    def visible(self) -> Rect:
        """The part of the current page that can be seen, in points."""
        sheet = self.sheet()
        view = QRectF(QPointF(0, 0), self._view)
        return sheet.seen(view) if sheet is not None else Rect(0, 0, 0, 0)

    def turn(self, blob: str) -> int:
        """How far a paper is turned clockwise for reading, in degrees."""
        return self._turns.get(blob, 0)

    # --- changing ---------------------------------------------------------------------------

    def set_fit(self, fit: Fit) -> None:
        """Keep the whole width, or the whole page, in sight from now on."""
        if fit is Fit.FREE:
            self._free = self.scale
        self.fit = fit
        self._clamp()

    def set_columns(self, columns: int) -> None:
        """One page or two beside each other."""
        self.columns = columns
        self._scroll = QPointF(0, 0)
        self._clamp()

    def set_continuous(self, *, is_continuous: bool) -> None:
        """Whether one scrolls on into the next page, or turns to it."""
        self.is_continuous = is_continuous
        self._scroll = QPointF(0, 0)
        self._clamp()

    def set_room(self, *, has_room: bool) -> None:
        """Whether there is room to write in beside the pages."""
        self.has_room = has_room
        self._clamp()

    def set_turn(self, blob: str, turn: int) -> None:
        """Turn a paper clockwise, by 0, 90, 180 or 270 degrees from how it lies."""
        self._turns[blob] = turn % 360
        self._changes += 1
        self._scroll = QPointF(0, 0)
        self._clamp()

    def zoom(self, scale: float, anchor: QPointF) -> None:
        """Another scale; what lies under the anchor stays under it, as far as pages go."""
        self.take_at(anchor)
        sheet, old = self.sheet(), self.scale
        self._free = min(MOST, max(LEAST, scale))
        self.fit = Fit.FREE
        if sheet is None:
            return
        inside = (anchor - sheet.origin) / old
        moved = next(one for at, one in self._placed_row(self._row(), MARGIN - self._scroll.y())
                     if at == self._index)  # fmt: skip
        self._scroll += moved.origin + inside * self.scale - anchor
        self._clamp()

    def scroll_by(self, dx: float, dy: float) -> bool:
        """Move the view over the pages, in px; whether anything moved."""
        far = abs(dy)
        dy = max(-max(0.0, self._above(far)), min(dy, max(0.0, self._below(far))))
        before = self._scroll.x()
        self._scroll += QPointF(dx, dy)
        self._clamp_across()
        moved = abs(self._scroll.x() - before) > ALIKE or abs(dy) > ALIKE
        if abs(dy) > ALIKE:
            self._follow_reading_line()
        return moved

    def scroll_range(self) -> QSizeF:
        """How far one can scroll, in px; down, were all pages as high as this one."""
        if self.leaf is None:
            return QSizeF(0, 0)
        rows, each = self._rows(), self._extent(self._row())[1] + GAP
        down = rows * each - GAP + 2 * MARGIN - self._view.height()
        return QSizeF(self._range_across(), max(0.0, down))

    @property
    def scrolled(self) -> QPointF:
        """How far it is scrolled, in px, as `scroll_range` counts."""
        if self.leaf is None or not self.is_continuous:
            return QPointF(self._scroll)
        each = self._extent(self._row())[1] + GAP
        return QPointF(self._scroll.x(), self._row_number() * each + self._scroll.y())

    def scroll_to(self, x: float, y: float) -> None:
        """Scroll to a place in px, as `scroll_range` counts; beyond it is its end."""
        if self.leaf is None:
            return
        if self.is_continuous:
            each = self._extent(self._row())[1] + GAP
            wanted = min(self._rows() - 1, max(0, int(y // each)))
            self._index = self._first_of_row(wanted)
            y -= wanted * each
        self._scroll = QPointF(x, y)
        self._clamp()
        self._follow_reading_line()

    def reveal(self, box: Rect) -> None:
        """Scroll no more than is needed to see a box of the current page."""
        seen = self.view_rect(box)
        right, bottom = self._view.width() - MARGIN, self._view.height() - MARGIN
        dx = min(0.0, seen.left() - MARGIN) or max(0.0, seen.right() - right)
        dy = min(0.0, seen.top() - MARGIN) or max(0.0, seen.bottom() - bottom)
        index = self._index
        self.scroll_by(dx if abs(dx) >= 1 else 0.0, dy if abs(dy) >= 1 else 0.0)
        if self._index != index:
            self.take(index)

    # --- rows -------------------------------------------------------------------------------

    def neighbour(self, delta: int) -> int | None:
        """The first page of the row so many rows on; None beyond the ends."""
        if self.leaf is None:
            return None
        row: range | None = self._row()
        step = self.roll.row_after if delta > 0 else self.roll.row_before
        for _ in range(abs(delta)):
            row = step(row, self.columns) if row is not None else None
        return row.start if row is not None else None

    def around(self, rows: int) -> list[int]:
        """Pages of the rows next to what is seen, the nearest first, those after it first."""
        seen = [at for at, _ in self._placed()]
        if not seen:
            return []
        after: range | None = self.roll.row(seen[-1], self.columns)
        before: range | None = self.roll.row(seen[0], self.columns)
        found: list[int] = []
        for _ in range(rows):
            after = self.roll.row_after(after, self.columns) if after is not None else None
            before = self.roll.row_before(before, self.columns) if before is not None else None
            found += [*(after or ()), *(before or ())]
        return found

    def _row(self) -> range:
        return self.roll.row(self._index, self.columns) if len(self.roll) else range(0)

    def _next(self, row: range) -> range | None:
        return self.roll.row_after(row, self.columns) if self.is_continuous else None

    def _previous(self, row: range) -> range | None:
        return self.roll.row_before(row, self.columns) if self.is_continuous else None

    def _rows(self) -> int:
        """About how many rows there are."""
        return -(-len(self.roll) // self.columns) if self.is_continuous else 1

    def _row_number(self) -> int:
        return self._row().start // self.columns

    def _first_of_row(self, number: int) -> int:
        return min(number * self.columns, len(self.roll) - 1)

    def _whole(self, size: Size) -> Size:
        """A page with the room beside it."""
        return Size(size.width * (1 + ROOM), size.height) if self.has_room else size

    def _sizes(self, row: range) -> list[tuple[Leaf, Size, bool]]:
        leaves = [self.roll.leaf(at) for at in row]
        known = [self._measure(leaf) for leaf in leaves]
        guess = next((size for size in known if size is not None), GUESS)
        return [
            (leaf, size or guess, size is not None)
            for leaf, size in zip(leaves, known, strict=True)
        ]

    def _lying(self, row: range) -> list[tuple[float, float]]:
        """Width and height of a row's pages as they lie, in points."""
        return [
            turned(self._whole(size), self.turn(leaf.blob)) for leaf, size, _ in self._sizes(row)
        ]

    def _scale_of_row(self, row: range) -> float:
        lying = self._lying(row)
        if 0 < len(lying) < self.columns:
            lying += [lying[0]] * (self.columns - len(lying))  # as large as its neighbours
        return self._fitting(lying) if lying else self._free

    def _fitting(self, pages: list[tuple[float, float]]) -> float:
        gaps = GAP * (len(pages) - 1)
        across = (self._view.width() - 2 * MARGIN - gaps) / sum(wide for wide, _ in pages)
        down = (self._view.height() - 2 * MARGIN) / max(high for _, high in pages)
        scale = {
            Fit.READING: min(COMFORT, across),
            Fit.WIDTH: across,
            Fit.PAGE: min(across, down),
            Fit.FREE: max(LEAST, self._free),
        }[self.fit]
        return self._on_grid(min(MOST, max(FITTED, scale)))

    def _extent(self, row: range) -> tuple[float, float]:
        """Width and height of a row, in px."""
        lying, scale = self._lying(row), self._scale_of_row(row)
        if not lying:
            return 0.0, 0.0
        wide = sum(width for width, _ in lying) * scale + GAP * (len(lying) - 1)
        return wide, max(height for _, height in lying) * scale

    # --- places -----------------------------------------------------------------------------

    def _placed(self) -> list[tuple[int, Sheet]]:
        """Every page in sight with its number; laid out again only when something moved."""
        now = (
            self._index, self._scroll.x(), self._scroll.y(), self._free, self.fit, self.columns,
            self.is_continuous, self.has_room, self._view, self._ratio, self._changes,
        )  # fmt: skip
        if now != self._laid[0]:
            self._laid = now, list(self._lay_out())
        return self._laid[1]

    def _lay_out(self) -> Iterator[tuple[int, Sheet]]:
        if self.leaf is None:
            return
        row = self._row()
        top = MARGIN - self._scroll.y()
        while top > 0 and (before := self._previous(row)) is not None:
            row = before
            top -= self._extent(row)[1] + GAP
        at: range | None = row
        while at is not None and top < self._view.height():
            high = self._extent(at)[1]
            if top + high > 0:
                yield from self._placed_row(at, top)
            top += high + GAP
            at = self._next(at)

    def _placed_row(self, row: range, top: float) -> Iterator[tuple[int, Sheet]]:
        if not row:
            return
        wide, _ = self._extent(row)
        content = max(self._view.width(), self._extent(self._row())[0] + 2 * MARGIN)
        scale, left = self._scale_of_row(row), (content - wide) / 2 - self._scroll.x()
        for at, (leaf, size, is_known) in zip(row, self._sizes(row), strict=True):
            origin = QPointF(self._on_pixel(left), self._on_pixel(top))
            whole, turn = self._whole(size), self.turn(leaf.blob)
            yield at, Sheet(leaf, origin, scale, size, whole, turn, is_known)
            left += turned(whole, turn)[0] * scale + GAP

    def _above(self, far: float) -> float:
        """How much lies above the view, counted up to `far` px."""
        row: range | None = self._row()
        above = self._scroll.y()
        while above < far and row is not None and (row := self._previous(row)) is not None:
            above += self._extent(row)[1] + GAP
        return above

    def _below(self, far: float) -> float:
        """How much lies below the view, counted up to `far` px."""
        row: range | None = self._row()
        if not row:
            return 0.0
        below = self._extent(row)[1] + 2 * MARGIN - self._view.height() - self._scroll.y()
        while below < far and row is not None and (row := self._next(row)) is not None:
            below += self._extent(row)[1] + GAP
        return below

    def _follow_reading_line(self) -> None:
        """The page at the reading line becomes the current one; at an end, the page there."""
        line = self._view.height() * READING_LINE
        if self._above(ALIKE) <= ALIKE:
            line = 0.0
        elif self._below(ALIKE) <= ALIKE:
            line = self._view.height()
        row = self._row()
        top = MARGIN - self._scroll.y()
        while (after := self._next(row)) is not None:
            high = self._extent(row)[1]
            if top + high + GAP / 2 >= line:
                break
            top += high + GAP
            row = after
        while top - GAP / 2 > line and (before := self._previous(row)) is not None:
            row = before
            top -= self._extent(row)[1] + GAP
        if self._index not in row:
            self._index = row.start
            self._scroll = QPointF(self._scroll.x(), MARGIN - top)

    def _range_across(self) -> float:
        return max(0.0, self._extent(self._row())[0] + 2 * MARGIN - self._view.width())

    def _clamp_across(self) -> None:
        x = min(max(0.0, self._scroll.x()), self._range_across())
        self._scroll = QPointF(x, self._scroll.y())

    def _clamp(self) -> None:
        if self.leaf is None or self._measure(self.leaf) is None:
            return  # the place is kept until the page is known
        self._clamp_across()
        beyond = self._below(0.0)
        y = self._scroll.y() + min(0.0, beyond)
        self._scroll = QPointF(self._scroll.x(), y)
        above = self._above(0.0)
        self._scroll = QPointF(self._scroll.x(), y - min(0.0, above))

    def _on_grid(self, scale: float) -> float:
        """A scale the crew can draw exactly, so that pictures need no stretching."""
        steps = max(1, int(scale * self._ratio * STEPS_PER_POINT + ALIKE))
        return steps / STEPS_PER_POINT / self._ratio

    def _on_pixel(self, px: float) -> float:
        return round(px * self._ratio) / self._ratio
