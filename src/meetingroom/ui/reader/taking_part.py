"""What a person does in a running meeting beside reading: a row of parts under the top bar.

Each part shows itself when it has something to say or to do, and hides otherwise.
"""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from meetingroom.domain.meeting import Meeting
from meetingroom.services.news import MeetingChanged
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import FoldingRow
from meetingroom.ui.reader.call_strip import CallStrip
from meetingroom.ui.reader.consultation_strip import ConsultationStrip
from meetingroom.ui.reader.opinion_strip import OpinionStrip
from meetingroom.ui.reader.presence_strip import PresenceStrip
from meetingroom.ui.reader.recall_strip import RecallStrip
from meetingroom.ui.reader.speech_strip import SpeechStrip
from meetingroom.ui.reader.turning_strip import TurningStrip
from meetingroom.ui.reader.vote_strip import VoteStrip


class Part(Protocol):
    """One part: checking in, speaking, voting, being called to the chair's page."""

    def show_meeting(self, meeting: Meeting) -> None:
        """Show the meeting as it stands."""
        ...


PARTS: tuple[Callable[[DeskContext], QWidget], ...] = (
    PresenceStrip,
    SpeechStrip,
    CallStrip,
    VoteStrip,
    TurningStrip,
    ConsultationStrip,
    OpinionStrip,
    RecallStrip,
)
"""What makes the parts, from the top down."""


class TakingPart(QWidget):
    """The parts, one under the other; no height where none has anything."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._context = context
        self._meeting = ""
        self.parts: list[Any] = [make(context) for make in PARTS]
        # Being here and wanting to speak are short: one line, so that the page keeps its room.
        here, speech, *others = self.parts
        column.addWidget(FoldingRow(here, speech, (1, 2), spacing=0, is_whole=True))
        for part in others:
            column.addWidget(part)
        context.bridge.meeting_changed.connect(self.on_meeting_changed)

    @property
    def entries(self) -> list[QWidget]:
        """Buttons that open a part, for the bar above."""
        return [part.entry for part in self.parts if hasattr(part, "entry")]

    def show_place(self, paper: str, page: int) -> None:
        """Another page is read."""
        for part in self.parts:
            if hasattr(part, "show_place"):
                part.show_place(paper, page)

    def open_meeting(self, meeting: str) -> None:
        """Take part in this meeting."""
        self._meeting = meeting
        folded = self._context.desk.meeting(meeting)
        if folded is not None:
            self._show(folded)

    def on_meeting_changed(self, what: MeetingChanged) -> None:
        if what.meeting.id == self._meeting:
            self._show(what.meeting)

    def _show(self, meeting: Meeting) -> None:
        for part in self.parts:
            part.show_meeting(meeting)
