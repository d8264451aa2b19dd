"""Who meets in an office: UBND, HĐND, Đảng ủy …, each with its letterhead and secretaries."""

import re

from meetingroom.domain.directory import Directory
from meetingroom.domain.office_facts import BodySet

PLACE = re.compile(r"\b(xã|phường|đặc khu|thị trấn)\b.*", re.IGNORECASE)


def open_bodies(directory: Directory) -> list[BodySet]:
    """The bodies that meet today, as they were set up."""
    return [row for row in directory.bodies.values() if not row.is_gone]


def body_name(directory: Directory, body: str) -> str:
    """A body's name; of meetings from before there were any, the words typed then."""
    known = directory.bodies.get(body)
    return known.name if known is not None else body


def bodies_of(directory: Directory, person: str) -> list[BodySet]:
    """The bodies whose meetings somebody prepares."""
    rows = open_bodies(directory)
    return [row for row in rows if directory.is_secretary_of(person, row.body)]


def may_start_for(directory: Directory, person: str, body: str) -> bool:
    """Whether somebody may start a meeting of a body, or of none where the office has none."""
    rows = open_bodies(directory)
    is_known = not rows or any(row.body == body for row in rows)
    return is_known and directory.is_secretary_of(person, body)


def may_host(directory: Directory, person: str, body: str, before: str | None) -> bool:
    """Whether a secretary may issue a meeting for a body: a new one (`before` is None) only for
    an own body; one that moves must also be the person's to give away."""
    if before is None:
        return may_start_for(directory, person, body)
    if before == body:
        return True
    return directory.is_secretary_of(person, before) and may_start_for(directory, person, body)


def body_called(directory: Directory, words: str) -> str | None:
    """The body that words name: by its id, its name, or how the name begins; None if none.

    Where the office has no bodies, the words themselves.
    """
    rows, wanted = open_bodies(directory), words.casefold()
    if not rows:
        return words
    for row in rows:
        if wanted in (row.body.casefold(), row.name.casefold()):
            return row.body
    begun = [row.body for row in rows if wanted and row.name.casefold().startswith(wanted)]
    return begun[0] if len(begun) == 1 else None


def ready_bodies(directory: Directory) -> tuple[BodySet, ...]:
    """What a commune has, with the place as the office's name has it; nobody named yet."""
    name = directory.office.name if directory.office else ""
    found = PLACE.search(name)
    place = found[0].strip() if found else ""
    place = place[:1].lower() + place[1:]
    return (
        _ready("ubnd", "UBND", "Ủy ban nhân dân", place),
        _ready("hdnd", "HĐND", "Hội đồng nhân dân", place),
        _ready("dang_uy", "Đảng ủy", "Đảng ủy", place),
    )


def _ready(body: str, short: str, whole: str, place: str) -> BodySet:
    lines = (whole, place) if body != "dang_uy" else (f"{whole} {place}",)
    head = tuple(line.strip().upper() for line in lines if line.strip())
    return BodySet(body=body, name=f"{short} {place}".strip(), letterhead=head)
