"""Words on a screen."""

from html import escape

from PySide6 import QtGui
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from meetingroom.ui.icons import pixmap
from meetingroom.ui.theme import Theme, current_theme


def plain_tip(words: str) -> str:
    """A tool tip that shows words as they are: Qt would take some for a page with pictures."""
    if not QtGui.Qt.mightBeRichText(words):
        return words
    lines = "<br>".join(escape(words).splitlines())
    return f"<qt>{lines}</qt>"


class Label(QLabel):
    """Plain words in a type role and an ink role; `wraps` lets them take more lines."""

    def __init__(
        self,
        text: str = "",
        type_role: str = "body",
        ink: str = "ink",
        *,
        wraps: bool = False,
        weight: int = 0,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", type_role)
        self.setProperty("ink", ink)
        if weight:
            self.setProperty("weight", str(weight))
        self.setWordWrap(wraps)
        if tabular:
            self.setFont(current_theme().font(type_role, tabular=True))
        self.setText(text)

    def setText(self, text: str) -> None:
        """Change the words; a wrapping label makes room for its new lines."""
        super().setText(text)
        self._keep_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wrapping label never loses a line, whatever holds it."""
        super().resizeEvent(event)
        self._keep_lines()

    def showEvent(self, event: QShowEvent) -> None:
        """Its width is true only now."""
        super().showEvent(event)
        self._keep_lines()

    def _keep_lines(self) -> None:
        if self.wordWrap() and not self.isVisible():
            self.setMinimumHeight(0)  # what an earlier width needed says nothing
        elif self.wordWrap() and self.width() > 0:
            needed = self.heightForWidth(self.width())
            if self.testAttribute(Qt.WidgetAttribute.WA_Resized) and needed > 0:
                self.setMinimumHeight(needed)

    def set_ink(self, ink: str) -> None:
        """Change the ink role."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            repolish(self)


class ElidedLabel(Label):
    """One line that ends in "…" when it has no room; the whole is in the tool tip."""

    def __init__(
        self,
        text: str = "",
        type_role: str = "body",
        ink: str = "ink",
        *,
        weight: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, type_role, ink, weight=weight, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """A few letters are enough."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole words in a tool tip when they are cut."""
        super().resizeEvent(event)
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(plain_tip(self.text()) if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        room = self.contentsRect()
        mode = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), mode, room.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, self.alignment() | Qt.TextFlag.TextSingleLine, words)


class IconLabel(QLabel):
    """An icon that is only looked at; it follows the theme."""

    _dressed: Theme | None = None

    def __init__(
        self,
        name: str,
        role: str = "ink_soft",
        size: int = 20,
        *,
        stroke: float = 1.75,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._role, self._size, self._stroke = name, role, size, stroke
        self._draw()

    def set_icon(self, name: str, role: str) -> None:
        """Show another icon or colour."""
        self._name, self._role = name, role
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new theme."""
        super().changeEvent(event)
        if self._dressed not in (None, current_theme()):
            self._draw()

    def _draw(self) -> None:
        self._dressed = current_theme()
        ratio = self.devicePixelRatioF()
        self.setPixmap(pixmap(self._name, self._role, self._size, ratio, self._stroke))


def repolish(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()
    widget.update()
