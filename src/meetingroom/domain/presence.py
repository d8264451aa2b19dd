"""Who is here, and what their computers told of the papers."""

import msgspec

from meetingroom.domain.entries import Entry
from meetingroom.domain.people_facts import CheckedIn, LeftMeeting


class ReceiptState(msgspec.Struct, frozen=True, kw_only=True):
    """What one device told of one version of a paper."""

    device: str
    person: str
    paper: str
    blob: str
    is_verified: bool
    is_opened: bool
    pages: tuple[tuple[int, int], ...]
    at: str

    @property
    def last_page(self) -> int:
        """The furthest page read, counting from 1; 0 if none."""
        return max((last + 1 for _, last in self.pages), default=0)


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who checked in: "room" or "online", and when they left.

    `before` are their earlier stays, oldest first; `stands_in_for` is whom a substitute is for;
    `by_code` says that the present stay was typed on a phone.
    """

    person: str
    way: str
    at: str
    left_at: str = ""
    stands_in_for: str = ""
    before: tuple[tuple[str, str], ...] = ()
    by_code: bool = False


def with_stay(presence: dict[str, Presence], entry: Entry) -> dict[str, Presence]:
    """Who is here after somebody came, left, or one of both was taken back."""
    fact = entry.fact
    assert isinstance(fact, CheckedIn | LeftMeeting)  # noqa: S101
    known = presence.get(fact.person)
    if isinstance(fact, CheckedIn):
        return {**presence, fact.person: _came(known, fact, entry.at)}
    if known is None or known.left_at:
        return presence
    if not fact.never_came:
        return {**presence, fact.person: msgspec.structs.replace(known, left_at=entry.at)}
    rest = {person: row for person, row in presence.items() if person != fact.person}
    if known.before:
        *before, (at, left) = known.before
        stay = {"at": at, "left_at": left, "before": tuple(before), "by_code": False}
        rest[fact.person] = msgspec.structs.replace(known, **stay)
    return rest


def _came(known: Presence | None, fact: CheckedIn, at: str) -> Presence:
    if known is not None and (fact.never_left or not known.left_at):
        # Told twice, or from another place: they came when they first came.
        return msgspec.structs.replace(
            known, way=fact.way, stands_in_for=fact.stands_in_for, left_at=""
        )
    return Presence(
        person=fact.person,
        way=fact.way,
        at=at,
        stands_in_for=fact.stands_in_for,
        before=(*known.before, (known.at, known.left_at)) if known is not None else (),
        by_code=fact.by_code,
    )
