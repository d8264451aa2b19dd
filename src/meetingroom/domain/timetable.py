"""The agenda against the clock: what was planned, what took how long, when the end is due."""

from datetime import datetime, timedelta

import msgspec

from meetingroom.domain.facts import AgendaItem
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import moment_of


class ItemTimes(msgspec.Struct, frozen=True, kw_only=True):
    """One item: as planned, as it was, and, where it is still to be, as it will be."""

    item: str
    planned_start: datetime
    planned_end: datetime
    start: datetime | None = None
    end: datetime | None = None
    is_over: bool = False


class Timetable(msgspec.Struct, frozen=True, kw_only=True):
    """All items, and the meeting's end: planned, and expected (or as it was)."""

    rows: dict[str, ItemTimes]
    planned_end: datetime
    end: datetime

    @property
    def late(self) -> timedelta:
        """How much later than planned it ends."""
        return self.end - self.planned_end


def minutes_of(meeting: Meeting, row: AgendaItem) -> int:
    """An item's minutes: planned, and what was given or taken in the meeting."""
    return max(0, row.minutes + meeting.speaking.given.get(row.item, 0))


def timetable(meeting: Meeting, now: datetime) -> Timetable | None:
    """The times of the agenda; None where there is no agenda or no planned hour."""
    issued = meeting.issued
    if issued is None or not issued.agenda or not issued.starts_at:
        return None
    planned = moment_of(issued.starts_at)
    clock = _goes_on(meeting, now)
    keys = [row.item for row in issued.agenda]
    running = keys.index(meeting.current_item) if meeting.current_item in keys else -1
    rows: dict[str, ItemTimes] = {}
    for place, row in enumerate(issued.agenda):
        minutes = timedelta(minutes=minutes_of(meeting, row))
        planned_end = planned + timedelta(minutes=row.minutes)
        start, end, is_over = _real(meeting, row.item)
        if place == running:
            end = clock
        elif not is_over and place > running and meeting.state != "closed":
            start, end = clock, clock + minutes
            clock = end
        rows[row.item] = ItemTimes(
            item=row.item, planned_start=planned, planned_end=planned_end, start=start, end=end,
            is_over=is_over,
        )  # fmt: skip
        planned = planned_end
    ends = [row.end for row in rows.values() if row.end is not None]
    return Timetable(rows=rows, planned_end=planned, end=max(ends, default=planned))


def _real(meeting: Meeting, item: str) -> tuple[datetime | None, datetime | None, bool]:
    if item == meeting.current_item:
        return moment_of(meeting.item_started_at), None, False
    if item not in meeting.item_times:
        return None, None, False
    start, end = meeting.item_times[item]
    return moment_of(start), moment_of(end), True


def _goes_on(meeting: Meeting, now: datetime) -> datetime:
    """When the next item can begin: after the running one, the break, and not before the hour."""
    issued = meeting.issued
    clock = now
    row = (
        next((r for r in issued.agenda if r.item == meeting.current_item), None) if issued else None
    )
    if row is not None:
        due = moment_of(meeting.item_started_at) + timedelta(minutes=minutes_of(meeting, row))
        clock = max(clock, due)
    elif issued is not None and meeting.state == "issued":
        clock = max(clock, moment_of(issued.starts_at))
    if meeting.scene.scene == "break" and meeting.scene.until:
        clock = max(clock, moment_of(meeting.scene.until))
    return clock
