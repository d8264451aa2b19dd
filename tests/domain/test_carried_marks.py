"""Marks carried to a new version: where they stand, for whom, and after which changes."""

import msgspec
import pytest
from an_office import GUEST, MEMBER, NOTE, a_carry, a_mark, a_meeting, entry, judged
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry
from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Mark, Note
from meetingroom.domain.meeting import Meeting, fold_meeting

OLD, NEW, ALL = "blob-open", "blob-open-2", ("everyone",)


def after(*rows: facts.Fact, author: str = MEMBER) -> Meeting:
    """The meeting, whose member has the mark "hers", after these records of the author."""
    entries = [entry(fact, author, audience=ALL, number=60 + n) for n, fact in enumerate(rows)]
    return fold_meeting("m", entries, a_meeting())


def on(meeting: Meeting, blob: str) -> list[tuple[str, int, str]]:
    return [(mark.id, mark.page, mark.certainty) for mark in meeting.marks_on(blob)]


def test_a_carried_mark_stands_on_both_versions() -> None:
    meeting = after(a_carry("hers"))
    assert on(meeting, OLD) == [("hers", 0, "")] and on(meeting, NEW) == [("hers", 1, "words")]
    assert meeting.marks_on(NEW, 0) == [] and len(meeting.marks_on(NEW, 1)) == 1


def test_carrying_twice_is_one_mark_where_the_later_revision_says() -> None:
    meeting = after(a_carry("hers", 2, page=2), a_carry("hers", 1, page=1))
    assert on(meeting, NEW) == [("hers", 2, "words")] and len(meeting.marks) == 1


def test_new_words_of_a_mark_are_seen_on_all_versions() -> None:
    words = msgspec.structs.replace(a_mark("hers", 2), text="new")
    meeting = after(a_carry("hers"), words)
    assert [mark.text for blob in (OLD, NEW) for mark in meeting.marks_on(blob)] == ["new", "new"]


def test_a_removed_mark_is_gone_from_all_versions_and_comes_back_without_old_places() -> None:
    gone = facts.MarkRemoved(mark="hers", revision=2, paper="open")
    meeting = after(a_carry("hers"), gone)
    assert on(meeting, OLD) == on(meeting, NEW) == []
    meeting = after(a_carry("hers"), gone, a_mark("hers", 3), a_carry("hers", 2))
    assert on(meeting, NEW) == []
    meeting = after(a_carry("hers"), gone, a_mark("hers", 3), a_carry("hers", 2, content=3))
    assert on(meeting, NEW) == [("hers", 1, "words")]


def test_nobody_else_carries_a_mark() -> None:
    assert on(after(a_carry("hers"), author=GUEST), NEW) == []


def test_what_has_no_place_is_listed_as_it_was() -> None:
    meeting = after(msgspec.structs.replace(a_carry("hers"), certainty="unplaced"))
    assert on(meeting, NEW) == []
    assert [(mark.id, mark.blob, mark.page) for mark in meeting.unplaced_on(NEW)] == [
        ("hers", OLD, 0)
    ]


def test_a_reply_follows_what_it_answers() -> None:
    reply = msgspec.structs.replace(
        a_mark("reply"), reply_to="hers", shape=Note(at=Point(NOTE.at.x + 5, NOTE.at.y))
    )
    carry = msgspec.structs.replace(a_carry("hers"), shape=Note(at=Point(300, 400)))
    (_, shown) = after(reply, carry).marks_on(NEW)
    assert (shown.id, shown.page, shown.shape) == ("reply", 1, Note(at=Point(305, 400)))


@pytest.mark.parametrize(
    ("certainty", "blob"), [("exact", NEW), ("words", NEW), ("look", OLD), ("unplaced", OLD)]
)
def test_each_mark_of_a_paper_is_counted_once_where_it_certainly_stands(certainty, blob) -> None:
    meeting = after(msgspec.structs.replace(a_carry("hers"), certainty=certainty))
    marks = meeting.marks_of(meeting.papers["open"], is_certain=True)
    assert [(mark.id, mark.blob) for mark in marks] == [("hers", blob)]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "yes"),
        ({"to_blob": OLD}, "unknown_paper"),
        ({"to_blob": "blob-closed"}, "unknown_paper"),
        ({"from_blob": "blob-closed"}, "unknown_paper"),
        ({"page": 3}, "unknown_paper"),
        ({"page": -1}, "malformed"),
        ({"paper": "closed"}, "not_yours"),
        ({"mark": "unknown"}, "not_yours"),
        ({"revision": 0}, "malformed"),
    ],
)
def test_what_the_hub_says_of_a_carried_mark(changes: dict[str, object], says: str) -> None:
    carry = msgspec.structs.replace(a_carry("hers"), **changes)
    assert judged(entry(carry, MEMBER, audience=ALL), a_meeting()) == says


def test_the_second_of_two_computers_that_carry_is_refused() -> None:
    meeting = after(a_carry("hers"))
    says = [judged(entry(a_carry("hers", n), MEMBER, audience=ALL), meeting) for n in (1, 2)]
    assert says == ["mark_changed", "yes"]


def test_a_place_for_other_readers_than_the_mark_is_refused() -> None:
    made = entry(a_carry("hers"), MEMBER, audience=("secretary",))
    assert judged(made, a_meeting()) == "malformed"


# --- any order ---------------------------------------------------------------------------

STORY: tuple[facts.Fact, ...] = (
    a_mark("m"),
    a_carry("m"),
    a_carry("m", 2, page=2),
    a_mark("m", 2),
    facts.MarkRemoved(mark="m", revision=3, paper="open"),
    a_mark("m", 4),
    a_carry("m", 3, content=4, page=0),
    a_carry("hers"),
)


def story() -> list[Entry]:
    return [entry(fact, MEMBER, audience=ALL, number=60 + n) for n, fact in enumerate(STORY)]


@given(st.permutations(story()), st.lists(st.sampled_from(story())))
def test_any_order_of_arrival_gives_the_same_places(
    arrived: list[Entry], again: list[Entry]
) -> None:
    base = a_meeting()
    assert fold_meeting("m", [*arrived, *again], base) == fold_meeting("m", story(), base)


@given(st.integers(0, len(STORY)))
def test_every_mark_stands_at_most_once_on_a_version(count: int) -> None:
    meeting = fold_meeting("m", story()[:count], a_meeting())
    for blob in (OLD, NEW):
        shown: list[Mark] = meeting.marks_on(blob)
        assert len({mark.id for mark in shown}) == len(shown)
