"""Who takes part: chair, members with a vote, guests without."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.directory import Directory
from meetingroom.services.drafting import Draft
from meetingroom.ui.controls import Field, Label, SearchField, is_found
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

KEY = Qt.ItemDataRole.UserRole
NAME, TITLE, MEMBER, GUEST = range(4)


class PeoplePicker(QWidget):
    """A row a person: tick member or guest."""

    edit_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wish = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.chair = QComboBox()
        self.chair.activated.connect(self._on_chair)
        self.search = SearchField(tr("Find a person"))
        self.search.search_requested.connect(self._filter)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(Field(tr("Chair", "person"), self.chair), 3)
        top.addWidget(Field(tr("Find a person"), self.search), 2)
        column.addLayout(top)
        self.count = Label("", "section")
        column.addWidget(self.count)
        self.advice = Label("", "body", "attention", wraps=True)
        self.advice.hide()
        column.addWidget(self.advice)
        column.addWidget(self._table(), 1)

    def _table(self) -> QTableWidget:
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(tr("Participants"))
        headers = [
            tr("Name"),
            tr("Title and unit"),
            tr("Member (votes)"),
            tr("Guest (no vote)"),
        ]
        self.table.setHorizontalHeaderLabels(headers)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(current_theme().size("control.row_board"))
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for place in (MEMBER, GUEST):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        self.table.itemChanged.connect(self._on_changed)
        return self.table

    def show_draft(self, draft: Draft, directory: Directory) -> None:
        """Who is chosen now."""
        people = directory.in_protocol_order()
        self.chair.blockSignals(True)
        self.table.blockSignals(True)
        self.chair.clear()
        self.chair.addItem(tr("Choose the chair…"), "")
        self.table.setRowCount(len(people))
        for row, person in enumerate(people):
            second = ", ".join(part for part in (person.title, person.unit) if part)
            self.chair.addItem(
                f"{person.name}, {person.title}" if person.title else person.name, person.person
            )
            for column, words in ((NAME, person.name), (TITLE, second)):
                cell = QTableWidgetItem(words)
                cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(row, column, cell)
            for column, chosen, words in (
                (MEMBER, draft.members, tr("Member (votes)")),
                (GUEST, draft.guests, tr("Guest (no vote)")),
            ):
                cell = QTableWidgetItem("")
                cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                is_in = person.person in chosen
                cell.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
                cell.setData(KEY, person.person)
                cell.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}: {person.name}")
                self.table.setItem(row, column, cell)
        self.chair.setCurrentIndex(max(0, self.chair.findData(draft.chair)))
        self.chair.blockSignals(False)
        self.table.blockSignals(False)
        self._show_counts(draft, len(people))
        self._filter(self._wish)

    def _show_counts(self, draft: Draft, known: int) -> None:
        words = tr("{0} members, {1} guests")
        self.count.setText(words.format(len(draft.members), len(draft.guests)))
        if known < 2:
            self.advice.setText(tr("Only you are in the office yet. Add the others under "
                                   "“People and computers”."))  # fmt: skip
        elif draft.chair and draft.chair not in {*draft.members, *draft.guests}:
            self.advice.setText(tr("The chair is not ticked: as a member, the chair votes too."))
        else:
            self.advice.setText("")
        self.advice.setVisible(bool(self.advice.text()))

    def _filter(self, words: str) -> None:
        self._wish = words
        for row in range(self.table.rowCount()):
            cells = [self.table.item(row, column) for column in (NAME, TITLE)]
            places = [cell.text() for cell in cells if cell]
            self.table.setRowHidden(row, not is_found(words, *places))

    def _on_chair(self, _index: int) -> None:
        chair = self.chair.currentData()
        self.edit_requested.emit(lambda draft: msgspec.structs.replace(draft, chair=chair))

    def _on_changed(self, cell: QTableWidgetItem) -> None:
        person = cell.data(KEY)
        if not person:
            return
        is_in, is_member = cell.checkState() == Qt.CheckState.Checked, cell.column() == MEMBER

        def edit(draft: Draft) -> Draft:
            members = [one for one in draft.members if one != person]
            guests = [one for one in draft.guests if one != person]
            if is_in:
                (members if is_member else guests).append(person)
            return msgspec.structs.replace(draft, members=tuple(members), guests=tuple(guests))

        self.edit_requested.emit(edit)
