"""The model behind the list of marks; words are made when a row is looked at."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from meetingroom.ui.controls.labels import plain_tip
from meetingroom.ui.reader.marks_panel.row_words import RowWords, row_words
from meetingroom.ui.reader.marks_panel.rows import Marks, Row

Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """Rows as values, and what they say."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.marks: Marks | None = None
        self._at: dict[str, int] = {}
        self._words: dict[str, RowWords] = {}

    def show(self, rows: list[Row], marks: Marks) -> bool:
        """Take other rows in; whether anything is different."""
        before = self.marks
        has_names = before is None or (before.names, before.me) != (marks.names, marks.me)
        if rows == self.rows and not has_names:
            self.marks = marks
            return False
        self.beginResetModel()
        self.rows, self.marks = rows, marks
        self._at = {row.key: place for place, row in enumerate(rows)}
        self._words = {}
        self.endResetModel()
        return True

    def row_of(self, key: str) -> int:
        """The place of a row; -1 if it is not listed."""
        return self._at.get(key, -1)

    def words(self, row: Row) -> RowWords:
        """What a row says."""
        known = self._words.get(row.key)
        if known is None:
            assert self.marks is not None  # noqa: S101
            known = self._words[row.key] = row_words(row, self.marks)
        return known

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for a screen reader and a tool tip; the painter takes the rest itself."""
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title} {row.count}" if row.kind == "group" else self.words(row).spoken()
        if role == Qt.ItemDataRole.ToolTipRole and row.kind != "group":
            return plain_tip(self.words(row).spoken())
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads of groups only part the rows."""
        both = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags if self.rows[index.row()].kind == "group" else both
