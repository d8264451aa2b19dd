"""Which meeting a screen shows by itself: the open one, else the nearest."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from meetingroom.domain.meeting import Meeting
from meetingroom.ui.stage.moments import local, now

AFTER = timedelta(hours=6)


def meeting_for_room(meetings: Mapping[str, Meeting]) -> str:
    """The meeting's id, "" if there is none: open now, else next to start, else just begun."""
    rows = [row for row in meetings.values() if row.issued is not None]
    running = [row for row in rows if row.state == "open"]
    if running:
        return max(running, key=_start).id
    coming = [row for row in rows if row.state == "issued" and _start(row) > now() - AFTER]
    return min(coming, key=_start).id if coming else ""


def is_due(meeting: Meeting) -> bool:
    """Whether the room should see this meeting: led, unlocked, or on the office's same day."""
    if meeting.issued is None:
        return False
    is_led = meeting.state != "issued" or bool(meeting.unlocked)
    return is_led or _start(meeting).date() <= now().date()


def _start(meeting: Meeting) -> datetime:
    return local(meeting.issued.starts_at if meeting.issued else "")
