"""Two hours with everything, played by real windows and a crowd of laptops."""

import os
import subprocess
import sys
from pathlib import Path

from meetingroom.demo.two_hours import BUDGET_MOTION

TITLE = "Phiên họp chuyên đề UBND xã: dự toán và rét hại"


def run(*arguments: str | Path, seconds: float = 400) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "meetingroom", *map(str, arguments)],
        env={**os.environ, "MEETINGROOM_LANG": "vi"}, capture_output=True, text=True,
        timeout=seconds, check=False,
    )  # fmt: skip


def test_a_long_meeting_is_held_to_its_end_and_its_log_tells_it(tmp_path: Path) -> None:
    played = run("demo", "--two-hours", "--headless", "--no-pictures", "--out", tmp_path / "out")
    assert played.returncode == 0, played.stdout + played.stderr

    office = tmp_path / "out" / "computers" / "secretary"
    told = run("meeting", "log", TITLE, "--data", office)

    assert told.returncode == 0, told.stderr
    story = [line for line in told.stdout.splitlines() if line.strip()]
    assert any(BUDGET_MOTION in line and "08:55" in line for line in story), told.stdout
    assert any("Hoàng Văn Páo: chuyển máy chủ sang “Hội trường tầng 2”" in line for line in story)
    assert sum("mời" in line and "phát biểu" in line for line in story) == 12
    assert run("check", "--data", office).returncode == 0
