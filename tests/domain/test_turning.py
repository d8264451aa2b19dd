"""Who beside the chair turns the room's pages, and until when."""

import pytest
from an_office import CHAIR, MEMBER, SECRETARY, STRANGER, a_meeting, entry, judged
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from meetingroom.domain import facts
from meetingroom.domain.directory import Principal
from meetingroom.domain.meeting import fold_meeting
from meetingroom.domain.rights import may_steer, may_steer_so
from meetingroom.domain.stage import Steer

ITEM, PAPER = facts.ItemStarted(item="i"), facts.SceneShown(scene="paper", paper="open")
GIVEN, BACK = facts.TurningGiven(person=MEMBER), facts.TurningGiven(person="")
WISH = Steer(meeting="m", base=0, paper="open", blob="blob-open", page=1)


def turns(meeting, person=MEMBER, wish=WISH):
    return may_steer_so(Principal(id=person), wish, meeting)


def test_a_presenter_turns_the_paper_the_room_sees_and_calls_nobody():
    meeting = a_meeting(ITEM, PAPER, GIVEN)
    assert turns(meeting)
    other = Steer(meeting="m", base=0, paper="closed", blob="blob-closed", page=1)
    calls = Steer(meeting="m", base=0, paper="open", blob="blob-open", page=1, summons=True)
    assert not turns(meeting, wish=other) and not turns(meeting, wish=calls)
    assert turns(meeting, CHAIR, calls)


def test_a_presenter_changes_no_scene():
    assert not turns(a_meeting(ITEM, GIVEN))
    assert judged(entry(PAPER, MEMBER), a_meeting(ITEM, GIVEN)) == "no_right"


@pytest.mark.parametrize(
    "after", [BACK, facts.ItemStarted(item="j"), facts.ItemEnded(item="i"), facts.MeetingClosed()]
)
def test_it_ends_when_taken_back_and_with_the_item(after):
    assert not may_steer(Principal(id=MEMBER), None, a_meeting(ITEM, PAPER, GIVEN, after))


def test_only_who_has_it_gives_it_back_and_only_people_of_the_meeting_get_it():
    meeting = a_meeting(ITEM, GIVEN)
    assert judged(entry(BACK, MEMBER), meeting) == "yes"
    assert judged(entry(GIVEN, MEMBER), meeting) == "no_right"
    assert judged(entry(BACK, STRANGER), meeting) == "no_right"
    stranger = facts.TurningGiven(person=STRANGER)
    assert judged(entry(stranger, SECRETARY), meeting) == "not_invited"


SAID = st.sampled_from([ITEM, facts.ItemStarted(item="j"), GIVEN, BACK, PAPER])


@given(st.lists(SAID, max_size=8))
def test_nobody_turns_but_who_leads_and_who_was_given_it_last_in_this_item(said):
    meeting = a_meeting(*said)
    since, item = [], ""
    for fact in said:
        if isinstance(fact, facts.ItemStarted) and fact.item != item:
            since, item = [], fact.item
        since.append(fact)
    given_last = [fact for fact in since if isinstance(fact, facts.TurningGiven)]
    is_given = bool(given_last) and given_last[-1] is GIVEN
    assert may_steer(Principal(id=MEMBER), None, meeting) == is_given
    assert may_steer(Principal(id=SECRETARY), None, meeting)


def test_only_the_online_scene_calls_the_display_in():
    joins = facts.SceneShown(scene="online", link="l", join=True)
    assert judged(entry(joins, CHAIR), a_meeting()) == "yes"
    odd = facts.SceneShown(scene="item", join=True)
    assert judged(entry(odd, CHAIR), a_meeting()) == "malformed"


def test_what_comes_late_from_another_item_gives_the_next_one_to_nobody():
    meeting = a_meeting(ITEM, PAPER, facts.ItemStarted(item="j"))
    written = {"written": "2026-11-26T02:00:06.500Z"}  # while the first item ran
    made = entry(GIVEN, CHAIR, number=60)
    late = replace(made, envelope=replace(made.envelope, **written))
    assert fold_meeting("m", [late], meeting).turner == ""
    assert fold_meeting("m", [made], meeting).turner == MEMBER
