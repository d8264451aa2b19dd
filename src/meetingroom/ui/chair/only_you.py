"""What the room must not see: faults, who is missing, who has not opened the paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.sentences import sentence
from meetingroom.services.news import LinkNews
from meetingroom.ui.chair.cue_pad import CuePad
from meetingroom.ui.chair.display_faults import DisplayFaults
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Field, GradualRows, IconLabel, Label, ScrolledColumn
from meetingroom.ui.online.only_you_line import OnlyYouLine
from meetingroom.wording import tr

FEW = 4


class OnlyYou(ScrolledColumn):
    """Shown on a laptop's console only."""

    unlock_requested = Signal(str)
    lock_requested = Signal(str)
    pin_chosen = Signal(str)

    def __init__(self, context: DeskContext, cues: CuePad, parent: QWidget | None = None) -> None:
        super().__init__(tr("Only you see"), 10, parent=parent)
        self._context = context
        self._meeting: Meeting | None = None
        self._directory: Directory | None = None
        self._paper: Paper | None = None
        self.column.addWidget(cues)
        self.faults = DisplayFaults()
        self.column.addWidget(self.faults)
        self._rooms = GradualRows(lambda value: self._room(*value), 6)
        self.column.addWidget(self._rooms)
        self._link = self._line("wifi")
        self.online = OnlyYouLine(context)
        self.column.addWidget(self.online)
        self._missing = Names("user-x")
        self._unread = Names("file-text")
        self.column.addWidget(self._missing)
        self.column.addWidget(self._unread)
        self._digits = QLineEdit()
        self._digits.setEchoMode(QLineEdit.EchoMode.Password)
        self._digits.setMaxLength(8)
        self._digits.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._digits.returnPressed.connect(self._on_pin)
        hint = tr("4 to 8 digits; with it you unlock the display in the room itself")
        self.pin = Field(tr("Your PIN for the display"), self._digits, hint)
        self.column.addWidget(self.pin)
        keep = Button(tr("Set the PIN"), "outlined", "key-round", extent="small")
        keep.clicked.connect(self._on_pin)
        self.column.addWidget(keep)
        self.column.addStretch(1)
        self.on_link_changed(LinkNews(change=context.desk.link_state))

    def _on_pin(self) -> None:
        pin = self._digits.text()
        is_good = pin.isdecimal() and 4 <= len(pin) <= 8
        self.pin.set_error("" if is_good else sentence("pin.malformed"))
        if is_good:
            self.pin_chosen.emit(pin)

    def clear_pin(self) -> None:
        """It is set; nobody needs to see how long it is."""
        self._digits.clear()

    def _line(self, icon: str) -> Label:
        row = QHBoxLayout()
        row.addWidget(IconLabel(icon, "ink_soft", 18))
        label = Label("", "body", wraps=True)
        row.addWidget(label, 1)
        self.column.addLayout(row)
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
            person.name
            for person in directory.in_protocol_order()
            if person.person in meeting.people and not _is_here(meeting, person.person)
        ]
        self._missing.show_names(tr("{0} not here"), missing, tr("Everybody is here."))
        self.faults.show_meeting(meeting, directory)
        self.online.show_meeting(meeting)
        self._show_rooms(meeting, directory)
        self.show_paper(self._paper)

    def show_paper(self, paper: Paper | None) -> None:
        """Who has not opened the paper the room sees."""
        self._paper = paper
        if paper is None or self._meeting is None or self._directory is None:
            self._unread.hide()
            return
        opened = {
            one.person
            for one in self._meeting.receipts.values()
            if one.paper == paper.paper and one.is_opened
        }
        names = [
            person.name
            for person in self._directory.in_protocol_order()
            if person.person in self._meeting.people and person.person not in opened
        ]
        number = self._meeting.number_of(paper.paper)
        self._unread.show()
        self._unread.show_names(
            tr("{0} have not opened paper {2}").replace("{2}", number),
            names,
            tr("Everybody has opened paper {0}.").format(number),
        )

    def _show_rooms(self, meeting: Meeting, directory: Directory) -> None:
        self._rooms.show_rows(
            [
                (key, (key, room.name, key in meeting.unlocked))
                for key, room in directory.rooms.items()
            ]
        )

    def _room(self, key: str, name: str, is_open: bool) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        words = tr("Lock the display") if is_open else tr("Unlock the display")
        icon = "lock" if is_open else "lock-open"
        button = Button(words, "outlined" if is_open else "accent", icon, extent="small")
        button.setAccessibleName(f"{words}: {name}")
        signal = self.lock_requested if is_open else self.unlock_requested
        button.clicked.connect(lambda: signal.emit(key))
        state = tr("{0}: open, it can be steered there") if is_open else tr("{0}: locked")
        column.addWidget(Label(state.format(name), "body", wraps=True))
        column.addWidget(button)
        return row


def _is_here(meeting: Meeting, person: str) -> bool:
    presence = meeting.presence.get(person)
    return presence is not None and not presence.left_at


class Names(QWidget):
    """How many people, the first names, and all of them on request."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._names: list[str] = []
        self._is_whole = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(IconLabel(icon, "ink_soft", 18), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = Label("", "strong", wraps=True)
        self.second = Label("", "small", "ink_soft", wraps=True)
        words.addWidget(self.title)
        words.addWidget(self.second)
        row.addLayout(words, 1)
        self.more = Button(tr("See all"), "quiet", extent="small")
        self.more.clicked.connect(self._on_more)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)

    def show_names(self, words: str, names: list[str], nobody: str) -> None:
        """`words` has a place for the count; `nobody` is said where there are none."""
        self._names = names
        self.title.setText(words.format(len(names)) if names else nobody)
        self.more.setAccessibleName(f"{tr('See all')}: {self.title.text()}")
        self._list()

    def _on_more(self) -> None:
        self._is_whole = not self._is_whole
        self._list()

    def _list(self) -> None:
        some = self._names if self._is_whole else self._names[:FEW]
        rest = len(self._names) - len(some)
        names = ", ".join(some)
        self.second.setText(tr("{0} and {1} more").format(names, rest) if rest else names)
        self.second.setVisible(bool(names))
        self.more.setVisible(len(self._names) > FEW)
        self.more.setText(tr("Fewer") if self._is_whole else tr("See all"))
