"""Times as people say them, in the office's time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from meetingroom.domain.clock import utc_now
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import moment_of
from meetingroom.domain.timetable import minutes_of
from meetingroom.services.news import LinkNews
from meetingroom.wording import tr

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(text: str) -> datetime:
    """A record's time on the office's clock."""
    return moment_of(text).astimezone(ZONE)


class _Clock:
    """What this computer's clock lacks of the hub's: a wrong one shows no wrong hour."""

    lacks = timedelta()


def follow_clock(what: LinkNews) -> None:
    """The hub told its time: every screen of the room shows the same one."""
    offset = what.change.fields.get("offset_ms")
    if isinstance(offset, int):
        _Clock.lacks = timedelta(milliseconds=offset)


def now() -> datetime:
    return utc_now().astimezone(ZONE) + _Clock.lacks


def weekday(moment: datetime) -> str:
    """The day's name."""
    names = (
        tr("Monday"), tr("Tuesday"), tr("Wednesday"), tr("Thursday"), tr("Friday"),
        tr("Saturday"), tr("Sunday"),
    )  # fmt: skip
    return names[moment.weekday()]


def time_words(moment: datetime) -> str:
    """An hour as papers write it: "8 giờ 00"."""
    return tr("{0}:{1}", "hour and minute").format(moment.hour, f"{moment.minute:02d}")


def date_words(moment: datetime) -> str:
    return f"{weekday(moment)}, {moment:%d/%m/%Y}"


def warning_words(left: tuple[float, float]) -> str:
    """What the colour of an item's time says, before other words; empty while there is time."""
    rest, planned = left
    if rest >= planned / 5:
        return ""
    return f"{tr('Over time') if rest < 0 else tr('Ending soon')} · "


def seconds_left(meeting: Meeting) -> tuple[float, float] | None:
    """(seconds left of the running item, its planned seconds); None where none runs."""
    if meeting.issued is None or not meeting.current_item:
        return None
    row = next((r for r in meeting.issued.agenda if r.item == meeting.current_item), None)
    if row is None or not meeting.item_started_at:
        return None
    planned = minutes_of(meeting, row) * 60.0
    used = (now() - moment_of(meeting.item_started_at)) / timedelta(seconds=1)
    return planned - used, planned
