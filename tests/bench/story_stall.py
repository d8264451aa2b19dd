"""The longest stall of any interface thread while the whole story is played."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from figures import compile_sources, hand_in, row


def story_stall_ms() -> dict[str, Any]:
    """Five windows, from their first paint to the end of the story."""
    compile_sources()
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "story"
        command = [sys.executable, "-m", "meetingroom", "demo", "--headless", "--no-pictures"]
        subprocess.run([*command, "--out", str(out)], check=True, capture_output=True)
        story = json.loads((out / "story.json").read_text(encoding="utf-8"))
    stalls = {one["process"]: one["stall_ms"] for one in story["stalls"]}
    seconds = sum(step["seconds"] for step in story["steps"])
    return row(
        "story_stall_ms", "ms", ours=max(stalls.values()), windows=stalls,
        story_seconds=round(seconds, 1),
    )  # fmt: skip


if __name__ == "__main__":
    hand_in(story_stall_ms)
