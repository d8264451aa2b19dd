"""Who is here, who stands in for whom, and how many it takes."""

import pytest
from an_office import CHAIR, GUEST, MEMBER, SECRETARY, a_directory, a_meeting, entry, judged
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.meeting import fold_meeting
from meetingroom.domain.quorum import needed, quorum_of, rule_of

HERE, LEFT = facts.CheckedIn(person=MEMBER), facts.LeftMeeting(person=MEMBER)
SENDS = facts.AnswerGiven(answer="substitute", substitute="Vàng A Sử", person=MEMBER)
STANDS_IN = facts.CheckedIn(person="Vàng A Sử", stands_in_for=MEMBER)


def agreed(*, is_agreed: bool = True):
    return a_meeting(SENDS, facts.AnswerDecided(person=MEMBER, is_agreed=is_agreed))


def test_comings_and_goings_are_kept():
    row = a_meeting(HERE, LEFT, HERE, LEFT, HERE).presence[MEMBER]
    assert len(row.before) == 2 and all(left for _, left in row.before)
    assert not row.left_at


def test_being_told_twice_is_coming_once():
    assert a_meeting(HERE, HERE).presence[MEMBER].before == ()


def test_a_substitute_comes_only_with_the_chairs_consent():
    assert judged(entry(STANDS_IN, SECRETARY), a_meeting(SENDS)) == "no_right"
    assert judged(entry(STANDS_IN, SECRETARY), agreed(is_agreed=False)) == "no_right"
    assert judged(entry(STANDS_IN, SECRETARY), agreed()) == "yes"


def test_a_new_answer_wants_a_new_decision():
    other = facts.AnswerGiven(answer="substitute", substitute="B", person=MEMBER)
    after = fold_meeting("m", [entry(other, SECRETARY, number=70)], agreed())
    assert MEMBER not in after.decided


def test_a_word_on_an_older_answer_agrees_to_no_newer_one():
    ill = facts.AnswerGiven(answer="absent", reason="ốm", person=MEMBER)
    first = entry(ill, SECRETARY, audience=("chair",), number=60)
    late = facts.AnswerDecided(person=MEMBER, is_agreed=True, answer=first.head.id)
    second = entry(SENDS, SECRETARY, audience=("chair",), number=61)
    rows = [first, second, entry(late, CHAIR, number=62)]
    meeting = fold_meeting("m", rows, a_meeting())
    assert not meeting.substitute_agreed("Vàng A Sử", MEMBER)
    own = facts.AnswerDecided(person=MEMBER, is_agreed=True, answer=second.head.id)
    meeting = fold_meeting("m", [entry(own, CHAIR, number=63)], meeting)
    assert meeting.substitute_agreed("Vàng A Sử", MEMBER)


def test_only_who_leads_answers_for_somebody_else():
    assert judged(entry(SENDS, SECRETARY, audience=("chair",)), a_meeting()) == "yes"
    assert judged(entry(SENDS, GUEST, audience=("chair",)), a_meeting()) == "no_right"


@pytest.mark.parametrize(
    ("rule", "members", "takes"),
    [
        ("none", 9, 0),
        ("half_members", 9, 5),
        ("half_members", 10, 6),
        ("two_thirds_members", 9, 6),
        ("two_thirds_members", 10, 7),
    ],
)
def test_a_rule_says_how_many_it_takes(rule, members, takes):
    assert needed(rule, members) == takes


def test_guests_and_substitutes_do_not_count_for_the_quorum():
    guest = facts.CheckedIn(person=GUEST)
    before = quorum_of(a_meeting(guest, facts.CheckedIn(person=CHAIR)), a_directory())
    assert before.here == 0
    assert quorum_of(a_meeting(guest, HERE), a_directory()).here == 1


def test_what_the_office_set_goes_before_the_default():
    directory = a_directory()
    assert rule_of("ubnd_regular", directory) == "two_thirds_members"
    kept = facts.MeetingTypeSet(kind="ubnd_regular", name="X", quorum="none")
    directory.meeting_types["ubnd_regular"] = kept
    assert rule_of("ubnd_regular", directory) == "none"


def test_a_check_in_taken_back_was_none():
    undone = facts.LeftMeeting(person=MEMBER, never_came=True)
    assert a_meeting(HERE, undone).presence == {}
    row = a_meeting(HERE, LEFT, HERE, undone).presence[MEMBER]
    assert row == a_meeting(HERE, LEFT).presence[MEMBER]


def test_a_leaving_taken_back_was_none():
    still = facts.CheckedIn(person=MEMBER, never_left=True)
    assert a_meeting(HERE, LEFT, still).presence == a_meeting(HERE).presence


STEPS = st.sampled_from(
    [HERE, LEFT, facts.CheckedIn(person=MEMBER, way="online"),
     facts.LeftMeeting(person=MEMBER, never_came=True),
     facts.CheckedIn(person=MEMBER, never_left=True)]
)  # fmt: skip


@given(st.lists(STEPS, max_size=10))
def test_stays_never_overlap_and_only_the_last_may_be_open(steps):
    row = a_meeting(*steps).presence.get(MEMBER)
    if row is not None:
        stays = [*row.before, (row.at, row.left_at)]
        assert all(left for _, left in stays[:-1])
        times = [time for stay in stays for time in stay if time]
        assert times == sorted(times)


def test_only_the_hub_says_that_a_code_was_typed():
    by_code = facts.CheckedIn(person=MEMBER, by_code=True)
    assert judged(entry(by_code, SECRETARY), a_meeting()) == "hub_only"
    assert judged(entry(by_code, MEMBER), a_meeting()) == "hub_only"
    assert a_meeting(by_code).presence[MEMBER].by_code
