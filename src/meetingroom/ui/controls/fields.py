"""Places to type."""

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from meetingroom.ui.controls.buttons import IconButton
from meetingroom.ui.controls.labels import Label, repolish
from meetingroom.ui.controls.spin_fields import NumberField
from meetingroom.ui.icons import STROKE, paint_icon
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

_SEARCH_PAUSE_MS = 200


class Field(QWidget):
    """A label above an editor, and a hint or an error below it."""

    def __init__(
        self, label: str, editor: QWidget, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.label = Label(label, "caption", "ink_soft", weight=500)
        self.label.setBuddy(editor)
        editor.setAccessibleName(label)
        column.addWidget(self.label)
        column.addWidget(editor)
        self.below = Label("", "caption", "ink_soft", wraps=True)
        column.addWidget(self.below)
        self.set_error("")

    def set_error(self, sentence: str) -> None:
        """Say below the editor what is wrong; "" brings the hint back."""
        words = sentence or self._hint
        self.below.setText(words)
        self.below.setVisible(bool(words))
        self.below.set_ink("live" if sentence else "ink_soft")
        self.editor.setAccessibleDescription(words)
        self.editor.setProperty("state", "error" if sentence else "")
        repolish(self.editor)

    def set_hint(self, hint: str) -> None:
        """Change the hint."""
        self._hint = hint
        self.set_error("")


class SearchField(QLineEdit):
    """A field with a magnifying glass; `search_requested` comes after a short pause."""

    search_requested = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.setProperty("search", "true")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self._request)
        self.textEdited.connect(self._wait)
        self.returnPressed.connect(self._request)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and the glass at its left."""
        super().paintEvent(event)
        theme = current_theme()
        side = theme.scaled(18)
        box = QRectF(11, (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), "search", theme.colour("ink_soft"), box, STROKE)

    def _wait(self) -> None:
        self._pause.start()

    def _request(self) -> None:
        self._pause.stop()
        self.search_requested.emit(self.text().strip())


class MinutesStepper(QFrame):
    """Minutes with − and +; arrow keys, page keys and typing work in the middle."""

    minutes_changed = Signal(int)

    def __init__(
        self,
        minutes: int = 10,
        accessible_name: str = "",
        *,
        most: int = 480,
        step: int = 5,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("frame", "field")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        self.box = NumberField(0, most, bare=True)
        self.box.setSingleStep(step)
        self.box.setSuffix(tr(" min"))
        self.box.setValue(minutes)
        self.box.setFont(current_theme().font("strong", tabular=True))
        name = accessible_name or tr("Minutes")
        self.box.setAccessibleName(name)
        less = IconButton("minus", tr("Less time"), size=16, extent="small")
        more = IconButton("plus", tr("More time"), size=16, extent="small")
        less.clicked.connect(self.box.stepDown)
        more.clicked.connect(self.box.stepUp)
        for widget in (less, self.box, more):
            row.addWidget(widget, 1 if widget is self.box else 0)
        self.setFocusProxy(self.box)
        self.box.valueChanged.connect(self._tell)

    def minutes(self) -> int:
        """The minutes now."""
        return self.box.value()

    def set_minutes(self, minutes: int) -> None:
        """Show other minutes without telling anybody."""
        self.box.blockSignals(True)
        self.box.setValue(minutes)
        self.box.blockSignals(False)

    def _tell(self, minutes: int) -> None:
        self.minutes_changed.emit(minutes)
