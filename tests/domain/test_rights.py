"""Who may write what, and who may read it: as tables that people can check."""

import re

import msgspec
import pytest
from an_office import (
    CHAIR,
    FORMER,
    GUEST,
    MEMBER,
    OTHER,
    ROOM,
    SECRETARY,
    STRANGER,
    a_carry,
    a_directory,
    a_mark,
    a_meeting,
    a_paper,
    a_question,
    a_vote,
    an_opinion,
    entry,
    issued,
    judged,
)

from meetingroom.domain import facts
from meetingroom.domain.facts import KINDS, Fact
from meetingroom.domain.geometry import InkPoint, Point, Rect
from meetingroom.domain.ids import HUB
from meetingroom.domain.marks import FreeText, Ink, Note, TextMark
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.rights import WORDS_FOR_SOME, frozen_readers, may_read
from meetingroom.domain.ruling import may_read_paper

SAMPLES: dict[str, Fact] = {
    "body_set": facts.BodySet(body="b", name="B"),
    "person_set": facts.PersonSet(person="person-new", name="N"),
    "person_removed": facts.PersonRemoved(person=GUEST),
    "room_set": facts.RoomSet(room="room-3", name="R"),
    "meeting_type_set": facts.MeetingTypeSet(kind="k", name="K"),
    "device_revoked": facts.DeviceRevoked(device="d"),
    "standby_named": facts.StandbyNamed(devices=("d",)),
    "hub_taken_over": facts.HubTakenOver(hub="h", epoch=2, heads=()),
    "hub_restored": facts.HubRestored(hub="h", epoch=2, heads=()),
    "office_founded": facts.OfficeFounded(office="o", name="O"),
    "hub_certified": facts.HubCertified(certificate="{}", signature=""),
    "device_enrolled": facts.DeviceEnrolled(device="d", principal=CHAIR, public_key=""),
    "paper_put": a_paper("next"),
    "paper_removed": facts.PaperRemoved(paper="open"),
    "meeting_issued": issued(people=(facts.Invited(person=MEMBER),)),
    "meeting_cancelled": facts.MeetingCancelled(),
    "meeting_opened": facts.MeetingOpened(),
    "meeting_closed": facts.MeetingClosed(),
    "item_started": facts.ItemStarted(item="i"),
    "item_ended": facts.ItemEnded(item="i"),
    "scene_shown": facts.SceneShown(scene="paper", paper="open"),
    "turning_given": facts.TurningGiven(person=MEMBER),
    "display_unlocked": facts.DisplayUnlocked(room=ROOM, person=CHAIR),
    "display_locked": facts.DisplayLocked(room=ROOM),
    "online_joined": facts.OnlineJoined(link="call"),
    "online_left": facts.OnlineLeft(link="call"),
    "purged": facts.Purged(paper="open", reason="recalled"),
    "purge_done": facts.PurgeDone(purge="none"),
    "receipt": facts.Receipt(paper="open", blob="blob-open"),
    "reminder_sent": facts.ReminderSent(person=MEMBER),
    "hand_delivery_noted": facts.HandDeliveryNoted(person=MEMBER, way="paper"),
    "display_fault": facts.DisplayFault(room=ROOM, code="display.paper_away"),
    "answer_given": facts.AnswerGiven(answer="comes"),
    "answer_decided": facts.AnswerDecided(person=MEMBER, is_agreed=True),
    "motion_put": facts.MotionPut(motion="q", text="?"),
    "motion_removed": facts.MotionRemoved(motion="q"),
    "vote_opened": a_vote("w"),
    "ballot_cast": facts.BallotCast(vote="app", choice="yes"),
    "has_voted": facts.HasVoted(vote="app", people=(MEMBER,)),
    "count_entered": facts.CountEntered(vote="hands", counts=(1, 0), teller=SECRETARY),
    "vote_closed": facts.VoteClosed(vote="app", counts=(1, 0)),
    "vote_cancelled": facts.VoteCancelled(vote="app"),
    "checked_in": facts.CheckedIn(person=MEMBER),
    "left_meeting": facts.LeftMeeting(person=MEMBER),
    "mark_put": a_mark(),
    "mark_removed": facts.MarkRemoved(mark="hers", revision=2, paper="open"),
    "mark_carried": a_carry("hers"),
    "opinion_given": an_opinion("new"),
    "opinion_shown": facts.OpinionShown(opinion="o", is_shown=True, text="Nên làm", item="i"),
    "opinion_answered": facts.OpinionAnswered(opinion="o", answer="noted"),
    "consultation_opened": a_question("new"),
    "consultation_answered": facts.ConsultationAnswered(consultation="q", choice="yes"),
    "consultation_closed": facts.ConsultationClosed(consultation="q"),
    "time_given": facts.TimeGiven(item="i", minutes=5),
    "speech_asked": facts.SpeechAsked(speech="new", person=MEMBER),
    "speech_withdrawn": facts.SpeechWithdrawn(speech="asked"),
    "speeches_ordered": facts.SpeechesOrdered(speeches=("asked",)),
    "speech_granted": facts.SpeechGranted(speech="asked"),
    "speech_ended": facts.SpeechEnded(speech="asked"),
}
AN_ITEM = issued(agenda=(facts.AgendaItem(item="i", title="I"),))
A_CALL = issued(
    links=(facts.OnlineLink(link="call", title="C", url="https://zoom.us/j/1", is_for_all=True),)
)
ASKED = facts.SpeechAsked(speech="asked", person=MEMBER)
# The vote that runs, or who wants to speak or does, when these are said.
RUNNING: dict[str, tuple[Fact, ...]] = {
    "ballot_cast": (a_vote("app"),), "count_entered": (a_vote("hands", "hands"),),
    "vote_cancelled": (a_vote("app"),),
    "time_given": (AN_ITEM,),
    "online_joined": (A_CALL,), "online_left": (A_CALL, facts.OnlineJoined(link="call")),
    "speech_withdrawn": (ASKED,), "speech_granted": (ASKED,),
    "speech_ended": (ASKED, facts.SpeechGranted(speech="asked")),
    "opinion_shown": (an_opinion(),), "opinion_answered": (an_opinion(),),
    "consultation_answered": (a_question(),), "consultation_closed": (a_question(),),
}  # fmt: skip
AUDIENCE = {
    "receipt": ("secretary", "chair"), "answer_given": ("secretary",), "purge_done": ("secretary",),
    "display_fault": ("secretary", "chair"), "opinion_given": ("secretary",),
    "opinion_answered": ("everyone",), "consultation_answered": ("secretary", "chair"),
}  # fmt: skip
WRITERS = {
    "chair": CHAIR, "secretary": SECRETARY, "member": MEMBER, "guest": GUEST,
    "stranger": STRANGER, "other": OTHER, "former": FORMER,
}  # fmt: skip

# What may_write says in an open meeting. "other" is a secretary of another meeting; "former"
# was invited and has left the office; the open room acts on behalf of the chair.
SHORT = {
    "-": "no_right", "hub": "hub_only", "out": "not_invited", "odd": "malformed",
    "theirs": "not_yours", "not_in": "unknown_link",
}  # fmt: skip
MAY_WRITE = """
kind                 chair   secretary  member  guest   stranger  other   former  locked  open
body_set             -       yes        -       -       -         -       -       -       -
person_set           -       yes        -       -       -         -       -       -       -
person_removed       -       yes        -       -       -         -       -       -       -
room_set             -       yes        -       -       -         -       -       -       -
meeting_type_set     -       yes        -       -       -         -       -       -       -
device_revoked       -       yes        -       -       -         -       -       -       -
standby_named        -       yes        -       -       -         -       -       -       -
hub_taken_over       hub     hub        hub     hub     hub       hub     -       hub     hub
hub_restored         hub     hub        hub     hub     hub       hub     hub     hub     hub
office_founded       hub     hub        hub     hub     hub       hub     -       hub     hub
hub_certified        hub     hub        hub     hub     hub       hub     hub     hub     hub
device_enrolled      hub     hub        hub     hub     hub       hub     hub     hub     hub
paper_put            -       yes        -       -       -         -       -       locked  -
paper_removed        -       yes        -       -       -         -       -       locked  -
meeting_issued       -       yes        -       -       -         -       -       locked  -
meeting_cancelled    -       yes        -       -       -         -       -       locked  -
meeting_opened       yes     yes        -       -       -         -       -       locked  yes
meeting_closed       yes     yes        -       -       -         -       -       locked  yes
item_started         yes     yes        -       -       -         -       -       locked  yes
item_ended           yes     yes        -       -       -         -       -       locked  yes
scene_shown          yes     yes        -       -       -         -       -       locked  yes
turning_given        yes     yes        -       -       -         -       -       locked  yes
display_unlocked     yes     odd        odd     odd     odd       odd     -       locked  -
display_locked       yes     yes        -       -       -         -       -       yes     yes
online_joined        yes     yes        yes     yes     out       out     -       locked  yes
online_left          not_in  yes        not_in  not_in  not_in    not_in  -       locked  not_in
purged               yes     yes        -       -       -         -       -       locked  -
purge_done           -       -          -       -       -         -       -       -       -
receipt              yes     yes        yes     yes     out       out     -       locked  -
reminder_sent        -       yes        -       -       -         -       -       locked  -
hand_delivery_noted  -       yes        -       -       -         -       -       locked  -
display_fault        -       -          -       -       -         -       -       yes     yes
answer_given         yes     yes        yes     yes     out       out     -       locked  -
answer_decided       yes     -          -       -       -         -       -       locked  -
motion_put           yes     yes        -       -       -         -       -       locked  -
motion_removed       yes     yes        -       -       -         -       -       locked  -
vote_opened          yes     yes        -       -       -         -       -       locked  yes
ballot_cast          no_vote  no_vote   yes     no_vote  no_vote  no_vote  -       locked  -
has_voted            hub     hub        hub     hub     hub       hub     hub     hub     hub
count_entered        odd     yes        -       -       -         -       -       locked  -
vote_closed          hub     hub        hub     hub     hub       hub     hub     hub     hub
vote_cancelled       yes     yes        -       -       -         -       -       locked  yes
checked_in           yes     yes        yes     -       -         -       -       locked  yes
left_meeting         yes     yes        yes     -       -         -       -       locked  yes
time_given           yes     yes        -       -       -         -       -       locked  yes
speech_asked         yes     yes        yes     -       out       out     -       locked  -
speech_withdrawn     yes     yes        yes     -       -         -       -       locked  -
speeches_ordered     yes     yes        -       -       -         -       -       locked  -
speech_granted       yes     yes        -       -       -         -       -       locked  yes
speech_ended         yes     yes        yes     -       -         -       -       locked  yes
mark_put             yes     yes        yes     yes     out       out     -       locked  yes
mark_removed         theirs  theirs     yes     theirs  theirs    theirs  -       locked  theirs
mark_carried         theirs  theirs     yes     theirs  theirs    theirs  -       locked  -
opinion_given        yes     yes        yes     yes     out       out     -       locked  -
opinion_shown        yes     yes        -       -       -         -       -       locked  -
opinion_answered     yes     yes        -       -       -         -       -       locked  -
consultation_opened  yes     yes        -       -       -         -       -       locked  -
consultation_answered  -     -          yes     yes     out       out     -       locked  -
consultation_closed  yes     yes        -       -       -         -       -       locked  -
"""

MEMBER_MARK, CLOSED_MARK = a_mark("m"), a_mark("m", paper="closed")
FOR_ALL, LEADERS = ("everyone",), ("secretary", "chair")
# What is read: the record, its author, its audience.
SAID: dict[str, tuple[Fact, str, tuple[str, ...]]] = {
    "the meeting": (issued(), SECRETARY, ()),
    "an open paper": (a_paper("open"), SECRETARY, ()),
    "a closed paper": (a_paper("closed", (MEMBER,)), SECRETARY, ()),
    "it taken out": (facts.PaperRemoved(paper="closed"), SECRETARY, ()),
    "it on the display": (facts.SceneShown(scene="paper", paper="closed"), CHAIR, ()),
    "a receipt": (facts.Receipt(paper="open", blob="b"), MEMBER, LEADERS),
    "one of a closed paper": (facts.Receipt(paper="closed", blob="b"), MEMBER, LEADERS),
    "an answer": (facts.AnswerGiven(answer="absent"), MEMBER, ("secretary",)),
    "an answer to all": (facts.AnswerGiven(answer="absent"), MEMBER, FOR_ALL),
    "a reminder": (facts.ReminderSent(person=GUEST), SECRETARY, (GUEST,)),
    "checked in": (facts.CheckedIn(person=MEMBER), MEMBER, ()),
    "a mark for all": (MEMBER_MARK, MEMBER, FOR_ALL),
    "for the secretary": (MEMBER_MARK, MEMBER, ("secretary",)),
    "for the chair": (MEMBER_MARK, MEMBER, ("chair",)),
    "for the guest": (MEMBER_MARK, MEMBER, (GUEST,)),
    "for a stranger": (MEMBER_MARK, MEMBER, (STRANGER,)),
    "on a closed paper": (CLOSED_MARK, MEMBER, FOR_ALL),
    "there for the chair": (CLOSED_MARK, MEMBER, ("chair",)),
    "a private one": (MEMBER_MARK, MEMBER, ("me",)),
    "one taken back": (a_mark("back"), MEMBER, FOR_ALL),
    "its place": (a_carry("back"), MEMBER, FOR_ALL),
    "a mark's place": (a_carry("m"), MEMBER, FOR_ALL),
    "a vote opened": (
        facts.VoteOpened(vote="v", motion="", item="i", choices=(), voters=()), CHAIR, (),
    ),
    "an open ballot": (facts.BallotCast(vote="v", choice="c"), MEMBER, LEADERS),
    "a wish to speak": (facts.SpeechAsked(speech="s", person=MEMBER), MEMBER, ()),
    "an opinion": (an_opinion(), MEMBER, FOR_ALL),
    "one for the chair": (an_opinion(), MEMBER, ("chair",)),
    "one that is shown": (SAMPLES["opinion_shown"], CHAIR, ()),
    "its answer": (SAMPLES["opinion_answered"], CHAIR, (MEMBER, "chair")),
    "a question": (a_question(), SECRETARY, ()),
    "what was answered": (SAMPLES["consultation_answered"], GUEST, LEADERS),
    "minutes": (facts.MinutesDrafted(blob="b"), SECRETARY, FOR_ALL),
}  # fmt: skip
READERS = {**WRITERS, "room": ROOM}
MAY_READ = """
what                   chair  secretary  member  guest  stranger  other  former  room
the meeting            yes    yes        yes     yes    -         -      -       yes
an open paper          yes    yes        yes     yes    -         -      -       yes
a closed paper         -      yes        yes     -      -         -      -       -
it taken out           -      yes        yes     -      -         -      -       -
it on the display      -      yes        yes     -      -         -      -       -
a receipt              yes    yes        yes     -      -         -      -       -
one of a closed paper  -      yes        yes     -      -         -      -       -
an answer              -      yes        yes     -      -         -      -       -
an answer to all       yes    yes        yes     yes    -         -      -       -
a reminder             -      yes        -       yes    -         -      -       -
checked in             yes    yes        yes     yes    -         -      -       yes
a mark for all         yes    yes        yes     yes    -         -      -       yes
for the secretary      -      yes        yes     -      -         -      -       -
for the chair          yes    -          yes     -      -         -      -       -
for the guest          -      -          yes     yes    -         -      -       -
for a stranger         -      -          yes     -      -         -      -       -
on a closed paper      -      yes        yes     -      -         -      -       -
there for the chair    -      -          yes     -      -         -      -       -
a private one          -      -          -       -      -         -      -       -
one taken back         -      -          yes     -      -         -      -       -
its place              -      -          yes     -      -         -      -       -
a mark's place         yes    yes        yes     yes    -         -      -       yes
a vote opened          yes    yes        yes     yes    -         -      -       yes
an open ballot         -      -          yes     -      -         -      -       -
a wish to speak        yes    yes        yes     yes    -         -      -       yes
an opinion             yes    yes        yes     yes    -         -      -       -
one for the chair      yes    -          yes     -      -         -      -       -
one that is shown      yes    yes        yes     yes    -         -      -       yes
its answer             yes    -          yes     -      -         -      -       -
a question             yes    yes        yes     yes    -         -      -       -
what was answered      yes    yes        -       yes    -         -      -       -
minutes                yes    yes        yes     yes    -         -      -       -
"""


def rows(table: str) -> list[tuple[str, str, str]]:
    """(row, column, what it says) of every cell."""
    lines = [re.split(r"\s{2,}", line.strip()) for line in table.strip().splitlines()]
    return [
        (line[0], column, cell)
        for line in lines[1:]
        for column, cell in zip(lines[0][1:], line[1:], strict=True)
    ]


def sample(kind: str, column: str) -> str:
    audience = AUDIENCE.get(kind, ("everyone",) if kind.startswith("mark") else ())
    before = RUNNING.get(kind, ())
    if column in WRITERS:
        made = entry(SAMPLES[kind], WRITERS[column], audience=audience)
        return judged(made, a_meeting(*before))
    made = entry(SAMPLES[kind], ROOM, audience=audience, on_behalf_of=CHAIR)
    return judged(made, a_meeting(*before, unlocked=column == "open"))


@pytest.mark.parametrize(("kind", "column", "says"), rows(MAY_WRITE))
def test_who_may_write(kind: str, column: str, says: str) -> None:
    assert sample(kind, column) == SHORT.get(says, says)


def reads(what: str, column: str) -> str:
    fact, author, audience = SAID[what]
    back = entry(a_mark("back"), MEMBER, audience=FOR_ALL, number=60)
    gone = facts.MarkRemoved(mark="back", revision=2, paper="open")
    more = [back, entry(gone, MEMBER, audience=FOR_ALL, number=61)]
    meeting = fold_meeting("m", more, a_meeting())
    head = entry(fact, author, audience=audience).head
    readers = frozen_readers(head, meeting)
    may = may_read(READERS[column], head, fact, readers, a_directory(), meeting)
    return "yes" if may else "-"


@pytest.mark.parametrize(("what", "column", "says"), rows(MAY_READ))
def test_who_may_read(what: str, column: str, says: str) -> None:
    assert reads(what, column) == says


def test_the_tables_name_every_kind_that_is_executed() -> None:
    executed = {name for name, kind in KINDS.items() if kind.is_executed}
    assert executed == set(SAMPLES) == {row for row, _, _ in rows(MAY_WRITE)}


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(SAMPLES)))
def test_what_comes_later_is_refused_until_then(kind: str) -> None:
    stream = "office" if KINDS[kind].group == "office" else "m"
    made = entry(facts.MeetingOpened(), kind=kind, critical=KINDS[kind].critical, stream=stream)
    assert judged(made, a_meeting()) == "not_yet"


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_the_hub_itself_may_say_everything_it_can_read(kind: str) -> None:
    assert judged(entry(SAMPLES[kind], HUB), a_meeting(), HUB) == "yes"


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_nothing_private_is_accepted_from_anybody(kind: str) -> None:
    made = entry(SAMPLES[kind], SECRETARY, audience=("me",))
    assert judged(made, a_meeting()) == "private"


@pytest.mark.parametrize(
    "kind", [k for k in SAMPLES if not k.startswith("mark") and k not in WORDS_FOR_SOME]
)
def test_what_changes_the_meeting_is_for_everyone(kind: str) -> None:
    made = entry(SAMPLES[kind], SECRETARY, audience=("secretary",))
    assert judged(made, a_meeting()) in ("malformed", "hub_only")


def test_a_kind_or_version_of_tomorrow_needs_a_newer_hub() -> None:
    newer = entry(facts.MeetingOpened(), CHAIR, version=2)
    strange = entry(facts.MeetingOpened(), CHAIR, kind="kind_of_tomorrow")
    assert [judged(one, a_meeting()) for one in (newer, strange)] == ["hub_too_old"] * 2


@pytest.mark.parametrize(("revision", "base"), [(2, 0), (3, 1), (1, 0), (3, 2), (2, 2)])
def test_an_issue_on_a_stale_base_is_refused(revision: int, base: int) -> None:
    fact = issued(revision, base, people=())
    assert judged(entry(fact, SECRETARY), a_meeting()) == "stale"


def test_an_issue_needs_a_secretary_and_people_of_the_office() -> None:
    nobody = issued(secretaries=(), people=())
    unknown = issued(people=(facts.Invited(person="person-nobody"),))
    assert [judged(entry(f, SECRETARY), a_meeting()) for f in (nobody, unknown)] == [
        "unknown_person"
    ] * 2


def test_a_new_meeting_is_started_by_a_secretary_of_its_body() -> None:
    fact = issued(1, 0, people=())
    answers = [judged(entry(fact, who), None) for who in (SECRETARY, OTHER, CHAIR)]
    assert answers == ["yes", "yes", "no_right"]


def closed(*more: Fact) -> Meeting:
    return a_meeting(facts.MeetingClosed(), *more)


def test_after_close_a_mark_is_still_taken_and_steering_is_not() -> None:
    assert judged(entry(a_mark(), MEMBER, audience=FOR_ALL), closed()) == "yes"
    assert judged(entry(facts.ItemStarted(item="i"), CHAIR), closed()) == "closed"


def test_a_start_pressed_too_late_does_not_open_a_meeting_that_is_over() -> None:
    assert judged(entry(facts.MeetingOpened(), CHAIR), closed()) == "closed"
    assert judged(entry(facts.MeetingOpened(again=True), CHAIR), closed()) == "yes"


def test_closing_and_cancelling_lock_the_display() -> None:
    unlocked = facts.DisplayUnlocked(room=ROOM, person=CHAIR)
    assert a_meeting(unlocked).unlocked
    assert not a_meeting(unlocked, facts.MeetingClosed()).unlocked
    assert not a_meeting(unlocked, facts.MeetingCancelled()).unlocked


def test_who_leads_no_more_has_no_display_unlocked() -> None:
    unlocked = facts.DisplayUnlocked(room=ROOM, person=SECRETARY)
    assert a_meeting(unlocked, issued(3, 2)).unlocked
    assert not a_meeting(unlocked, issued(3, 2, secretaries=(OTHER,))).unlocked


def test_a_room_locks_only_itself() -> None:
    made = entry(facts.DisplayLocked(room="room-2"), ROOM)
    assert judged(made, a_meeting(unlocked=True)) == "no_right"


def test_a_room_writes_nothing_on_a_paper_it_may_not_read() -> None:
    meeting = a_meeting(facts.DisplayUnlocked(room=ROOM, person=SECRETARY))
    mark = a_mark(paper="closed")
    made = entry(mark, ROOM, audience=FOR_ALL, on_behalf_of=SECRETARY)
    assert judged(made, meeting) == "not_for_the_room"


def test_a_closed_paper_is_as_unknown_to_others_as_one_that_never_was() -> None:
    marks = [a_mark(paper="closed"), a_mark(paper="nonsense")]
    receipts = [facts.Receipt(paper=name, blob="b") for name in ("closed", "nonsense")]
    answers = [judged(entry(one, GUEST, audience=FOR_ALL), a_meeting()) for one in marks]
    answers += [judged(entry(one, GUEST, audience=LEADERS), a_meeting()) for one in receipts]
    assert answers == ["unknown_paper"] * 4


@pytest.mark.parametrize(("revision", "says"), [(1, "mark_changed"), (2, "yes")])
def test_a_revision_is_newer_than_what_is_known(revision: int, says: str) -> None:
    put = entry(a_mark("hers", revision), MEMBER, audience=FOR_ALL)
    gone = facts.MarkRemoved(mark="hers", revision=revision, paper="open")
    remove = entry(gone, MEMBER, audience=FOR_ALL)
    assert (judged(put, a_meeting()), judged(remove, a_meeting())) == (says, says)


def test_an_old_revision_does_not_bring_a_removed_mark_back() -> None:
    gone = entry(facts.MarkRemoved(mark="hers", revision=3, paper="open"), MEMBER, number=70)
    meeting = fold_meeting("m", [gone], a_meeting())
    again = [entry(a_mark("hers", n), MEMBER, audience=FOR_ALL) for n in (2, 3, 4)]
    assert [judged(one, meeting) for one in again] == ["mark_changed", "mark_changed", "yes"]
    assert judged(entry(a_mark("hers", 9), GUEST, audience=FOR_ALL), meeting) == "not_yours"


def test_a_mark_keeps_its_audience_or_is_a_fresh_one() -> None:
    narrower = entry(a_mark("hers", 2), MEMBER, audience=("secretary",))
    assert judged(narrower, a_meeting()) == "malformed"


def test_a_mark_can_be_removed_though_a_named_reader_left_the_meeting() -> None:
    put = entry(a_mark("named"), MEMBER, audience=(GUEST,), number=70)
    less = entry(issued(people=(facts.Invited(person=MEMBER),)), number=71)
    meeting = fold_meeting("m", [put, less], a_meeting())
    gone = facts.MarkRemoved(mark="named", revision=2, paper="open")
    assert judged(entry(gone, MEMBER, audience=(GUEST,)), meeting) == "yes"


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (("secretary",), {MEMBER, SECRETARY}),
        (("chair", "secretary"), {MEMBER, CHAIR, SECRETARY}),
        ((GUEST,), {MEMBER, GUEST}),
        (("everyone",), {MEMBER, "everyone"}),
        ((), {MEMBER, "everyone"}),
        (("me",), {MEMBER}),
    ],
)
def test_readers_freeze_to_the_persons_of_the_moment(audience, readers) -> None:
    head = entry(a_mark(), MEMBER, audience=audience).head
    assert set(frozen_readers(head, a_meeting())) == readers


def test_a_successor_does_not_read_what_was_for_the_secretary_before() -> None:
    head = entry(a_mark(), MEMBER, audience=("secretary",)).head
    readers = frozen_readers(head, a_meeting())
    after = fold_meeting("m", [entry(issued(secretaries=(OTHER,)), number=70)], a_meeting())
    assert not may_read(OTHER, head, a_mark(), readers, a_directory(), after)


def test_a_former_secretary_does_not_read_a_closed_paper_of_the_own_hand() -> None:
    fact = a_paper("closed", (MEMBER,))
    head = entry(fact, SECRETARY).head
    people = (facts.Invited(person=SECRETARY), facts.Invited(person=MEMBER))
    after = entry(issued(secretaries=(OTHER,), people=people), number=70)
    meeting = fold_meeting("m", [after], a_meeting())
    assert not may_read(SECRETARY, head, fact, (SECRETARY, "everyone"), a_directory(), meeting)
    assert not may_read_paper(SECRETARY, "closed", meeting)


def test_a_kind_of_tomorrow_on_a_closed_paper_stays_with_its_readers() -> None:
    fact = facts.read_fact("kind_of_tomorrow", 1, '{"paper":"closed","x":1}')
    head = entry(a_paper("open"), SECRETARY, kind="kind_of_tomorrow").head
    reads_it = [
        who
        for who in (MEMBER, SECRETARY, CHAIR, GUEST, ROOM)
        if may_read(who, head, fact, ("everyone",), a_directory(), a_meeting())
    ]
    assert reads_it == [MEMBER, SECRETARY]


BAD_SHAPES = {
    "no stroke": Ink(strokes=()),
    "a stroke of nothing": Ink(strokes=((InkPoint(1, 2),), ())),
    "no width": Ink(strokes=((InkPoint(1, 2),),), width=0),
    "a pressure beyond 1": Ink(strokes=((InkPoint(1, 2, 9),),)),
    "out of reach": Note(at=Point(1e300, 2)),
    "no number": Note(at=Point(float("nan"), 2)),
    "no words": TextMark(quads=()),
    "a box inside out": FreeText(box=Rect(9, 9, 1, 1)),
    "letters of no size": FreeText(box=Rect(1, 1, 9, 9), size=0),
}


@pytest.mark.parametrize("shape", BAD_SHAPES.values(), ids=BAD_SHAPES)
def test_a_mark_that_cannot_be_drawn_is_refused(shape) -> None:
    mark = msgspec.structs.replace(a_mark(), shape=shape)
    assert judged(entry(mark, MEMBER, audience=("everyone",)), a_meeting()) == "malformed"


@pytest.mark.parametrize("name", ["hub", "everyone", "me", "chair", "", "person-", "person-a b"])
def test_nobody_is_taken_in_under_a_word_that_means_something_else(name: str) -> None:
    person, room = facts.PersonSet(person=name, name="N"), facts.RoomSet(room=name, name="R")
    assert judged(entry(person), None) == "malformed"
    assert judged(entry(room), None) == "malformed"
    assert judged(entry(person, HUB), None) == "malformed"


@pytest.mark.parametrize("flag", ["join", "passcode"])
def test_only_the_online_scene_enters_a_call_or_has_a_passcode(flag) -> None:
    for scene, refusal in (("online", "yes"), ("lobby", "malformed")):
        fact = facts.SceneShown(scene=scene, **{flag: True})
        assert judged(entry(fact, CHAIR), a_meeting()) == refusal
