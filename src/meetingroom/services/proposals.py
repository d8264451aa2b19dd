"""What letters propose: findings of one or several files put together into meetings.

A letter, its calendar file and a photographed page may tell of one meeting; one letter may
tell of several, or give one meeting several links. Everything keeps the place it was read from.
"""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from meetingroom.domain.invitation import Finding, Received, Spot

OF_THE_MEETING = (
    "title", "organiser", "starts_at", "ends_at", "test_at", "place", "site", "contact",
)  # fmt: skip
OF_THE_LINK = ("service", "url", "meeting_id", "passcode")
CANCELLED = "meeting.cancelled"
FIELDS = (*OF_THE_MEETING, *OF_THE_LINK)


class ReadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that was read. `pages` is a PDF to look at: the letter, or made of it."""

    name: str
    file: Path
    received: Received
    pages: Path | None = None
    sha256: str = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter says, the place there, and which of the letters."""

    value: str
    spot: Spot | None = None
    letter: int = 0

    def __repr__(self) -> str:
        return f"Told(letter={self.letter})"  # it may be a passcode


class FoundLink(msgspec.Struct, frozen=True, kw_only=True):
    """One way into a meeting, with what warns of it."""

    told: dict[str, Told] = {}
    warnings: tuple[str, ...] = ()

    def value(self, field: str) -> str:
        """What was read, "" where nothing was."""
        return self.told[field].value if field in self.told else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing leads into an online meeting."""
        return not (self.value("url") or self.value("meeting_id"))


class ProposedMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting that letters tell of; `links` has several where one is to be chosen."""

    told: dict[str, Told] = {}
    links: tuple[FoundLink, ...] = ()
    level: str = ""
    letters: tuple[int, ...] = ()
    uids: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    is_cancelled: bool = False

    def value(self, field: str) -> str:
        """What was read, "" where nothing was."""
        return self.told[field].value if field in self.told else ""


def proposals_of(letters: Sequence[ReadLetter]) -> list[ProposedMeeting]:
    """The meetings that letters tell of, in the order of the letters."""
    found: list[ProposedMeeting] = []
    for place, letter in enumerate(letters):
        for finding in letter.received.findings:
            new = _proposed(finding, place)
            same = next((n for n, one in enumerate(found) if _are_one(one, new)), None)
            if same is None and len(found) == 1 and _only_adds(found[0], new):
                same = 0
            if same is None:
                found.append(new)
            else:
                found[same] = _together(found[same], new)
    return found


def link_key(service: str, url: str, meeting_number: str) -> str:
    """What makes two links the same way in: the address without its query, or the number."""
    number = "".join(letter for letter in meeting_number if letter.isalnum()).lower()
    parts = urlsplit(url)
    if parts.hostname:
        digits = "".join(letter for letter in parts.path if letter.isdigit())
        if number and number == digits:
            return f"{service}:{number}"
        if service and len(digits) >= len("123456789"):
            return f"{service}:{digits}"
        return f"{parts.hostname}{parts.path.rstrip('/')}".lower()
    return f"{service}:{number}" if number else ""


def _proposed(finding: Finding, letter: int) -> ProposedMeeting:
    def told(fields: Sequence[str]) -> dict[str, Told]:
        values = ((field, getattr(finding, field)) for field in fields)
        return {
            field: Told(value=value, spot=_spot_of(finding, field), letter=letter)
            for field, value in values
            if value
        }

    warnings = tuple(code for code in finding.warnings if code != CANCELLED)
    link = FoundLink(told=told(OF_THE_LINK), warnings=warnings)
    has_way = not link.is_empty or link.value("service")
    return ProposedMeeting(
        told=told(OF_THE_MEETING),
        links=(link,) if has_way or link.told else (),
        level=finding.level,
        letters=(letter,),
        uids=(finding.uid,) if finding.uid else (),
        doubts=finding.doubts,
        is_cancelled=finding.is_cancelled,
    )


def _spot_of(finding: Finding, field: str) -> Spot | None:
    """The end of a meeting stands where its beginning does."""
    other = "starts_at" if field == "ends_at" else ""
    return finding.spots.get(field) or finding.spots.get(other)


def _are_one(one: ProposedMeeting, other: ProposedMeeting) -> bool:
    """Whether both tell of the same meeting.

    Within one letter a title and a time of its own make another meeting; another letter tells
    of the same one by its time or its link.
    """
    starts = {row.value("starts_at") for row in (one, other)} - {""}
    if len(starts) > 1:
        return False
    if set(one.letters) & set(other.letters):
        titles = {row.value("title").casefold() for row in (one, other)} - {""}
        return len(titles) < 2
    has_same_time = bool(one.value("starts_at")) and bool(other.value("starts_at"))
    return has_same_time or bool(_keys(one) & _keys(other))


def _only_adds(one: ProposedMeeting, other: ProposedMeeting) -> bool:
    """Whether a letter or message tells of no meeting of its own: the link sent afterwards."""
    bare = [row for row in (one, other) if not (row.value("starts_at") or row.value("title"))]
    return bool(bare) and not set(one.letters) & set(other.letters)


def _keys(meeting: ProposedMeeting) -> set[str]:
    return {key_of(link) for link in meeting.links} - {""}


def key_of(link: FoundLink) -> str:
    """The key of a link that was found."""
    return link_key(link.value("service"), link.value("url"), link.value("meeting_id"))


def _together(one: ProposedMeeting, other: ProposedMeeting) -> ProposedMeeting:
    """What was read first stays; the other fills what is missing."""
    links = list(one.links)
    for link in other.links:
        same = next((n for n, row in enumerate(links) if _is_same_way(row, link)), None)
        if same is None:
            links.append(link)
        else:
            row = links[same]
            warnings = tuple(dict.fromkeys((*row.warnings, *link.warnings)))
            links[same] = FoundLink(told={**link.told, **row.told}, warnings=warnings)
    return ProposedMeeting(
        told={**other.told, **one.told},
        links=tuple(links),
        level=one.level or other.level,
        letters=tuple(dict.fromkeys((*one.letters, *other.letters))),
        uids=tuple(dict.fromkeys((*one.uids, *other.uids))),
        doubts=tuple(dict.fromkeys((*one.doubts, *other.doubts))),
        is_cancelled=one.is_cancelled or other.is_cancelled,
    )


def _is_same_way(one: FoundLink, other: FoundLink) -> bool:
    if one.is_empty or other.is_empty:
        return True
    return key_of(one) == key_of(other)
