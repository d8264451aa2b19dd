"""Who has which paper: people by papers, scrolling sideways with the names fixed."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting, Paper, ReceiptState
from meetingroom.ui.controls import Label
from meetingroom.ui.icons import icon
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

Index = QModelIndex | QPersistentModelIndex


class Board(QAbstractTableModel):
    """A row a person, a column a paper: not reached, on the laptop, opened, read to page n."""

    def __init__(self) -> None:
        super().__init__()
        self._people: list[tuple[str, str]] = []
        self._papers: list[tuple[str, Paper]] = []
        self._states: dict[tuple[str, str], ReceiptState] = {}
        self._may: dict[str, set[str]] = {}

    def show(self, meeting: Meeting, directory: Directory) -> None:
        """Take a meeting's receipts in: the furthest of a person's devices counts."""
        self.beginResetModel()
        people = [p for p in directory.in_protocol_order() if p.person in meeting.people]
        self._people = [(p.person, p.name) for p in people]
        self._papers = [(meeting.number_of(p.paper), p) for p in meeting.in_reading_order()]
        self._states = {}
        for state in meeting.receipts.values():
            key = (state.person, state.paper)
            paper = meeting.papers.get(state.paper)
            if paper is None or paper.current.blob != state.blob:
                continue
            known = self._states.get(key)
            if known is None or _rank(state) > _rank(known):
                self._states[key] = state
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._people)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._papers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of people; numbers of papers with their titles as tool tips."""
        if orientation == Qt.Orientation.Vertical:
            return self._people[section][1] if role == Qt.ItemDataRole.DisplayRole else None
        number, paper = self._papers[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return number
        return paper.title if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """An icon and words a cell: never colour alone."""
        person, _ = self._people[index.row()]
        paper = self._papers[index.column()][1]
        if paper.is_restricted and person not in paper.audience:
            return "–" if role == Qt.ItemDataRole.DisplayRole else None
        name, words, ink, ground = _look(self._states.get((person, paper.paper)), paper)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(name, ink, 18)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.BackgroundRole and ground:
            return current_theme().colour(ground)
        return None


def _rank(state: ReceiptState) -> tuple[bool, bool, int]:
    return (state.is_verified, state.is_opened, state.last_page)


def _look(state: ReceiptState | None, paper: Paper) -> tuple[str, str, str, str]:
    if state is None or not state.is_verified:
        return "circle-dashed", tr("not reached"), "ink_soft", ""
    if state.last_page >= paper.current.pages:
        return "check-check", tr("read"), "good", "good_soft"
    if state.last_page:
        return "eye", tr("to p. {0}").format(state.last_page), "accent", "accent_soft"
    if state.is_opened:
        return "eye", tr("opened"), "accent", "accent_soft"
    return "laptop", tr("on the laptop"), "ink_soft", ""


class FollowUp(QWidget):
    """The board with its counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.summary = Label("", "section", wraps=True)
        column.addWidget(self.summary)
        self.board = Board()
        self.table = QTableView()
        self.table.setAccessibleName(tr("Who has which paper"))
        self.table.setModel(self.board)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setDefaultSectionSize(current_theme().scaled(128))
        column.addWidget(self.table, 1)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """Show the receipts as they are now."""
        self.board.show(meeting, directory)
        whole = sum(self._has_all(meeting, person) for person in meeting.people)
        self.summary.setText(
            tr("{0} of {1} people have all their papers, every byte verified").format(
                whole, len(meeting.people)
            )
        )

    def _has_all(self, meeting: Meeting, person: str) -> bool:
        papers = [p for p in meeting.papers.values() if not p.is_restricted or person in p.audience]
        held = {
            state.blob
            for state in meeting.receipts.values()
            if state.person == person and state.is_verified
        }
        return bool(papers) and all(paper.current.blob in held for paper in papers)
