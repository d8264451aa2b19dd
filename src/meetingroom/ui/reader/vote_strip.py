"""The vote that runs: its motion, a large button each choice, and what I have chosen."""

from concurrent.futures import Future
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.voting import Vote
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, ElidedLabel, Panel
from meetingroom.ui.stage.vote_words import honest_words, verdict_words
from meetingroom.wording import tr


class VoteStrip(Panel):
    """Shown to voters while a vote runs, and to everybody with its result until the next item."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__("field")
        self._context, self._meeting = context, ""
        self._vote: Vote | None = None
        self._secret: dict[str, str] = {}  # what I chose in secret votes, on this screen only
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.motion = ElidedLabel("", "strong")
        row.addWidget(self.motion, 1)
        self._choices = QHBoxLayout()
        self._choices.setSpacing(8)
        row.addLayout(self._choices)
        column.addLayout(row)
        self.state = ElidedLabel("", "small", "ink_soft")
        column.addWidget(self.state)
        self.buttons: list[Button] = []
        self.hide()

    def show_meeting(self, meeting: Meeting) -> None:
        """The newest vote, if there is something to do or to see of it."""
        vote, me = meeting.voting.last, self._context.me
        self._meeting = meeting.id
        is_mine = vote is not None and me in vote.opened.voters and vote.opened.way == "app"
        is_seen = vote is not None and vote.opened.item == meeting.current_item
        may = vote is not None and vote.is_open and is_mine
        is_over = vote is not None and not vote.is_open and is_seen
        is_shown = meeting.state == "open" and (may or is_over)
        self.setVisible(is_shown)
        if vote is None or not is_shown:
            self._vote = vote
            return
        if self._vote is None or self._vote.id != vote.id or self._vote.is_open != vote.is_open:
            self._make_buttons(vote if may else None)
        self._vote = vote
        self.motion.setText(vote.opened.motion)
        self._show_state(vote)

    def _make_buttons(self, vote: Vote | None) -> None:
        for button in self.buttons:
            self._choices.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for choice in vote.opened.choices if vote else ():
            button = Button(choice, "outlined")
            button.clicked.connect(lambda _checked=False, choice=choice: self.on_chosen(choice))
            self._choices.addWidget(button)
            self.buttons.append(button)

    def _show_state(self, vote: Vote) -> None:
        mine = self._mine(vote)
        for button, choice in zip(self.buttons, vote.opened.choices, strict=False):
            button.set_kind("primary" if choice == mine else "outlined")
        if not vote.is_open:
            self.state.setText(verdict_words(vote))
        elif mine:
            words = tr("You chose “{0}”. You may change it until the vote is closed.")
            self.state.setText(f"{words.format(mine)} {honest_words(vote)}")
        elif self._context.me in vote.voted:
            self.state.setText(tr("You have voted, and may change it until the vote is closed."))
        else:
            self.state.setText(honest_words(vote))

    def _mine(self, vote: Vote) -> str:
        if vote.opened.is_secret:
            return self._secret.get(vote.id, "")
        ballot = vote.ballots.get(self._context.me)
        return ballot.choice if ballot else ""

    def on_chosen(self, choice: str) -> None:
        """Vote; a secret choice is shown once the hub has it."""
        vote, voting = self._vote, self._context.voting
        if vote is None or voting is None:
            return

        def cast(_answer: Any) -> None:
            if vote.opened.is_secret:
                self._secret[vote.id] = choice
                self._show_state(vote)

        future: Future[Any] = voting.cast(self._meeting, vote.id, choice)
        self._context.bridge.when_done(future, cast, self._complain)

    def _complain(self, error: MeetingError) -> None:
        self.state.setText(sentence_of(error))
