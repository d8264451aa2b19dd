"""Who has which paper: people by papers, scrolling sideways with the names fixed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Card,
    FoldingRow,
    IconLabel,
    Label,
    ProgressBar,
    Segmented,
    TabRow,
    WrapRow,
)
from meetingroom.ui.online.checklist_page import ChecklistPage
from meetingroom.ui.purging.page import PurgingPage
from meetingroom.ui.rehearsing.page import RehearsalPage
from meetingroom.ui.secretary.board import Board, CellPainter, TwoLineHeader, furthest
from meetingroom.ui.stage.roll_words import quorum_words
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

NARROWEST, WIDEST = 96, 180


class Figure(QWidget):
    """How many of how many, in large digits over a bar."""

    def __init__(self, words: str, role: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.number = Label("", "title", tabular=True)
        self.words = Label(words, "body", "ink_soft", wraps=True)
        self.bar = ProgressBar(role)
        self.bar.setAccessibleName(words)
        row.addWidget(self.number)
        row.addWidget(self.words, 1)
        column.addLayout(row)
        column.addWidget(self.bar)

    def show_count(self, count: int, total: int) -> None:
        """So many of so many."""
        self.number.setText(f"{count}/{total}")
        self.bar.set_share(count, total)
        self.bar.setAccessibleDescription(f"{count}/{total}")


class BoardView(QTableView):
    """Columns take the room there is; with many papers they scroll sideways."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        self.share_width()

    def share_width(self) -> None:
        """As wide as fits, within limits."""
        columns = self.model().columnCount() if self.model() else 0
        scaled = current_theme().scaled
        if columns:
            fitting = self.viewport().width() // columns
            wide = min(max(fitting, scaled(NARROWEST)), scaled(WIDEST))
            self.horizontalHeader().setDefaultSectionSize(wide)


MORE_TABS: tuple[tuple[str, Callable[[], str], Callable[[DeskContext], QWidget]], ...] = (
    ("rehearsal", lambda: tr("Check the room"), RehearsalPage),
    ("online", lambda: tr("Online meetings"), ChecklistPage),
    ("purging", lambda: tr("Withdraw a paper"), PurgingPage),
)
"""What else is seen to once a meeting is issued: made when it is first looked at."""


class FollowUp(QWidget):
    """The board with its counts, and beside it what else an issued meeting needs."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._seen: tuple[Meeting, Directory] | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        tabs = (("board", tr("Who has which paper")), *((key, w()) for key, w, _ in MORE_TABS))
        self.tabs = TabRow(tabs, tr("Follow up"))
        self.tabs.tab_changed.connect(self._on_tab)
        outer.addWidget(self.tabs)
        self.stack = QStackedWidget()
        outer.addWidget(self.stack, 1)
        self._made: dict[str, Any] = {}
        self.stack.addWidget(self._board_page())

    def _board_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._figures())
        column.addWidget(self._head())
        self.board = Board()
        column.addWidget(self._table(), 1)
        column.addLayout(self._legend())
        return page

    def _on_tab(self, key: str) -> None:
        """Show what was chosen, made now if need be."""
        if key == "board":
            self.stack.setCurrentIndex(0)
            self._show_board()
            return
        self.stack.setCurrentWidget(self.more(key))
        if self._seen is not None:
            self.more(key).show_meeting(*self._seen)

    def more(self, key: str) -> Any:
        """One of the further pages."""
        if key not in self._made:
            self._made[key] = next(make for name, _, make in MORE_TABS if name == key)(
                self._context
            )
            self.stack.addWidget(self._made[key])
        return self._made[key]

    def _figures(self) -> Card:
        card = Card(padding=0)
        row = QHBoxLayout()
        self.whole = Figure(tr("have all their papers"), "ink_soft")
        self.opened = Figure(tr("have opened one"), "accent")
        self.read = Figure(tr("have read all to the end"), "good")
        for figure in (self.whole, self.opened, self.read):
            row.addWidget(figure, 1)
        card.body.addLayout(row)
        return card

    def _head(self) -> QWidget:
        self.summary = Label("", "body", "ink_soft", wraps=True)
        self.summary.setMinimumWidth(200)
        self.who = Segmented(
            (
                ("all", "users", tr("All")),
                ("waits", "circle-dashed", tr("Not all papers yet")),
                ("unopened", "eye", tr("Opened nothing")),
            ),
            tr("Whom to list"),
        )
        self.who.choice_changed.connect(lambda _key: self._show_board())
        return FoldingRow(self.summary, self.who)

    def _table(self) -> QTableView:
        theme = current_theme()
        self.table = BoardView()
        self.table.setAccessibleName(tr("Who has which paper"))
        self.table.setModel(self.board)
        self.table.setShowGrid(False)
        self.table.setItemDelegate(CellPainter(self.table))
        names = TwoLineHeader(Qt.Orientation.Vertical, self.table)
        papers = TwoLineHeader(Qt.Orientation.Horizontal, self.table)
        self.table.setVerticalHeader(names)
        self.table.setHorizontalHeader(papers)
        high = theme.type_of("small")[1] + theme.type_of("caption")[1] + 8
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setDefaultSectionSize(high)
        papers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        return self.table

    def _legend(self) -> WrapRow:
        row = WrapRow()
        row.setSpacing(20)
        for icon, ink, words in (
            ("circle-dashed", "ink_soft", tr("not reached")),
            ("laptop", "ink_soft", tr("on the laptop")),
            ("eye", "accent", tr("opened")),
            ("check-check", "good", tr("read")),
            ("minus", "ink_soft", tr("not for this person")),
        ):
            one = QWidget()
            inner = QHBoxLayout(one)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(6)
            inner.addWidget(IconLabel(icon, ink, 16))
            inner.addWidget(Label(words, "caption", "ink_soft"))
            row.addWidget(one)
        return row

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """Show the receipts as they are now."""
        self._seen = (meeting, directory)
        self.tabs.set_count("purging", len(meeting.purges))
        if self.tabs.current_key() != "board":
            self.more(self.tabs.current_key()).show_meeting(meeting, directory)
        total = len(meeting.people)
        whole = sum(self._has_all(meeting, person) for person in meeting.people)
        self.whole.show_count(whole, total)
        self.opened.show_count(sum(_opened(meeting, one) for one in meeting.people), total)
        self.read.show_count(sum(_read_all(meeting, one) for one in meeting.people), total)
        self.summary.setText(
            tr("{0} of {1} people have all their papers, every byte verified").format(whole, total)
            + f" · {quorum_words(meeting, directory)}{_asked_words(meeting)}"
        )
        self._show_board()

    def _show_board(self) -> None:
        if self._seen is None:
            return
        meeting, directory = self._seen
        only: set[str] | None = None
        if self.who.current_key() == "waits":
            only = {one for one in meeting.people if not self._has_all(meeting, one)}
        elif self.who.current_key() == "unopened":
            only = {one for one in meeting.people if not _opened(meeting, one)}
        self.board.show(meeting, directory, only)
        self.table.share_width()

    def _has_all(self, meeting: Meeting, person: str) -> bool:
        papers = [p for p in meeting.papers.values() if not p.is_restricted or person in p.audience]
        held = {
            state.blob
            for state in meeting.receipts.values()
            if state.person == person and state.is_verified
        }
        return bool(papers) and all(paper.current.blob in held for paper in papers)


def _asked_words(meeting: Meeting) -> str:
    """How many answers in writing are there, of those asked for and not yet closed."""
    rows = [row for row in meeting.opinions.consultations.values() if row.is_open]
    if not rows:
        return ""
    asked = sum(len(row.opened.people) for row in rows)
    answered = asked - sum(len(row.waits_for) for row in rows)
    return " · " + tr("answers in writing: {0} of {1}").format(answered, asked)


def _opened(meeting: Meeting, person: str) -> bool:
    return any(one.person == person and one.is_opened for one in meeting.receipts.values())


def _read_all(meeting: Meeting, person: str) -> bool:
    states = furthest(meeting)
    papers = [p for p in meeting.papers.values() if not p.is_restricted or person in p.audience]
    read = [states.get((person, paper.paper)) for paper in papers]
    return bool(papers) and all(
        state is not None and state.last_page >= paper.current.pages
        for state, paper in zip(read, papers, strict=True)
    )
