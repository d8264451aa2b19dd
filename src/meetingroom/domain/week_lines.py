"""A weekly schedule that was read in: its lines, and which meetings here they are."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal

import msgspec

from meetingroom.domain.directory import Directory
from meetingroom.domain.folding import folded
from meetingroom.domain.office_schedule import title_words
from meetingroom.domain.office_week import Engagement
from meetingroom.domain.records import moment_of

Known = Literal["", "same", "moved"]
SAME = timedelta(minutes=1)
APART = (";", ",", ":", " - ")


class WeekLine(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting of a schedule, in the schedule's words; times are ISO 8601.

    Without `is_hour_said` only the half of the day was, and the hour is a usual one.
    """

    title: str
    starts_at: str
    ends_at: str = ""
    place: str = ""
    chair: str = ""
    people: str = ""
    organiser: str = ""
    site: str = ""
    is_hour_said: bool = True


class PlannedMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """A line, the persons it names, and the meeting here that it is: at its hour, or moved."""

    line: WeekLine
    chair: str = ""
    people: tuple[str, ...] = ()
    known: Known = ""
    meeting: str = ""


def planned(
    lines: Iterable[WeekLine], here: Iterable[Engagement], directory: Directory
) -> tuple[PlannedMeeting, ...]:
    """Lines with what is known of them here."""
    rows = list(here)
    return tuple(_planned(line, rows, directory) for line in lines)


def _planned(line: WeekLine, here: list[Engagement], directory: Directory) -> PlannedMeeting:
    known, meeting = _known(line, here)
    chairs = people_named(line.chair, directory)
    return PlannedMeeting(
        line=line,
        chair=chairs[0] if len(chairs) == 1 else "",
        people=people_named(line.people, directory),
        known=known,
        meeting=meeting,
    )


def _known(line: WeekLine, here: list[Engagement]) -> tuple[Known, str]:
    """The meeting here at the same hour with the title or the place; else of the day by title."""
    starts = moment_of(line.starts_at)
    for row in here:
        is_place = bool(line.place) and folded(row.place) == folded(line.place)
        if abs(row.starts_at - starts) < SAME and (_is_alike(row.title, line.title) or is_place):
            return "same", row.meeting
    for row in here:
        is_day = row.day == starts.astimezone(row.starts_at.tzinfo).date()
        if is_day and folded(row.title) == folded(line.title):
            return "moved", row.meeting
    return "", ""


def _is_alike(one: str, other: str) -> bool:
    first, second = folded(one).strip(" ."), folded(other).strip(" .")
    return bool(first and second) and (first in second or second in first)


def people_named(words: str, directory: Directory) -> tuple[str, ...]:
    """The persons that words name, by name, or by a title that is theirs alone.

    Who is named in full is not sought by title.
    """
    if not words.strip():
        return ()
    plain, pieces = f" {_spaced(words)} ", {_spaced(piece) for piece in _pieces(words)}
    titles = [_spaced(title_words(one)) for one in directory.people.values()]
    found = []
    for person in directory.in_protocol_order():
        title = _spaced(title_words(person))
        is_titled = bool(title) and titles.count(title) == 1 and title in pieces
        if f" {_spaced(person.name)} " in plain or is_titled:
            found.append(person.person)
    return tuple(found)


def _pieces(words: str) -> list[str]:
    for mark in APART[1:]:
        words = words.replace(mark, APART[0])
    return words.split(APART[0])


def _spaced(words: str) -> str:
    """Letters and digits only, marks removed."""
    return " ".join("".join(c if c.isalnum() else " " for c in folded(words)).split())
