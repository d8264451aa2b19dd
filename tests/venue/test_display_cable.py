"""The cable of the wall's screen is pulled in a running meeting, and put back."""

import time

import pytest
from rooms import AGREE, a_room, colour_of
from walls import a_display, a_wall

from real_office import wait_until

pytestmark = pytest.mark.timeout(240)


def test_the_wall_shows_where_the_meeting_is_as_soon_as_its_cable_is_back(tmp_path) -> None:
    with a_wall(tmp_path / "x") as wall, a_room(tmp_path, 4) as room:
        room.enter()
        room.chair("start_meeting")
        room.chair("show_page", page=0)
        with a_display(room.display, wall):
            wait_until(lambda: wall.shows(colour_of(0)))
            wall.pull()
            wait_until(lambda: "display.screen_lost" in room.chair("faults"))
            wait_until(lambda: not wall.shows(colour_of(0)))
            room.chair("show_page", page=2)
            assert room.agreed()["scene"]["scene"] == "paper"  # the others go on meanwhile
            wall.plug()
            start = time.monotonic()
            wait_until(lambda: wall.shows(colour_of(2)), AGREE)
            print(f"on the wall again after {time.monotonic() - start:.1f} s")
            wait_until(lambda: "display.screen_lost" not in room.chair("faults"))
            room.agreed()
