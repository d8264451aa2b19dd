"""What comes after the running item, and when, by the clock of the room."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from meetingroom.domain.facts import AgendaItem
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import moment_of
from meetingroom.ui.stage import moments


@dataclass(frozen=True)
class Coming:
    """The item that comes next, its number (from 1), and when it should begin."""

    number: int
    item: AgendaItem
    at: datetime


def coming_item(meeting: Meeting) -> Coming | None:
    """The item after the running one; before the first one, the first. None after the last."""
    agenda = meeting.issued.agenda if meeting.issued else ()
    keys = [row.item for row in agenda]
    last = meeting.current_item or _last_over(meeting, keys)
    place = keys.index(last) + 1 if last in keys else 0
    if place >= len(agenda):
        return None
    return Coming(place + 1, agenda[place], _begins(meeting, place))


def _last_over(meeting: Meeting, keys: list[str]) -> str:
    """The item that ended last, where none runs."""
    times = {key: end for key, (_, end) in meeting.item_times.items() if key in keys}
    return max(times, key=lambda key: times[key], default="")


def _begins(meeting: Meeting, place: int) -> datetime:
    """Not before now, the running item's end, the break's end, or the planned hour of the first."""
    moment = moments.now()
    left = moments.seconds_left(meeting)
    if left is not None:
        moment += timedelta(seconds=max(0.0, left[0]))
    elif place == 0 and meeting.issued is not None:
        moment = max(moment, moments.local(meeting.issued.starts_at))
    until = break_ends(meeting)
    return max(moment, until) if until is not None else moment


def break_ends(meeting: Meeting) -> datetime | None:
    """When the break that is shown ends, if somebody said so."""
    until = meeting.scene.until
    if meeting.scene.scene != "break" or not until:
        return None
    moment = moment_of(until).astimezone(moments.ZONE)
    # A time of a newer program that cannot be read: a break without an end.
    return moment if moment.year > 1970 else None
