"""A weekly schedule out of a file, as lines that can become meetings."""

from pathlib import Path

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Finding
from meetingroom.domain.invitation_port import LetterReader
from meetingroom.domain.week_lines import WeekLine
from meetingroom.invitations.files.door import read_letter_file, today_here
from meetingroom.invitations.received import proposed_of
from meetingroom.invitations.weekly import WeekEntry, read_week


def week_lines(file: Path, reader: LetterReader | None) -> tuple[WeekLine, ...]:
    """The meetings a schedule tells of. Raises PaperError, "week.none" where it is none."""
    today = today_here()
    week = read_week(read_letter_file(file, reader, today), today)
    rows = proposed_of(week) if week is not None else ()
    lines = tuple(_line(entry, found) for entry, found in rows if found.starts_at)
    if not lines:
        raise PaperError("week.none", file=file.name)
    return lines


def _line(entry: WeekEntry, found: Finding) -> WeekLine:
    return WeekLine(
        title=entry.title,
        starts_at=found.starts_at or "",
        ends_at=entry.ends_at,
        place=entry.place,
        chair=entry.chair,
        people=entry.people,
        organiser=entry.organiser,
        site=entry.site,
        is_hour_said=bool(entry.starts_at),
    )
