"""The console's votes: motions that wait, the vote that runs, and how earlier ones went."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.voting import Vote
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.chair.running_vote import RunningVote
from meetingroom.ui.chair.two_results import TwoResults, motion_again
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Label, ScrolledColumn, WrapRow, empty
from meetingroom.ui.stage.vote_words import verdict_words
from meetingroom.wording import tr


class Votes(ScrolledColumn):
    """Type a motion and open it, or open one that was prepared; close it when all have voted."""

    def __init__(self, context: DeskContext, do: Do) -> None:
        super().__init__(tr("Votes"), 8)
        self._context, self._do = context, do
        self._meeting: Meeting | None = None
        self.motion = QLineEdit()
        self.motion.setPlaceholderText(tr("What is to be decided?"))
        self.motion.setAccessibleName(tr("Motion"))
        self.column.addWidget(self.motion)
        row = WrapRow()
        self.open = Button(tr("Put to the vote"), "primary", extent="small")
        self.secret = Button(tr("Secretly"), "outlined", extent="small")
        self.hands = Button(tr("By show of hands"), "outlined", extent="small")
        self.keep = Button(tr("Keep for later"), "outlined", extent="small")
        for button, slot in (
            (self.open, self.on_open),
            (self.secret, lambda: self.on_open(is_secret=True)),
            (self.hands, lambda: self.on_open(way="hands")),
            (self.keep, self.on_keep),
        ):
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            row.addWidget(button)
        self.column.addLayout(row)
        self.running = RunningVote()
        self.running.closing.connect(lambda vote: self._act("close", vote))
        self.running.calling_off.connect(lambda vote: self._act("cancel", vote))
        self.running.counted.connect(lambda vote, counts: self._act("enter_count", vote, counts))
        self.column.addWidget(self.running)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.column.addLayout(self._rows)
        self.column.addStretch(1)

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """What waits, what runs, what is over, newest first."""
        self._meeting = meeting
        running = meeting.voting.open
        for widget in (self.open, self.secret, self.hands):
            widget.setVisible(running is None)
            widget.setEnabled(meeting.state == "open")
        self.keep.setEnabled(meeting.state in ("issued", "open"))
        self.motion.setEnabled(self.keep.isEnabled())
        self.running.show_vote(running, meeting, directory)
        self._clear()
        for motion in meeting.voting.motions.values():
            self._add_motion(motion, may_open=running is None and meeting.state == "open")
        for vote in reversed(meeting.voting.votes.values()):
            if not vote.is_open:
                self._rows.addWidget(Label(vote.opened.motion, "strong", wraps=True))
                self._rows.addWidget(Label(verdict_words(vote), "small", "ink_soft", wraps=True))
                if vote.others:
                    self._add_two_results(vote, may_vote=running is None)

    def _add_two_results(self, vote: Vote, *, may_vote: bool) -> None:
        may_vote = may_vote and self._meeting is not None and self._meeting.state == "open"
        motion = motion_again(vote)
        self._rows.addWidget(TwoResults(vote, lambda: self._open(motion), may_vote=may_vote))

    def _clear(self) -> None:
        empty(self._rows)

    def _add_motion(self, motion: facts.MotionPut, *, may_open: bool) -> None:
        self._rows.addWidget(Label(motion.text, "body", wraps=True))
        row = _row_of(
            (
                (tr("Put to the vote"), "accent", lambda: self._open(motion)),
                (
                    tr("Remove the motion"),
                    "outlined",
                    lambda: self._act("remove_motion", motion.motion),
                ),
            )
        )
        row.setEnabled(may_open)
        self._rows.addWidget(row)

    def on_open(self, **details: Any) -> None:
        """A motion made up on the spot."""
        text = self.motion.text().strip()
        if text:
            self._open(facts.MotionPut(motion="", text=text, **details))
            self.motion.clear()

    def on_keep(self) -> None:
        """Prepare a motion."""
        text, voting = self.motion.text().strip(), self._context.voting
        if text and voting is not None and self._meeting is not None:
            self._do(voting.put_motion(self._meeting.id, text, item=self._meeting.current_item))
            self.motion.clear()

    def _open(self, motion: facts.MotionPut) -> None:
        if self._context.voting is not None and self._meeting is not None:
            self._do(self._context.voting.open(self._meeting.id, motion))

    def _act(self, name: str, *what: Any) -> None:
        if self._context.voting is not None and self._meeting is not None:
            self._do(getattr(self._context.voting, name)(self._meeting.id, *what))


def _row_of(acts: tuple[tuple[str, Any, Callable[[], None]], ...]) -> QWidget:
    row = QWidget()
    line = WrapRow(row)
    for words, kind, act in acts:
        button = Button(words, kind, extent="small")
        button.clicked.connect(lambda _checked=False, act=act: act())
        line.addWidget(button)
    return row


def running_count(meeting: Meeting) -> str:
    """For the tab: how many have voted of the vote that runs."""
    vote = meeting.voting.open
    return f"{len(vote.voted)}/{len(vote.opened.voters)}" if vote else ""
