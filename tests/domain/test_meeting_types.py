"""Kinds of meeting: ready ones, the office's own, and their days."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting_types import (
    READY,
    after_days,
    answers_due,
    is_short_notice,
    type_of,
    types_in_use,
)
from meetingroom.domain.office_facts import BodySet, MeetingTypeSet
from meetingroom.domain.quorum import rule_of

FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)


def office(*rows: MeetingTypeSet) -> Directory:
    return Directory(meeting_types={row.kind: row for row in rows})


def test_working_days_leave_the_weekend_out() -> None:
    assert after_days(FRIDAY, 3, are_working_days=True) == FRIDAY + timedelta(days=5)
    assert after_days(FRIDAY, 3, are_working_days=False) == FRIDAY + timedelta(days=3)


@given(st.integers(0, 60), st.booleans())
def test_more_days_are_never_earlier(days: int, working: bool) -> None:
    one, next_one = (after_days(FRIDAY, n, are_working_days=working) for n in (days, days + 1))
    assert next_one > one
    assert days == 0 or not working or one.weekday() < 5


@pytest.mark.parametrize(("day", "is_short"), [(1, True), (2, True), (3, True), (5, False)])
def test_a_regular_session_wants_three_working_days(day: int, is_short: bool) -> None:
    starts = FRIDAY + timedelta(days=day, hours=-1)
    assert is_short_notice(READY["ubnd_regular"], FRIDAY, starts) == is_short


def test_answers_are_due_at_the_end_of_a_day_and_before_the_meeting() -> None:
    rules = READY["ubnd_regular"]
    assert answers_due(rules, FRIDAY, FRIDAY + timedelta(days=20)).strftime("%d %H") == "02 17"
    soon = FRIDAY + timedelta(days=1)
    assert answers_due(rules, FRIDAY, soon) == soon


def test_the_office_replaces_adds_and_takes_out_kinds() -> None:
    own = MeetingTypeSet(kind="village", name="Họp thôn", quorum="half_members", body="ubnd")
    gone = MeetingTypeSet(kind="party", name="", is_gone=True)
    changed = MeetingTypeSet(kind="hdnd", name="Kỳ họp", quorum="half_members")
    directory = office(own, gone, changed)
    kinds = [row.kind for row in types_in_use(directory)]
    assert "party" not in kinds
    assert kinds[-1] == "village"
    assert (rule_of("hdnd", directory), rule_of("village", directory)) == ("half_members",) * 2
    assert type_of("party", directory).is_gone


def test_a_kind_of_a_body_is_not_for_another_body_of_the_office() -> None:
    bodies = {key: BodySet(body=key, name=key) for key in ("ubnd", "hdnd")}
    directory = Directory(bodies=bodies)
    assert [row.kind for row in types_in_use(directory, "hdnd")] == [
        "hdnd", "briefing", "party", "other",
    ]  # fmt: skip
    assert len(types_in_use(Directory(), "hdnd")) == len(READY)


def test_a_kind_without_a_rule_of_its_own_has_the_ready_one() -> None:
    directory = office(MeetingTypeSet(kind="hdnd", name="Kỳ họp"))
    assert rule_of("hdnd", directory) == "two_thirds_members"
    assert rule_of("unheard_of", directory) == "none"
