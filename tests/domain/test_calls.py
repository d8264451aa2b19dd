"""Who is in which online meeting, and for how long."""

from datetime import timedelta

import msgspec
import pytest
from an_office import (
    CHAIR,
    GUEST,
    MEMBER,
    ROOM,
    SECRETARY,
    STRANGER,
    a_meeting,
    entry,
    issued,
    judged,
)
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.calls import LONGEST, Call
from meetingroom.domain.entries import Entry
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.records import moment_of, utc_text

JOINED, LEFT = facts.OnlineJoined(link="l"), facts.OnlineLeft(link="l")
START = moment_of("2026-11-26T02:00:00.000Z")


def linked(*, is_for_all: bool = False, state: str = "open") -> Meeting:
    """A meeting with one online meeting."""
    link = facts.OnlineLink(
        link="l", title="Hội nghị", url="https://zoom.us/j/1", is_for_all=is_for_all
    )
    meeting = a_meeting(issued(links=(link,)), unlocked=True)
    return msgspec.structs.replace(meeting, state=state)


def said(fact: facts.Fact, author: str, minutes: int):
    """A record so many minutes after two o'clock."""
    made = entry(fact, author, number=100 + minutes, id=f"r{minutes}-{author}")
    at = utc_text(START + timedelta(minutes=minutes))
    envelope = msgspec.structs.replace(made.envelope, received=at)
    return msgspec.structs.replace(made, envelope=envelope)


def call_after(*rows: Entry, who: str = ROOM) -> Call:
    """The room's call after these records."""
    return fold_meeting("m", rows, linked()).calls[who, "l"]


def test_a_stay_is_from_joining_to_leaving() -> None:
    call = call_after(said(JOINED, ROOM, 0), said(LEFT, ROOM, 90))
    assert not call.is_in and call.lasted(START) == timedelta(minutes=90)


def test_joining_twice_is_joining_once_and_leaving_twice_too() -> None:
    rows = [said(JOINED, ROOM, 0), said(JOINED, ROOM, 5), said(LEFT, ROOM, 10)]
    call = call_after(*rows, said(LEFT, ROOM, 50))
    assert len(call.stays) == 1 and call.lasted(START) == timedelta(minutes=10)


def test_all_stays_together_make_the_time_and_the_one_under_way_counts() -> None:
    call = call_after(said(JOINED, ROOM, 0), said(LEFT, ROOM, 10), said(JOINED, ROOM, 20))
    assert call.is_in
    assert call.lasted(START + timedelta(minutes=25)) == timedelta(minutes=15)


def test_the_end_of_the_meeting_ends_every_call() -> None:
    closed = said(facts.MeetingClosed(), CHAIR, 30)
    rows = [said(JOINED, ROOM, 0), said(JOINED, MEMBER, 10), closed, said(LEFT, MEMBER, 300)]
    meeting = fold_meeting("m", rows, linked())
    assert not any(call.is_in for call in meeting.calls.values())
    now = START + timedelta(days=1)
    assert meeting.calls[ROOM, "l"].lasted(now) == timedelta(minutes=30)
    assert meeting.calls[MEMBER, "l"].lasted(now) == timedelta(minutes=20)


def test_what_a_computer_tells_late_ended_when_it_says_and_never_after_it_was_told() -> None:
    at = utc_text(START + timedelta(minutes=40))
    late = facts.OnlineLeft(link="l", at=at)
    call = call_after(said(JOINED, ROOM, 0), said(late, ROOM, 600))
    assert call.lasted(START) == timedelta(minutes=40)
    call = call_after(said(JOINED, ROOM, 0), said(late, ROOM, 20))
    assert call.lasted(START) == timedelta(minutes=20)


def test_a_computer_that_died_in_a_call_counts_no_hours_for_ever() -> None:
    call = call_after(said(JOINED, ROOM, 0))
    assert call.lasted(START + timedelta(days=9)) == LONGEST
    closed = said(facts.MeetingClosed(), CHAIR, 9 * 24 * 60)
    assert call_after(said(JOINED, ROOM, 0), closed).lasted(START) == LONGEST


def test_who_leads_brings_a_display_back_and_nobody_else() -> None:
    back = facts.OnlineLeft(link="l", who=ROOM)
    meeting = fold_meeting("m", [said(JOINED, ROOM, 0)], linked(is_for_all=True))
    assert judged(entry(back, CHAIR), meeting) == "yes"
    assert judged(entry(back, MEMBER), meeting) == "no_right"
    assert not fold_meeting("m", [said(back, CHAIR, 9)], meeting).calls[ROOM, "l"].is_in


def test_nobody_says_of_another_person_that_they_left() -> None:
    meeting = fold_meeting("m", [said(JOINED, MEMBER, 0)], linked(is_for_all=True))
    assert judged(entry(facts.OnlineLeft(link="l", who=MEMBER), CHAIR), meeting) == "no_right"


def test_a_display_that_was_locked_in_the_call_still_says_that_it_left() -> None:
    meeting = fold_meeting("m", [said(JOINED, ROOM, 0)], linked())
    locked = msgspec.structs.replace(meeting, unlocked={})
    assert judged(entry(LEFT, ROOM), locked) == "yes"
    assert judged(entry(JOINED, ROOM), locked) == "locked"


@pytest.mark.parametrize(
    ("who", "is_for_all", "says"),
    [
        (CHAIR, False, "yes"),
        (SECRETARY, False, "yes"),
        (MEMBER, False, "no_right"),
        (MEMBER, True, "yes"),
        (GUEST, True, "yes"),
        (STRANGER, True, "not_invited"),
    ],
)
def test_who_may_join_from_an_own_computer(who: str, is_for_all: bool, says: str) -> None:
    assert judged(entry(JOINED, who), linked(is_for_all=is_for_all)) == says


def test_what_is_told_when_all_is_over_stands_in_the_log_and_puts_nobody_into_a_call() -> None:
    over = linked(state="closed")
    assert judged(entry(JOINED, CHAIR), over) == "yes"
    assert fold_meeting("m", [said(JOINED, CHAIR, 5)], over).calls == {}
    assert judged(entry(JOINED, CHAIR), linked(state="cancelled")) == "closed"
    assert judged(entry(facts.OnlineJoined(link="other"), CHAIR), linked()) == "unknown_link"


def test_a_confirmation_belongs_to_an_entry() -> None:
    scene = facts.SceneShown(scene="online", is_confirmed=True)
    assert judged(entry(scene, CHAIR), linked()) == "malformed"
    confirmed = msgspec.structs.replace(scene, join=True)
    assert judged(entry(confirmed, CHAIR), linked()) == "yes"


steps = st.lists(st.tuples(st.sampled_from([JOINED, LEFT]), st.integers(0, 600)), max_size=12)


@given(steps)
def test_time_in_a_call_is_never_negative_nor_more_than_passed(rows) -> None:
    made = [
        said(fact, MEMBER, number * 601 + minutes) for number, (fact, minutes) in enumerate(rows)
    ]
    meeting = fold_meeting("m", made, linked())
    now = START + timedelta(minutes=601 * (len(rows) + 1))
    for call in meeting.calls.values():
        assert timedelta() <= call.lasted(now) <= now - START
        assert all(start <= end for start, end in call.stays)
