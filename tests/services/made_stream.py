"""A stream as it might come to one computer: its own records, other people's, forgets."""

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry, entry_of
from meetingroom.domain.geometry import Point
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.marks import Note
from meetingroom.domain.ports import Delivered
from meetingroom.domain.records import (
    Envelope,
    Head,
    Kept,
    SignedEnvelope,
    SignedRecord,
    payload_hash,
)

ME, OTHER = "person-me", "person-other"
SALT = bytes(16)
NOTE = Note(at=Point(1, 2))


class NoLog:
    """A device log that is still empty."""

    def streams(self) -> list[str]:
        return []


def record(
    name: str,
    payload: str,
    kind: str,
    *,
    author: str = OTHER,
    stream: str = "meeting-1",
    audience: tuple[str, ...] = ("everyone",),
    at: str = "2026-11-26T01:00:00.000Z",
    **head: object,
) -> SignedRecord:
    """A record with this payload, as it travels."""
    made = Head(
        id=name, stream=stream, kind=kind, author=author, device=f"device-of-{author}", at=at,
        audience=audience, payload_hash=payload_hash(SALT, payload), **head,  # type: ignore[arg-type]
    )  # fmt: skip
    text = msgspec.json.encode(made).decode()
    return SignedRecord(head=text, payload=payload, salt=SALT, signature=bytes(64))


def saying(name: str, fact: facts.Fact, **head: object) -> SignedRecord:
    """A record that says a fact."""
    kind = facts.kind_of(fact)
    return record(name, facts.write_fact(fact), kind.name, critical=kind.critical, **head)


def numbered(number: int, signed: SignedRecord) -> Delivered:
    """A step that brings a record with its number (not signed: nobody checks here)."""
    head = msgspec.json.decode(signed.head, type=Head)
    envelope = Envelope(
        stream=head.stream, epoch=1, number=number, record=head.id, chain="", hub="hub",
        head_hash=signed.head_hash, received=f"2026-11-26T02:00:{number % 60:02d}.000Z",
    )  # fmt: skip
    body = msgspec.json.encode(envelope).decode()
    kept = Kept(record=signed, envelope=SignedEnvelope(body=body, signature=b""))
    return Delivered(seq=0, stream=head.stream, record=head.id, kept=kept)


def forget(step: Delivered) -> Delivered:
    return Delivered(seq=0, stream=step.stream, record=step.record)


def put(mark: str, revision: int, text: str = "", **changes: object) -> facts.MarkPut:
    return facts.MarkPut(
        mark=mark, revision=revision, paper="p", blob="b", page=0, shape=NOTE, text=text,
    )  # fmt: skip


def issued(revision: int, people: tuple[str, ...] = (ME, OTHER)) -> facts.MeetingIssued:
    return facts.MeetingIssued(
        revision=revision, base=revision - 1, title=f"M{revision}", kind="", body="", place="",
        starts_at="2026-11-26T08:00:00+07:00", chair=OTHER, secretaries=(OTHER,), agenda=(),
        people=tuple(facts.Invited(person=person) for person in people),
    )  # fmt: skip


def paper(name: str, blob: str, version: int = 1) -> facts.PaperPut:
    return facts.PaperPut(
        paper=name, item="i", place=0, title=name, file_name="f.pdf", blob=blob, size=1, pages=3,
        version=version,
    )  # fmt: skip


def own_records() -> list[SignedRecord]:
    """What this computer wrote, in its order; the last one is private."""
    rows: list[tuple[facts.Fact, tuple[str, ...]]] = [
        (put("m1", 1, "one"), ("everyone",)),
        (put("m1", 2, "two"), ("everyone",)),
        (put("m2", 1, "gone"), ("secretary",)),
        (facts.MarkRemoved(mark="m2", revision=2, paper="p"), ("secretary",)),
        (facts.Receipt(paper="p", blob="b", is_opened=True), ("secretary",)),
        (put("m3", 1, "private"), ("me",)),
    ]
    return [
        saying(f"own-{n}", fact, author=ME, audience=audience)
        for n, (fact, audience) in enumerate(rows)
    ]


def arrivals() -> list[Delivered]:
    """Steps of two streams: what others said, and the own records that come back."""
    said: list[facts.Fact] = [
        paper("p", "b"), issued(1), put("x1", 1, "a"), put("x1", 2, "b"), put("x2", 1),
        facts.MarkRemoved(mark="x2", revision=2, paper="p"), facts.MeetingOpened(),
        facts.ItemStarted(item="i"), paper("q", "c"), paper("p", "d", 2), issued(2),
        facts.SceneShown(scene="paper", paper="p"), facts.CheckedIn(person=OTHER),
        facts.PaperRemoved(paper="q"), facts.LeftMeeting(person=OTHER),
    ]  # fmt: skip
    rows = [saying(f"said-{n}", fact) for n, fact in enumerate(said)]
    strange = record("strange", '{"new":[1,{"more":"ừ"}]}', "kind_of_tomorrow", version=9)
    mine = own_records()[:-1]
    meeting = [*rows[:4], *mine[:2], strange, *rows[4:9], *mine[2:], *rows[9:]]
    office: list[facts.Fact] = [
        facts.PersonSet(person=ME, name="Tôi"), facts.PersonSet(person=OTHER, name="Ai"),
        facts.RoomSet(room="room-1", name="P1"), facts.PersonSet(person=OTHER, name="Ai khác"),
        facts.PersonRemoved(person=ME),
    ]  # fmt: skip
    people = [saying(f"office-{n}", fact, stream=OFFICE) for n, fact in enumerate(office)]
    return [
        numbered(number, row)
        for stream in (meeting, people)
        for number, row in enumerate(stream, 1)
    ]


def entries_of(steps: list[Delivered]) -> list[Entry]:
    return [entry_of(step.kept) for step in steps if step.kept is not None]
