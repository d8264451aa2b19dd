"""The online scene's button on the panel: pressed again it shows the passcode, or hides it."""

from concurrent.futures import Future
from typing import Any

from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import shown_link, shows_passcode
from meetingroom.ui.context import DeskContext
from meetingroom.ui.stage.moments import now
from meetingroom.wording import tr


def _hidden(meeting: Meeting) -> OnlineLink | None:
    """The online meeting that is shown, where it has a passcode."""
    link = shown_link(meeting)
    is_seen = meeting.scene.scene == "online" and link is not None and bool(link.secret)
    return link if is_seen else None


def passcode_words(meeting: Meeting | None) -> str:
    """What a press does."""
    if meeting is None or _hidden(meeting) is None:
        return tr("Online", "scene")
    is_open = shows_passcode(meeting.scene, now())
    return tr("Hide the passcode") if is_open else tr("Show the passcode")


def show_online(context: DeskContext, meeting: Meeting) -> "Future[Any]":
    """The scene; where it is shown, its passcode for a while, or no longer."""
    link = _hidden(meeting)
    if link is None or shows_passcode(meeting.scene, now()):
        return context.leading.show_scene(meeting.id, "online", link.link if link else "")
    return context.leading.show_passcode(meeting.id, link.link)
