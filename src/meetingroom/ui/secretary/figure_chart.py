"""Online meetings month by month as stacked bars, with their numbers above."""

from itertools import combinations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from meetingroom.domain.online_figures import LEVELS, MONTHS, Figures, Sums
from meetingroom.services.figure_sheets import level_words, month_words
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

HIGH = 240
INKS = {"central": "accent", "province": "accent_line", "commune": "good", "other": "ink_faint"}
ALIKE = 96  # colours nearer to each other than so much in all are not told apart
SOLID = Qt.BrushStyle.SolidPattern
# Where a theme has too few colours to tell the levels apart.
PATTERNS = {
    "province": Qt.BrushStyle.BDiagPattern,
    "commune": Qt.BrushStyle.CrossPattern,
    "other": Qt.BrushStyle.Dense5Pattern,
}
BAR, GAP = 0.56, 6  # of a month's width; px between things


def brush_of(level: str) -> QBrush:
    """How bars of a level are filled; no two levels look alike in any theme."""
    colours = {key: current_theme().colour(ink) for key, ink in INKS.items()}
    is_alike = any(distance(*two) < ALIKE for two in combinations(colours.values(), 2))
    return QBrush(colours[level], PATTERNS.get(level, SOLID) if is_alike else SOLID)


def distance(one: QColor, other: QColor) -> int:
    """How far two colours are from each other, 0 for the same."""
    red, green, blue = (
        one.red() - other.red(),
        one.green() - other.green(),
        one.blue() - other.blue(),
    )
    return abs(red) + abs(green) + abs(blue)


def _fill(painter: QPainter, box: QRectF, level: str) -> None:
    """A pattern also gets an edge."""
    brush = brush_of(level)
    painter.fillRect(box, brush)
    if brush.style() != SOLID and box.height() > 0:
        painter.setPen(brush.color())
        painter.drawRect(box)


class FigureChart(QWidget):
    """Told to a screen reader as words; every bar says its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: tuple[Sums, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Online meetings by month and level"))

    def sizeHint(self) -> QSize:
        """As wide as there is room, a little higher with large text."""
        return QSize(current_theme().scaled(480), round(current_theme().scaled(HIGH)))

    def show_figures(self, figures: Figures) -> None:
        """Show a year."""
        self._months = figures.months
        told = (
            f"{month_words(month)}: {sums.meetings}"
            for month, sums in zip(MONTHS, figures.months, strict=True)
            if sums.meetings
        )
        self.setAccessibleDescription(", ".join(told))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Legend, bars, months."""
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        line = QFontMetricsF(painter.font()).height()
        self._legend(painter, line)
        top, bottom = line * 2 + GAP, self.height() - line - GAP
        most = max((one.meetings for one in self._months), default=0) or 1
        painter.setPen(QPen(theme.colour("line_strong"), theme.line_width))
        painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
        wide = self.width() / max(1, len(self._months))
        for place, sums in enumerate(self._months):
            box = QRectF(place * wide, top, wide, bottom - top)
            self._bar(painter, box, sums, most, line)
            painter.setPen(theme.colour("ink_soft"))
            under = QRectF(place * wide, bottom + 2, wide, line)
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        painter.end()

    def _legend(self, painter: QPainter, line: float) -> None:
        theme, x = current_theme(), 0.0
        metrics = QFontMetricsF(painter.font())
        for level in LEVELS:
            _fill(painter, QRectF(x, line * 0.2, line * 0.6, line * 0.6), level)
            words = level_words(level)
            painter.setPen(theme.colour("ink_soft"))
            painter.drawText(QPointF(x + line * 0.8, metrics.ascent()), words)
            x += line * 0.8 + metrics.horizontalAdvance(words) + GAP * 3

    def _bar(self, painter: QPainter, box: QRectF, sums: Sums, most: int, line: float) -> None:
        """One month's bar, its number over it."""
        if not sums.meetings:
            return
        theme = current_theme()
        scale = (box.height() - line) / most
        left, wide, y = box.center().x() - box.width() * BAR / 2, box.width() * BAR, box.bottom()
        for level in LEVELS:
            high = sums.of_level.get(level, 0) * scale
            _fill(painter, QRectF(left, y - high, wide, high), level)
            y -= high
        painter.setPen(theme.colour("ink"))
        over = QRectF(box.x(), y - line, box.width(), line)
        painter.drawText(over, Qt.AlignmentFlag.AlignCenter, str(sums.meetings))
