"""The hand that takes marks: a press takes one, a frame around several, a drag moves them."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from meetingroom.domain.geometry import Rect
from meetingroom.domain.marks import Mark, bounds
from meetingroom.domain.reshaping import squared, touches
from meetingroom.ui.page.grip import Grip, Touch
from meetingroom.ui.theme import current_theme

NEAR_PX = 8.0
FRAME_ALPHA = 40


class PickGrip(Grip):
    """Shift adds to what is taken."""

    _start: Touch | None = None
    _last: Touch | None = None
    _handle: int | None = None
    _is_frame = False

    def press(self, touch: Touch) -> None:
        view, picks = self.view, self.view.picks
        self._start = self._last = touch
        self._is_frame = False
        self._handle = picks.handle_at(touch.where)
        if self._handle is not None:
            return
        mark = self._topmost(touch)
        if mark is None:
            self._is_frame = True
            if not touch.is_shifted:
                picks.clear()
        elif not view.is_mine(mark):
            picks.clear()
            view.mark_chosen.emit(mark.id)
            self._start = None
        elif touch.is_shifted:
            picks.toggle(mark)
            self._start = None
        elif not picks.has(mark):
            picks.choose([mark.id])

    def move(self, touch: Touch) -> None:
        start = self._start
        if start is None:
            return
        if self._is_frame:
            self._show_frame()
            self._last = touch
            self._show_frame()
            return
        self._last = touch
        if touch.is_click_after(start):
            return
        if self._handle is None:
            self.view.picks.shift(touch.at.x - start.at.x, touch.at.y - start.at.y)
        else:
            at = squared(start.at, touch.at) if touch.is_shifted else touch.at
            self.view.picks.pull(self._handle, at)

    def release(self) -> None:
        start, last, self._start = self._start, self._last, None
        if start is None or last is None:
            return
        if not self._is_frame:
            self.view.picks.keep()
            return
        self._is_frame = False
        frame = self._frame(start, last)
        self.view.update(self.view.lens.view_rect(frame).adjusted(-3, -3, 3, 3).toAlignedRect())
        if not last.is_click_after(start):
            before = [mark.id for mark in self.view.picks.marks] if start.is_shifted else []
            self.view.picks.choose(dict.fromkeys([*before, *self._within(frame)]))

    def cancel(self) -> None:
        if self._start is not None and not self._is_frame:
            self.view.picks.shift(0, 0)
            self.view.picks.keep()
        self._start, self._is_frame = None, False
        self.view.update()

    def use(self) -> bool:
        """Enter takes the next own mark."""
        self.view.picks.choose_next()
        return True

    def _topmost(self, touch: Touch) -> Mark | None:
        reach = self.reach(NEAR_PX)
        marks = [mark for mark in self.view.marks if touches(mark.shape, touch.at, reach)]
        own = [mark for mark in marks if self.view.is_mine(mark)]
        found = own or marks
        return found[-1] if found else None

    def _within(self, frame: Rect) -> list[str]:
        return [
            mark.id
            for mark in self.view.marks
            if self.view.is_mine(mark) and _holds(frame, bounds(mark.shape))
        ]

    def _frame(self, start: Touch, last: Touch) -> Rect:
        xs, ys = sorted((start.at.x, last.at.x)), sorted((start.at.y, last.at.y))
        return Rect(xs[0], ys[0], xs[1], ys[1])

    def _show_frame(self) -> None:
        if self._start is not None and self._last is not None:
            box = QRectF(self._start.where, self._last.where).normalized()
            self.view.update(box.adjusted(-3, -3, 3, 3).toAlignedRect())

    def paint(self, painter: QPainter, damaged: QRect) -> None:
        if not self._is_frame or self._start is None or self._last is None:
            return
        shade = current_theme().colour("accent")
        painter.setPen(QPen(shade, 1, Qt.PenStyle.DashLine))
        shade.setAlpha(FRAME_ALPHA)
        painter.setBrush(shade)
        painter.drawRect(QRectF(self._start.where, self._last.where).normalized())


def _holds(frame: Rect, box: Rect) -> bool:
    """Whether the middle of a box, and most of it, lies in the frame."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return frame.contains(x, y) and frame.grown(12).contains(box.x0, box.y0)
