"""Ink while the pen is down: an overlay of which only the newest piece is painted.

The line is smoothed one point behind the pen, and drawn straight from there to the pen's
point, so that smoothing costs no lag.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from meetingroom.domain.geometry import InkPoint
from meetingroom.domain.ink import settled
from meetingroom.ui.page.painting import stroke_pen

JITTER_PX = 0.9  # a hand at rest, and the grid of a digitiser


class LiveInk:
    """The stroke under way, if any: its points on the page, and its picture over the view."""

    def __init__(self) -> None:
        self._points: list[InkPoint] = []
        self._raw: list[InkPoint] = []
        self._drawn = InkPoint(0, 0)
        self._picture = QPixmap()
        self._damaged = QRect()
        self._width, self._colour = 1.0, QColor()

    @property
    def is_down(self) -> bool:
        """Whether a stroke is under way."""
        return bool(self._points)

    @property
    def points(self) -> list[InkPoint]:
        """The stroke's points so far, on the page."""
        return self._points

    def start(self, width: float, colour: QColor, size: QSize, ratio: float) -> None:
        """A new stroke over a view of this size; `width` in px."""
        self._width, self._colour, self._points, self._raw = width, colour, [], []
        if self._picture.size() != size * ratio:
            self._picture = QPixmap(size * ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
        self._picture.setDevicePixelRatio(ratio)
        self._damaged = QRect()

    def add(self, point: InkPoint, where: QPointF) -> QRect:
        """Go on to a point of the page, which is a place of the view; what to paint again."""
        self._points.append(point)
        raw = InkPoint(where.x(), where.y(), point.pressure)
        if len(self._raw) < 2:
            self._raw.append(raw)
            self._drawn = self._raw[0]
            return self._tell(self._piece(self._drawn, raw))
        before, middle = self._raw
        self._raw = [middle, raw]
        steady = settled(before, middle, raw, JITTER_PX)
        old_tip = self._piece(self._drawn, middle)
        self._draw(self._drawn, steady)
        piece = self._piece(self._drawn, steady).united(old_tip)
        self._drawn = steady
        return self._tell(piece.united(self._piece(steady, raw)))

    def _tell(self, piece: QRect) -> QRect:
        self._damaged = self._damaged.united(piece)
        return piece

    def _draw(self, start: InkPoint, end: InkPoint) -> None:
        painter = QPainter(self._picture)
        self._line(painter, start, end)
        painter.end()

    def _line(self, painter: QPainter, start: InkPoint, end: InkPoint) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(stroke_pen(self._colour, self._width, end.pressure))
        if (start.x, start.y) == (end.x, end.y):
            painter.drawPoint(QPointF(end.x, end.y))
        else:
            painter.drawLine(QPointF(start.x, start.y), QPointF(end.x, end.y))

    def _piece(self, start: InkPoint, end: InkPoint) -> QRect:
        reach = self._width + 2
        box = QRectF(QPointF(start.x, start.y), QPointF(end.x, end.y)).normalized()
        return box.adjusted(-reach, -reach, reach, reach).toAlignedRect()

    def end(self) -> tuple[tuple[InkPoint, ...], QRect]:
        """The pen is lifted: the stroke, and what of the view to paint again."""
        points, self._points = tuple(self._points), []
        painter = QPainter(self._picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(self._damaged, Qt.GlobalColor.transparent)
        painter.end()
        return points, self._damaged

    def paint(self, painter: QPainter, damaged: QRect) -> None:
        """Put the overlay's part over the page, and the line's newest end."""
        part = damaged.intersected(self._damaged)
        if not self.is_down or part.isEmpty():
            return
        ratio = self._picture.devicePixelRatio()
        corner, size = part.topLeft() * ratio, part.size() * ratio
        painter.drawPixmap(QRectF(part), self._picture, QRectF(QRect(corner, size)))
        self._line(painter, self._drawn, self._raw[-1])
