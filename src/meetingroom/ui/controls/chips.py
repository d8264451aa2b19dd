"""Small marks of a state or a person."""

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from meetingroom.ui.controls.labels import plain_tip
from meetingroom.ui.icons import paint_icon
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

ChipKind = Literal["live", "draft", "accent", "good", "attention", "problem"]

_COLOURS = {
    "live": ("live", "on_live"),
    "draft": ("canvas", "ink_soft"),
    "accent": ("accent_soft", "accent"),
    "good": ("good_soft", "good"),
    "attention": ("attention_soft", "attention"),
    "problem": ("live_soft", "live"),
}


class Chip(QWidget):
    """A word on a coloured pill; "live" is filled and has a dot before the word."""

    def __init__(
        self, text: str, kind: ChipKind = "draft", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The word."""
        return self._text

    def set_state(self, text: str, kind: ChipKind, icon: str = "") -> None:
        """Show another word and kind."""
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the word, as high as a chip."""
        theme = current_theme()
        words = QFontMetrics(self._font()).horizontalAdvance(self._text)
        return QSize(words + self._lead() + 2 * theme.scaled(10), theme.size("control.chip"))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Take the sizes of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill, the dot or icon, the word."""
        theme = current_theme()
        fill, ink = _COLOURS[self._kind]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pill = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edged = theme.name == "high_contrast"
        painter.setPen(theme.colour("line_strong") if edged else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        self._paint_lead(painter, theme.colour(ink))
        painter.setPen(theme.colour(ink))
        painter.setFont(self._font())
        left = theme.scaled(10) + self._lead()
        words = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._text)

    def _paint_lead(self, painter: QPainter, ink: QColor) -> None:
        theme = current_theme()
        left, middle = theme.scaled(10), self.height() / 2
        if self._kind == "live":
            side = theme.scaled(8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QRectF(left, middle - side / 2, side, side))
        elif self._icon:
            side = theme.scaled(16)
            paint_icon(painter, self._icon, ink, QRectF(left, middle - side / 2, side, side), 2)

    def _lead(self) -> int:
        theme = current_theme()
        if self._kind == "live":
            return theme.scaled(14)
        return theme.scaled(20) if self._icon else 0

    def _font(self) -> QFont:
        return current_theme().font("caption", weight=600)


class LiveChip(Chip):
    """The red "in session" chip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("IN SESSION"), "live", parent=parent)


class Avatar(QWidget):
    """A person as initials in a circle."""

    def __init__(self, name: str = "", size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._name = ""
        self._ink: QColor | None = None
        self._wash: QColor | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_person(name)

    def set_person(self, name: str, ink: QColor | None = None, wash: QColor | None = None) -> None:
        """Show another person, in the colours of their marks if given."""
        self._name, self._ink, self._wash = name, ink, wash
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = current_theme().scaled(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The circle and the initials."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edged = theme.name == "high_contrast"
        painter.setPen(theme.colour("line_strong") if edged else Qt.PenStyle.NoPen)
        painter.setBrush(self._wash or theme.colour("accent_soft"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        font = theme.font("caption", weight=600)
        font.setPixelSize(max(1, round(self.width() * 0.4)))
        painter.setFont(font)
        painter.setPen(self._ink or theme.colour("accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, initials_of(self._name))


def initials_of(name: str) -> str:
    """Initials of the first and the last word of a name: "Nông Thị Hiền" gives "NH"."""
    words = name.split()
    if len(words) > 1:
        return (words[0][0] + words[-1][0]).upper()
    return words[0][0].upper() if words else ""
