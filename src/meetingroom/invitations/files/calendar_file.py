"""Calendar files (.ics), whole, broken, or some rows of one."""

import logging
import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from meetingroom.domain.invitation import Event, Letter, Part
from meetingroom.invitations.files.calendar_rows import are_rows, rows_of, unfolded_bytes, whole
from meetingroom.invitations.files.charsets import decoded
from meetingroom.invitations.files.html_letter import letter_of_html
from meetingroom.invitations.files.recurring import as_moment, next_time, recurs
from meetingroom.invitations.files.task import Task, joined

log = logging.getLogger(__name__)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # of times that name none
MAX_EVENTS, MAX_LOOKED_AT, MAX_TEXT = 50, 1000, 100_000
# What the library raises on what is not as it should be.
ODD = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, LookupError)
_LINKS = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://\S+", re.I)
_OF_THE_PROGRAM = ("X-WR-", "X-LIC-", "X-ALT-", "X-APPLE-", "X-MOZ-", "X-ORIGINAL-URL")


def read_calendar(_name: str, data: bytes, task: Task) -> Letter:
    """A calendar file; what can be read of a broken one."""
    return _letter(rows_of(decoded(unfolded_bytes(data))), task)


def letter_of_rows(text: str, task: Task) -> Letter:
    """Rows copied out of a calendar; nothing where the text has other lines too."""
    rows = rows_of(text)
    return _letter(rows, task) if are_rows(rows) else Letter()


def _letter(rows: list[str], task: Task) -> Letter:
    calendars = _parsed(rows)
    is_cancelled = any(str(one.get("METHOD", "")).upper() == "CANCEL" for one in calendars)
    events = [event for one in calendars for event in one.walk("VEVENT")][:MAX_LOOKED_AT]
    read = _coming(_one_of_each(_next_of_each(events, task), task), task)
    letters = [_letter_of(event, start, is_cancelled) for event, start in read]
    said = [one for one in letters if one.parts or one.events != (Event(),)]
    words = [row for row in rows if not row.upper().startswith(("BEGIN:", "END:"))]
    if not said and words:  # no event that can be read: the rows as words
        said = [Letter(parts=(Part(text="\n".join(words), how="calendar"),))]
    return joined(said)


def _parsed(rows: list[str]) -> list[Any]:
    import icalendar  # noqa: PLC0415 - seldom, and it takes a tenth of a second

    for zones in (True, False):
        try:
            return list(icalendar.Calendar.from_ical(whole(rows, zones=zones), multiple=True))
        except ODD as error:
            log.debug("a calendar is broken (zones: %s): %r", zones, error)
    return []


Timed = tuple[Any, datetime | None]


def _next_of_each(events: list[Any], task: Task) -> list[Timed]:
    """Each event with its time; of one that comes again the next time from today on."""
    today = datetime.combine(task.today, time(), ZONE)
    changed: dict[str, dict[datetime, Any]] = {}
    for event in events:
        moment = _moment(event, "RECURRENCE-ID")
        if moment is not None:
            changed.setdefault(str(event.get("UID", "")), {})[moment] = event
    timed: list[Timed] = []
    for event in events:
        start = _moment(event, "DTSTART")
        if start is None or not recurs(event) or "RECURRENCE-ID" in event:
            timed.append((event, start))
            continue
        gone = set(changed.get(str(event.get("UID", "")), ()))
        try:
            timed.append((event, next_time(event, start, today, gone) or start))
        except ODD as error:
            log.debug("a rule of a calendar makes no sense: %r", error)
            timed.append((event, start))
    return timed


def _one_of_each(timed: list[Timed], task: Task) -> list[Timed]:
    """Of an event that comes again, with times that were changed, only the next one."""
    today = datetime.combine(task.today, time(), ZONE)
    again = {str(event.get("UID", "")) for event, _ in timed if recurs(event)}
    kept: dict[object, Timed] = {}
    for number, (event, start) in enumerate(timed):
        name = str(event.get("UID", ""))
        key: object = name if name and name in again else number
        if key not in kept:
            kept[key] = (event, start)
        elif start is not None and start >= today and not _is_off(event):
            before = kept[key][1]
            if before is None or before < today or start < before or _is_off(kept[key][0]):
                kept[key] = (event, start)
    return list(kept.values())


def _is_off(event: Any) -> bool:
    return _text(event, "STATUS").upper() == "CANCELLED"


def _coming(timed: list[Timed], task: Task) -> list[Timed]:
    """In the order of their times, those over last, so that a long calendar's end counts."""
    now = datetime.combine(task.today, time(), ZONE)
    late = datetime.max.replace(tzinfo=UTC)

    def order(row: Timed) -> tuple[bool, datetime]:
        return (row[1] is not None and row[1] < now, row[1] or late)

    return sorted(timed, key=order)[:MAX_EVENTS]


def _moment(event: Any, name: str) -> datetime | None:
    value = event.get(name)
    value = value[0] if isinstance(value, list) and value else value
    try:
        moment = as_moment(value.dt, datetime.combine(datetime.min, time(), ZONE))
        moment.astimezone(UTC)  # a year 1 cannot be told in another zone
    except ODD:
        return None
    return moment


def _letter_of(event: Any, start: datetime | None, is_cancelled: bool) -> Letter:
    title, place, text = (_text(event, name) for name in ("SUMMARY", "LOCATION", "DESCRIPTION"))
    links = [*_links(event), *_links_of_html(event)]
    rich = _rich_words(event) if not text else ""
    value = Event(
        uid=_text(event, "UID")[:500],
        title=title[:1000],
        starts_at=_iso(start),
        ends_at=_iso(_end(event, start)),
        place=place[:1000],
        organiser=_organiser(event)[:300],
        text=text or rich,
        url=links[0].text if links and _is_conference(event) else "",
        is_cancelled=is_cancelled or _is_off(event),
        is_all_day=_is_all_day(event),
    )
    words = "\n".join(one for one in (value.title, value.place, value.text) if one)
    own = (Part(text=words, how="calendar"),) if words else ()
    return Letter(
        parts=(*own, *dict.fromkeys(links)),
        subject=value.title,
        sender=value.organiser,
        sent_at=_iso(_moment(event, "DTSTAMP")),
        events=(value,),
    )


def _text(event: Any, name: str) -> str:
    value = event.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return "" if value is None else str(value).replace("\r\n", "\n").strip()[:MAX_TEXT]


def _values(event: Any, name: str) -> list[Any]:
    value = event.get(name)
    return [] if value is None else value if isinstance(value, list) else [value]


def _links(event: Any) -> list[Part]:
    """Addresses the event itself names, those of its conference first."""
    found = [Part(text=_text(event, name), how="link") for name in _LINKS]
    for value in _values(event, "CONFERENCE"):
        label = str(getattr(value, "params", {}).get("LABEL", ""))
        found.append(Part(text=str(value).strip(), how="link", shown=label))
    own = [one for one in event if one.startswith("X-") and not one.startswith(_OF_THE_PROGRAM)]
    found += [Part(text=_text(event, name), how="link") for name in own]
    found.append(Part(text=_text(event, "URL"), how="link"))
    return [one for one in found if _ADDRESS.fullmatch(one.text)]


def _is_conference(event: Any) -> bool:
    return any(name in event for name in (*_LINKS, "CONFERENCE")) or any(
        name.startswith("X-") and "URL" in name for name in event
    )


def _links_of_html(event: Any) -> list[Part]:
    """What the same words say as HTML: addresses behind them."""
    return [part for part in _rich(event).parts if part.how == "link"]


def _rich_words(event: Any) -> str:
    return "\n".join(part.text for part in _rich(event).parts if part.how == "html")


def _rich(event: Any) -> Letter:
    html = _text(event, "X-ALT-DESC")
    if not html:
        value = next(iter(_values(event, "DESCRIPTION")), None)
        told = str(getattr(value, "params", {}).get("ALTREP", ""))
        kind, _, body = told.partition(",")
        html = unquote(body) if kind.lower().startswith("data:text/html") else ""
    if not html and "<a " in (text := _text(event, "DESCRIPTION")).lower():
        html = text
    return letter_of_html(html[:MAX_TEXT]) if html else Letter()


def _organiser(event: Any) -> str:
    value = next(iter(_values(event, "ORGANIZER")), None)
    if value is None:
        return ""
    address = re.sub(r"(?i)^mailto:", "", str(value)).strip()
    return str(getattr(value, "params", {}).get("CN", "")).strip(' "') or address


def _is_all_day(event: Any) -> bool:
    try:
        return not isinstance(event["DTSTART"].dt, datetime)
    except ODD:
        return False


def _end(event: Any, start: datetime | None) -> datetime | None:
    """When it ends: as far from this time as its end is from its first."""
    first, last = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if start is None or first is None:
        return last
    length = None if last is None else last - first
    if length is None:
        try:
            length = event["DURATION"].dt
        except ODD:
            return None
    try:
        return start + length if isinstance(length, timedelta) else None
    except OverflowError:
        return None


def _iso(moment: datetime | None) -> str:
    try:
        return moment.astimezone(ZONE).isoformat(timespec="seconds") if moment else ""
    except ODD:
        return ""
