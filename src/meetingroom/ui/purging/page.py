"""Papers that may be withdrawn, the question, and the boards of what was withdrawn."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from meetingroom.domain.directory import Directory
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.purge_board import board_of, holders
from meetingroom.domain.purging import Seen
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Card, ElidedLabel, GradualRows, Label, ScrolledColumn
from meetingroom.ui.purging.form import PurgeForm
from meetingroom.ui.purging.receipt_board import ReceiptBoard
from meetingroom.wording import tr

LOOK_MS = 3000


class PurgingPage(ScrolledColumn):
    """For a meeting's chair and secretaries."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(spacing=12, parent=parent, scrolls_sideways=True)
        self._context = context
        self._meeting: Meeting | None = None
        self._directory: Directory | None = None
        self._chosen = ""
        self._seen: dict[str, Seen] = {}
        self.said = Label("", "body", "attention", wraps=True)
        self.said.hide()
        self.form = PurgeForm()
        self.form.hide()
        self.form.confirmed.connect(self.on_confirmed)
        self.form.left.connect(self.on_kept)
        self._boards = QVBoxLayout()
        self._boards.setSpacing(12)
        self.boards: dict[str, ReceiptBoard] = {}
        self.column.addWidget(self.said)
        self.column.addWidget(self.form)
        self.column.addLayout(self._boards)
        self.column.addWidget(self._choice())
        self.column.addStretch(1)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._ask)
        context.bridge.link_changed.connect(lambda _what: self._ask())

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back sees who is on line by now."""
        super().showEvent(event)
        self._ask()

    def _choice(self) -> Card:
        self.choice = Card(tr("Withdraw a paper"))
        self.choice.body.setSpacing(8)
        self.choice.body.addWidget(
            Label(
                tr("For a paper found to be secret, or one that must come back. "
                   "A newer version needs no withdrawing: issue it."),
                "small", "ink_soft", wraps=True,
            )
        )  # fmt: skip
        self.papers = GradualRows(lambda value: self._paper(*value), 4)
        self.choice.body.addWidget(self.papers)
        return self.choice

    def _paper(self, key: str, title: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(ElidedLabel(title, "body"), 1)
        button = Button(tr("Withdraw…"), "outlined", extent="small")
        button.setAccessibleName(f"{tr('Withdraw…')}: {title}")
        button.clicked.connect(lambda: self.choose(key))
        row.addWidget(button)
        return line

    # --- showing --------------------------------------------------------------------------

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """The papers and the boards as they stand."""
        if self._meeting is None or self._meeting.id != meeting.id:
            self._chosen, self._seen = "", {}
        self._meeting, self._directory = meeting, directory
        self.papers.show_rows(
            [
                (p.paper, (p.paper, f"{meeting.number_of(p.paper)} {p.title}".strip()))
                for p in meeting.in_reading_order()
            ]
        )
        self.choice.setVisible(bool(meeting.papers) and not self._chosen)
        self._show_form()
        self._show_boards()
        self._ask()

    def choose(self, paper: str) -> None:
        """Ask about a paper."""
        self._chosen = paper
        self.said.hide()
        self.choice.hide()
        self._show_form()
        self.verticalScrollBar().setValue(0)
        self.form.keep.setFocus()

    def _show_form(self) -> None:
        meeting, directory = self._meeting, self._directory
        paper = meeting.papers.get(self._chosen) if meeting else None
        if meeting is None or directory is None or paper is None:
            self._chosen = ""
            self.form.hide()
            self.choice.setVisible(bool(meeting and meeting.papers))
            return
        self.form.show_paper(meeting, paper, self._where(meeting, directory))
        self.form.show()

    def _where(self, meeting: Meeting, directory: Directory) -> str:
        computers = holders(meeting, directory)
        words = tr("{0} computers may hold it").format(len(computers))
        if self._context.desk.link_state.state != "online":
            return f"{words}. " + tr("The hub is away: the order goes out when it is back.")
        away = [c for c in computers if c.device in self._seen]
        away = [c for c in away if not self._seen[c.device].is_online]
        if not away:
            return words
        return f"{words}, " + tr("{0} of them are away now and delete it later").format(len(away))

    def _show_boards(self) -> None:
        meeting, directory = self._meeting, self._directory
        if meeting is None or directory is None:
            return
        for gone in self.boards.keys() - meeting.purges.keys():
            self.boards.pop(gone).deleteLater()
        for name, purge in meeting.purges.items():
            if name not in self.boards:
                self.boards[name] = ReceiptBoard()
                self._boards.insertWidget(0, self.boards[name])
            rows = board_of(meeting, purge, directory, self._seen)
            self.boards[name].show_purge(meeting, purge, directory, rows)
        is_waiting = self._chosen or any(
            not row.is_done
            for purge in meeting.purges.values()
            for row in board_of(meeting, purge, directory, self._seen)
        )
        self._look.start() if is_waiting else self._look.stop()

    def _ask(self) -> None:
        """Who is on line, while somebody looks and it matters."""
        purging, meeting = self._context.purging, self._meeting
        if purging is None or meeting is None or not self.isVisible():
            return
        if not meeting.purges and not self._chosen:
            return

        def told(seen: dict[str, Seen]) -> None:
            if isValid(self) and self._meeting is not None and self._meeting.id == meeting.id:
                self._seen = seen
                self._show_form()
                self._show_boards()

        self._context.bridge.when_done(purging.seen(meeting.id), told, lambda _error: None)

    # --- acting ---------------------------------------------------------------------------

    def on_kept(self) -> None:
        """Nothing was done."""
        self._chosen = ""
        self._show_form()

    def on_confirmed(self, paper: str, reason: str) -> None:
        """For good."""
        purging, meeting = self._context.purging, self._meeting
        if purging is None or meeting is None:
            return
        self._chosen = ""
        self._show_form()
        done = purging.purge(meeting.id, paper, reason)
        self._context.bridge.when_done(done, None, self._complain)

    def _complain(self, error: MeetingError) -> None:
        self.said.setText(sentence_of(error))
        self.said.show()
