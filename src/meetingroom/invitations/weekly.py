"""A weekly schedule read in: its days, halves of days and what is on them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

import msgspec

from meetingroom.domain.invitation import Letter, Spot
from meetingroom.invitations.moments import Moment, day_of, moments
from meetingroom.invitations.plain import Reading, read
from meetingroom.invitations.week_table import Row, rows
from meetingroom.invitations.week_words import Started, entries_in
from meetingroom.invitations.when import written_on
from meetingroom.invitations.zones import stamped

_HEADING = re.compile(
    r"lich (?:lam viec|cong tac|hop|tuan|hoat dong|giao ban|tiep dan)[^\n]{0,160}"
    r"|chuong trinh (?:cong tac|lam viec) tuan|weekly (?:schedule|agenda)"
)
_WEEK = re.compile(r"tuan(?: thu)?\s{0,2}:?\s{0,2}[0-9]{1,2}|tu ngay|tuan tu|\(tu ")
_DAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4}
_DAYS |= {"bay": 5, "7": 5}
_DAY = re.compile(
    r"\n[ *|#.\-+\t]{0,12}(?:(?:[0-9]{1,2}|[ivx]{1,4})[.)] {0,3})?(?:ngay )?"
    r"(?:(?:thu|t\.) ?(?P<d>hai|ba|tu|nam|sau|bay|[2-7])|(?P<cn>chu nhat|cn))(?![a-z])"
    r"(?=[ ,:(/\t\n|*-]{0,20}(?:ngay|[0-9(]|sang|chieu|\n|:|\t|\||$))"
)
_DATED = re.compile(
    r"[ ,:(/\t\n|*-]{0,20}(?:ngay\s{0,3})?[0-9]{1,2}\s?(?:[/.-]|\s?thang\s?)\s?[0-9]{1,2}"
    r"(?:\s?(?:[/.-]|nam)\s?[0-9]{2,4})?[ )]{0,3}[:.]?"
)
_INSTEAD = re.compile(r"thay (?:cho )?(?:thu|giay) moi")
# The end of a document: its mark, or who receives it and who signs.
_SIGNED = re.compile(r"\.\s?/\s?\.|(?<![a-z])noi nhan\s?:")
_HEAD, _MOST_DAYS = 1500, 60


class WeekEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a week. `starts_at` and `ends_at` are ISO 8601, "" where no hour is said;
    `day` is an ISO date; `half` is "morning", "afternoon", "evening" or ""."""

    day: str
    half: str = ""
    starts_at: str = ""
    ends_at: str = ""
    title: str = ""
    chair: str = ""
    people: str = ""
    place: str = ""
    unit: str = ""
    organiser: str = ""
    site: str = ""
    spot: Spot | None = None


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """A weekly schedule: its heading, its first day (ISO) and its entries in their order.

    `replaces_invitations`: it says of itself to take the place of letters of invitation.
    """

    title: str
    begins: str
    entries: tuple[WeekEntry, ...]
    replaces_invitations: bool = False


def read_week(letter: Letter, today: date) -> Week | None:
    """The letter as a weekly schedule; None where it is none."""
    reading = read(letter)
    heading, days = _heading(reading), _days(reading)
    if heading is None or not _are_days(days):
        return None
    first = _first_day(reading, days, written_on(letter, today))
    entries = tuple(_entries(reading, days, first))
    if not entries:
        return None
    return Week(
        title=_heading_line(reading, heading),
        begins=first.isoformat(),
        entries=entries,
        replaces_invitations=re.search(r"thay (?:cho )?(?:thu|giay) moi", reading.plain)
        is not None,
    )


def is_week(reading: Reading) -> bool:
    """Whether words are a weekly schedule."""
    return _heading(reading) is not None and _are_days(_days(reading))


def _days(reading: Reading) -> list[re.Match[str]]:
    return list(islice(_DAY.finditer(reading.plain), _MOST_DAYS))


def _heading(reading: Reading) -> re.Match[str] | None:
    return _HEADING.search(reading.plain, 0, _HEAD)


def _are_days(days: list[re.Match[str]]) -> bool:
    return len({_weekday(one) for one in days}) >= 2


def _heading_line(reading: Reading, heading: re.Match[str]) -> str:
    start = heading.start()
    end = reading.plain.find("\n", start)
    words = reading.text[start : end if end >= 0 else len(reading.text)]
    return " ".join(words.replace("\t", " ").split()).strip(" *|#")[:160]


def _weekday(found: re.Match[str]) -> int:
    return 6 if found["cn"] else _DAYS[found["d"]]


def _first_day(reading: Reading, days: list[re.Match[str]], base: date) -> date:
    """The Monday: of the first heading that has a date, of the week told, of today."""
    found = moments(reading)
    told = _WEEK.search(reading.plain, 0, _HEAD)
    near = [one for one in found if one.day and told and told.start() <= one.start < _HEAD]
    week = day_of(near[0].day, base) if near and near[0].day else None
    for day in days:
        moment = _dated(found, day)
        on = day_of(moment.day, week or base) if moment and moment.day else None
        if on is not None:
            return on - timedelta(days=on.weekday())
    on = week or base
    return on - timedelta(days=on.weekday())


def _dated(found: list[Moment], day: re.Match[str]) -> Moment | None:
    for moment in found:
        if moment.day is not None and day.start() <= moment.end and moment.start <= day.end() + 20:
            return moment
    return None


def _entries(reading: Reading, days: list[re.Match[str]], first: date) -> Iterator[WeekEntry]:
    signed = _SIGNED.search(reading.plain, days[-1].end())
    ends = [one.start() for one in days[1:]]
    ends.append(signed.start() if signed else len(reading.plain))
    table = rows(reading)
    for day, end in zip(days, ends, strict=True):
        on = first + timedelta(days=_weekday(day))
        dated = _DATED.match(reading.plain, day.end())
        section = (dated.end() if dated else day.end(), end)
        inside = [row for row in table if day.start() <= row.start < end]
        if inside:
            for row in inside:
                yield from (_entry(reading, one, on) for one in _of_row(reading, row))
        else:
            yield from (_entry(reading, one, on) for one in entries_in(reading, section, ""))


def _of_row(reading: Reading, row: Row) -> Iterator[Started]:
    for half, span in row.texts:
        for one in entries_in(reading, span, half):
            for name, value in row.fields.items():
                if value and not one.fields.get(name):
                    one.fields[name] = value
            if one.hour is None:
                one.hour = row.hour
            yield one


def _entry(reading: Reading, one: Started, on: date) -> WeekEntry:
    starts, ends = one.times(on)
    return WeekEntry(
        day=on.isoformat(),
        half=one.half if starts is None else _half_of(starts.hour),
        starts_at=stamped(starts, None) if starts else "",
        ends_at=stamped(ends, None) if ends else "",
        title=one.fields.get("title", ""),
        chair=one.fields.get("chair", ""),
        people=one.fields.get("people", ""),
        place=one.fields.get("place", ""),
        unit=one.fields.get("unit", ""),
        organiser=one.fields.get("organiser", ""),
        site=one.fields.get("site", ""),
        spot=reading.spot(one.start, one.end),
    )


def _half_of(hour: int) -> str:
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
