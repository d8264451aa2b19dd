"""A letter becomes findings: the meetings it invites to, each field with its place."""

from datetime import date

from meetingroom.domain.invitation import Finding, Letter, Spot
from meetingroom.invitations.codes import Codes, meeting_id, passcode, stated_codes
from meetingroom.invitations.links import Found, links_of, without_addresses
from meetingroom.invitations.passages import Words, without_hidden


def read_letter(letter: Letter, today: date) -> tuple[Finding, ...]:
    """The meetings of a letter, in its order. `today` completes dates without a year."""
    words = Words(letter)
    links = links_of(words)
    for_links, alone = stated_codes(without_addresses(without_hidden(words.text)), links)
    found = [_of_link(words, *pair) for pair in zip(links, for_links, strict=True)]
    found += [_of_codes(words, codes) for codes in alone]
    return tuple(found)


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
