"""What a record can say: one frozen struct a kind, and the table of kinds.

Payloads are JSON; unknown fields are skipped in the view and stay in the bytes. Formats
of kinds whose feature comes later are laid down here and refused by `may_write` until then.
"""

from functools import cache
from typing import Literal

import msgspec

from meetingroom.domain.marks import Certainty, Shape
from meetingroom.domain.records import paper_named


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The payload of a record."""


class Unknown(Fact, frozen=True):
    """A kind, or a newer form of one, that this program cannot read; passed on whole.

    `paper` is the paper it names, if it does: its audience counts for newer kinds, too.
    """

    reason: str = "kind"
    paper: str = ""


# --- office ---------------------------------------------------------------------------


class OfficeFounded(Fact, frozen=True):
    office: str
    name: str
    letterhead: tuple[str, ...] = ()
    place_name: str = ""
    office_key: str = ""
    time_zone: str = "Asia/Ho_Chi_Minh"


class HubCertified(Fact, frozen=True):
    """A hub's certificate (its JSON text) and the office key's signature, hexadecimal."""

    certificate: str
    signature: str


class BodySet(Fact, frozen=True):
    body: str
    name: str
    letterhead: tuple[str, ...] = ()
    secretaries: tuple[str, ...] = ()


Right = Literal["administrator", "secretary"]


class PersonSet(Fact, frozen=True):
    person: str
    name: str
    title: str = ""
    unit: str = ""
    email: str = ""
    phone: str = ""
    rights: tuple[str, ...] = ()
    order: int = 0


class PersonRemoved(Fact, frozen=True):
    person: str


class RoomSet(Fact, frozen=True):
    room: str
    name: str


class DeviceEnrolled(Fact, frozen=True):
    """Only the hub says this. `public_key` is Ed25519, hexadecimal."""

    device: str
    principal: str
    public_key: str
    name: str = ""


class DeviceRevoked(Fact, frozen=True):
    device: str
    reason: str = ""


class MeetingTypeSet(Fact, frozen=True):
    kind: str
    name: str
    days_before: int = 3
    are_working_days: bool = True
    quorum: str = ""
    majority: str = ""
    choices: tuple[str, ...] = ()


class TemplateSet(Fact, frozen=True):
    template: str
    blob: str
    name: str = ""


class StandbyNamed(Fact, frozen=True):
    devices: tuple[str, ...]


class HubTakenOver(Fact, frozen=True):
    """The presser names each stream's last number and chain head; epoch + 1 begins."""

    hub: str
    epoch: int
    heads: tuple[tuple[str, int, str], ...]


class HubRestored(Fact, frozen=True):
    hub: str
    epoch: int
    heads: tuple[tuple[str, int, str], ...]


# --- meeting --------------------------------------------------------------------------


class PaperPut(Fact, frozen=True):
    """A paper (or its next version) on an agenda item; `audience` is person ids or everyone."""

    paper: str
    item: str
    place: int
    title: str
    file_name: str
    blob: str
    size: int
    pages: int
    version: int = 1
    audience: tuple[str, ...] = ("everyone",)
    handling: str = ""


class PaperRemoved(Fact, frozen=True):
    paper: str


class Invited(Fact, frozen=True):
    """`role` is "member" (votes) or "guest" (does not)."""

    person: str
    role: str = "member"


class AgendaItem(Fact, frozen=True):
    item: str
    title: str
    presenter: str = ""
    minutes: int = 10
    is_paper_only: bool = False


class OnlineLink(Fact, frozen=True):
    """An https address without its passcode; `secret` names the passcode at the hub."""

    link: str
    title: str
    url: str
    meeting_number: str = ""
    secret: str | None = None


class MeetingIssued(Fact, frozen=True):
    """One revision of the meeting, based on `base` (0 for the first)."""

    revision: int
    base: int
    title: str
    kind: str
    body: str
    starts_at: str
    place: str
    chair: str
    secretaries: tuple[str, ...]
    people: tuple[Invited, ...]
    agenda: tuple[AgendaItem, ...]
    links: tuple[OnlineLink, ...] = ()
    note: str = ""


class MeetingCancelled(Fact, frozen=True):
    reason: str = ""


class MeetingOpened(Fact, frozen=True):
    pass


class MeetingClosed(Fact, frozen=True):
    chain: str = ""


class ItemStarted(Fact, frozen=True):
    item: str


class ItemEnded(Fact, frozen=True):
    item: str


class SceneShown(Fact, frozen=True):
    """What the room display shows: lobby, item, paper, online, break, black …"""

    scene: str
    item: str = ""
    paper: str = ""
    link: str = ""


class DisplayUnlocked(Fact, frozen=True):
    """The room may act for this meeting on behalf of `person`; by them, or the hub (PIN)."""

    room: str
    person: str


class DisplayLocked(Fact, frozen=True):
    room: str


class Purged(Fact, frozen=True):
    """Records and blobs that disappear everywhere."""

    records: tuple[str, ...]
    blobs: tuple[str, ...] = ()
    reason: str = ""


# --- delivery -------------------------------------------------------------------------


class Receipt(Fact, frozen=True):
    """Latest wins per device and paper; `pages` are ranges (first, last), from 0."""

    paper: str
    blob: str
    is_verified: bool = False
    is_opened: bool = False
    pages: tuple[tuple[int, int], ...] = ()


class ReminderSent(Fact, frozen=True):
    person: str
    paper: str = ""


class HandDeliveryNoted(Fact, frozen=True):
    person: str
    way: str
    note: str = ""


# --- people ---------------------------------------------------------------------------


class AnswerGiven(Fact, frozen=True):
    """`answer` is comes, absent or substitute."""

    answer: str
    reason: str = ""
    substitute: str = ""


class CheckedIn(Fact, frozen=True):
    person: str
    way: str = "room"


class LeftMeeting(Fact, frozen=True):
    person: str


# --- marks ----------------------------------------------------------------------------


class MarkPut(Fact, frozen=True):
    """A mark's whole content; a higher revision by its author replaces the lower."""

    mark: str
    revision: int
    paper: str
    blob: str
    page: int
    shape: Shape
    text: str = ""
    colour: str = "yellow"
    reply_to: str = ""


class MarkRemoved(Fact, frozen=True):
    mark: str
    revision: int
    paper: str


class MarkCarried(Fact, frozen=True):
    """Where a mark stands on another version; a higher revision there replaces the lower.

    `content` is the revision of the mark it was found for.
    """

    mark: str
    revision: int
    paper: str
    from_blob: str
    to_blob: str
    page: int
    shape: Shape
    certainty: Certainty
    content: int = 1


# --- voice, votes, outcome: laid down, executed by later issues ------------------------


class OpinionGiven(Fact, frozen=True):
    opinion: str
    text: str
    item: str = ""
    paper: str = ""
    page: int = -1


class OpinionAnswered(Fact, frozen=True):
    opinion: str
    answer: str
    text: str = ""


class SpeechAsked(Fact, frozen=True):
    speech: str
    person: str
    item: str = ""
    is_question: bool = False


class SpeechWithdrawn(Fact, frozen=True):
    speech: str


class SpeechGranted(Fact, frozen=True):
    speech: str
    seconds: int = 300


class SpeechEnded(Fact, frozen=True):
    speech: str


class VoteOpened(Fact, frozen=True):
    vote: str
    motion: str
    item: str
    choices: tuple[str, ...]
    voters: tuple[str, ...]
    is_secret: bool = False
    majority: str = ""
    shows_tally: bool = False


class BallotCast(Fact, frozen=True):
    """An open ballot. Secret ones are not records."""

    vote: str
    choice: str


class HasVoted(Fact, frozen=True):
    """Only the hub says this."""

    vote: str
    person: str


class VoteClosed(Fact, frozen=True):
    """Only the hub says this; counts in the order of the vote's choices."""

    vote: str
    counts: tuple[int, ...]
    is_passed: bool | None = None


class CountEntered(Fact, frozen=True):
    vote: str
    counts: tuple[int, ...]
    teller: str


class MinutesDrafted(Fact, frozen=True):
    blob: str
    version: int = 1


class MinutesConfirmed(Fact, frozen=True):
    blob: str


class ConclusionIssued(Fact, frozen=True):
    blob: str
    title: str = ""


class TaskGiven(Fact, frozen=True):
    task: str
    text: str
    person: str
    due: str = ""


class TaskReported(Fact, frozen=True):
    task: str
    text: str
    share: int = 0


class TaskClosed(Fact, frozen=True):
    task: str


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of record: its payload, group, and what the program does with it today."""

    name: str
    fact: type[Fact]
    group: str
    version: int = 1
    critical: bool = False
    hub_only: bool = False
    is_executed: bool = True


def _kinds() -> dict[str, Kind]:
    groups: dict[str, tuple[type[Fact], ...]] = {
        "office": (
            OfficeFounded, HubCertified, BodySet, PersonSet, PersonRemoved, RoomSet, DeviceEnrolled,
            DeviceRevoked, MeetingTypeSet, TemplateSet, StandbyNamed, HubTakenOver, HubRestored,
        ),
        "meeting": (
            PaperPut, PaperRemoved, MeetingIssued, MeetingCancelled, MeetingOpened, MeetingClosed,
            ItemStarted, ItemEnded, SceneShown, DisplayUnlocked, DisplayLocked, Purged,
        ),
        "delivery": (Receipt, ReminderSent, HandDeliveryNoted),
        "people": (AnswerGiven, CheckedIn, LeftMeeting),
        "marks": (MarkPut, MarkRemoved, MarkCarried),
        "voice": (
            OpinionGiven, OpinionAnswered, SpeechAsked, SpeechWithdrawn, SpeechGranted, SpeechEnded,
        ),
        "votes": (VoteOpened, BallotCast, HasVoted, VoteClosed, CountEntered),
        "outcome": (
            MinutesDrafted, MinutesConfirmed, ConclusionIssued, TaskGiven, TaskReported, TaskClosed,
        ),
    }  # fmt: skip
    later = {TemplateSet, StandbyNamed, HubTakenOver, HubRestored, Purged}
    critical = {MeetingIssued, PaperPut, PaperRemoved, Purged, HubTakenOver, DeviceRevoked}
    hub_only = {HubCertified, DeviceEnrolled, HasVoted, VoteClosed, HubRestored}
    table: dict[str, Kind] = {}
    for group, facts in groups.items():
        for fact in facts:
            name = _snake(fact.__name__)
            table[name] = Kind(
                name=name,
                fact=fact,
                group=group,
                critical=fact in critical,
                hub_only=fact in hub_only,
                is_executed=fact not in later and group not in ("voice", "votes", "outcome"),
            )
    return table


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")


KINDS = _kinds()
_names = {kind.fact: kind.name for kind in KINDS.values()}
_encoder = msgspec.json.Encoder(order="deterministic")


@cache
def _decoder(kind: str) -> "msgspec.json.Decoder[Fact]":
    """Made when a kind is first met: a program that starts meets few."""
    return msgspec.json.Decoder(KINDS[kind].fact)


def kind_of(fact: Fact) -> Kind:
    """The row of the table for a payload."""
    return KINDS[_names[type(fact)]]


def write_fact(fact: Fact) -> str:
    """A payload's JSON text."""
    return _encoder.encode(fact).decode()


def read_fact(kind: str, version: int, payload: str | None) -> Fact:
    """The view of a payload; `Unknown` where this program is too old or it was purged."""
    known = KINDS.get(kind)
    if payload is None:
        return Unknown(reason="purged" if known else "kind")
    if known is None:
        return Unknown(reason="kind", paper=paper_named(payload))
    try:
        return _decoder(kind).decode(payload)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError):
        reason = "version" if version > known.version else "malformed"
        return Unknown(reason=reason, paper=paper_named(payload))
