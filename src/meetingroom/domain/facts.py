"""What a record can say: one frozen struct a kind, and the table of kinds.

Payloads are JSON; unknown fields are skipped in the view and stay in the bytes. Formats
of kinds whose feature comes later are laid down here and refused by `may_write` until then.
"""

from functools import cache

import msgspec

from meetingroom.domain.fact import Fact
from meetingroom.domain.marks import Certainty, Shape
from meetingroom.domain.office_facts import (
    BodySet,
    DeviceEnrolled,
    DeviceRevoked,
    HubCertified,
    HubRestored,
    HubTakenOver,
    MeetingTypeSet,
    OfficeFounded,
    PersonRemoved,
    PersonSet,
    Right,
    RoomSet,
    StandbyNamed,
    TemplateSet,
)
from meetingroom.domain.people_facts import AnswerDecided, AnswerGiven, CheckedIn, LeftMeeting
from meetingroom.domain.records import paper_named
from meetingroom.domain.voice_facts import (
    ConsultationAnswered,
    ConsultationClosed,
    ConsultationOpened,
    OpinionAnswered,
    OpinionGiven,
    OpinionShown,
    SpeechAsked,
    SpeechEnded,
    SpeechesOrdered,
    SpeechGranted,
    SpeechWithdrawn,
)
from meetingroom.domain.vote_facts import (
    BallotCast,
    CountEntered,
    HasVoted,
    MotionPut,
    MotionRemoved,
    VoteCancelled,
    VoteClosed,
    VoteOpened,
)

__all__ = [
    "AnswerDecided",
    "AnswerGiven",
    "BallotCast",
    "BodySet",
    "CheckedIn",
    "ConsultationAnswered",
    "ConsultationClosed",
    "ConsultationOpened",
    "CountEntered",
    "DeviceEnrolled",
    "DeviceRevoked",
    "Fact",
    "HasVoted",
    "HubCertified",
    "HubRestored",
    "HubTakenOver",
    "LeftMeeting",
    "MeetingTypeSet",
    "MotionPut",
    "MotionRemoved",
    "OfficeFounded",
    "OpinionAnswered",
    "OpinionGiven",
    "OpinionShown",
    "PersonRemoved",
    "PersonSet",
    "Right",
    "RoomSet",
    "SpeechAsked",
    "SpeechEnded",
    "SpeechGranted",
    "SpeechWithdrawn",
    "SpeechesOrdered",
    "StandbyNamed",
    "TemplateSet",
    "VoteCancelled",
    "VoteClosed",
    "VoteOpened",
]


class Unknown(Fact, frozen=True):
    """A kind, or a newer form of one, that this program cannot read; passed on whole.

    `paper` is the paper it names, if it does: its audience counts for newer kinds, too.
    """

    reason: str = "kind"
    paper: str = ""


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
    """An https address without its passcode; `secret` names the passcode at the hub.

    Without an address (`url` empty) the meeting goes over the higher level's own video system.
    """

    link: str
    title: str
    url: str
    meeting_number: str = ""
    secret: str | None = None
    service: str = ""
    organiser: str = ""
    level: str = ""
    site: str = ""
    contact: str = ""
    test_at: str = ""
    is_for_all: bool = False
    opens_itself: bool = False


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
    """`again` opens a meeting that is over; without it a start pressed too late changes nothing."""

    again: bool = False


class MeetingClosed(Fact, frozen=True):
    chain: str = ""


class ItemStarted(Fact, frozen=True):
    item: str


class ItemEnded(Fact, frozen=True):
    item: str


class TimeGiven(Fact, frozen=True):
    """Minutes added to an item's time in this meeting (negative: taken off)."""

    item: str
    minutes: int


class SceneShown(Fact, frozen=True):
    """What the room display shows: lobby, item, paper, speaker, vote, result, opinion, online,
    break, black, next. `until` (ISO 8601) is when a break is to end. With `join` an unlocked
    display enters the online meeting; `is_confirmed` says that who leads saw the warning about
    its address and wants it all the same. With `passcode` the room sees the passcode of the
    online meeting `until` then: the display asks the hub for it.
    """

    scene: str
    item: str = ""
    paper: str = ""
    link: str = ""
    vote: str = ""
    opinion: str = ""
    until: str = ""
    join: bool = False
    passcode: bool = False
    is_confirmed: bool = False


class OnlineJoined(Fact, frozen=True):
    """Somebody's computer, or the display for the whole room, went into an online meeting."""

    link: str


class OnlineLeft(Fact, frozen=True):
    """It came back from there; `at` (ISO 8601) where that is told late, after a crash.

    `who` is a display that somebody who leads brought back.
    """

    link: str
    at: str = ""
    who: str = ""


class TurningGiven(Fact, frozen=True):
    """Who beside chair and secretaries may turn the room's pages: a presenter; "" nobody.

    It ends with the item.
    """

    person: str


class DisplayUnlocked(Fact, frozen=True):
    """The room may act for this meeting on behalf of `person`; by them, or the hub (PIN)."""

    room: str
    person: str


class DisplayLocked(Fact, frozen=True):
    room: str


class Purged(Fact, frozen=True):
    """A paper disappears everywhere: its content, and whatever points to it.

    `blobs` are its versions' files, `item` where it stood; `reason` is secret, recalled or
    retention.
    """

    paper: str
    reason: str
    blobs: tuple[str, ...] = ()
    item: str = ""


# --- delivery -------------------------------------------------------------------------


class Receipt(Fact, frozen=True):
    """Latest wins per device and paper; `pages` are ranges (first, last), from 0."""

    paper: str
    blob: str
    is_verified: bool = False
    is_opened: bool = False
    pages: tuple[tuple[int, int], ...] = ()


class ReminderSent(Fact, frozen=True):
    """Somebody is asked to read a paper, or to answer a question (`consultation`)."""

    person: str
    paper: str = ""
    consultation: str = ""


class PurgeDone(Fact, frozen=True):
    """A computer's receipt for the record `purge`: how much went, and what it cannot reach.

    `copies` are files written outside (exports, prints to a file) that it deleted, `unreached`
    those that were changed or moved since; `prints` is how often the paper was printed there,
    `sealed` are own backups whose passphrase only their person knows. `pending` is what is still
    under way: "backups" at the hub, or the code of an error, which is tried again.
    """

    purge: str
    files: int = 0
    records: int = 0
    copies: int = 0
    unreached: int = 0
    prints: int = 0
    backups: int = 0
    sealed: int = 0
    pending: str = ""


class HandDeliveryNoted(Fact, frozen=True):
    person: str
    way: str
    note: str = ""


class DisplayFault(Fact, frozen=True):
    """What a room's display could not do, for who leads; latest wins per room and code."""

    room: str
    code: str
    paper: str = ""
    page: int = -1
    is_over: bool = False


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


# --- outcome: laid down, executed by a later issue --------------------------------------


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
            ItemStarted, ItemEnded, TimeGiven, SceneShown, TurningGiven, DisplayUnlocked,
            DisplayLocked, Purged, OnlineJoined, OnlineLeft,
        ),
        "delivery": (Receipt, ReminderSent, HandDeliveryNoted, PurgeDone, DisplayFault),
        "people": (AnswerGiven, AnswerDecided, CheckedIn, LeftMeeting),
        "marks": (MarkPut, MarkRemoved, MarkCarried),
        "voice": (
            OpinionGiven, OpinionShown, OpinionAnswered,
            ConsultationOpened, ConsultationAnswered, ConsultationClosed,
            SpeechAsked, SpeechWithdrawn, SpeechesOrdered, SpeechGranted, SpeechEnded,
        ),
        "votes": (
            MotionPut, MotionRemoved, VoteOpened, BallotCast, HasVoted, CountEntered, VoteClosed,
            VoteCancelled,
        ),
        "outcome": (
            MinutesDrafted, MinutesConfirmed, ConclusionIssued, TaskGiven, TaskReported, TaskClosed,
        ),
    }  # fmt: skip
    later: set[type[Fact]] = {TemplateSet}
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
                is_executed=fact not in later and group != "outcome",
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
