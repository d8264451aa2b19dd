"""The display enters an online meeting by itself, where the secretary wished so: after a minute
in which everybody sees it coming and "Not now" is one touch away."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from meetingroom.domain.facts import OnlineLink, SceneShown
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import COUNTDOWN, opening_moment, opens_itself, shown_link
from meetingroom.services.opening_once import OpeningOnce
from meetingroom.ui.context import DeskContext
from meetingroom.ui.stage import moments

if TYPE_CHECKING:
    from meetingroom.ui.display.room_display import RoomDisplay

LOOK_MS = 500


class OwnOpening(QObject):
    """Only where the meeting is open and the display unlocked; once, and not after "Not now"."""

    def __init__(self, context: DeskContext, display: "RoomDisplay") -> None:
        super().__init__(display)
        self._context, self._display = context, display
        self._once = OpeningOnce(context.desk)
        self._ready: datetime | None = None
        self._before: SceneShown | None = None
        self._is_asked = self._is_seen = False
        display.online_touch.postponed.connect(self.postpone)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()

    def hold(self, is_held: bool) -> None:
        """Stand still, or go on."""
        self._clock.stop() if is_held else self._clock.start()

    def look(self) -> None:
        """Where it stands now."""
        meeting, online = self._display.meeting, self._display.canvas.online
        link = opens_itself(meeting) if meeting is not None else None
        if meeting is not None:
            online.look(meeting)
        is_open = (
            meeting is not None
            and meeting.issued is not None
            and self._once.is_open(meeting.id, meeting.issued.starts_at)
        )
        ways = online.ways.get(link.url) if link is not None else None
        is_safe = ways is not None and not ways.warnings  # as far as it is known yet
        if meeting is None or meeting.issued is None or link is None or not (is_open and is_safe):
            online.opens_at = None
            self._rest()
            return
        starts = moments.local(meeting.issued.starts_at)
        online.opens_at = starts if moments.now() < starts else None
        if self._is_ready(meeting, starts):
            self._go_on(meeting, link, starts)
        else:
            self._rest()

    def _is_ready(self, meeting: Meeting, starts: datetime) -> bool:
        """Who is in the call when it begins needs nothing more; a try before it changes nothing."""
        scene, display = meeting.scene, self._display
        if display.calling.is_aside or (scene.scene == "online" and scene.join):
            if moments.now() >= starts - COUNTDOWN:
                self._decide(meeting)
            return False
        is_voting = meeting.voting.open is not None  # the room is not led away from it
        return meeting.state == "open" and display.is_unlocked and not is_voting

    def _rest(self) -> None:
        self._ready, self._is_asked, self._is_seen = None, False, False
        self._display.canvas.online.is_counting = False

    def _go_on(self, meeting: Meeting, link: OnlineLink, starts: datetime) -> None:
        now, online = moments.now(), self._display.canvas.online
        self._ready = self._ready or now
        moment = opening_moment(starts, self._ready)
        online.opens_at = moment
        if moment is None or now < moment - COUNTDOWN:
            return
        if self._is_seen and meeting.scene.scene not in ("online", "black"):
            self._decide(meeting)  # who leads went on with something else
            return
        self._show(meeting, link)
        if self._is_seen and now >= moment:
            self._decide(meeting)
            self._display.join_online()

    def _show(self, meeting: Meeting, link: OnlineLink) -> None:
        """The last minute is seen by everybody, whatever was on the screen."""
        self._display.canvas.online.is_counting = True
        if meeting.scene.scene == "online" and shown_link(meeting) == link:
            self._is_seen = True
        elif not self._is_asked:
            self._is_asked, self._before = True, meeting.scene
            shown = self._context.leading.show_scene(meeting.id, "online", link.link)
            self._context.bridge.when_done(shown)

    def postpone(self) -> None:
        """ "Not now": the room sees again what it saw."""
        meeting = self._display.meeting
        if meeting is not None:
            self._decide(meeting)
            self._display.calls.show_again(self._before)

    def _decide(self, meeting: Meeting) -> None:
        self._rest()
        self._display.canvas.online.opens_at = None
        starts_at = meeting.issued.starts_at if meeting.issued else ""
        if self._once.is_open(meeting.id, starts_at):
            self._context.bridge.when_done(self._once.decide(meeting.id, starts_at))
