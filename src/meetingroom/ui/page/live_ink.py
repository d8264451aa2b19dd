"""Ink while the pen is down: an overlay of which only the newest piece is painted."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from meetingroom.domain.geometry import InkPoint
from meetingroom.ui.page.painting import stroke_pen


class LiveInk:
    """The stroke under way, if any: its points on the page, and its picture over the view."""

    def __init__(self) -> None:
        self._points: list[InkPoint] = []
        self._picture = QPixmap()
        self._damaged = QRect()
        self._width, self._colour = 1.0, QColor()

    @property
    def is_down(self) -> bool:
        """Whether a stroke is under way."""
        return bool(self._points)

    def start(self, width: float, colour: QColor, size: QSize, ratio: float) -> None:
        """A new stroke over a view of this size; `width` in px."""
        self._width, self._colour, self._points = width, colour, []
        if self._picture.size() != size * ratio:
            self._picture = QPixmap(size * ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
        self._picture.setDevicePixelRatio(ratio)
        self._damaged = QRect()

    def add(self, point: InkPoint, before: QPointF, to: QPointF) -> QRect:
        """Go on to a point of the page, from one place of the view to another; what of the
        view to paint again."""
        self._points.append(point)
        pen = stroke_pen(self._colour, self._width, point.pressure)
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        if before == to:
            painter.drawPoint(to)
        else:
            painter.drawLine(before, to)
        painter.end()
        reach = pen.widthF() / 2 + 2
        piece = QRectF(before, to).normalized().adjusted(-reach, -reach, reach, reach)
        self._damaged = self._damaged.united(piece.toAlignedRect())
        return piece.toAlignedRect()

    def end(self) -> tuple[tuple[InkPoint, ...], QRect]:
        """The pen is lifted: the stroke, and what of the view to paint again."""
        points, self._points = tuple(self._points), []
        painter = QPainter(self._picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(self._damaged, Qt.GlobalColor.transparent)
        painter.end()
        return points, self._damaged

    def paint(self, painter: QPainter, damaged: QRect) -> None:
        """Put the overlay's part over the page."""
        part = damaged.intersected(self._damaged)
        if self.is_down and not part.isEmpty():
            ratio = self._picture.devicePixelRatio()
            corner, size = part.topLeft() * ratio, part.size() * ratio
            painter.drawPixmap(QRectF(part), self._picture, QRectF(QRect(corner, size)))
