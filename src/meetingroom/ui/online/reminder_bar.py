"""The quiet bar that reminds who leads of an online meeting: an hour before, ten minutes, now."""

import math
from collections.abc import Callable

from PySide6.QtCore import QTimer

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import opens_itself
from meetingroom.services.call_reminders import CallReminders
from meetingroom.services.news import MeetingChanged
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import InfoBar
from meetingroom.ui.online.own_opening_line import what_lacks
from meetingroom.ui.stage import moments
from meetingroom.wording import tr

LOOK_MS = 5000


class ReminderBar(InfoBar):
    """Once each, without a sound; `lead` brings a meeting's online list into view, at the
    checklist or (True) where it is entered."""

    def __init__(self, context: DeskContext, lead: Callable[[str, bool], None]) -> None:
        super().__init__()
        self._context, self._lead = context, lead
        self._reminders = CallReminders(context.desk)
        self._shown: Meeting | None = None
        self._which = ""
        self.action_requested.connect(self._on_action)
        context.bridge.meeting_changed.connect(self.on_meeting_changed)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        context.bridge.when_done(self._reminders.read, lambda _nothing: self.look())

    def on_meeting_changed(self, what: MeetingChanged) -> None:
        """One that is over, or is at another time now, is nothing to be reminded of."""
        shown = self._shown
        if shown is not None and what.meeting.id == shown.id:
            issued = what.meeting.issued
            before = shown.issued.starts_at if shown.issued else ""
            is_same = issued is not None and issued.starts_at == before
            is_in = what.meeting.scene.join  # it was done already
            is_led = what.meeting.state == "open" != shown.state  # whoever leads is at it
            is_over = what.meeting.state not in ("issued", "open")
            if not is_same or is_in or is_led or is_over:
                self._leave()
        self.look()

    def look(self) -> None:
        """Whether something is due; what is shown counts on."""
        due = self._reminders.due(moments.now())
        if due is not None:
            self._shown, self._which = due
            self._context.bridge.when_done(self._reminders.note(*due))
        if self._shown is not None:
            self._say(self._shown)

    def _say(self, meeting: Meeting) -> None:
        issued = meeting.issued
        if issued is None:
            return
        starts = moments.local(issued.starts_at)
        minutes = math.ceil((starts - moments.now()).total_seconds() / 60)
        title = tr("Online meeting at {0}, in {1} minutes: {2}")
        if minutes <= 0:
            title = tr("The online meeting of {0} begins: {2}")
        words = title.replace("{0}", f"{starts:%H:%M}").replace("{1}", str(minutes))
        words = words.replace("{2}", issued.title)
        enters = self._which == "now"
        advice = (
            self._entering(meeting)
            if enters
            else tr("Look through the list: screen, sound, camera, the way to the meeting.")
        )
        action = tr("Go to “Join online”") if enters else tr("Checklist")
        if (words, advice) != (self.title_label.text(), self.advice_label.text()):
            actions = ((action, "lead"), (tr("Later"), "later"))
            self.tell("attention", words, advice, actions, icon="video")

    def _entering(self, meeting: Meeting) -> str:
        """What to press now, so that the display enters."""
        now = self._context.desk.meeting(meeting.id) or meeting
        lacks = what_lacks(now) if opens_itself(now) is not None else ""
        return lacks or tr("The display enters it from the list “Online” of who leads.")

    def _on_action(self, key: str) -> None:
        meeting, enters = self._shown, self._which == "now"
        self._leave()
        if key == "lead" and meeting is not None:
            self._lead(meeting.id, enters)

    def _leave(self) -> None:
        self._shown, self._which = None, ""
        self.withdraw()
