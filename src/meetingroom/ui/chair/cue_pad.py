"""The chair's own notes for each item: written on one list, seen beside the room's picture."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from meetingroom.domain.meeting import Meeting
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import ElidedLabel, IconButton, Label, Panel
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

PAD_HIGH, GLANCE_HIGH, GLANCE_LEAST = 110, 200, 56
GLANCE_LETTERS = 220


class CuePad(QWidget):
    """Writes the note of one item at a time; follows the running one unless one looks elsewhere."""

    changed = Signal()

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context = context
        self._meeting: Meeting | None = None
        self._running = ""
        self._item = ""
        self.notes: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(4)
        self.title = ElidedLabel("", "strong")
        self.back = IconButton("chevron-left", tr("Note of the item before"), extent="small")
        self.on = IconButton("chevron-right", tr("Note of the next item"), extent="small")
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        head.addWidget(self.on)
        column.addLayout(head)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setPlaceholderText(
            tr("Nobody else sees this, and it leaves this computer never.")
        )
        self.words.setAccessibleName(tr("My note"))
        self.words.setFixedHeight(current_theme().scaled(PAD_HIGH))
        self.words.textChanged.connect(self.on_typed)
        column.addWidget(self.words)

    def show_meeting(self, meeting: Meeting) -> None:
        """Follow the running item; read the notes where it is another meeting."""
        is_new = self._meeting is None or self._meeting.id != meeting.id
        self._meeting = meeting
        if is_new:
            self._running, self._item, self.notes = meeting.current_item, meeting.current_item, {}
            self._read(meeting.id)
        elif meeting.current_item != self._running:
            self._running = self._item = meeting.current_item
        self._show()
        self.changed.emit()

    def _read(self, meeting: str) -> None:
        if self._context.cues is not None:
            future = self._context.cues.read(meeting)
            self._context.bridge.when_done(future, lambda found: self._take(meeting, found))

    def _take(self, meeting: str, found: dict[str, str]) -> None:
        if isValid(self) and self._meeting is not None and self._meeting.id == meeting:
            self.notes = {**found, **self.notes}
            self._show()
            self.changed.emit()

    def running_note(self) -> str:
        """The note of the item that runs."""
        return self.notes.get(self._running, "")

    def step(self, way: int) -> None:
        """To the note of another item; before the first is the meeting's own."""
        items = self._items()
        at = items.index(self._item) if self._item in items else 0
        self._item = items[max(0, min(len(items) - 1, at + way))]
        self._show()

    def on_typed(self) -> None:
        """Keep what was typed, at once."""
        meeting, words = self._meeting, self.words.toPlainText()
        if meeting is None or words == self.notes.get(self._item, ""):
            return
        self.notes[self._item] = words
        if self._context.cues is not None:
            self._context.bridge.when_done(self._context.cues.keep(meeting.id, self._item, words))
        self.changed.emit()

    def _items(self) -> list[str]:
        agenda = self._meeting.issued.agenda if self._meeting and self._meeting.issued else ()
        return ["", *(row.item for row in agenda)]

    def _show(self) -> None:
        items = self._items()
        at = items.index(self._item) if self._item in items else 0
        agenda = self._meeting.issued.agenda if self._meeting and self._meeting.issued else ()
        self.title.setText(
            tr("My note for item {0}: {1}").format(at, agenda[at - 1].title)
            if at
            else tr("My note for the whole meeting")
        )
        self.back.setEnabled(at > 0)
        self.on.setEnabled(at < len(items) - 1)
        words = self.notes.get(self._item, "")
        if self.words.toPlainText() != words:
            self.words.setPlainText(words)


class CueGlance(Panel):
    """The running item's note beside the room's picture; a press leads to where it is written."""

    pressed = Signal()

    def __init__(self, pad: CuePad) -> None:
        super().__init__("field")
        self._pad = pad
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(2)
        column.addWidget(Label(tr("My note · only you see it"), "caption", "ink_soft", wraps=True))
        self.words = Label("", "small", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        column.addWidget(self.words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(current_theme().scaled(GLANCE_HIGH))
        self.setMinimumHeight(current_theme().scaled(GLANCE_LEAST))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        pad.changed.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Show the note of the running item, cut where it is long."""
        words = " ".join(self._pad.running_note().split())
        is_long = len(words) > GLANCE_LETTERS
        self.words.setText(words[:GLANCE_LETTERS] + "…" if is_long else words)
        if self.parentWidget() is not None:
            self.setVisible(bool(words))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go and write."""
        self.pressed.emit()
        event.accept()
