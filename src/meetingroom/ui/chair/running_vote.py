"""The vote that runs, on the console: how many have voted, the close, or a teller's count."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.vote_rights import present_at
from meetingroom.domain.voting import Vote
from meetingroom.ui.controls import Button, Label, WrapRow
from meetingroom.ui.stage.vote_words import rule_words
from meetingroom.wording import tr


class RunningVote(QWidget):
    """Stays as it is while things happen: a count being typed loses neither letters nor focus."""

    closing = Signal(str)
    calling_off = Signal(str)
    counted = Signal(str, tuple)
    """The vote and one teller's counts, in the order of the choices."""

    def __init__(self) -> None:
        super().__init__()
        self._vote: Vote | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.motion = Label("", "section", wraps=True)
        self.voted = Label("", "strong")
        self.rule = Label("", "small", "ink_soft", wraps=True)
        self.counts = Label("", "small", "ink_soft", wraps=True)
        self.count = QLineEdit()
        self.count.setAccessibleName(tr("Count"))
        self.enter = Button(tr("Enter the count"), "primary", extent="small")
        self.close_vote = Button(tr("Close the vote"), "primary", extent="small")
        self.call_off = Button(tr("Call the vote off"), "outlined", extent="small")
        acts = WrapRow()
        for button in (self.enter, self.close_vote, self.call_off):
            acts.addWidget(button)
        for widget in (self.motion, self.voted, self.rule, self.counts, self.count):
            column.addWidget(widget)
        column.addLayout(acts)
        self.enter.clicked.connect(self.on_enter)
        self.count.returnPressed.connect(self.on_enter)
        self.close_vote.clicked.connect(lambda: self._tell(self.closing))
        self.call_off.clicked.connect(lambda: self._tell(self.calling_off))
        self.hide()

    def show_vote(self, vote: Vote | None, meeting: Meeting, directory: Directory) -> None:
        """The vote as it stands; None hides all."""
        if vote is not None and (self._vote is None or self._vote.id != vote.id):
            self.count.clear()
            self.count.setPlaceholderText(" / ".join(vote.opened.choices))
        self._vote = vote
        self.setVisible(vote is not None)
        if vote is None:
            return
        is_by_app = vote.opened.way == "app"
        for widget in (self.counts, self.count, self.enter):
            widget.setVisible(not is_by_app)
        for widget in (self.voted, self.close_vote):
            widget.setVisible(is_by_app)
        self.motion.setText(vote.opened.motion)
        self.voted.setText(
            tr("Have voted: {0}/{1}").format(len(vote.voted), len(vote.opened.voters))
        )
        self.rule.setText(rule_words(vote, present_at(vote, meeting)))
        told = ", ".join(
            f"{directory.name_of(person)}: {'/'.join(map(str, row))}"
            for person, row in vote.counts.items()
        )
        self.counts.setText(told or tr("Two people enter the count, each on an own computer."))

    def on_enter(self) -> None:
        """Numbers in the order of the choices, apart by anything."""
        words = self.count.text()
        numbers = "".join(c if c.isdecimal() else " " for c in words).split()
        if self._vote is not None and len(numbers) == len(self._vote.opened.choices):
            self.counted.emit(self._vote.id, tuple(map(int, numbers)))

    def _tell(self, signal: SignalInstance) -> None:
        if self._vote is not None:
            signal.emit(self._vote.id)
