"""A computer whose clock is wrong shows the hub's time all the same."""

from datetime import datetime, timedelta

import msgspec
import pytest
from scene_world import in_break, world

from meetingroom.services.doors import LinkChanged
from meetingroom.services.news import LinkNews
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.coming import coming_item


def hub_says(offset_ms: int) -> None:
    change = LinkChanged(state="online", fields={"offset_ms": offset_ms})
    moments.follow_clock(LinkNews(change=change))


@pytest.fixture
def an_hour_late():
    """This computer's clock is an hour behind the hub's."""
    hub_says(3_600_000)
    yield
    hub_says(0)


@pytest.mark.usefixtures("an_hour_late")
def test_the_clock_on_the_screen_is_the_hubs():
    assert moments.now() - datetime.now(moments.ZONE) > timedelta(minutes=59)


@pytest.mark.usefixtures("an_hour_late")
def test_the_time_left_is_counted_by_the_hubs_clock():
    meeting, _ = world(3)  # began 33 minutes ago by this computer's clock, 40 are planned
    rest, _planned = moments.seconds_left(meeting)
    assert -54 * 60 < rest < -52 * 60


def test_a_link_that_went_says_nothing_of_the_time():
    hub_says(60_000)
    moments.follow_clock(LinkNews(change=LinkChanged(state="looking")))
    assert moments.now() - datetime.now(moments.ZONE) > timedelta(seconds=50)
    hub_says(0)


def test_the_next_item_begins_after_the_break_that_is_shown():
    meeting, _ = world(3)
    coming = coming_item(in_break(meeting, 50 * 60))
    assert coming.number == 3
    assert coming.at - moments.now() > timedelta(minutes=49)


def test_after_the_last_item_nothing_comes():
    meeting, _ = world(3)
    assert coming_item(msgspec.structs.replace(meeting, current_item="item-2")) is None
    over = msgspec.structs.replace(
        meeting, current_item="", item_times={"item-0": ("a", "b"), "item-1": ("c", "d")}
    )
    assert coming_item(over).item.item == "item-2"
