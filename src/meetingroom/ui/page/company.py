"""Seeing with somebody else: their part of a page in a view of any size, and the way back."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from meetingroom.domain.geometry import Rect, Size
from meetingroom.ui.page.lens import FULL, LEAST, MARGIN, MOST, Fit, Lens
from meetingroom.ui.page.sheet import turned

READABLE = 0.8 * FULL


class Standpoint(NamedTuple):
    """Where somebody stands in a run of pages, exactly: to come back to."""

    fit: Fit
    free: float
    scale: float
    x: float
    y: float


class AccompanyingLens(Lens):
    """A lens that can be led."""

    def stand(self) -> Standpoint:
        """Where one stands now."""
        return Standpoint(self.fit, self._free, self.scale, self._scroll.x(), self._scroll.y())

    def return_to(self, stood: Standpoint) -> None:
        """Stand there again on the current page; in a view of another size the same place."""
        self.fit, self._free = stood.fit, stood.free
        grown = self.scale / stood.scale if stood.scale else 1.0
        self._scroll = QPointF(stood.x * grown, stood.y * grown)
        self._clamp()

    def show_part(self, box: Rect, own: Standpoint, *, is_near: bool) -> None:
        """Show all of a part of the current page.

        What is near is as near as fits, in the middle. Else the scale is one's own where that
        shows all of the part, and nothing moves that can be seen already. In a very low view
        it begins at the top and stays readable.
        """
        leaf = self.leaf
        if leaf is None:
            return
        self.fit, self._free = own.fit, own.free
        across, down = turned(Size(box.x1 - box.x0, box.y1 - box.y0), self.turn(leaf.blob))
        most = min(self._view.width() / max(1.0, across), self._view.height() / max(1.0, down))
        if not is_near:
            most = max(most, min(self.scale, READABLE))
        if is_near or self.scale > most:
            self.fit, self._free = Fit.FREE, min(MOST, max(LEAST, most))
        view, part = QRectF(QPointF(0, 0), self._view), self.view_rect(box)
        if is_near:
            self._scroll += part.center() - view.center()
        elif not view.adjusted(-1, -1, 1, 1).contains(part):
            gap = MARGIN if box.y0 <= 0 else 0.0
            top = part.top() - max(0.0, min(gap, view.height() - part.height()))
            self._scroll += QPointF(part.center().x() - view.center().x(), top)
        self._clamp()
