"""The step that sends a revision out: to whom, and what it changes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.services.drafting import Draft
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Card, IconLabel, Label, ProgressRow, empty
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.secretary.replacements import Replacements
from meetingroom.wording import tr

AT_MOST = 40


class IssuePage(QScrollArea):
    """`issue_requested` when the big button is pressed; `check_requested` for what is missing."""

    issue_requested = Signal()
    check_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll_by_touch(self)
        self._shown: object = None
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(16)
        column.addWidget(self._main())
        self._replacing = QVBoxLayout()
        self._replacing.setSpacing(16)
        column.addLayout(self._replacing)
        self.replacements: Replacements | None = None
        self.changes = Card(tr("What changes"))
        self.changes.body.setSpacing(6)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.changes.body.addLayout(self._list)
        column.addWidget(self.changes)
        column.addStretch(1)
        self.setWidget(inner)

    def look_with(self, context: DeskContext) -> None:
        """From now on, tell what new versions of papers do."""
        self.replacements = Replacements(context, self._replacing, self)

    def _main(self) -> Card:
        card = Card()
        self.summary = Label("", "title", wraps=True)
        self.readers = Label("", "body", "ink_soft", wraps=True)
        card.body.addWidget(self.summary)
        card.body.addWidget(self.readers)
        row = QHBoxLayout()
        self.button = Button(tr("Issue"), "primary", "send", extent="large")
        self.button.clicked.connect(self.issue_requested)
        self.missing = Button(tr("See what is missing"), "accent", "circle-alert", extent="large")
        self.missing.clicked.connect(self.check_requested)
        row.addWidget(self.button)
        row.addWidget(self.missing)
        row.addStretch(1)
        card.body.addLayout(row)
        self.progress = ProgressRow(tr("Sending the papers to the hub"), can_stop=False)
        self.progress.set_caption(
            tr("If the hub goes away, the meeting goes out by itself when it is back.")
        )
        self.progress.hide()
        card.body.addWidget(self.progress)
        return card

    def show_draft(self, draft: Draft, changes: list[str], must: int, without: int) -> None:
        """The draft; `must` things still to solve, `without` people who have no computer."""
        people = {draft.chair, *draft.secretaries, *draft.members, *draft.guests} - {""}
        words = tr("Revision {0}: {1} items, {2} papers, {3} people")
        self.summary.setText(
            words.format(draft.base + 1, len(draft.items), len(draft.papers), len(people))
        )
        told = [tr("Every laptop that is on gets the papers at once, the others when they start.")]
        if without:
            told.append(tr("{0} people have no computer: print or send theirs.").format(without))
        self.readers.setText(" ".join(told))
        self.button.set_words(tr("Issue revision {0}").format(draft.base + 1))
        self.missing.setVisible(must > 0)
        if not self.progress.isVisibleTo(self):
            self.button.setEnabled(must == 0)
        self._show_changes(draft, changes)
        if self.replacements is not None:
            self.replacements.show(draft)

    def _show_changes(self, draft: Draft, changes: list[str]) -> None:
        self.changes.setVisible(draft.base > 0)
        if changes == self._shown:
            return
        self._shown = changes
        self.changes.set_title(tr("What changes against revision {0}").format(draft.base))
        empty(self._list)
        for words in changes[:AT_MOST] or [tr("Nothing changed since that revision.")]:
            self._list.addWidget(_line(words))

    def wait(self, *, is_waiting: bool) -> None:
        """Sending, or done with it."""
        self.progress.set_progress(0, 0, "")
        self.progress.setVisible(is_waiting)
        self.button.setEnabled(not is_waiting)


def _line(words: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(IconLabel("chevron-right", "accent", 16))
    row.addWidget(Label(words, "body", wraps=True), 1)
    return line
