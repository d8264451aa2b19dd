"""Who takes part: chair, members with a vote, guests without."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.directory import Directory
from meetingroom.services.drafting import Draft
from meetingroom.ui.controls import Field, SearchField
from meetingroom.wording import tr

KEY = Qt.ItemDataRole.UserRole
MEMBER, GUEST = 2, 3


class PeoplePicker(QWidget):
    """A row a person: tick member or guest."""

    edit_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.chair = QComboBox()
        self.chair.activated.connect(self._on_chair)
        column.addWidget(Field(tr("Chair", "person"), self.chair))
        self.search = SearchField(tr("Find a person"))
        self.search.search_requested.connect(self._filter)
        column.addWidget(self.search)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(tr("Participants"))
        headers = [
            tr("Name"),
            tr("Title", "of a person"),
            tr("Member (votes)"),
            tr("Guest (no vote)"),
        ]
        self.table.setHorizontalHeaderLabels(headers)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for place in (MEMBER, GUEST):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        self.table.itemChanged.connect(self._on_changed)
        column.addWidget(self.table, 1)

    def show_draft(self, draft: Draft, directory: Directory) -> None:
        """Who is chosen now."""
        people = directory.in_protocol_order()
        self.chair.blockSignals(True)
        self.table.blockSignals(True)
        self.chair.clear()
        self.chair.addItem(tr("Choose the chair…"), "")
        self.table.setRowCount(len(people))
        for row, person in enumerate(people):
            self.chair.addItem(f"{person.name}, {person.title}", person.person)
            for column, words in ((0, person.name), (1, person.title)):
                cell = QTableWidgetItem(words)
                cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(row, column, cell)
            for column, chosen in ((MEMBER, draft.members), (GUEST, draft.guests)):
                cell = QTableWidgetItem("")
                cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                is_in = person.person in chosen
                cell.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
                cell.setData(KEY, person.person)
                self.table.setItem(row, column, cell)
        self.chair.setCurrentIndex(max(0, self.chair.findData(draft.chair)))
        self.chair.blockSignals(False)
        self.table.blockSignals(False)

    def _filter(self, words: str) -> None:
        for row in range(self.table.rowCount()):
            cell = self.table.item(row, 0)
            name = cell.text() if cell else ""
            self.table.setRowHidden(row, words.lower() not in name.lower())

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
