"""Places of pages that are tinted: what a newer version took out or added."""

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from meetingroom.domain.geometry import Quad
from meetingroom.ui.page.sheet import Leaf
from meetingroom.ui.theme import current_theme

Tint = Literal["removed", "added"]
ROLES: dict[Tint, tuple[str, str]] = {
    "removed": ("live_soft", "live"),
    "added": ("good_soft", "good"),
}
EDGE = 1.2  # points


class Shades:
    """Tinted places by page; removed words have a line through them, added ones one below."""

    def __init__(self) -> None:
        self._places: dict[Leaf, tuple[Tint, tuple[Quad, ...]]] = {}

    def set(self, places: Iterable[tuple[Leaf, Tint, tuple[Quad, ...]]]) -> None:
        """Tint these places and no others."""
        self._places = {leaf: (tint, quads) for leaf, tint, quads in places if quads}

    def paint(self, painter: QPainter, leaf: Leaf) -> None:
        """Over the page's pixels; the painter speaks points of the page."""
        if leaf not in self._places:
            return
        tint, quads = self._places[leaf]
        wash, line = (current_theme().colour(role) for role in ROLES[tint])
        painter.save()
        for quad in quads:
            box = quad.bounds()
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(QRectF(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0), wash)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setPen(QPen(line, EDGE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            y = (box.y0 + box.y1) / 2 if tint == "removed" else box.y1
            painter.drawLine(QPointF(box.x0, y), QPointF(box.x1, y))
        painter.restore()
