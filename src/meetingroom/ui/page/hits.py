"""Places where searched words stand, drawn on the pages; one of them is the chosen one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from meetingroom.domain.geometry import Quad
from meetingroom.ui.page.sheet import Leaf
from meetingroom.ui.theme import current_theme

EDGE, ROOM = 1.6, 1.2  # points
Chosen = tuple[Leaf, Sequence[Quad]]


class Hits:
    """Hits by page, over the pixels and under the marks."""

    def __init__(self) -> None:
        self._places: dict[Leaf, tuple[Quad, ...]] = {}
        self.chosen: tuple[Leaf, tuple[Quad, ...]] | None = None

    def set(self, hits: Mapping[Leaf, Sequence[Quad]], chosen: Chosen | None = None) -> bool:
        """Show these and no others; whether anything changed."""
        places = {leaf: tuple(quads) for leaf, quads in hits.items() if quads}
        picked = (chosen[0], tuple(chosen[1])) if chosen is not None else None
        is_new = (places, picked) != (self._places, self.chosen)
        self._places, self.chosen = places, picked
        return is_new

    def paint(self, painter: QPainter, leaf: Leaf) -> None:
        """The painter speaks points of the page."""
        quads = self._places.get(leaf)
        if not quads:
            return
        theme = current_theme()
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for quad in quads:
            painter.fillRect(_box(quad), theme.colour("found"))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if self.chosen is not None and self.chosen[0] == leaf:
            painter.setPen(QPen(theme.colour("attention"), EDGE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for quad in self.chosen[1]:
                box = _box(quad)
                painter.drawRoundedRect(box.adjusted(-ROOM, -ROOM, ROOM, ROOM), ROOM, ROOM)
        painter.restore()


def _box(quad: Quad) -> QRectF:
    edge = quad.bounds()
    return QRectF(edge.x0, edge.y0, edge.x1 - edge.x0, edge.y1 - edge.y0)
