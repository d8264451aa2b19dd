"""The office's week: its meetings by day and part of the day, from what somebody may read."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from meetingroom.domain.bodies import body_name
from meetingroom.domain.directory import Directory, Person
from meetingroom.domain.facts import MeetingIssued, OnlineLink
from meetingroom.domain.meeting import Meeting, State
from meetingroom.domain.records import moment_of

DayPart = Literal["morning", "afternoon", "evening"]
PARTS: tuple[DayPart, ...] = ("morning", "afternoon", "evening")
NOON, EVENING = 12, 18
USUAL = timedelta(hours=1)  # a meeting whose agenda says no minutes
USUAL_ZONE = "Asia/Ho_Chi_Minh"
SATURDAY, SUNDAY = 5, 6


class Engagement(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting in a calendar; its times are the office's."""

    meeting: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    body: str = ""
    body_name: str = ""
    chair: Person | None = None
    people: tuple[Person, ...] = ()
    units: tuple[str, ...] = ()
    links: tuple[OnlineLink, ...] = ()
    note: str = ""
    state: State = "issued"
    revision: int = 1
    issued_at: str = ""

    @property
    def day(self) -> date:
        return self.starts_at.date()

    @property
    def part(self) -> DayPart:
        """Before noon, before six, or later."""
        hour = self.starts_at.hour
        return "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"

    @property
    def is_online(self) -> bool:
        return bool(self.links)

    @property
    def is_cancelled(self) -> bool:
        return self.state == "cancelled"

    @property
    def organisers(self) -> tuple[str, ...]:
        """Who invites to its online meetings, each once."""
        return tuple(dict.fromkeys(link.organiser for link in self.links if link.organiser))

    @property
    def sites(self) -> tuple[str, ...]:
        """From where the commune takes part, each once."""
        return tuple(dict.fromkeys(link.site for link in self.links if link.site))


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day's meetings, in order."""

    date: date
    engagements: tuple[Engagement, ...] = ()

    def of_part(self, part: DayPart) -> tuple[Engagement, ...]:
        return tuple(row for row in self.engagements if row.part == part)


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """Monday to Sunday."""

    monday: date
    days: tuple[Day, ...]

    @property
    def number(self) -> int:
        """The week's number in the year, as calendars count."""
        return self.monday.isocalendar().week

    @property
    def engagements(self) -> tuple[Engagement, ...]:
        return tuple(row for day in self.days for row in day.engagements)

    @property
    def shown_days(self) -> tuple[Day, ...]:
        """Monday to Friday, and Saturday and Sunday as far as there is something."""
        last = max((n for n, day in enumerate(self.days) if day.engagements), default=0)
        return self.days[: max(SATURDAY, last + 1)]


@cache
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(USUAL_ZONE)


def zone_of(directory: Directory) -> tzinfo:
    """The office's clock; an office that names none that is known has Vietnam's."""
    return _zone(directory.office.time_zone if directory.office else USUAL_ZONE)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def engagement_of(meeting: Meeting, directory: Directory) -> Engagement | None:
    """A meeting as a calendar shows it; None where it was not issued or says no hour."""
    issued = meeting.issued
    if issued is None or not issued.starts_at:
        return None
    starts = moment_of(issued.starts_at)
    if starts.year <= 1970:  # an hour that cannot be read
        return None
    starts = starts.astimezone(zone_of(directory))
    return Engagement(
        meeting=meeting.id,
        title=issued.title,
        starts_at=starts,
        ends_at=starts + _planned(issued),
        place=issued.place,
        body=issued.body,
        body_name=body_name(directory, issued.body),
        chair=directory.people.get(issued.chair),
        people=_people(issued, directory),
        units=_units(issued, directory),
        links=issued.links,
        note=issued.note,
        state=meeting.state,
        revision=issued.revision,
        issued_at=meeting.issued_at,
    )


def _planned(issued: MeetingIssued) -> timedelta:
    minutes = sum(max(0, row.minutes) for row in issued.agenda if not row.is_paper_only)
    return timedelta(minutes=min(minutes, 24 * 60)) or USUAL


def _people(issued: MeetingIssued, directory: Directory) -> tuple[Person, ...]:
    """Who is invited beside the chair, as the office lists them."""
    invited = {row.person for row in issued.people} - {issued.chair}
    return tuple(one for one in directory.in_protocol_order() if one.person in invited)


def _units(issued: MeetingIssued, directory: Directory) -> tuple[str, ...]:
    """The units that prepare: those of who presents."""
    known = (directory.people.get(row.presenter) for row in issued.agenda)
    return tuple(dict.fromkeys(one.unit for one in known if one is not None and one.unit))


def engagements_of(meetings: Iterable[Meeting], directory: Directory) -> list[Engagement]:
    """All that calendars can show, in order of time."""
    found = (engagement_of(meeting, directory) for meeting in meetings)
    rows = [row for row in found if row is not None]
    return sorted(rows, key=lambda row: (row.starts_at, row.title, row.meeting))


def week_of(meetings: Iterable[Meeting], directory: Directory, day: date, body: str = "") -> Week:
    """The week a day lies in; of one body, or of all ("")."""
    monday, zone = monday_of(day), zone_of(directory)
    near = (meeting for meeting in meetings if _starts_in(meeting, monday, zone))
    rows = [row for row in engagements_of(near, directory) if body in ("", row.body)]
    return with_rows(Week(monday=monday, days=()), rows)


def _starts_in(meeting: Meeting, monday: date, zone: tzinfo) -> bool:
    """Whether a meeting begins in a week: asked often, of all that ever were."""
    if meeting.issued is None or not meeting.issued.starts_at:
        return False
    starts = moment_of(meeting.issued.starts_at).astimezone(zone).date()
    return monday <= starts < monday + timedelta(days=7)


def with_rows(week: Week, more: Iterable[Engagement]) -> Week:
    """A week and what else lies in it, each day in order."""
    rows = sorted((*week.engagements, *more), key=lambda row: (row.starts_at, row.title))
    days = (week.monday + timedelta(days=n) for n in range(7))
    return Week(
        monday=week.monday,
        days=tuple(
            Day(date=one, engagements=tuple(row for row in rows if row.day == one)) for one in days
        ),
    )


def week_to_show(meetings: Iterable[Meeting], directory: Directory, now: datetime) -> Week:
    """The week a wall shows: this one; at a weekend with nothing more to come, the next."""
    known, today = list(meetings), now.date()
    week = week_of(known, directory, today)
    is_over = today.weekday() >= SATURDAY and not any(
        row.day >= today and row.state in ("issued", "open") for row in week.engagements
    )
    return week_of(known, directory, today + timedelta(days=7)) if is_over else week
