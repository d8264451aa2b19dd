"""Meetings as a calendar file (iCalendar, RFC 5545), for calendar programs and telephones.

Only what is told to everybody invited: neither addresses of online meetings, whose links may
let in whoever has them, nor passcodes, nor names of those invited.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from meetingroom import __version__
from meetingroom.domain.office_week import Engagement
from meetingroom.domain.plain_words import one_line
from meetingroom.domain.records import moment_of
from meetingroom.wording import tr

MAKER = f"-//meetingroom//meetingroom {__version__}//VI"
AGAIN = timedelta(minutes=30)  # how often a subscription is to be asked for
METHOD = "PUBLISH"
MEDIA_TYPE = f"text/calendar; method={METHOD}; charset=utf-8"


def calendar_file(rows: Sequence[Engagement], office: str, name: str) -> bytes:
    """The bytes of a calendar named `name`; `office` makes the entries' names the only ones.

    The same meetings give the same bytes, whenever they are asked for.
    """
    from icalendar import Calendar  # noqa: PLC0415 - slow to load, and seldom

    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", METHOD)
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", AGAIN)
    calendar.add("x-published-ttl", "PT30M")
    for row in rows:
        calendar.add_component(_event(row, office))
    return bytes(calendar.to_ical())


def _event(row: Engagement, office: str) -> "object":
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", f"{row.meeting}@{office}")
    # A cancelling comes after the revision it cancels.
    event.add("sequence", row.revision + 1 if row.is_cancelled else row.revision)
    event.add("dtstamp", _utc(moment_of(row.issued_at)) if row.issued_at else _utc(row.starts_at))
    event.add("dtstart", _utc(row.starts_at))
    event.add("dtend", _utc(row.ends_at))
    event.add("summary", _plain(row.title))
    if row.place:
        event.add("location", _plain(row.place))
    event.add("description", _plain(_description(row)))
    event.add("status", "CANCELLED" if row.is_cancelled else "CONFIRMED")
    if row.is_cancelled:
        event.add("transp", "TRANSPARENT")
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _description(row: Engagement) -> str:
    lines = []
    if row.chair is not None:
        lines.append(tr("Chair: {0}").format(row.chair.name))
    if row.body_name:
        lines.append(row.body_name)
    if row.is_online:
        lines.append(tr("Online meeting: join it in the program."))
        lines += [tr("Invited by {0}").format(who) for who in row.organisers]
        lines += [tr("Our site: {0}").format(site) for site in row.sites]
    lines.append(tr("Agenda and papers are in the meeting room program."))
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Letters only: what no text of a calendar may have would make the file unreadable."""
    kept = "".join(
        c if c >= " " or c == "\n" else " " for c in text if not "\ud800" <= c <= "\udfff"
    )
    return kept.replace("\x7f", " ").strip()
