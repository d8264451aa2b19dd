"""Where a page lies under the glass: its scale, how it fits, how far it is scrolled.

Places of the view are px from its top left; places of the page are points.
"""

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSizeF

from meetingroom.domain.geometry import Point, Rect, Size, rounded
from meetingroom.domain.paper import STEPS_PER_POINT

FULL = 96 / 72  # px a point at 100 %
LEAST, MOST = 0.25 * FULL, 4.0 * FULL
COMFORT = 1.9  # px a point: reading needs no more, however wide the window is
MARGIN = 16.0
STEP = 1.2
ALIKE = 0.01


class Fit(Enum):
    """Which scale is kept when the view or the page changes."""

    READING = "reading"
    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


class Lens:
    """Scale and scroll of one page in one view; every change keeps the page in sight."""

    def __init__(self) -> None:
        self.fit = Fit.READING
        self._view = QSizeF(0, 0)
        self._ratio = 1.0
        self._page: Size | None = None
        self._free = FULL
        self._scroll = QPointF(0, 0)

    # --- what is known ----------------------------------------------------------------------

    def set_view(self, width: float, height: float, ratio: float) -> None:
        """The view's size in px, and its device pixels a px."""
        self._view, self._ratio = QSizeF(width, height), ratio
        self._clamp()

    def set_page(self, page: Size | None) -> None:
        """The page's size, None while it is not known."""
        self._page = page
        self._clamp()

    @property
    def scale(self) -> float:
        """Px a point."""
        return self._free if self._page is None else self.scale_of(self._page)

    def scale_of(self, page: Size) -> float:
        """Px a point, were this the page that is looked at."""
        across = (self._view.width() - 2 * MARGIN) / page.width
        down = (self._view.height() - 2 * MARGIN) / page.height
        scale = {
            Fit.READING: min(COMFORT, across),
            Fit.WIDTH: across,
            Fit.PAGE: min(across, down),
            Fit.FREE: self._free,
        }[self.fit]
        return self._on_grid(min(MOST, max(LEAST, scale)))

    @property
    def percent(self) -> int:
        """The scale as people say it."""
        return round(self.scale / FULL * 100)

    def box(self) -> QRectF:
        """The page's place in the view, on whole device pixels; empty while it is not known."""
        if self._page is None:
            return QRectF()
        wide, high = self._extent()
        left = max((self._view.width() - wide) / 2, MARGIN) - self._scroll.x()
        top = MARGIN - self._scroll.y()
        return QRectF(self._whole(left), self._whole(top), wide, high)

    def page_place(self, where: QPointF) -> Point:
        """The place of the page under a place of the view."""
        box, scale = self.box(), self.scale
        return Point(rounded((where.x() - box.x()) / scale), rounded((where.y() - box.y()) / scale))

    def view_rect(self, box: Rect) -> QRectF:
        """Where a box of the page lies in the view."""
        page, scale = self.box(), self.scale
        wide, high = (box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale
        return QRectF(page.x() + box.x0 * scale, page.y() + box.y0 * scale, wide, high)

    def visible(self) -> Rect:
        """The part of the page that can be seen, in points."""
        box, scale = self.box(), self.scale
        seen = box.intersected(QRectF(0, 0, self._view.width(), self._view.height()))
        return Rect(
            (seen.left() - box.left()) / scale,
            (seen.top() - box.top()) / scale,
            (seen.right() - box.left()) / scale,
            (seen.bottom() - box.top()) / scale,
        )

    def scroll_range(self) -> QSizeF:
        """How far the page can be scrolled, in px."""
        if self._page is None:
            return QSizeF(0, 0)
        wide, high = self._extent()
        return QSizeF(
            max(0.0, wide + 2 * MARGIN - self._view.width()),
            max(0.0, high + 2 * MARGIN - self._view.height()),
        )

    @property
    def scrolled(self) -> QPointF:
        """How far it is scrolled, in px."""
        return QPointF(self._scroll)

    # --- changing ---------------------------------------------------------------------------

    def set_fit(self, fit: Fit) -> None:
        """Keep the whole width, or the whole page, in sight from now on."""
        if fit is Fit.FREE:
            self._free = self.scale
        self.fit = fit
        self._clamp()

    def zoom(self, scale: float, anchor: QPointF) -> None:
        """Another scale; what lies under the anchor stays under it, as far as the page goes."""
        before = self.box()
        old = self.scale
        self._free = min(MOST, max(LEAST, scale))
        self.fit = Fit.FREE
        if self._page is None:
            return
        x, y = (anchor.x() - before.x()) / old, (anchor.y() - before.y()) / old
        wide, _ = self._extent()
        left = max((self._view.width() - wide) / 2, MARGIN)
        self._scroll = QPointF(
            left + x * self.scale - anchor.x(), MARGIN + y * self.scale - anchor.y()
        )
        self._clamp()

    def scroll_by(self, dx: float, dy: float) -> bool:
        """Move the view over the page, in px; whether anything moved."""
        before = self._scroll
        self._scroll = before + QPointF(dx, dy)
        self._clamp()
        moved = self._scroll - before
        return abs(moved.x()) > ALIKE or abs(moved.y()) > ALIKE

    def scroll_to(self, x: float, y: float) -> None:
        """Scroll to a place in px from the page's beginning; beyond it is its end."""
        self._scroll = QPointF(x, y)
        self._clamp()

    def reveal(self, box: Rect) -> None:
        """Scroll no more than is needed to see a box of the page."""
        seen = self.view_rect(box)
        right, bottom = self._view.width() - MARGIN, self._view.height() - MARGIN
        dx = min(0.0, seen.left() - MARGIN) or max(0.0, seen.right() - right)
        dy = min(0.0, seen.top() - MARGIN) or max(0.0, seen.bottom() - bottom)
        self.scroll_by(dx if abs(dx) >= 1 else 0.0, dy if abs(dy) >= 1 else 0.0)

    def _extent(self) -> tuple[float, float]:
        assert self._page is not None  # noqa: S101
        scale = self.scale
        return self._page.width * scale, self._page.height * scale

    def _clamp(self) -> None:
        if self._page is None:
            return  # the place is kept until the page is known
        most = self.scroll_range()
        self._scroll = QPointF(
            min(max(0.0, self._scroll.x()), most.width()),
            min(max(0.0, self._scroll.y()), most.height()),
        )

    def _on_grid(self, scale: float) -> float:
        """A scale the crew can draw exactly, so that pictures need no stretching."""
        steps = max(1, int(scale * self._ratio * STEPS_PER_POINT + ALIKE))
        return steps / STEPS_PER_POINT / self._ratio

    def _whole(self, px: float) -> float:
        return round(px * self._ratio) / self._ratio
