"""An office and an open meeting for the tests of rights, folded from values."""

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory, Principal
from meetingroom.domain.entries import Entry
from meetingroom.domain.geometry import Point
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.marks import Note
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.records import Envelope, Head
from meetingroom.domain.rights import may_write

CHAIR, SECRETARY, MEMBER, GUEST = "person-chair", "person-secretary", "person-member", "person-g"
STRANGER, OTHER, FORMER, ROOM = "person-stranger", "person-other", "person-former", "room-1"
NOTE = Note(at=Point(1, 2))


def a_directory() -> Directory:
    """`FORMER` has left the office; `OTHER` is a secretary of the office, not of the meeting."""
    rights = {SECRETARY: ("secretary", "administrator"), OTHER: ("secretary",)}
    people = (CHAIR, SECRETARY, MEMBER, GUEST, STRANGER, OTHER)
    return Directory(
        people={
            name: facts.PersonSet(person=name, name=name, rights=rights.get(name, ()))
            for name in people
        },
        rooms={name: facts.RoomSet(room=name, name=name) for name in (ROOM, "room-2")},
    )


def entry(
    fact: facts.Fact,
    author: str = SECRETARY,
    *,
    audience: tuple[str, ...] = (),
    number: int = 0,
    late: bool = False,
    **head: object,
) -> Entry:
    """A record of the meeting "m" (or the office's), numbered if `number` is given."""
    kind = facts.kind_of(fact)
    values: dict[str, object] = {
        "id": f"r-{number or 'new'}", "kind": kind.name, "author": author, "device": "d",
        "stream": OFFICE if kind.group == "office" else "m", "at": "2026-11-26T01:00:00.000Z",
        "audience": audience, "critical": kind.critical, "payload_hash": "00",
    }  # fmt: skip
    made = Head(**{**values, **head})  # type: ignore[arg-type]
    if not number:
        return Entry(head=made, fact=fact)
    envelope = Envelope(
        stream="m", epoch=1, number=number, record=made.id, head_hash="00", chain="00", hub="h",
        received=f"2026-11-26T02:00:{number % 60:02d}.000Z", late=late,
    )  # fmt: skip
    return Entry(head=made, fact=fact, envelope=envelope)


def issued(revision: int = 2, base: int = 1, **changes: object) -> facts.MeetingIssued:
    fact = facts.MeetingIssued(
        revision=revision, base=base, title="M", kind="", body="", place="", agenda=(),
        starts_at="2026-11-26T08:00:00+07:00", chair=CHAIR, secretaries=(SECRETARY,),
        people=(
            facts.Invited(person=MEMBER), facts.Invited(person=GUEST, role="guest"),
            facts.Invited(person=FORMER),
        ),
    )  # fmt: skip
    return msgspec.structs.replace(fact, **changes)


def a_paper(name: str, audience: tuple[str, ...] = ("everyone",)) -> facts.PaperPut:
    return facts.PaperPut(
        paper=name, item="i", place=0, title=name, file_name="f.pdf", blob=f"blob-{name}", size=1,
        pages=3, audience=audience,
    )  # fmt: skip


def a_vote(vote: str, way: str = "app", **changes: object) -> facts.VoteOpened:
    """A vote of the member and the former one, yes or no."""
    fact = facts.VoteOpened(
        vote=vote, motion="?", item="i", choices=("yes", "no"), voters=(MEMBER, FORMER),
        members=2, majority="half_members", way=way,
    )  # fmt: skip
    return msgspec.structs.replace(fact, **changes)


def an_opinion(opinion: str = "o", **changes: object) -> facts.OpinionGiven:
    fact = facts.OpinionGiven(opinion=opinion, text="Nên làm", item="i")
    return msgspec.structs.replace(fact, **changes)


def a_question(consultation: str = "q", **changes: object) -> facts.ConsultationOpened:
    """A question to the member and the guest, yes or no."""
    fact = facts.ConsultationOpened(
        consultation=consultation, question="Thông qua?", people=(MEMBER, GUEST),
        due="2026-11-26T03:00:00.000Z", choices=("yes", "no"),
    )  # fmt: skip
    return msgspec.structs.replace(fact, **changes)


def a_mark(mark: str = "new", revision: int = 1, paper: str = "open") -> facts.MarkPut:
    return facts.MarkPut(
        mark=mark, revision=revision, paper=paper, blob=f"blob-{paper}", page=0, shape=NOTE
    )


def a_carry(mark: str, revision: int = 1, content: int = 1, page: int = 1) -> facts.MarkCarried:
    """A mark carried to the second version of the open paper."""
    return facts.MarkCarried(
        mark=mark, revision=revision, paper="open", from_blob="blob-open", to_blob="blob-open-2",
        page=page, shape=NOTE, certainty="words", content=content,
    )  # fmt: skip


def a_meeting(*more: facts.Fact, unlocked: bool = False) -> Meeting:
    """An open meeting with a paper for everyone and one for the member, and a mark of hers."""
    rows: list[facts.Fact] = [
        a_paper("open"), a_paper("closed", (MEMBER,)), issued(1, 0), facts.MeetingOpened(),
        msgspec.structs.replace(a_paper("open"), blob="blob-open-2", version=2),
    ]  # fmt: skip
    if unlocked:
        rows.append(facts.DisplayUnlocked(room=ROOM, person=CHAIR))
    entries = [entry(fact, number=n) for n, fact in enumerate([*rows, *more], 1)]
    entries.append(entry(a_mark("hers"), MEMBER, audience=("everyone",), number=50))
    return fold_meeting("m", entries)


def judged(made: Entry, meeting: Meeting | None, principal: str = "") -> str:
    """What `may_write` says of a record: "yes" or the refusal."""
    who = principal or made.head.author
    return may_write(Principal(id=who), made, a_directory(), meeting) or "yes"
