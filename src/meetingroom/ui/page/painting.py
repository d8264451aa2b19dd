"""Painting marks over a page: the painter is scaled so that it speaks points."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from meetingroom.domain.geometry import InkPoint, Rect
from meetingroom.domain.ids import is_room
from meetingroom.domain.marks import (
    NOTE_SIZE,
    Box,
    FreeText,
    Ink,
    Line,
    Mark,
    Note,
    Shape,
    Stamp,
    TextMark,
    arrow_head,
    bounds,
)
from meetingroom.ui.icons import paint_icon
from meetingroom.ui.theme import MarkColour, current_theme

WASHES = ("yellow", "green", "blue", "pink")
LINES = ("pen", "blue", "green", "red", "yellow", "black")
FRAME = 1.0  # points between a mark and the line around it: within what a mark is painted on
STAMP_LETTERS, STAMP_FILL = 0.6, 0.88  # shares of a stamp's height and width its words take
STAMP_COVERS = 0.86  # of what lies under a stamp: its words are read, the page's are still seen
STRUCK = 0.58  # of a line's height: through the small letters, under their marks
LEVELS = 24  # of pressure: fewer pens to make, no step to be seen


def colours_of(mark: Mark, mine: str, order: int) -> MarkColour:
    """A mark's colours: one's own and the room's by its colour, other people's by the person."""
    marks = current_theme().marks
    if mark.author != mine and not is_room(mark.author):
        return marks.of_person(order)
    wash = marks.mine[mark.colour if mark.colour in WASHES else "yellow"]
    return MarkColour(marks.lines.get(mark.colour, marks.lines["pen"]), wash)


def paint_mark(painter: QPainter, mark: Mark, colours: MarkColour) -> None:
    """One mark; `painter` is in points of the page."""
    match mark.shape:
        case TextMark() as shape:
            _paint_words(painter, shape, colours)
        case Ink() as shape:
            for stroke in shape.strokes:
                paint_stroke(painter, stroke, shape.width, colours.ink)
        case Note() as shape:
            box = QRectF(shape.at.x, shape.at.y, NOTE_SIZE, NOTE_SIZE)
            painter.setPen(QPen(colours.ink, 1))
            painter.setBrush(colours.wash)
            painter.drawRoundedRect(box, 3, 3)
            paint_icon(painter, "sticky-note", colours.ink, box.adjusted(3, 3, -3, -3), 2.0)
        case FreeText() as shape:
            paint_text(painter, shape, mark.text, colours.ink)
        case Box() | Line() as shape:
            painter.setPen(QPen(colours.ink, shape.width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            _paint_drawn(painter, shape)
        case Stamp() as shape:
            _paint_stamp(painter, shape, mark.text, colours.ink)
    if mark.certainty == "look":
        paint_frame(painter, mark.shape)


def paint_frame(painter: QPainter, shape: Shape) -> None:
    """A broken line around a mark whose place its author should look at."""
    painter.setPen(QPen(current_theme().colour("attention"), 1.2, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(qt_box(bounds(shape).grown(FRAME)), 2, 2)


def _paint_drawn(painter: QPainter, shape: Box | Line) -> None:
    if isinstance(shape, Box):
        painter.drawRect(qt_box(shape.box))
        return
    end = QPointF(shape.end.x, shape.end.y)
    painter.drawLine(QPointF(shape.start.x, shape.start.y), end)
    for side in arrow_head(shape):
        painter.drawLine(end, QPointF(side.x, side.y))


def _paint_stamp(painter: QPainter, shape: Stamp, text: str, colour: QColor) -> None:
    """Words as large as fit into a frame with round corners."""
    box = qt_box(shape.box)
    painter.setPen(QPen(colour, max(1.0, box.height() / 16)))
    painter.setBrush(QColor(255, 255, 255, round(255 * STAMP_COVERS)))
    painter.drawRoundedRect(box, box.height() / 6, box.height() / 6)
    font = QFont(current_theme().font("section"))
    font.setPixelSize(100)
    across = QFontMetricsF(font).horizontalAdvance(text or " ")
    font.setPixelSize(
        max(1, int(min(box.height() * STAMP_LETTERS, 100 * box.width() * STAMP_FILL / across)))
    )
    painter.setFont(font)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def qt_box(box: Rect) -> QRectF:
    """A box of the page as Qt has it."""
    return QRectF(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0)


def _paint_words(painter: QPainter, shape: TextMark, colours: MarkColour) -> None:
    for quad in shape.quads:
        box = quad.bounds()
        if shape.style == "highlight":
            painter.save()
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(QRectF(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0), colours.wash)
            painter.restore()
            continue
        y = box.y1 if shape.style == "underline" else box.y0 + (box.y1 - box.y0) * STRUCK
        painter.setPen(QPen(colours.ink, 1.3))
        painter.drawLine(QPointF(box.x0, y), QPointF(box.x1, y))


def stroke_pen(colour: QColor, width: float, pressure: float) -> QPen:
    """The pen at a pressure from 0 to 1; half of it draws the width as chosen."""
    pen = QPen(colour, width * (0.4 + 1.2 * min(1.0, max(0.0, pressure))))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def paint_stroke(
    painter: QPainter, stroke: tuple[InkPoint, ...], width: float, colour: QColor
) -> None:
    """One stroke of the pen, thicker where it was pressed."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    places = [QPointF(point.x, point.y) for point in stroke]
    levels = [round(point.pressure * LEVELS) for point in stroke]
    if len(stroke) == 1:
        painter.setPen(stroke_pen(colour, width, stroke[0].pressure))
        painter.drawPoint(places[0])
        return
    start = 0
    for at in range(1, len(stroke)):
        if at + 1 == len(stroke) or levels[at + 1] != levels[at]:
            painter.setPen(stroke_pen(colour, width, levels[at] / LEVELS))
            painter.drawPolyline(QPolygonF(places[start : at + 1]))
            start = at


def paint_text(painter: QPainter, shape: FreeText, text: str, colour: QColor) -> None:
    """Words written on the page."""
    font = QFont(current_theme().font("body"))
    font.setPixelSize(max(1, round(shape.size)))
    painter.setFont(font)
    painter.setPen(colour)
    flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip)
    painter.drawText(qt_box(shape.box), flags, text)
