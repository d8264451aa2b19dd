"""One purge's receipts: every computer, the worst first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.ids import HUB
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.purge_board import BoardRow
from meetingroom.domain.purging import Purge
from meetingroom.ui.controls import Button, Card, GradualRows, IconLabel, Label, ProgressBar
from meetingroom.ui.purging.purge_words import (
    left_words,
    row_name,
    row_words,
    summary_words,
    title_words,
    when_words,
)
from meetingroom.wording import tr

LOOKS = {
    "failed": ("circle-x", "live"),
    "shut_out": ("triangle-alert", "live"),
    "waiting": ("wifi-off", "attention"),
    "working": ("refresh-cw", "accent"),
    "done": ("circle-check", "good"),
}


class ReceiptBoard(Card):
    """The rows that are not done stand open; those that are fold away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._is_whole = False
        self._shown: tuple[Meeting, Purge, Directory, list[BoardRow]] | None = None
        self.body.setSpacing(8)
        self.title = Label("", "section", wraps=True)
        self.second = Label("", "small", "ink_soft", wraps=True)
        self.summary = Label("", "strong", wraps=True)
        self.bar = ProgressBar("good")
        for widget in (self.title, self.second, self.summary, self.bar):
            self.body.addWidget(widget)
        self.rows = GradualRows(lambda value: _row(*value), 6)
        self.body.addWidget(self.rows)
        self.more = Button("", "quiet", extent="small")
        self.more.clicked.connect(self._on_more)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_purge(
        self, meeting: Meeting, purge: Purge, directory: Directory, rows: list[BoardRow]
    ) -> None:
        """Show what every computer said by now."""
        self._shown = (meeting, purge, directory, rows)
        self.title.setText(title_words(meeting, purge))
        who = directory.name_of(purge.by) or purge.by
        self.second.setText(f"{when_words(purge.at)} · {who}")
        self.summary.setText(summary_words(rows, purge))
        computers = [row for row in rows if row.principal != HUB]
        done = sum(row.is_done for row in computers)
        self.bar.set_share(done, len(computers))
        self.bar.setAccessibleName(self.summary.text())
        self._list()

    def _list(self) -> None:
        if self._shown is None:
            return
        _, _, directory, rows = self._shown
        open_ones = [row for row in rows if _wants_a_look(row)]
        folded = len(rows) - len(open_ones)
        shown = rows if self._is_whole else open_ones
        self.rows.show_rows(
            [
                (row.device, (row.state, row_name(row, directory), row.name, row_words(row)))
                for row in shown
            ]
        )
        self.more.setVisible(folded > 0)
        words = tr("See the {0} that are done").format(folded)
        self.more.set_words(tr("Fewer") if self._is_whole else words)

    def _on_more(self) -> None:
        self._is_whole = not self._is_whole
        self._list()


def _wants_a_look(row: BoardRow) -> bool:
    """Not done, or done with something left that a person must see to."""
    return not row.is_done or bool(row.receipt and left_words(row.receipt.done))


def _row(state: str, name: str, device: str, words: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    icon, role = LOOKS[state]
    row.addWidget(IconLabel(icon, role, 18), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(0)
    told = f"{name} · {device}" if device else name
    column.addWidget(Label(told, "body", wraps=True, weight=600))
    column.addWidget(Label(words, "small", "ink_soft", wraps=True))
    row.addLayout(column, 1)
    line.setAccessibleName(f"{name}: {words}")
    return line
