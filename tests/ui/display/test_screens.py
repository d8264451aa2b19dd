"""The room's window on real screens of Qt: unplugged, plugged late, chosen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


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
