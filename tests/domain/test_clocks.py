"""A clock wrong by a day changes nothing but what is shown as the author's time."""

import msgspec
from an_office import (
    CHAIR,
    MEMBER,
    ROOM,
    SECRETARY,
    a_directory,
    a_mark,
    a_meeting,
    a_paper,
    entry,
    issued,
    judged,
)
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.rights import frozen_readers, may_read

ROWS: list[tuple[facts.Fact, str, tuple[str, ...]]] = [
    (a_paper("open"), SECRETARY, ()),
    (issued(1, 0), SECRETARY, ()),
    (facts.MeetingOpened(), CHAIR, ()),
    (facts.DisplayUnlocked(room=ROOM, person=CHAIR), CHAIR, ()),
    (facts.ItemStarted(item="i"), CHAIR, ()),
    (facts.CheckedIn(person=MEMBER), MEMBER, ()),
    (a_mark("m1"), MEMBER, ("everyone",)),
    (a_mark("m1", 2), MEMBER, ("everyone",)),
    (a_mark("m2"), SECRETARY, ("chair",)),
    (facts.MarkRemoved(mark="m2", revision=2, paper="open"), SECRETARY, ("chair",)),
    (facts.Receipt(paper="open", blob="b", is_opened=True), MEMBER, ("secretary",)),
    (facts.ItemEnded(item="i"), CHAIR, ()),
    (facts.MeetingClosed(), CHAIR, ()),
]  # fmt: skip
DAYS = st.lists(
    st.sampled_from(["2026-11-25", "2026-11-26", "2026-11-27", "1970-01-01"]),
    min_size=len(ROWS),
    max_size=len(ROWS),
)


def story(days: list[str], known: int) -> list[Entry]:
    """The first `known` records are numbered, the rest only on this computer."""
    return [
        entry(fact, who, audience=audience, at=f"{day}T01:00:00.000Z", number=n, id=f"r-{n}")
        if n <= known
        else msgspec.structs.replace(
            entry(fact, who, audience=audience, at=f"{day}T01:00:00.000Z", id=f"r-{n}"), place=n
        )
        for n, ((fact, who, audience), day) in enumerate(zip(ROWS, days, strict=True), 1)
    ]


def without_times(meeting: Meeting) -> Meeting:
    """All but what is shown as the author's time."""
    plain = msgspec.structs.replace
    return plain(
        meeting,
        issued_at="",
        first_issued_at="",
        item_started_at="",
        item_times=dict.fromkeys(meeting.item_times, ("", "")),
        marks={key: plain(mark, at="", was_offline=False) for key, mark in meeting.marks.items()},
        receipts={key: plain(row, at="") for key, row in meeting.receipts.items()},
        presence={key: plain(row, at="", left_at="") for key, row in meeting.presence.items()},
        papers={
            key: plain(paper, versions=tuple(plain(v, at="") for v in paper.versions))
            for key, paper in meeting.papers.items()
        },
    )


@given(DAYS)
def test_numbered_records_show_the_hubs_time_whatever_the_authors_clock_said(days) -> None:
    right = story(["2026-11-26"] * len(ROWS), len(ROWS))
    assert fold_meeting("m", story(days, len(ROWS))) == fold_meeting("m", right)


@given(DAYS)
def test_when_something_was_written_away_from_the_hub_is_shown_and_decides_nothing(days) -> None:
    rows = story(["2026-11-26"] * len(ROWS), len(ROWS))
    away = [
        msgspec.structs.replace(
            row, envelope=msgspec.structs.replace(row.envelope, written=f"{day}T00:30:00.000Z")
        )
        for row, day in zip(rows, days, strict=True)
    ]
    shown, plain = fold_meeting("m", away), fold_meeting("m", rows)
    assert without_times(shown) == without_times(plain)
    assert shown.marks["m1"].at == f"{days[7]}T00:30:00.000Z"
    assert shown.marks["m1"].was_offline and not plain.marks["m1"].was_offline


@given(DAYS, st.integers(0, len(ROWS)), st.randoms(use_true_random=False))
def test_own_records_fold_in_outbox_order_whatever_the_clock_said(days, known, shuffle) -> None:
    wrong = story(days, known)
    shuffle.shuffle(wrong)
    right = story(["2026-11-26"] * len(ROWS), known)
    assert without_times(fold_meeting("m", wrong)) == without_times(fold_meeting("m", right))


@given(st.sampled_from(ROWS), st.sampled_from([CHAIR, SECRETARY, MEMBER, ROOM]))
def test_rights_do_not_look_at_the_authors_clock(row, who) -> None:
    fact, author, audience = row
    made = [entry(fact, author, audience=audience, at=at) for at in ("1970-01-01", "2099-01-01")]
    assert judged(made[0], a_meeting()) == judged(made[1], a_meeting())
    heads = [one.head for one in made]
    readers = [frozen_readers(head, a_meeting()) for head in heads]
    may = [may_read(who, h, fact, readers[0], a_directory(), a_meeting()) for h in heads]
    assert readers[0] == readers[1] and may[0] == may[1]
