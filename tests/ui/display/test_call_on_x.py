"""The room's screen handed to a call on a real X server with a real window manager."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from x_server import window_manager, x_server


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> dict[str, object]:
    """What was seen while a call came, went and came again."""
    script = Path(__file__).with_name("called_on_x.py")
    home = str(tmp_path_factory.mktemp("home"))
    with x_server() as display, window_manager(display, home):
        env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": home}
        done = subprocess.run(
            [sys.executable, str(script)],
            env=env, capture_output=True, text=True, timeout=110, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_call_that_fills_the_screen_leaves_the_bars_room_and_is_nowhere_covered(story):
    assert story["begins"] and story["bar"] and story["call is seen"]
    assert story["beside the bar"] and story["bar is seen"]
    assert story["the call has the keyboard"]


def test_nothing_lies_over_a_call_that_takes_the_whole_screen(story):
    assert story["whole call"] and story["nothing over it"]


def test_a_call_that_is_closed_shows_the_room_again_which_waits_for_a_word(story):
    assert story["room is seen again"] and story["and comes up"]
    assert story["the call goes on"]


def test_coming_back_puts_the_room_over_the_call_that_still_runs(story):
    assert story["a bar again"] and story["back"]
