"""How many lines words take, quickly enough for thousands of rows."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

WRAP_LOSS = 1.05  # what the ends of lines leave empty
LONGEST = 600  # letters; more than ever fit are not even looked at


class Letters(dict[str, float]):
    """How wide each letter of a font is, in px; measured when first met."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self._metrics = QFontMetricsF(font)

    def __missing__(self, letter: str) -> float:
        wide = self[letter] = self._metrics.horizontalAdvance(letter)
        return wide

    def lines(self, words: str, room: float, most: int) -> int:
        """How many lines (at most `most`) words take in a width of `room` px; 0 for none."""
        if not words or room <= 0:
            return 0
        wide = sum(map(self.__getitem__, words[:LONGEST]))
        return 1 if wide <= room else min(most, ceil(wide * WRAP_LOSS / room))


def paint_lines(painter: QPainter, box: QRectF, words: str, lines: int) -> None:
    """Words in at most so many lines of the painter's font, the last one cut with "…"."""
    font = painter.font()
    metrics = QFontMetricsF(font)
    layout = QTextLayout(words[:LONGEST], font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = box.top()
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(box.width())
        start = line.textStart()
        is_last = number == lines - 1
        text = words[start:] if is_last else words[start : start + line.textLength()]
        if is_last:
            text = metrics.elidedText(text[:LONGEST], Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QPointF(box.left(), top + metrics.ascent()), text)
        top += line_height(font)
    layout.endLayout()


def line_height(font: QFont) -> float:
    """The distance of lines in px."""
    return ceil(font.pixelSize() * 1.4)
