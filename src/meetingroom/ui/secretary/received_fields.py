"""A field of a proposal with the place in the letter it was read from."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from meetingroom.services.proposals import Told
from meetingroom.ui.controls import Button, ElidedLabel, Field, IconButton, IconLabel, Label
from meetingroom.ui.secretary.received_times import MomentField
from meetingroom.ui.secretary.received_words import source_words
from meetingroom.wording import tr

Editor = QLineEdit | MomentField


class FoundField(QWidget):
    """`look_requested` when somebody works here or presses "Look": show the place in the letter.

    `is_long`: what was read stands whole below the editor, which shows only one line of it.
    """

    look_requested = Signal(object)
    """What was read, with its place."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        is_needed: bool = False,
        is_long: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor, self._label, self._is_needed = editor, label, is_needed
        self.told: Told | None = None
        self.field = Field(label, editor)
        self.picture = IconLabel("file-text", "ink_soft", 16)
        self.source = (
            Label("", "caption", "ink_soft", wraps=True)
            if is_long
            else ElidedLabel("", "caption", "ink_soft")
        )
        self.look = Button(tr("Look"), "quiet", "eye", extent="small")
        self.look.clicked.connect(self._look)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.picture)
        row.addWidget(self.source, 1)
        row.addWidget(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.field)
        column.addLayout(row)
        self.look.hide()
        for part in _editors(editor):
            part.installEventFilter(self)

    def show_told(
        self,
        told: Told | None,
        names: Sequence[str],
        *,
        has_pages: bool,
        secrets: Sequence[str] = (),
    ) -> None:
        """Where this was read; `has_pages`: its page can be looked at."""
        self.told = told
        if told is None:
            words = tr("Not found in the letter. Please fill it in.")
            words = words if self._is_needed else tr("Not found in the letter.")
            self._say("circle-alert", "attention" if self._is_needed else "ink_soft", words)
        else:
            self._say("file-text", "ink_soft", source_words(told, names, secrets))
        has_place = told is not None and told.spot is not None and has_pages
        self.look.setVisible(has_place)
        self.look.setAccessibleName(tr("Look at it in the letter: {0}").format(self._label))

    def set_doubt(self, sentence: str) -> None:
        """Say below the editor what asks for a look; "" takes it back."""
        self.field.set_hint(sentence)
        self.field.below.set_ink("attention_ink" if sentence else "ink_soft")

    def show_by_hand(self) -> None:
        """There is no letter that could say anything."""
        self.told = None
        for widget in (self.picture, self.source, self.look):
            widget.hide()

    def set_error(self, sentence: str) -> None:
        """Say what is missing; "" takes it back."""
        self.field.set_error(sentence)
        if isinstance(self.editor, MomentField):
            self.editor.set_state("error" if sentence else "")
        if not sentence:
            self.editor.setAccessibleDescription(self.source.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever comes to the field sees its place."""
        if event.type() == QEvent.Type.FocusIn and self.told is not None:
            self.look_requested.emit((self.told, False))
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        if self.told is not None:
            self.look_requested.emit((self.told, True))

    def _say(self, icon: str, role: str, words: str) -> None:
        self.picture.set_icon(icon, role)
        self.source.set_ink(role)
        self.source.setText(words)
        self.editor.setAccessibleDescription(words)
        for widget in (self.picture, self.source):
            widget.show()


class PasscodeField(QWidget):
    """Dots until one asks to see it."""

    shown_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = IconButton("eye", tr("Show the passcode"), checkable=True)
        self.eye.toggled.connect(self._on_eye)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        self.setFocusProxy(self.line)

    @property
    def is_shown(self) -> bool:
        return self.eye.isChecked()

    def text(self) -> str:
        return self.line.text().strip()

    def setText(self, words: str) -> None:
        """Another passcode, hidden again."""
        self.eye.setChecked(False)
        self.line.setText(words)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, words: str) -> None:
        super().setAccessibleDescription(words)
        self.line.setAccessibleDescription(words)

    def _on_eye(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.eye.set_icon("eye-off" if is_shown else "eye")
        name = tr("Hide the passcode") if is_shown else tr("Show the passcode")
        self.eye.setAccessibleName(name)
        self.eye.setToolTip(name)
        self.shown_changed.emit(is_shown)


def _editors(editor: QWidget) -> tuple[QWidget, ...]:
    if isinstance(editor, MomentField):
        return editor.time, editor.date
    if isinstance(editor, PasscodeField):
        return (editor.line,)
    return (editor,)
