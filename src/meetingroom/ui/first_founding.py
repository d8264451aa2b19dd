"""Founding an office on this computer: its name, its people, and the recovery key, once."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.ids import new_id
from meetingroom.sentences import sentence, sentence_of
from meetingroom.services.founding import Charter
from meetingroom.services.people_file import with_a_secretary
from meetingroom.ui.bridge import Bridge
from meetingroom.ui.controls import Button, Card, Field, IconLabel, Label, ProgressBar, WrapRow
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

NAME, TITLE, UNIT, SECRETARY = range(4)
GROUPS_A_LINE = 7  # of the recovery key


class PeopleTable(QTableWidget):
    """People to type, one a row; the last row is always free. A file may fill it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._known: list[PersonSet] = []
        self.setAccessibleName(tr("People of the office"))
        self.setHorizontalHeaderLabels(
            [tr("Name"), tr("Title", "of a person"), tr("Unit"), tr("Secretary")]
        )
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (NAME, TITLE, UNIT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(SECRETARY, QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(current_theme().size("control.row_board"))
        self.setEditTriggers(QTableWidget.EditTrigger.AllEditTriggers)
        self.itemChanged.connect(self._keep_a_free_row)
        self.show_people([PersonSet(person=new_id("person"), name="", rights=("secretary",))])

    def show_people(self, people: list[PersonSet]) -> None:
        """Fill the table."""
        self.blockSignals(True)
        self._known = list(people)
        self.setRowCount(0)
        for person in people:
            self._add_row(person)
        self.blockSignals(False)
        self._keep_a_free_row()

    def people(self) -> list[PersonSet]:
        """Everybody with a name, in the order of the rows."""
        people: list[PersonSet] = []
        for row in range(self.rowCount()):
            name, title, unit = (self._words(row, column) for column in (NAME, TITLE, UNIT))
            if name:
                person = msgspec.structs.replace(
                    self._known[row], name=name, title=title, unit=unit, order=len(people)
                )
                people.append(self._with_rights(person, row))
        return people

    def _with_rights(self, person: PersonSet, row: int) -> PersonSet:
        cell = self.item(row, SECRETARY)
        others = tuple(right for right in person.rights if right != "secretary")
        is_secretary = cell is not None and cell.checkState() == Qt.CheckState.Checked
        rights = ("secretary", *others) if is_secretary else others
        return msgspec.structs.replace(person, rights=rights)

    def _words(self, row: int, column: int) -> str:
        cell = self.item(row, column)
        return " ".join(cell.text().split()) if cell is not None else ""

    def _add_row(self, person: PersonSet) -> None:
        row = self.rowCount()
        self.insertRow(row)
        for column, words in ((NAME, person.name), (TITLE, person.title), (UNIT, person.unit)):
            self.setItem(row, column, QTableWidgetItem(words))
        box = QTableWidgetItem("")
        box.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        is_secretary = "secretary" in person.rights
        box.setCheckState(Qt.CheckState.Checked if is_secretary else Qt.CheckState.Unchecked)
        self.setItem(row, SECRETARY, box)

    def _keep_a_free_row(self, _cell: object = None) -> None:
        if self.rowCount() == 0 or self._words(self.rowCount() - 1, NAME):
            self.blockSignals(True)
            self._known.append(PersonSet(person=new_id("person"), name=""))
            self._add_row(self._known[-1])
            self.blockSignals(False)


class FoundCard(Card):
    """Name, letterhead, room and people; `founded` carries the recovery key."""

    founded = Signal(str)
    left = Signal()

    def __init__(
        self,
        found: "Callable[[Charter], Future[str]]",
        read_people: "Callable[[Path], Future[list[PersonSet]]]",
        bridge: Bridge,
    ) -> None:
        super().__init__(tr("Found a new office"), tr("This computer becomes the hub."))
        self._found, self._read_people, self._bridge = found, read_people, bridge
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(self._office(), 4)
        row.addLayout(self._list(), 6)
        self.body.addLayout(row, 1)
        self.busy = ProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setAccessibleName(tr("Founding the office…"))
        self.busy.hide()
        self.body.addWidget(self.busy)
        self.sentence = Label("", "body", "attention", wraps=True)
        self.sentence.hide()
        self.body.addWidget(self.sentence)
        self.body.addLayout(self._buttons())

    def _office(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.name, self.letterhead, self.room = QLineEdit(), QLineEdit(), QLineEdit()
        self.name_field = Field(tr("Name of the office"), self.name)
        hint = tr("Lines parted by /")
        column.addWidget(self.name_field)
        column.addWidget(Field(tr("Letterhead"), self.letterhead, hint))
        column.addWidget(Field(tr("Meeting room"), self.room, tr("Where the large display hangs")))
        column.addStretch(1)
        return column

    def _list(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(Label(tr("People of the office"), "caption", "ink_soft", weight=500))
        self.count = Label("", "caption", "ink_soft")
        top.addWidget(self.count, 1)
        self.list = Button(tr("List of people (CSV)…"), "outlined", "upload", extent="small")
        self.list.clicked.connect(self.on_list)
        top.addWidget(self.list)
        column.addLayout(top)
        self.people = PeopleTable()
        self.people.setMinimumHeight(current_theme().scaled(200))
        column.addWidget(self.people, 1)
        words = tr("Type the names, or take them from a file; more can be added later. "
                   "This computer becomes the first secretary's.")  # fmt: skip
        column.addWidget(Label(words, "caption", "ink_soft", wraps=True))
        return column

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.back = Button(tr("Back"), "plain")
        self.go = Button(tr("Found the office"), "primary")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.go)
        self.back.clicked.connect(self.left)
        self.go.clicked.connect(self.on_go)
        return row

    def on_list(self) -> None:
        """Choose the CSV file."""
        name, _ = QFileDialog.getOpenFileName(self, tr("List of people"), "", "CSV (*.csv *.txt)")
        if name:
            self.take_list(Path(name))

    def take_list(self, file: Path) -> None:
        """Fill the table from a file."""
        self._bridge.when_done(self._read_people(file), self._on_people, self._failed)

    def _on_people(self, people: list[PersonSet]) -> None:
        self.people.show_people(people)
        self.count.setText(tr("{0} people").format(len(people)))
        self._say("")

    def on_go(self) -> None:
        """Found the office."""
        name = " ".join(self.name.text().split())
        self.name_field.set_error("" if name else tr("The office needs a name."))
        if not name:
            self.name.setFocus()
            return
        try:
            people = with_a_secretary(self.people.people())
        except MeetingError:
            self._say(tr("Type at least one name and tick who is the secretary."))
            return
        lines = tuple(part.strip() for part in self.letterhead.text().split("/") if part.strip())
        charter = Charter(
            name=name,
            letterhead=lines,
            room_name=" ".join(self.room.text().split()),
            people=tuple(people),
        )
        self._say("")
        self._wait(is_waiting=True)
        self._bridge.when_done(self._found(charter), self._founded, self._failed)

    def _wait(self, *, is_waiting: bool) -> None:
        self.busy.setVisible(is_waiting)
        for widget in (self.go, self.back, self.list):
            widget.setEnabled(not is_waiting)

    def _founded(self, recovery: str) -> None:
        self._wait(is_waiting=False)
        self.founded.emit(recovery)

    def _failed(self, error: MeetingError) -> None:
        self._wait(is_waiting=False)
        self._say(sentence_of(error))

    def _say(self, words: str) -> None:
        self.sentence.setText(words)
        self.sentence.setVisible(bool(words))


class RecoveryCard(Card):
    """The recovery key, shown once: to copy, save or print; `finished` when it is kept."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__(tr("The office is founded. Keep its recovery key now"), padding=28)
        self.set_chosen("true")
        self.office = self._recovery = ""
        row = QHBoxLayout()
        row.setSpacing(16)
        words = tr("It is shown only this once. Whoever has it can open every backup; without it "
                   "no backup can ever be opened.")  # fmt: skip
        row.addWidget(IconLabel("triangle-alert", "attention", 24), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, "body", "attention", wraps=True), 1)
        self.body.addLayout(row)
        self.key = Label("", "title", wraps=True, tabular=True)
        self.key.setAccessibleDescription(tr("Recovery key"))
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(self.key)
        self.body.addLayout(self._tools())
        place = tr("Keep it on paper in a locked drawer, not on this computer.")
        self.said = Label(place, "body", "ink_soft", wraps=True)
        self.body.addWidget(self.said)
        self.written = QCheckBox(tr("I have kept the recovery key"))
        self.body.addWidget(self.written)
        self.go = Button(tr("To the desk"), "primary", "chevron-right", icon_after=True)
        self.go.setEnabled(False)
        self.written.toggled.connect(self.go.setEnabled)
        self.go.clicked.connect(self.finished)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.go)
        self.body.addStretch(1)
        self.body.addLayout(last)

    def _tools(self) -> WrapRow:
        row = WrapRow()
        for words, icon, slot in (
            (tr("Print…"), "printer", self.on_print),
            (tr("Save to a file…"), "save", self.on_save),
            (tr("Copy"), "copy", self.on_copy),
        ):
            button = Button(words, "outlined", icon)
            button.clicked.connect(slot)
            row.addWidget(button)
        return row

    def show_key(self, office: str, recovery: str) -> None:
        """Show the key of an office."""
        self.office, self._recovery = office, recovery
        groups = recovery.split("-")
        lines = [groups[at : at + GROUPS_A_LINE] for at in range(0, len(groups), GROUPS_A_LINE)]
        self.key.setText("\n".join("-".join(line) for line in lines))

    def slip(self) -> str:
        """The words that are saved or printed."""
        told = tr("Whoever has this key can open every backup of the office.")
        return "\n\n".join((self.office, tr("Recovery key"), self._recovery, told))

    def on_copy(self) -> None:
        """To the clipboard."""
        QApplication.clipboard().setText(self._recovery)
        self.said.setText(tr("Copied. Paste it where it is safe, then copy something else."))

    def on_save(self) -> None:
        """To a file, on a stick best."""
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save the recovery key"), tr("recovery-key") + ".txt"
        )
        if name:
            self.save(Path(name))

    def save(self, file: Path) -> None:
        """Write the slip."""
        try:
            file.write_text(self.slip() + "\n", encoding="utf-8")
        except OSError as error:
            fields: dict[str, object] = {"file": file.name, "reason": error.strerror}
            self.said.setText(sentence("store.unwritable", fields))
            return
        self.said.setText(tr("Saved as {0}.").format(file))

    def on_print(self) -> None:
        """On paper."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - a second to load

        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            document = QTextDocument()
            document.setDefaultFont(current_theme().font("section"))
            document.setPlainText(self.slip())
            document.print_(printer)
            self.said.setText(tr("Printed."))
