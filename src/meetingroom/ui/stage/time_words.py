"""The agenda against the clock, in words for the console and the room."""

from datetime import datetime, timedelta

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.timetable import ItemTimes, minutes_of, timetable
from meetingroom.ui.stage import moments
from meetingroom.wording import tr

SAME = timedelta(minutes=2)  # nearer than this is as planned


def _hour(moment: datetime) -> str:
    return f"{moment.astimezone(moments.ZONE):%H:%M}"


def _minutes(span: timedelta) -> int:
    return round(span / timedelta(minutes=1))


def item_times(meeting: Meeting) -> dict[str, str]:
    """By item: when it was or will be, and what was planned where that is something else."""
    table = timetable(meeting, moments.now())
    issued = meeting.issued
    if table is None or issued is None:
        return {}
    return {
        row.item: _item_words(meeting, table.rows[row.item], minutes_of(meeting, row))
        for row in issued.agenda
    }


def _item_words(meeting: Meeting, times: ItemTimes, minutes: int) -> str:
    if times.start is None or times.end is None:
        return tr("left out")
    planned = tr("planned {0}").format(_hour(times.planned_start))
    if times.is_over:
        took = _minutes(times.end - times.start)
        words = tr("{0}–{1} · {2} of {3} min")
        return words.format(_hour(times.start), _hour(times.end), took, minutes)
    if times.item == meeting.current_item:
        words = tr("{0} – about {1}").format(_hour(times.start), _hour(times.end))
    elif meeting.state == "issued":
        return tr("{0} · {1} min").format(_hour(times.start), minutes)
    else:
        words = tr("about {0} · {1} min").format(_hour(times.start), minutes)
    is_same = abs(times.start - times.planned_start) < SAME
    return words if is_same else f"{words} · {planned}"


def end_words(meeting: Meeting) -> str:
    """When the meeting is going to end, in short; empty where nothing says it."""
    table = timetable(meeting, moments.now())
    if table is None or meeting.state != "open":
        return ""
    return tr("Ends at about {0}").format(_hour(table.end))


def end_and_plan_words(meeting: Meeting) -> str:
    """The same for who leads: how far from the plan that is."""
    table = timetable(meeting, moments.now())
    words = end_words(meeting)
    if table is None or not words:
        return ""
    if abs(table.late) < SAME:
        return f"{words} · {tr('as planned')}"
    minutes = _minutes(abs(table.late))
    told = tr("{0} min later than planned") if table.late > SAME else tr("{0} min earlier")
    return f"{words} · {told.format(minutes)}"
