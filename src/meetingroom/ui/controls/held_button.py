"""A button that must be held: for the few acts that cannot be taken back."""

from PySide6.QtCore import Qt, QVariantAnimation, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from meetingroom.ui.controls.buttons import Button
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

HOLD_MS = 1500
KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HeldButton(Button):
    """`held` once it was held long enough, by mouse, finger, pen or key; `let_go` before that.

    A bar fills it while it is held. A short click does nothing but say what to do.
    """

    held = Signal()
    let_go = Signal()

    def __init__(self, text: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "danger", icon, extent="large", parent=parent)
        words = tr("Keep it pressed until the bar is full")
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self._filling = QVariantAnimation(self)
        self._filling.setStartValue(0.0)
        self._filling.setEndValue(1.0)
        self._filling.setDuration(HOLD_MS)
        self._filling.valueChanged.connect(self.update)
        self._filling.finished.connect(self._on_full)
        self.pressed.connect(self._begin)
        self.released.connect(self._end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key is held as a finger is."""
        if event.key() not in KEYS:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.setDown(True)
            self._begin()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() not in KEYS:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self.setDown(False)
            self._end()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, darker as far as it was held."""
        super().paintEvent(event)
        share = float(self._filling.currentValue() or 0.0)
        if share <= 0:
            return
        painter = QPainter(self)
        shade = current_theme().colour("ink")
        shade.setAlphaF(0.28)
        painter.fillRect(0, 0, round(self.width() * share), self.height(), shade)

    def _begin(self) -> None:
        if self._filling.state() != QVariantAnimation.State.Running:
            self._filling.start()

    def _end(self) -> None:
        if self._filling.state() == QVariantAnimation.State.Running:
            self._filling.stop()
            self._empty()
            self.let_go.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who looks elsewhere holds it no longer."""
        super().focusOutEvent(event)
        self._end()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._end()

    def _on_full(self) -> None:
        is_held = self.isDown()  # not where the pointer slid off
        self.setDown(False)
        self._empty()
        (self.held if is_held else self.let_go).emit()

    def _empty(self) -> None:
        self._filling.setCurrentTime(0)
        self.update()
