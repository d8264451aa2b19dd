"""One's own check-in: here, online, away for a while; one low line while it can be said."""

from concurrent.futures import Future
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, ElidedLabel, wrapping
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.roll_words import answer_words, stay_words
from meetingroom.wording import tr


class PresenceStrip(QWidget):
    """Shown on the meeting's day and while it is open."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context, self._meeting = context, ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        row.setSpacing(8)
        self.words = ElidedLabel("", "body")
        row.addWidget(self.words, 1)
        self.room = Button(tr("I am in the room"), "accent", "user-check", extent="small")
        self.online = Button(tr("I am online"), "outlined", "video", extent="small")
        self.absent = Button(tr("I cannot come"), "outlined", "user-x", extent="small")
        self.substitute = Button(tr("Somebody for me"), "outlined", "users", extent="small")
        self.leave = Button(tr("I leave"), "outlined", "log-out", extent="small")
        leading, me = context.leading, context.me
        self.buttons = {
            self.room: lambda: self._do(leading.check_in(self._meeting, me)),
            self.online: lambda: self._do(leading.check_in(self._meeting, me, "online")),
            self.absent: self.on_absent,
            self.substitute: self.on_substitute,
            self.leave: lambda: self._do(leading.leave(self._meeting, me)),
        }
        for button, slot in self.buttons.items():
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
        row.addWidget(wrapping(*self.buttons))
        self.hide()

    def show_meeting(self, meeting: Meeting) -> None:
        """What was said, and what can be said now."""
        self._meeting, me = meeting.id, self._context.me
        issued = meeting.issued
        is_today = (
            issued is not None
            and meeting.state == "issued"
            and moments.local(issued.starts_at).date() == moments.now().date()
        )
        may = meeting.state == "open" or is_today
        is_here = meeting.is_here(me)
        for button in sorted(self.buttons, key=lambda one: (one is self.leave) == is_here):
            button.setVisible((button is self.leave) == is_here)  # hide first: room is scarce
        stays = stay_words(meeting, me)
        answer = answer_words(meeting, self._context.desk.directory, me)
        said = tr("You are here: {0}") if is_here else tr("You were here: {0}")
        self.words.setText(said.format(stays) if stays else answer or tr("Are you here?"))
        self.setVisible(may and me in meeting.people)

    def on_absent(self) -> None:
        """Say why, for chair and secretary only."""
        reason, is_said = QInputDialog.getText(self, tr("I cannot come"), tr("Reason"))
        if is_said:
            self.answer("absent", reason=reason.strip())

    def on_substitute(self) -> None:
        """Name who comes; the chair agrees or does not."""
        name, is_said = QInputDialog.getText(self, tr("Somebody for me"), tr("Who comes?"))
        if is_said and name.strip():
            self.answer("substitute", substitute=name.strip())

    def answer(self, answer: str, *, reason: str = "", substitute: str = "") -> None:
        """Send an answer to chair and secretaries."""
        leading = self._context.leading
        self._do(leading.answer(self._meeting, answer, reason=reason, substitute=substitute))

    def _do(self, future: "Future[Any]") -> None:
        self._context.bridge.when_done(future, None, self._complain)

    def _complain(self, error: MeetingError) -> None:
        self.words.setText(sentence_of(error))
