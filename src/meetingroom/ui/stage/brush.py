"""Painting words on the stage: sizes are fractions of the height, so any size is the same."""

import math
import re

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from meetingroom.ui.theme import Theme

SHRINKS = (1.0, 0.85, 0.72, 0.6)
LARGEST_WORDS = "title_small"
SMALLEST_TITLE = 1 / 18  # of the height: what five metres away can be read


class Brush:
    """A painter with the display's theme; places are fractions of the height too."""

    def __init__(self, painter: QPainter, theme: Theme, width: float, height: float) -> None:
        self.painter = painter
        self.theme = theme
        self.width = width
        self.height = height
        self.margin = theme.number("display.margin_x") * height

    def px(self, role: str) -> float:
        """A display length in pixels."""
        return self.theme.number(f"display.{role}") * self.height

    def font(self, role: str, weight: int = 500) -> QFont:
        return self.theme.display_font(role, max(1, round(self.height)), weight)

    def line(
        self, x: float, y: float, text: str, role: str, ink: str = "ink", weight: int = 500
    ) -> float:
        """One line of words with its top left at (x, y); the x after it."""
        font = self.font(role, weight)
        self.painter.setFont(font)
        self.painter.setPen(self.theme.colour(ink))
        metrics = QFontMetricsF(font)
        self.painter.drawText(QPointF(x, y + metrics.ascent()), text)
        return float(x + metrics.horizontalAdvance(text))

    def right(self, y: float, text: str, role: str, ink: str = "ink", weight: int = 600) -> None:
        """One line that ends at the right margin."""
        width = QFontMetricsF(self.font(role, weight)).horizontalAdvance(text)
        self.line(self.width - self.margin - width, y, text, role, ink, weight)

    def height_of(self, role: str, weight: int = 500) -> float:
        return float(QFontMetricsF(self.font(role, weight)).height())

    def lines_of(self, text: str, role: str = "title") -> int:
        """How many lines a title takes at its full size."""
        metrics = QFontMetricsF(self.font(role, 700))
        room = QRectF(0, 0, self.width - 2 * self.margin, 10_000)
        box = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        return max(1, round(box.height() / metrics.lineSpacing()))

    def title(
        self, y: float, text: str, role: str = "title", room: float = 0.0, most: int = 2
    ) -> float:
        """A title of at most two lines, smaller if it must be, or at its smallest of `most`
        lines, the last one cut with an ellipsis; the y under it."""
        room = room or self.width - 2 * self.margin
        font = self.font(role, 700)
        rows: list[str] = []
        for shrink in SHRINKS:
            smaller = round(self.font(role, 700).pixelSize() * shrink)
            font.setPixelSize(max(1, smaller, math.ceil(self.height * SMALLEST_TITLE)))
            rows = rows_of(text, font, room)
            if len(rows) <= 2:
                break
        return self._rows_down(y, rows, font, room, most)

    def words(self, y: float, text: str, bottom: float) -> float:
        """A text of several lines down to `bottom`, as large as it fits, cut if it must be;
        the y under it."""
        room = self.width - 2 * self.margin
        font, rows = self.font(LARGEST_WORDS), [""]
        most = 1
        for role in (LARGEST_WORDS, "lead", "body", "text_smallest"):
            font = self.font(role)
            rows = [row for part in text.splitlines() for row in rows_of(part, font, room)]
            most = max(1, int((bottom - y) / QFontMetricsF(font).lineSpacing()))
            if len(rows) <= most:
                break
        return self._rows_down(y, rows, font, room, most)

    def _rows_down(self, y: float, rows: list[str], font: QFont, room: float, most: int) -> float:
        """Lines from `y` down, at most so many, the last one cut; the y under them."""
        metrics = QFontMetricsF(font)
        if len(rows) > most:
            rest = " ".join(rows[most - 1 :])
            rows[most - 1 :] = [metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)]
        self.painter.setFont(font)
        self.painter.setPen(self.theme.colour("ink"))
        for row in rows:
            self.painter.drawText(QPointF(self.margin, y + metrics.ascent()), row)
            y += metrics.lineSpacing()
        return float(y)

    def elided(
        self, x: float, y: float, room: float, text: str, role: str, ink: str, weight: int = 500
    ) -> None:
        """One line cut with an ellipsis where it does not fit."""
        metrics = QFontMetricsF(self.font(role, weight))
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.line(x, y, words, role, ink, weight)

    def rows(self, text: str, role: str, weight: int, room: float, most: int) -> list[str]:
        """A text in at most so many lines of this room, the last one cut with an ellipsis."""
        font = self.font(role, weight)
        rows = rows_of(text, font, room)
        if len(rows) > most:
            rest = " ".join(rows[most - 1 :])
            cut = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, room)
            rows[most - 1 :] = [cut]
        return rows

    def note(self, text: str) -> None:
        """A few quiet words in the middle of an empty place."""
        font = self.font("lead", 500)
        self.painter.setFont(font)
        self.painter.setPen(self.theme.colour("ink_soft"))
        whole = QRectF(0, 0, self.width, self.height)
        self.painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, text)

    def rule(self, y: float) -> None:
        """A hairline from margin to margin."""
        thick = max(1.0, self.px("hairline"))
        self.fill(QRectF(self.margin, y, self.width - 2 * self.margin, thick), "line")

    def fill(self, box: QRectF, role: str, radius: float = 0.0) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.colour(role))
        self.painter.drawRoundedRect(box, radius, radius)

    def bar(self, box: QRectF, share: float, ink: str) -> None:
        """A bar filled from the left."""
        radius = box.height() / 2
        self.fill(box, "line", radius)
        if share > 0:
            self.painter.save()
            width = box.width() * min(1.0, share)
            self.painter.setClipRect(QRectF(box.x(), box.y(), width, box.height()))
            self.fill(box, ink, radius)
            self.painter.restore()

    def clear(self, role: str = "desk") -> None:
        colour: QColor = self.theme.colour(role)
        self.painter.fillRect(QRectF(0, 0, self.width, self.height), colour)


_TIE = "\u00a0"
_BOUND = re.compile(r"(?<=\d) (?=\d)|(?<=\w) (?=\d{1,2}(?!\w))")


def rows_of(text: str, font: QFont, room: float) -> list[str]:
    """A text broken into lines of this room, a word too long for it, too.

    A telephone number stays together, and so does "tầng 2".
    """
    text = _BOUND.sub(_TIE, text)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    rows: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        start = line.textStart()
        rows.append(text[start : start + line.textLength()].replace(_TIE, " ").strip())
    layout.endLayout()
    return rows or [""]
