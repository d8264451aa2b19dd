"""A letter becomes findings: the meetings it invites to, each field with its place.

The ways in (links, or IDs alone) and what the words tell (when, what, who, where) are read apart;
here each way in is put to the meeting it belongs to.
"""

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from meetingroom.domain.invitation import Event, Finding, Letter, Spot
from meetingroom.invitations import letter_words
from meetingroom.invitations.codes import Codes, meeting_id, passcode, stated_codes
from meetingroom.invitations.links import Found, links_of, without_addresses
from meetingroom.invitations.passages import Words, without_hidden

TOLD = (
    "starts_at", "ends_at", "test_at", "title", "organiser", "level", "place", "site", "contact",
)  # fmt: skip
CANCELLED = "meeting.cancelled"


class _WayIn(msgspec.Struct, frozen=True):
    """A finding that so far has only its way in, and where in the text that stands."""

    finding: Finding
    places: tuple[int, ...]


def read_letter(letter: Letter, today: date) -> tuple[Finding, ...]:
    """The meetings of a letter, the main one first. `today` completes dates without a year."""
    words = Words(letter)
    ways = _ways_in(words)
    told = letter_words.read_words(letter, today)
    if letter.events and len(letter.events) == len(told):
        found = _of_events(letter, words, ways, told)
    elif not ways:
        found = [_told_alone(one) for one in told if _is_told(one)]
    elif len(told) == 1:
        found = [_together(way.finding, told[0]) for way in ways]
    else:
        found = _by_place(words, ways, told)
    return tuple(found)


def ways_in(words: Words) -> list[tuple[Finding, int]]:
    """The ways into meetings alone, and where in the text each stands first."""
    return [(way.finding, way.places[0]) for way in _ways_in(words)]


def _ways_in(words: Words) -> list[_WayIn]:
    links = links_of(words)
    plain = without_addresses(without_hidden(words.text))
    for_links, alone = stated_codes(plain, links)
    ways = [
        _WayIn(_of_link(words, link, codes), tuple(place[0] for place in link.places))
        for link, codes in zip(links, for_links, strict=True)
    ]
    ways += [
        _WayIn(_of_codes(words, codes), (codes.id.start if codes.id else 0,)) for codes in alone
    ]
    return sorted(_once(ways), key=lambda way: way.places[0])


def _once(ways: list[_WayIn]) -> list[_WayIn]:
    """Teams writes a meeting's short way in and, elsewhere, the system's own: one meeting."""
    mine = [way for way in ways if way.finding.service == "teams"]
    short = [way for way in mine if "/meet/" in (way.finding.url or "")]
    if len(short) != 1 or len(mine) != 2:
        return ways
    other = mine[0] if mine[1] is short[0] else mine[1]
    is_another = other.finding.meeting_id not in (None, short[0].finding.meeting_id)
    return (
        ways
        if is_another or "/meetup-join/" not in (other.finding.url or "")
        else [way for way in ways if way is not other]
    )


def _of_link(words: Words, link: Found, codes: Codes) -> Finding:
    source = words.spot(*link.places[0])
    spots = {"service": source, "url": source}
    number, code = meeting_id(link, codes), passcode(link, codes)
    if number is not None:
        spots["meeting_id"] = _spot(words, codes.id, source)
    if code is not None:
        spots["passcode"] = _spot(words, codes.passcode, source)
    return Finding(
        service=link.service, url=link.url, meeting_id=number, passcode=code,
        warnings=link.warnings, source=source, spots=spots,
    )  # fmt: skip


def _of_codes(words: Words, codes: Codes) -> Finding:
    nowhere = Spot(page=None, text="")
    source = _spot(words, codes.id, nowhere)
    spots = {"service": source, "meeting_id": source}
    if codes.passcode is not None:
        spots["passcode"] = _spot(words, codes.passcode, nowhere)
    return Finding(
        service=codes.service,
        meeting_id=codes.id.value if codes.id else None,
        passcode=codes.passcode.value if codes.passcode else None,
        source=source,
        spots=spots,
    )


def _spot(words: Words, said: object, otherwise: Spot) -> Spot:
    start, end = getattr(said, "start", None), getattr(said, "end", None)
    return otherwise if start is None or end is None else words.spot(start, end)


def _together(finding: Finding, told: letter_words.Words) -> Finding:
    """A way in with what the words tell of its meeting."""
    fields = {name: getattr(told, name) for name in TOLD}
    spots = {**told.spots, **finding.spots}
    return msgspec.structs.replace(finding, **fields, doubts=told.doubts, spots=spots)


def _is_told(told: letter_words.Words) -> bool:
    """Whether the words alone tell of a meeting."""
    return told.is_meeting or (told.is_online and told.starts_at is not None)


def _told_alone(told: letter_words.Words) -> Finding:
    """A meeting without a way in: the higher level's own video system, or in person."""
    finding = _together(Finding(), told)
    rows = (finding.spots.get(name) for name in ("starts_at", "title", "site", "place"))
    return msgspec.structs.replace(finding, source=next(filter(None, rows), None))


def _of_events(
    letter: Letter, words: Words, ways: list[_WayIn], told: Sequence[letter_words.Words]
) -> list[Finding]:
    """Every calendar entry with the ways in that stand in it; words beside belong to the first."""
    rows: list[list[_WayIn]] = [[] for _ in told]
    for way in ways:
        events = {words.event_at(place) for place in way.places} - {None}
        for at in sorted(one for one in events if one is not None) or [0]:
            rows[at].append(way)
    found: list[Finding] = []
    for event, mine, one in zip(letter.events, rows, told, strict=True):
        new = [_together(way.finding, one) for way in mine]
        if not new and (one.is_meeting or event.is_cancelled):
            new = [_told_alone(one)]
        found += [_from_entry(row, event) for row in new]
    return found


def _from_entry(finding: Finding, event: Event) -> Finding:
    """Which entry it is, so that a change of it, or its cancelling, is known for one."""
    warnings = (*finding.warnings, CANCELLED) if event.is_cancelled else finding.warnings
    return msgspec.structs.replace(
        finding, uid=event.uid, is_cancelled=event.is_cancelled, warnings=warnings
    )


def _by_place(
    words: Words, ways: list[_WayIn], told: Sequence[letter_words.Words]
) -> list[Finding]:
    """Several meetings: a way in belongs to the time before it, one after all to every one."""
    starts = [_place_of(words, one.spots.get("starts_at")) for one in told]
    rows: list[list[_WayIn]] = [[] for _ in told]
    is_common = len(ways) == 1 and all(start <= ways[0].places[0] for start in starts)
    for way in ways:
        before = [(start, at) for at, start in enumerate(starts) if start <= way.places[0]]
        first = min((start, at) for at, start in enumerate(starts))
        mine = range(len(told)) if is_common else [(max(before) if before else first)[1]]
        for at in mine:
            rows[at].append(way)
    found: list[Finding] = []
    for mine_, one in zip(rows, told, strict=True):
        found += [_together(way.finding, one) for way in mine_]
        if not mine_ and _is_told(one):
            found.append(_told_alone(one))
    return found


def _place_of(words: Words, spot: Spot | None) -> int:
    """Where the words of a spot stand in the text; at its start where they are not found."""
    tokens = spot.text.split()[:12] if spot is not None else []
    if not tokens:
        return 0
    found = re.search(r"\s+".join(map(re.escape, tokens)), words.text)
    return found.start() if found is not None else 0
