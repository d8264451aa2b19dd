"""What the day of an online meeting allows when."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.facts import OnlineLink, SceneShown
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import (
    checked_at,
    is_later,
    opening_moment,
    passcode_until,
    reminder,
    shows_passcode,
    shows_secret,
)

NOW = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


def scene(**said: object) -> SceneShown:
    return SceneShown(**{"scene": "online", "passcode": True, **said})


@given(st.timedeltas(timedelta(minutes=-10), timedelta(minutes=10)))
def test_a_passcode_is_shown_until_its_time_and_not_longer(left):
    assert shows_passcode(scene(until=(NOW + left).isoformat()), NOW) == (left > timedelta())


@pytest.mark.parametrize(
    "told", [scene(), scene(until="soon"), scene(scene="lobby", until="2030-01-01T00:00:00Z"),
             scene(passcode=False, until="2030-01-01T00:00:00Z")],
)  # fmt: skip
def test_without_an_end_or_in_another_scene_none_is_shown(told):
    assert not shows_passcode(told, NOW)


def test_no_secret_is_shown_where_the_link_has_none():
    assert not shows_secret(Meeting(id="m"), "", NOW)


def test_it_stays_for_a_few_minutes():
    assert timedelta(minutes=1) < passcode_until(NOW) - NOW < timedelta(minutes=10)


@pytest.mark.parametrize("said", ["", "tomorrow", "0001-01-01"])
def test_a_technical_check_that_cannot_be_read_is_none(said):
    assert checked_at(OnlineLink(link="l", title="", url="", test_at=said)) is None


@given(st.timedeltas(timedelta(hours=-2), timedelta(hours=3)))
def test_there_is_one_reminder_at_a_time_and_later_ones_come_after(left):
    due = reminder(NOW + left, NOW)
    is_due = timedelta(minutes=-30) <= left <= timedelta(minutes=60)
    assert bool(due) == is_due
    assert not is_due or is_later(due, "")
    assert not is_due or not is_later(due, reminder(NOW + left, NOW))


@given(st.timedeltas(timedelta(minutes=-30), timedelta(minutes=30)))
def test_a_display_enters_by_itself_never_without_a_minute_to_say_no(ready):
    opens = opening_moment(NOW, NOW + ready)
    assert opens is None or (opens >= NOW and opens - (NOW + ready) >= timedelta(seconds=60))
    assert (opens is None) == (ready > timedelta(minutes=9))
