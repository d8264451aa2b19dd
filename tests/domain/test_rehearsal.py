"""What is made of a rehearsal: the worst stands first, and every finding has its words."""

import pytest
from an_office import CHAIR, MEMBER, ROOM, a_directory, a_meeting
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.rehearsal import (
    WORST_FIRST,
    LinkSeen,
    PageSeen,
    Rehearsal,
    RehearsalReport,
    RehearsalRow,
    ScreenSeen,
    is_over,
    judged,
)
from meetingroom.services.rehearsal_words import finding_words, list_words

SOUND = {
    "program": "1", "free_mb": 9000, "revision": 2, "papers": 2, "pages": 6, "pages_done": 6,
    "is_done": True,
}  # fmt: skip
names = st.tuples(st.sampled_from(["open", "closed", "other"]))
reports = st.builds(
    RehearsalReport,
    program=st.sampled_from(["1", "2", ""]),
    free_mb=st.integers(-1, 5000),
    revision=st.integers(0, 3),
    papers=st.integers(0, 3),
    missing=st.just(()) | names,
    damaged=st.just(()) | names,
    unopened=st.just(()) | names,
    locked=st.just(()) | names,
    bad_pages=st.just(()) | st.just((PageSeen(paper="open", page=4),)),
    pages=st.integers(0, 9),
    pages_done=st.integers(0, 9),
    draws=st.booleans(),
    is_done=st.booleans(),
    battery=st.integers(-1, 100),
    is_plugged=st.booleans(),
    screens=st.just(()) | st.just((ScreenSeen(name="LG", width=3840, height=2160, is_room=True),)),
    is_screen_lost=st.booleans(),
    may_sleep=st.booleans(),
    links=st.just(())
    | st.builds(
        LinkSeen, host=st.just("zoom.us"), problem=st.sampled_from(["", "reach.no_name"])
    ).map(lambda one: (one,)),
)
rows = st.builds(
    RehearsalRow,
    principal=st.sampled_from([CHAIR, MEMBER, ROOM, "hub"]),
    device=st.sampled_from(["", "d1", "d2"]),
    is_called=st.booleans(),
    is_online=st.booleans(),
    last=st.sampled_from(["", "2026-11-26T01:00:00.000Z"]),
    program=st.sampled_from(["1", ""]),
    ms=st.integers(-1, 900),
    offset=st.none() | st.floats(-4000, 4000),
    report=st.none() | reports,
)


def rehearsal(*some: RehearsalRow, seconds: float = 60.0) -> Rehearsal:
    return Rehearsal(
        rehearsal="r", meeting="m", by=CHAIR, at="2026-11-26T01:00:00.000Z", program="1",
        seconds=seconds, revision=2, rows=some,
    )  # fmt: skip


def row(device: str = "d1", **values: object) -> RehearsalRow:
    sound = {"principal": MEMBER, "device": device, "is_called": True, "is_online": True, "ms": 9}
    report = RehearsalReport(**{**SOUND, **values.pop("said", {})})
    return RehearsalRow(**{**sound, "offset": 0.1, "report": report, **values})


def worst(one: RehearsalRow) -> tuple[str, str]:
    """The row's first finding and its level."""
    finding = judged(rehearsal(one), a_directory())[0].findings[0]
    return finding.level, finding.code


@given(st.lists(rows, max_size=6), st.floats(0, 100))
def test_whatever_is_told_the_worst_is_first_and_everything_has_words(some, seconds) -> None:
    found = rehearsal(*some, seconds=seconds)
    told = judged(found, a_directory())
    levels = [WORST_FIRST.index(one.level) for one in told]
    assert levels == sorted(levels)
    for one in told:
        for finding in one.findings:
            words, advice = finding_words(finding, a_meeting(), a_directory())
            assert words and (bool(advice) or finding.level not in ("bad", "look"))
    assert list_words(found, told, a_meeting(), a_directory())


def test_a_sound_computer_is_good() -> None:
    assert {one.level for one in judged(rehearsal(row()), a_directory())[0].findings} == {"good"}


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (row(report=None, is_online=False), ("bad", "away")),
        (row(report=None, program=""), ("bad", "too_old")),
        (row(report=None, program="1"), ("bad", "silent")),
        (row(offset=3600.0), ("bad", "clock")),
        (row(offset=45.0), ("look", "clock")),
        (row(said={"program": "2"}), ("look", "other_program")),
        (row(said={"revision": 1}), ("bad", "revision")),
        (row(said={"free_mb": 100}), ("bad", "disk")),
        (row(said={"battery": 20, "is_plugged": False}), ("bad", "battery")),
        (row(said={"is_done": False}), ("wait", "going_through")),
        (row(said={"is_done": False}, is_online=False), ("bad", "went")),
        (row(device="", report=None), ("look", "no_computer")),
        (row(principal=ROOM, said={"screens": ()}), ("bad", "no_screen")),
        (row(said={"links": (LinkSeen(host="a", problem="reach.closed"),)}), ("bad", "link")),
    ],
)
def test_what_is_wrong_is_told_by_its_name(one: RehearsalRow, told: tuple[str, str]) -> None:
    assert worst(one) == told


def test_it_is_over_when_all_have_answered_or_had_their_time() -> None:
    silent = row(report=None, program="1")
    assert is_over(rehearsal(row(), seconds=1))
    assert not is_over(rehearsal(row(), silent, seconds=1))
    assert is_over(rehearsal(row(), silent, seconds=11))
    assert not is_over(rehearsal(row(said={"is_done": False}), seconds=500))
