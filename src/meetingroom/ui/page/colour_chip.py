"""The colours marks may have, by name and as round chips to press."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from meetingroom.ui.controls import IconButton
from meetingroom.ui.page.painting import WASHES
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

SIDE = 20


def colour_names() -> tuple[tuple[str, str], ...]:
    """(colour, name): those behind words and those of lines."""
    return (
        ("yellow", tr("Yellow")),
        ("green", tr("Green")),
        ("blue", tr("Blue")),
        ("pink", tr("Pink")),
        ("pen", tr("Purple")),
        ("red", tr("Red")),
        ("black", tr("Black")),
    )


def chip_colour(colour: str, *, is_line: bool) -> QColor:
    """What a colour looks like, as a line or behind words."""
    marks = current_theme().marks
    if not is_line and colour in WASHES:
        return marks.mine[colour]
    return marks.lines.get(colour, marks.lines["pen"])


def chip_picture(colour: QColor, side: int, ratio: float) -> QPixmap:
    """A filled dot with an edge, `side` px wide."""
    drawn = QPixmap(QSize(side, side) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(current_theme().colour("check_edge"), 1.5))
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(1, 1, side - 2, side - 2))
    painter.end()
    return drawn


class ColourChip(IconButton):
    """A colour to press; `is_line` shows it as lines have it."""

    def __init__(self, colour: str, name: str, parent: QWidget | None = None) -> None:
        self.colour, self._is_line = colour, colour not in WASHES
        super().__init__("circle", name, extent="touch", parent=parent)

    def show_as(self, *, is_line: bool) -> None:
        """As lines have it, or as it lies behind words."""
        self._is_line = is_line
        self._draw_icon()

    def set_colour(self, colour: str, *, is_line: bool) -> None:
        """Show another colour."""
        self.colour = colour
        self.show_as(is_line=is_line)

    def _draw_icon(self) -> None:
        self._dressed = theme = current_theme()
        side = theme.scaled(SIDE)
        colour = chip_colour(self.colour, is_line=self._is_line)
        self.setIconSize(QSize(side, side))
        self.setIcon(QIcon(chip_picture(colour, side, self.devicePixelRatioF())))
