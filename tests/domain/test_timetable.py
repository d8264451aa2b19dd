"""Planned against real time, and when the meeting is going to end."""

from datetime import timedelta

import msgspec
from an_office import CHAIR, entry, issued
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import facts
from meetingroom.domain.meeting import Meeting, fold_meeting
from meetingroom.domain.records import moment_of, utc_text
from meetingroom.domain.timetable import timetable

EIGHT = moment_of("2026-11-26T08:00:00+07:00")
MINUTES = {"a": 10, "b": 20, "c": 30}


def meeting_with(*said: tuple[facts.Fact, float]) -> Meeting:
    """A meeting of three items, planned for eight; each fact at its minute after eight."""
    agenda = tuple(facts.AgendaItem(item=k, title=k, minutes=m) for k, m in MINUTES.items())
    rows = [(issued(1, 0, agenda=agenda), -600.0), *said]
    entries = []
    for number, (fact, minute) in enumerate(rows, 1):
        made = entry(fact, CHAIR, number=number)
        at = utc_text(EIGHT + timedelta(minutes=minute))
        stamped = msgspec.structs.replace(made.envelope, received=at)
        entries.append(msgspec.structs.replace(made, envelope=stamped))
    return fold_meeting("m", entries)


def starts(item: str, minute: float) -> tuple[facts.Fact, float]:
    return facts.ItemStarted(item=item), minute


OPENED = (facts.MeetingOpened(), 5.0)


def end_after(meeting: Meeting, minute: float) -> float:
    """The expected end in minutes after eight, as it looks at a minute."""
    table = timetable(meeting, EIGHT + timedelta(minutes=minute))
    return (table.end - EIGHT) / timedelta(minutes=1)


def test_before_the_opening_the_plan_is_expected_until_its_hour_is_over() -> None:
    assert end_after(meeting_with(), -90) == 60
    assert end_after(meeting_with(), 15) == 75


def test_an_item_that_runs_on_time_ends_the_meeting_late_by_its_late_start() -> None:
    meeting = meeting_with(OPENED, starts("a", 5))
    assert end_after(meeting, 9) == 65
    assert end_after(meeting, 25) == 75  # ten minutes over its time


def test_time_given_moves_the_end() -> None:
    meeting = meeting_with(OPENED, starts("a", 0), (facts.TimeGiven(item="a", minutes=5), 3))
    assert end_after(meeting, 9) == 65


def test_items_that_were_passed_over_are_not_waited_for() -> None:
    meeting = meeting_with(OPENED, starts("a", 0), starts("c", 8))
    assert end_after(meeting, 20) == 38
    table = timetable(meeting, EIGHT + timedelta(minutes=20))
    assert table.rows["b"].start is None


def test_a_break_with_an_end_is_waited_for() -> None:
    until = utc_text(EIGHT + timedelta(minutes=40))
    rest = facts.SceneShown(scene="break", until=until)
    meeting = meeting_with(OPENED, starts("a", 0), (facts.ItemEnded(item="a"), 10), (rest, 10))
    assert end_after(meeting, 12) == 90


def test_a_closed_meeting_ended_when_its_last_item_did() -> None:
    meeting = meeting_with(OPENED, starts("a", 0), (facts.MeetingClosed(), 17))
    assert end_after(meeting, 100) == 17


@given(st.lists(st.sampled_from("abc"), max_size=6), st.integers(0, 300))
def test_what_is_still_to_come_comes_one_after_the_other_and_not_before_now(visited, now) -> None:
    said = [starts(item, 5 + n) for n, item in enumerate(visited)]
    meeting = meeting_with(OPENED, *said)
    moment = EIGHT + timedelta(minutes=now + 15)
    table = timetable(meeting, moment)
    coming = [row for row in table.rows.values() if row.start and row.start >= moment]
    assert all(row.end >= row.start for row in coming)
    assert table.end >= moment
    assert table.end == max(row.end for row in table.rows.values() if row.end)
