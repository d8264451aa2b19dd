"""The meeting's ink over the page on the stage: kept strokes as pictures, growing ones drawn."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from meetingroom.domain.geometry import Size
from meetingroom.domain.marks import Mark, bounds
from meetingroom.domain.meeting import Meeting
from meetingroom.services.room_ink import layer_on
from meetingroom.ui.page.mark_layer import MarkLayers
from meetingroom.ui.page.painting import paint_mark
from meetingroom.ui.page.sheet import Leaf, Sheet
from meetingroom.ui.stage.live import LiveHands
from meetingroom.ui.theme import MarkColour


class PageInk:
    """Paints ink over a page wherever it lies; a thousand strokes cost no more than one."""

    def __init__(self, hands: LiveHands, colour_of: Callable[[Mark], MarkColour]) -> None:
        self._hands, self._colour_of = hands, colour_of
        self._layers = MarkLayers(colour_of)
        self._known: tuple[Meeting | None, Leaf, list[Mark]] = (None, Leaf("", 0), [])

    def paint(
        self,
        painter: QPainter,
        meeting: Meeting,
        leaf: Leaf,
        size: Size,
        box: QRectF,
        damaged: QRect,
        ratio: float,
        *,
        is_moving: bool,
    ) -> bool:
        """The ink of a page that lies in `box`; false where some comes with the next frame."""
        sheet = Sheet(leaf, box.topLeft(), box.width() / size.width, size, size)
        self._layers.begin()
        painter.save()
        painter.setClipRect(damaged, Qt.ClipOperation.IntersectClip)
        part = damaged & box.toAlignedRect()
        kept = self._kept(meeting, leaf)
        is_whole = part.isEmpty() or self._layers.paint(
            painter, sheet, kept, ratio, part, is_zooming=is_moving
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(sheet.transform(), combine=True)
        for mark in self._hands.on_page(*leaf):
            if sheet.to_view(bounds(mark.shape).grown(2)).intersects(QRectF(damaged)):
                paint_mark(painter, mark, self._colour_of(mark))
        painter.restore()
        return is_whole

    def _kept(self, meeting: Meeting, leaf: Leaf) -> list[Mark]:
        """The marks of the page; the very same list while nothing changed."""
        if self._known[0] is not meeting or self._known[1] != leaf:
            marks = layer_on(meeting, *leaf)
            if self._known[1] == leaf and marks == self._known[2]:
                marks = self._known[2]
            self._known = (meeting, leaf, marks)
        return self._known[2]
