"""What becomes of one file of a higher level: its meetings, or why it could not be read."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import msgspec

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Finding, Letter, Received
from meetingroom.domain.invitation_port import LetterReader
from meetingroom.invitations.files.door import ZONE, read_letter_file, today_here
from meetingroom.invitations.online_services import online_services
from meetingroom.invitations.plain import plain
from meetingroom.invitations.reading import read_letter
from meetingroom.invitations.week_links import with_ways_in
from meetingroom.invitations.weekly import Week, WeekEntry, read_week

_FREE = re.compile(
    r"(?:khong co (?:lich|cuoc hop)|nghi(?: le| tet| bu)?$|lam viec tai (?:tru so|co quan)$)"
)
MOST_WORDS = 100_000
# What is meant where a schedule says no hour, only the half of the day.
USUAL_HOURS = {"morning": 8, "afternoon": 14, "evening": 19}


class ReceivedFiles:
    """Reads files; `reader` gives who reads what could do harm, in a process apart."""

    def __init__(self, reader: Callable[[], LetterReader | None]) -> None:
        self._reader = reader

    def read(self, file: Path) -> Received:
        """Blocks while it is read; a known error is the answer's problem."""
        today = today_here()
        try:
            letter = read_letter_file(file, self._reader(), today)
        except PaperError as error:
            fields = {name: str(value) for name, value in error.fields.items()}
            return Received(file=file.name, problem=error.code, fields=fields)
        findings = tuple(map(_in_browser, meetings_in(letter, today)))
        return Received(file=file.name, findings=findings, text=_words(letter))


def meetings_in(letter: Letter, today: date) -> tuple[Finding, ...]:
    """The meetings of a letter, or of a weekly schedule."""
    week = read_week(letter, today)
    if week is None:
        return read_letter(letter, today)
    return with_ways_in(letter, [found for _, found in proposed_of(week)])


def proposed_of(week: Week) -> tuple[tuple[WeekEntry, Finding], ...]:
    """The lines of a schedule that are meetings, and what each proposes."""
    rows = (entry for entry in week.entries if entry.title and not _is_free(entry))
    return tuple((entry, _of_week(entry)) for entry in rows)


def _is_free(entry: WeekEntry) -> bool:
    """Whether a line only says that there is nothing."""
    return not entry.starts_at and _FREE.match(plain(entry.title)) is not None


def _words(letter: Letter) -> str:
    """All that a letter says, as a person reads it."""
    head = (letter.subject, letter.sender)
    parts = (
        f"{part.shown}: {part.text}" if part.how == "link" and part.shown else part.text
        for part in letter.parts
    )
    return "\n\n".join(filter(None, (*head, *parts)))[:MOST_WORDS]


def _in_browser(finding: Finding) -> Finding:
    """An address of a service's own program as the one for a browser: a meeting keeps no other."""
    if not finding.url or finding.url.startswith("https:"):
        return finding
    services = online_services()
    address = services.in_browser(finding.url)
    if not address or not address.startswith("https:"):
        return finding
    match = services.match(address)
    service = match.service.name if match is not None else finding.service
    return msgspec.structs.replace(finding, url=address, service=service)


def _of_week(entry: WeekEntry) -> Finding:
    starts = entry.starts_at
    doubts: tuple[str, ...] = ()
    if not starts and entry.half in USUAL_HOURS:
        hour = time(USUAL_HOURS[entry.half])
        starts = datetime.combine(date.fromisoformat(entry.day), hour, ZONE).isoformat()
        doubts = ("time_not_said",)
    values = {
        "title": entry.title,
        "starts_at": starts,
        "place": entry.place,
        "organiser": entry.organiser,
        "site": entry.site,
    }
    spot = entry.spot
    said = {name: value for name, value in values.items() if value}
    return Finding(
        title=entry.title,
        starts_at=starts or None,
        ends_at=entry.ends_at or None,
        place=entry.place or None,
        organiser=entry.organiser or None,
        site=entry.site or None,
        doubts=doubts,
        source=spot,
        spots=dict.fromkeys(said, spot) if spot is not None else {},
    )
