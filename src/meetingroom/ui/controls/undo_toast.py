"""The dark strip that lets one take back what one just did."""

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.ui.controls.buttons import Button
from meetingroom.ui.controls.cards import Panel
from meetingroom.ui.controls.labels import Label
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

STAYS_MS = 8000
_TICK_MS = 100
_MARGIN = 20


class UndoToast(Panel):
    """Says what was done, with "Undo"; lies over the bottom of `host` for 8 seconds.

    The time stands still while the pointer is on it or its button has the focus.
    `undo_requested` carries the key given to `tell`; `toast_changed` says shown or not.
    """

    undo_requested = Signal(str)
    toast_changed = Signal(bool)

    def __init__(self, host: QWidget) -> None:
        super().__init__("toast", host)
        self._host = host
        self._key = ""
        self._left_ms = 0
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(16)
        self.label = Label("", "body", "on_toast", wraps=True)
        self.button = Button(tr("Undo"), "toast", "undo-2")
        self.button.clicked.connect(self.undo)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._tick)
        host.installEventFilter(self)
        self.hide()

    def tell(self, sentence: str, key: str = "") -> None:
        """Show what was done; a newer message takes the place of an older one."""
        self._key, self._left_ms = key, STAYS_MS
        self.label.setText(sentence)
        self.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()
        self._clock.start()
        self.toast_changed.emit(True)

    def undo(self) -> None:
        """Ask for the undoing and leave."""
        if self.isHidden():
            return
        self.leave()
        self.undo_requested.emit(self._key)

    def leave(self) -> None:
        """Go away."""
        self._clock.stop()
        if not self.isHidden():
            self.hide()
            self.toast_changed.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the host."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line at the bottom shows the time left."""
        super().paintEvent(event)
        theme = current_theme()
        painter = QPainter(self)
        width = self.width() * self._left_ms / STAYS_MS
        painter.setClipRect(QRectF(1, 0, self.width() - 2, self.height()))
        painter.fillRect(QRectF(2, self.height() - 3, width - 4, 3), theme.colour("toast_action"))

    def _tick(self) -> None:
        if self.underMouse() or self.button.hasFocus():
            return
        self._left_ms -= _TICK_MS
        if self._left_ms <= 0:
            self.leave()
        self.update()

    def _place(self) -> None:
        host = self._host
        self.setMinimumHeight(current_theme().scaled(52))
        for widget in (self.label, self.button):
            widget.ensurePolished()
        words = self.label.fontMetrics().horizontalAdvance(self.label.text())
        wanted = words + self.button.sizeHint().width() + 56
        width = min(max(wanted, 384), host.width() - 2 * _MARGIN)
        height = max(self.minimumHeight(), self._row.totalHeightForWidth(width))
        self.setGeometry(
            (host.width() - width) // 2, host.height() - height - _MARGIN, width, height
        )
