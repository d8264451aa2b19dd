"""Values that mean nothing or are out of reach: refused, or harmless on every screen."""

import typing
from datetime import UTC, datetime

import msgspec
import pytest
from an_office import (
    CHAIR,
    MEMBER,
    ROOM,
    SECRETARY,
    a_directory,
    a_meeting,
    a_paper,
    a_question,
    a_vote,
    an_opinion,
    entry,
    issued,
    judged,
)
from hypothesis import given
from hypothesis import strategies as st
from test_rights import SAMPLES

from meetingroom.domain import facts
from meetingroom.domain.geometry import Rect
from meetingroom.domain.majorities import MAJORITIES, needed
from meetingroom.domain.meeting import fold_meeting
from meetingroom.domain.quorum import quorum_of
from meetingroom.domain.records import moment_of
from meetingroom.domain.soundness import LONGEST_WORDS, MOST_MINUTES
from meetingroom.domain.stage import Laser, Steer
from meetingroom.domain.timetable import timetable
from meetingroom.domain.vote_rights import MOST_MEMBERS

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
LONG = "x" * (LONGEST_WORDS + 1)
ITEM = facts.AgendaItem(item="i", title="I")


def test_what_a_huge_assembly_needs_is_known_at_once() -> None:
    assert needed("half_members", 10**15, 0) == 10**15 // 2 + 1
    assert needed("two_thirds_present", 0, 0) is None


@pytest.mark.parametrize(
    "fact",
    [
        a_vote("w", members=MOST_MEMBERS + 1),
        a_vote("w", motion=LONG),
        issued(3, 2, agenda=(facts.AgendaItem(item="i", title="I", minutes=-1),)),
        issued(3, 2, agenda=(facts.AgendaItem(item="i", title="I", minutes=MOST_MINUTES + 1),)),
        msgspec.structs.replace(a_paper("huge"), pages=10**12),
        facts.Receipt(paper="open", blob="blob-open", pages=((3, 1),)),
        facts.AnswerGiven(answer="perhaps"),
        facts.AnswerGiven(answer="absent", reason=LONG),
        facts.CheckedIn(person=SECRETARY, way="in spirit"),
        facts.SpeechAsked(speech=LONG, person=SECRETARY),
        facts.MotionPut(motion="q", text="?", choices=("a", LONG)),
        facts.SceneShown(scene=LONG),
        facts.Purged(paper="open", reason="secret", blobs=("blob-open", "blob-closed")),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_what_is_out_of_reach_is_refused(fact: facts.Fact) -> None:
    is_for_some = isinstance(fact, facts.AnswerGiven | facts.Receipt)
    audience = ("secretary",) if is_for_some else ()
    meeting = a_meeting(issued(2, 1))
    assert judged(entry(fact, SECRETARY, audience=audience), meeting) == "malformed"


def test_a_purge_names_the_versions_of_its_paper() -> None:
    own = facts.Purged(paper="open", reason="secret", blobs=("blob-open", "blob-open-2"))
    assert judged(entry(own, CHAIR), a_meeting()) == "yes"


@pytest.mark.parametrize(
    "text", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0001-01-01", "x"]
)
def test_a_moment_no_clock_shows_is_one_on_every_clock(text: str) -> None:
    assert moment_of(text).astimezone().year in (1969, 1970)


@pytest.mark.parametrize(
    "view", [Rect(5, 0, 5, 9), Rect(9, 0, 5, 9), Rect(0, 0, 9, 0), Rect(0, 0, 1e300, 9)]
)
def test_a_part_of_a_page_that_is_none_is_not_to_be_seen(view: Rect) -> None:
    made = Steer(meeting="m", base=0, paper="p", blob="b", page=0)
    assert made.can_be_seen
    assert not msgspec.structs.replace(made, view=view).can_be_seen


@pytest.mark.parametrize(("x", "y"), [(1e300, 0), (0, -1e300), (1, None), (None, 1)])
def test_a_laser_far_from_any_page_is_not_to_be_seen(x, y) -> None:
    assert not Laser(meeting="m", x=x, y=y).can_be_seen
    assert Laser(meeting="m").can_be_seen and Laser(meeting="m", x=1, y=2).can_be_seen


# --- whatever is accepted can be folded and reckoned with -------------------------------

WORDS = st.sampled_from(
    (
        "", "i", "w", "o", "q", "asked", "open", CHAIR, MEMBER, "half_present", "paper", "break",
        "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-11-26T03:00:00Z",
    )
)  # fmt: skip
NUMBERS = st.sampled_from([0, 1, 2, -1, 600, -(10**9), 10**12, 10**30])


def _values(hint: object) -> st.SearchStrategy:
    if hint is str:
        return WORDS
    if hint is int:
        return NUMBERS
    if typing.get_origin(hint) is tuple and typing.get_args(hint)[1:] == (Ellipsis,):
        return st.lists(_values(typing.get_args(hint)[0]), max_size=2).map(tuple)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        fields = typing.get_type_hints(hint)
        return st.builds(hint, **{name: _values(each) for name, each in fields.items()})
    return st.from_type(hint)


def _changed(fact: facts.Fact) -> st.SearchStrategy:
    """A sound fact with one or two absurd values."""
    hints = typing.get_type_hints(type(fact))
    names = st.lists(st.sampled_from(fact.__struct_fields__), min_size=1, max_size=2)
    values = names.flatmap(lambda n: st.fixed_dictionaries({one: _values(hints[one]) for one in n}))
    return values.map(lambda some: msgspec.structs.replace(fact, **some))


GROUPS = ("meeting", "people", "voice", "votes")
SAID = {
    **{k: v for k, v in SAMPLES.items() if facts.KINDS[k].group in GROUPS},
    "vote_opened": a_vote("w"),
    "meeting_issued": issued(3, 2, agenda=(ITEM, facts.AgendaItem(item="j", title="J"))),
}
START = a_meeting(
    issued(2, 1, agenda=(ITEM,)), facts.ItemStarted(item="i"), an_opinion(), a_question(),
    facts.SpeechAsked(speech="asked", person=MEMBER),
)  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.one_of([_changed(fact) for fact in SAID.values()]),
            st.sampled_from((CHAIR, SECRETARY, MEMBER)),
            st.sampled_from(((), ("secretary", "chair"))),
        ),
        max_size=6,
    )
)
def test_whatever_is_accepted_can_be_folded_and_reckoned_with(said) -> None:
    meeting, directory = START, a_directory()
    for number, (fact, who, audience) in enumerate(said, 60):
        if judged(entry(fact, who, audience=audience), meeting) == "yes":
            meeting = fold_meeting(
                "m", [entry(fact, who, audience=audience, number=number)], meeting
            )
    timetable(meeting, NOW)
    quorum_of(meeting, directory)
    for vote in meeting.voting.votes.values():
        assert all(needed(rule, vote.opened.members, 2) for rule in MAJORITIES[:4])
    for asked in meeting.opinions.consultations.values():
        moment_of(asked.opened.due).astimezone()
    moment_of(meeting.scene.until).astimezone()
    assert meeting.unlocked.get(ROOM, CHAIR) in (CHAIR, SECRETARY)
