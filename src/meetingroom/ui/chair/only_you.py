"""What the room must not see: faults, who is missing, who has not opened the paper."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.services.news import LinkNews
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Field, GradualRows, IconLabel, Label
from meetingroom.wording import tr


class OnlyYou(QScrollArea):
    """Shown on a laptop's console only."""

    unlock_requested = Signal(str)
    lock_requested = Signal(str)
    pin_chosen = Signal(str)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._meeting: Meeting | None = None
        self._directory: Directory | None = None
        self._paper: Paper | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(tr("Only you see"))
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        self._link = self._line("wifi")
        self._missing = self._line("user-x")
        self._unread = self._line("file-text")
        self._rooms = GradualRows(lambda value: self._room(*value), 6)
        self._column.addWidget(self._rooms)
        pin = QLineEdit()
        pin.setEchoMode(QLineEdit.EchoMode.Password)
        pin.setMaxLength(8)
        self.pin = Field(tr("Your PIN for the display"), pin, tr("4 to 8 digits"))
        self._column.addWidget(self.pin)
        keep = Button(tr("Set the PIN"), "outlined", "key-round", extent="small")
        keep.clicked.connect(lambda: self.pin_chosen.emit(pin.text()))
        self._column.addWidget(keep)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.on_link_changed(LinkNews(change=context.desk.link_state))

    def _line(self, icon: str) -> Label:
        row = QHBoxLayout()
        row.addWidget(IconLabel(icon, "ink_soft", 18))
        label = Label("", "body", wraps=True)
        row.addWidget(label, 1)
        self._column.addLayout(row)
        return label

    def on_link_changed(self, what: LinkNews) -> None:
        is_online = what.change.state == "online"
        self._link.setText(
            tr("This laptop is connected to the hub.")
            if is_online
            else tr("This laptop is not connected; the display goes on by itself.")
        )

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """Who is missing, and the rooms' displays."""
        self._meeting, self._directory = meeting, directory
        missing = [
            directory.name_of(person)
            for person in meeting.people
            if person not in meeting.presence or meeting.presence[person].left_at
        ]
        self._missing.setText(_people(tr("{0} not here: {1}"), missing) or tr("Everybody is here."))
        self._show_rooms(meeting, directory)
        self.show_paper(self._paper)

    def show_paper(self, paper: Paper | None) -> None:
        """Who has not opened the paper the room sees."""
        self._paper = paper
        if paper is None or self._meeting is None or self._directory is None:
            self._unread.setText("")
            return
        opened = {
            one.person
            for one in self._meeting.receipts.values()
            if one.paper == paper.paper and one.is_opened
        }
        names = [
            self._directory.name_of(person)
            for person in self._meeting.people
            if person not in opened
        ]
        number = self._meeting.number_of(paper.paper)
        words = tr("{0} have not opened paper {2}: {1}")
        self._unread.setText(_people(words.replace("{2}", number), names))

    def _show_rooms(self, meeting: Meeting, directory: Directory) -> None:
        self._rooms.show_rows(
            [
                (key, (key, room.name, key in meeting.unlocked))
                for key, room in directory.rooms.items()
            ]
        )

    def _room(self, key: str, name: str, is_open: bool) -> Button:
        words = tr("Lock the display") if is_open else tr("Unlock the display")
        icon = "lock" if is_open else "lock-open"
        button = Button(f"{words}: {name}", "outlined" if is_open else "accent", icon)
        signal = self.lock_requested if is_open else self.unlock_requested
        button.clicked.connect(lambda: signal.emit(key))
        return button


def _people(words: str, names: list[str]) -> str:
    """A count and the first names; "" for nobody."""
    if not names:
        return ""
    shown = ", ".join(names[:6]) + ("…" if len(names) > 6 else "")
    return words.format(len(names), shown)
