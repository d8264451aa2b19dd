"""Erasers: one takes whole marks, one only the part of a stroke it goes over."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from meetingroom.domain.geometry import Rect
from meetingroom.domain.ink import rubbed_out
from meetingroom.domain.marks import Ink, Mark, bounds
from meetingroom.domain.reshaping import touches
from meetingroom.ui.page.grip import Grip, Touch
from meetingroom.ui.page.shown_marks import changed
from meetingroom.ui.theme import current_theme

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

NEAR_PX = 6.0
RUBBER_PX = 11.0


class EraserGrip(Grip):
    """What it touches goes at once from sight, and as one step when the hand lets go."""

    radius_px = NEAR_PX

    def __init__(self, view: "PageView") -> None:
        super().__init__(view)
        self._done: dict[str, tuple[Mark, Mark | None]] = {}
        self._last: Touch | None = None

    def press(self, touch: Touch) -> None:
        self.view.picks.clear()
        self._done, self._last = {}, touch
        self.move(touch)

    def move(self, touch: Touch) -> None:
        view, before = self.view, self._last or touch
        self._last = touch
        reach = self.reach(self.radius_px)
        way = Rect(
            min(before.at.x, touch.at.x), min(before.at.y, touch.at.y),
            max(before.at.x, touch.at.x), max(before.at.y, touch.at.y),
        ).grown(reach)  # fmt: skip
        for mark in list(view.marks):
            if view.is_mine(mark) and not view.is_pending(mark) and bounds(mark.shape).meets(way):
                new = self._after(mark, before, touch, reach)
                if new is not mark:
                    base = self._done[mark.id][0] if mark.id in self._done else mark
                    self._done[mark.id] = base, new
                    view.repaint_areas(view.shown.draft(base, new))
        self._show_ring(before, touch)

    def release(self) -> None:
        done, self._done = self._done, {}
        self._hide_ring()
        if done:
            self.view.keep_edits(list(done.values()))

    def cancel(self) -> None:
        done, self._done = self._done, {}
        self._hide_ring()
        self.view.repaint_areas(self.view.shown.settle_drafts(done))

    def _after(self, mark: Mark, before: Touch, touch: Touch, reach: float) -> Mark | None:
        """What is left of a mark."""
        is_hit = touches(mark.shape, touch.at, reach) or (
            isinstance(mark.shape, Ink)
            and rubbed_out(mark.shape, before.at, touch.at, reach) is not mark.shape
        )
        return None if is_hit else mark

    # --- the ring under the hand --------------------------------------------------------------

    def _ring(self, touch: Touch) -> QRectF:
        side = self.radius_px
        return QRectF(touch.where - QPointF(side, side), touch.where + QPointF(side, side))

    def _show_ring(self, *touched: Touch) -> None:
        for touch in touched:
            self.view.update(self._ring(touch).adjusted(-2, -2, 2, 2).toAlignedRect())

    def _hide_ring(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            self._show_ring(last)

    def paint(self, painter: QPainter, damaged: QRect) -> None:
        if self._last is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(current_theme().colour("ink_soft"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self._ring(self._last))


class RubberGrip(EraserGrip):
    """Rubs ink out where it goes; other marks stay."""

    radius_px = RUBBER_PX

    def _after(self, mark: Mark, before: Touch, touch: Touch, reach: float) -> Mark | None:
        if not isinstance(mark.shape, Ink):
            return mark
        left = rubbed_out(mark.shape, before.at, touch.at, reach)
        if left is mark.shape:
            return mark
        return changed(mark, shape=left) if left is not None else None
