"""One's own wish to speak: ask, see one's place, be called, see the time left; one low line."""

from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.speaking import Speech
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, ElidedLabel, IconLabel, Label, Panel, repolish, wrapping
from meetingroom.ui.stage.floor_words import FloorTime, floor_time, strip_words
from meetingroom.wording import tr

CALM = ("mic", "ink_soft")
LIGHTS = {
    "green": ("circle-check", "good"),
    "amber": ("triangle-alert", "attention"),
    "red": ("circle-alert", "live"),
    "none": ("mic", "good"),
}
INKS = {"good": "good", "attention": "attention_ink", "live": "live"}


class SpeechStrip(Panel):
    """Shown while the meeting is open; what is asked without the hub says that it waits."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__("desk")
        self._context = context
        self._meeting: Meeting | None = None
        self._called = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        row.setSpacing(8)
        self.sign = IconLabel(*CALM, 18)
        self.words = ElidedLabel("", "strong")
        row.addWidget(self.sign)
        row.addWidget(self.words, 1)
        self.time = Label("", "strong", tabular=True)
        self.time.hide()
        row.addWidget(self.time)
        self.ask = Button(tr("Ask to speak"), "accent", "hand", extent="small")
        self.question = Button(tr("Put a question"), "outlined", extent="small")
        self.withdraw = Button(tr("Withdraw"), "outlined", extent="small")
        self.end = Button(tr("I have finished"), "primary", "check", extent="small")
        for button, slot in (
            (self.ask, lambda: self.on_ask(is_question=False)),
            (self.question, lambda: self.on_ask(is_question=True)),
            (self.withdraw, self.on_withdraw),
            (self.end, self.on_end),
        ):
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
        row.addWidget(wrapping(self.ask, self.question, self.withdraw, self.end))
        self._tick = QTimer(self)
        self._tick.setInterval(500)
        self._tick.timeout.connect(self._on_tick)
        self.hide()

    def show_meeting(self, meeting: Meeting) -> None:
        """What is mine, and what can be done."""
        self._meeting = meeting
        is_shown = meeting.state == "open" and self._context.me in meeting.people
        self.setVisible(is_shown)
        if not is_shown or meeting.speaking.speaker is None:
            self._tick.stop()
        else:
            self._tick.start()
        if is_shown:
            self._show(meeting)

    def _show(self, meeting: Meeting) -> None:
        mine = self._mine(meeting)
        is_mine = mine is not None and mine.state == "speaking"
        visible = {
            self.ask: mine is None, self.question: mine is None,
            self.withdraw: mine is not None and not is_mine, self.end: is_mine,
        }  # fmt: skip
        for button in sorted(visible, key=lambda one: visible[one]):  # hide first: room is scarce
            button.setVisible(visible[button])
        if mine is None:
            self._say(_room_words(meeting, self._context), *CALM)
        elif is_mine:
            self._show_time(floor_time(mine))
        else:
            self._say(self._waiting_words(meeting, mine), "hand", "accent")

    def _mine(self, meeting: Meeting) -> Speech | None:
        return meeting.speaking.of(self._context.me, meeting.current_item)

    def _waiting_words(self, meeting: Meeting, mine: Speech) -> str:
        if not mine.is_at_hub:
            return tr("You asked to speak. It is sent as soon as the hub is back.")
        queue = [one.id for one in meeting.speaking.queue(meeting.current_item)]
        words = tr("You are number {0} to speak").format(queue.index(mine.id) + 1)
        room = strip_words(meeting, self._context.desk.directory)[0]
        return f"{words}  ·  {tr('Speaking: {0}').format(room)}" if room else words

    def _show_time(self, time: FloorTime) -> None:
        icon, role = LIGHTS[time.light]
        self._say(tr("Please speak"), icon, role, called=role)
        self.time.setText(f"{time.words} {time.digits}")

    def _say(self, words: str, icon: str, ink: str, *, called: str = "") -> None:
        """`called` is the ground of the line for who has the floor."""
        if called != self._called:
            self._called = called
            self.setProperty("frame", "info" if called else "desk")
            self.setProperty("role", called)
            repolish(self)
            self.time.setVisible(bool(called))
        self.sign.set_icon(icon, ink)
        self.sign.setVisible(bool(words))
        self.words.setText(words)
        # Who is called must see it whole, whatever stands in the line beside it.
        wide = self.words.fontMetrics().horizontalAdvance(words) if called else 0
        self.words.setMinimumWidth(wide)
        for label in (self.words, self.time):
            label.set_ink(INKS.get(called, "ink"))

    def _on_tick(self) -> None:
        if self._meeting is not None and self.isVisible():
            self._show(self._meeting)

    # --- acting ---------------------------------------------------------------------------

    def on_ask(self, *, is_question: bool) -> None:
        """Onto the list."""
        if self._context.speaking is not None and self._meeting is not None:
            self._do(self._context.speaking.ask(self._meeting.id, is_question=is_question))

    def on_withdraw(self) -> None:
        """Off the list."""
        self._act("withdraw")

    def on_end(self) -> None:
        """Give the floor back."""
        self._act("end")

    def _act(self, name: str) -> None:
        mine = self._mine(self._meeting) if self._meeting is not None else None
        if self._context.speaking is not None and self._meeting is not None and mine is not None:
            self._do(getattr(self._context.speaking, name)(self._meeting.id, mine.id))

    def _do(self, future: "Future[Any]") -> None:
        self._context.bridge.when_done(future, None, self._complain)

    def _complain(self, error: MeetingError) -> None:
        self.words.setText(sentence_of(error))


def _room_words(meeting: Meeting, context: DeskContext) -> str:
    """Who speaks and how many wait; empty where nobody does."""
    room = strip_words(meeting, context.desk.directory)[0]
    waiting = len(meeting.speaking.queue(meeting.current_item))
    count = tr("{0} waiting to speak").format(waiting) if waiting else ""
    speaking = tr("Speaking: {0}").format(room) if room else ""
    return "  ·  ".join(filter(None, (speaking, count)))
