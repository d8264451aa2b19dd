"""The whole story with its hub killed in the middle and started again by hand."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from real_office import HubDidNotStart, HubProcess

# What the story prints when a step is over: the hub is killed right after, in the next one.
MOMENTS = (
    "windows open", "join with codes", "secret paper", "every laptop", "sees what changed",
    "officials mark", "the meeting opens", "laptops follow", "the meeting closes",
)  # fmt: skip


@pytest.fixture
def story(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "meetingroom", "demo", "--headless", "--no-pictures",
         "--out", str(tmp_path / "out")],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "MEETINGROOM_LANG": "en"},
    )  # fmt: skip
    yield process
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def play_and_kill(story: "subprocess.Popen[str]", out: Path, moment: str) -> None:
    """The story to its end, its hub killed once after `moment`; it must end well."""
    said, hub = "", None
    assert story.stdout is not None
    for line in story.stdout:
        said += line
        if moment in line and hub is None:
            rows = json.loads((out / "processes.json").read_text(encoding="utf-8"))
            row = next(row for row in rows if row["name"] == "hub")
            os.kill(row["pid"], signal.SIGKILL)
            hub = HubProcess(Path(row["folder"]))
            # The secretary's window may have been quicker: it watches over its hub.
            with contextlib.suppress(HubDidNotStart):
                hub.start()
    assert story.wait(60) == 0, said
    assert hub is not None, said
    hub.stop()
    told = json.loads((out / "story.json").read_text(encoding="utf-8"))
    marks = told["marks"]
    assert len({row["id"] for row in marks}) == len(marks)
    shared = [row for row in marks if row["exported"]]
    assert shared and len(shared) < len(marks)


@pytest.mark.timeout(300)
def test_the_story_ends_well_although_the_hub_was_killed_while_officials_mark(
    story: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    play_and_kill(story, tmp_path / "out", "sees what changed")


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.parametrize("moment", MOMENTS)
def test_the_story_ends_well_whenever_the_hub_is_killed(
    story: "subprocess.Popen[str]", tmp_path: Path, moment: str
) -> None:
    play_and_kill(story, tmp_path / "out", moment)
