"""The console's votes: motions that wait, the vote that runs, and how earlier ones went."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.voting import Vote
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Label, WrapRow
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.stage.vote_words import rule_words, verdict_words
from meetingroom.wording import tr


class Votes(QScrollArea):
    """Type a motion and open it, or open one that was prepared; close it when all have voted."""

    def __init__(self, context: DeskContext, do: Do) -> None:
        super().__init__()
        self._context, self._do = context, do
        self._meeting: Meeting | None = None
        self._typed = ("", "")  # of which vote a count is being typed, and how far
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Votes"))
        scroll_by_touch(self)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self.motion = QLineEdit()
        self.motion.setPlaceholderText(tr("What is to be decided?"))
        self.motion.setAccessibleName(tr("Motion"))
        self._column.addWidget(self.motion)
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
        self._column.addLayout(row)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._column.addLayout(self._rows)
        self._column.addStretch(1)
        self.setWidget(inner)

    def show_meeting(self, meeting: Meeting, _directory: Directory) -> None:
        """What waits, what runs, what is over, newest first."""
        self._meeting = meeting
        running = meeting.voting.open
        for widget in (self.open, self.secret, self.hands):
            widget.setVisible(running is None)
            widget.setEnabled(meeting.state == "open")
        self.keep.setEnabled(meeting.state in ("issued", "open"))
        self.motion.setEnabled(self.keep.isEnabled())
        self._clear()
        if running is not None:
            self._add_running(running, meeting)
        for motion in meeting.voting.motions.values():
            self._add_motion(motion, may_open=running is None and meeting.state == "open")
        for vote in reversed(meeting.voting.votes.values()):
            if not vote.is_open:
                self._rows.addWidget(Label(vote.opened.motion, "strong", wraps=True))
                self._rows.addWidget(Label(verdict_words(vote), "small", "ink_soft", wraps=True))
                if vote.others:
                    words = tr("Two hubs counted differently: please decide which holds.")
                    self._rows.addWidget(Label(words, "small", "attention", wraps=True))

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add_running(self, vote: Vote, meeting: Meeting) -> None:
        present = sum(not row.left_at for row in meeting.presence.values())
        self._rows.addWidget(Label(vote.opened.motion, "section", wraps=True))
        count = tr("Have voted: {0}/{1}").format(len(vote.voted), len(vote.opened.voters))
        self._rows.addWidget(Label(count, "strong"))
        self._rows.addWidget(Label(rule_words(vote, present), "small", "ink_soft", wraps=True))
        if vote.opened.way != "app":
            self._add_counting(vote)
        acts: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (tr("Call the vote off"), "outlined", lambda: self._act("cancel", vote.id)),
        )
        if vote.opened.way == "app":
            acts = ((tr("Close the vote"), "primary", lambda: self._act("close", vote.id)), *acts)
        self._rows.addWidget(_row_of(acts))

    def _add_counting(self, vote: Vote) -> None:
        """One teller's count; the other one enters it on another computer."""
        counted = ", ".join(
            f"{self._context.desk.directory.name_of(person)}: {'/'.join(map(str, row))}"
            for person, row in vote.counts.items()
        )
        words = counted or tr("Two people enter the count, each on an own computer.")
        self._rows.addWidget(Label(words, "small", "ink_soft", wraps=True))
        field = QLineEdit()
        field.setPlaceholderText(" / ".join(vote.opened.choices))
        field.setAccessibleName(tr("Count"))
        if self._typed[0] == vote.id:  # the list is made anew at all that happens
            field.setText(self._typed[1])
        field.textChanged.connect(lambda words: self._remember(vote.id, words))
        self._rows.addWidget(field)
        act = (tr("Enter the count"), "primary", lambda: self.on_count(vote, field.text()))
        self._rows.addWidget(_row_of((act,)))

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

    def _remember(self, vote: str, words: str) -> None:
        self._typed = (vote, words)

    def on_count(self, vote: Vote, words: str) -> None:
        """Numbers in the order of the choices, apart by anything."""
        numbers = "".join(c if c.isdecimal() else " " for c in words).split()
        voting = self._context.voting
        if (
            voting is not None
            and self._meeting is not None
            and len(numbers) == len(vote.opened.choices)
        ):
            self._do(voting.enter_count(self._meeting.id, vote.id, tuple(map(int, numbers))))

    def _open(self, motion: facts.MotionPut) -> None:
        if self._context.voting is not None and self._meeting is not None:
            self._do(self._context.voting.open(self._meeting.id, motion))

    def _act(self, name: str, what: str) -> None:
        if self._context.voting is not None and self._meeting is not None:
            self._do(getattr(self._context.voting, name)(self._meeting.id, what))


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
