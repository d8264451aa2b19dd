"""The ways into online meetings that the lines of a weekly schedule tell."""

import re
from collections.abc import Sequence

import msgspec

from meetingroom.domain.invitation import Finding, Letter, Part, Spot
from meetingroom.invitations.passages import Words
from meetingroom.invitations.reading import ways_in

_LINK = ("service", "url", "meeting_id", "passcode", "warnings")
_TAIL = re.compile(
    r"(?i)[\s.,;:(\[–—-]*(?:(?:qua|theo|tại|bằng) )?(?:(?:đường )?(?:link|dẫn)|https?://|zoom"
    r"|phần mềm zoom|id\b|mã (?:cuộc )?họp|phòng zoom).*$",
    re.DOTALL,
)


def with_ways_in(letter: Letter, rows: Sequence[Finding]) -> tuple[Finding, ...]:
    """The schedule's meetings, each with the way in of its own line; one more for every further
    way in, and for one that stands in no line."""
    words = Words(letter)
    ways = ways_in(words)
    if not ways:
        return tuple(rows)
    starts = _starts(words.text, rows)
    lines = _of_lines(words.text, starts, rows)
    met = {_key(one) for line in lines for one in line}
    beside: list[Finding] = []
    for finding, place in ways:
        before = [at for at, start in enumerate(starts) if 0 <= start <= place]
        if _key(finding) not in met:
            (lines[before[-1]] if before else beside).append(finding)
    found: list[Finding] = []
    for row, mine in zip(rows, lines, strict=True):
        found += [_together(row, way) for way in mine] or [row]
    return (*found, *beside)


def _of_lines(text: str, starts: list[int], rows: Sequence[Finding]) -> list[list[Finding]]:
    """What each line tells by itself, so that no code goes to another line's meeting."""
    ends = [*(max(one, 0) for one in starts[1:]), len(text)]
    lines: list[list[Finding]] = []
    for start, end, row in zip(starts, ends, rows, strict=True):
        page = row.source.page if row.source is not None else None
        part = Part(text=text[start:end] if start >= 0 else "", page=page)
        lines.append([one for one, _ in ways_in(Words(Letter(parts=(part,))))])
    return lines


def _key(finding: Finding) -> str:
    digits = "".join(filter(str.isdigit, finding.meeting_id or ""))
    return finding.url or digits


def _together(row: Finding, way: Finding) -> Finding:
    told = {name: getattr(way, name) for name in _LINK}
    title = _TAIL.sub("", row.title or "").strip() or row.title
    return msgspec.structs.replace(row, **told, title=title, spots={**row.spots, **way.spots})


def _starts(text: str, rows: Sequence[Finding]) -> list[int]:
    """Where each line begins in the text, -1 where it is not found again."""
    found: list[int] = []
    at = 0
    for row in rows:
        place = _find(text, row.source, at)
        found.append(place)
        at = max(at, place + 1)
    return found


def _find(text: str, spot: Spot | None, start: int) -> int:
    tokens = spot.text.split()[:10] if spot is not None else []
    if not tokens:
        return -1
    found = re.compile(r"\s+".join(map(re.escape, tokens))).search(text, start)
    return found.start() if found is not None else -1
