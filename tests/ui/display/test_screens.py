"""The room's window on real screens of Qt: unplugged, plugged late, chosen."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from x_server import x_server


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> dict[str, list]:
    """What a process with two screens saw while the wall's cable was pulled and put back."""
    folder = tmp_path_factory.mktemp("screens")
    script = Path(__file__).with_name("two_screens.py")
    env = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, str(script), str(folder)],
        env=env, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_the_room_begins_on_the_larger_screen_at_its_scale(story):
    assert story["seen"][0][:2] == ["HDMI-1", True]


def test_without_its_cable_it_leaves_the_screen_somebody_works_on_free(story):
    name, is_full, wide, high = story["seen"][1]
    assert (name, is_full) == ("eDP-1", False)
    assert wide < 1366 / 2 and high < 768 / 2


def test_it_comes_back_when_the_cable_does(story):
    assert story["seen"][2] == story["seen"][0]
    assert story["told"] == ["lost HDMI-1", "found"]


def test_a_choice_moves_it_at_once_and_is_remembered(story):
    assert story["seen"][3][:2] == ["eDP-1", True]
    assert story["kept"][-1].startswith("eDP-1|") and story["kept"][-1].endswith("|c")


@pytest.fixture
def x_display() -> Iterator[str]:
    if shutil.which("xrandr") is None:
        pytest.skip("no xrandr here")
    with x_server() as name:
        yield name


def test_another_size_and_a_turned_screen_are_filled_while_it_runs(x_display):
    script = Path(__file__).with_name("turned_screen.py")
    env = {**os.environ, "DISPLAY": x_display, "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        [sys.executable, str(script)],
        env=env, capture_output=True, text=True, timeout=90, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == [[1920, 1080, True], [1024, 768, True], [600, 800, True]]
