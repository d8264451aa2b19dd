"""A laser moved sixty times a second: how often another place of it is painted, and the hub's cost.

    python laser.py [SECONDS]

The mouse moves over the room display; two laptops and 21 protocol clients follow. Counted in
the real windows (the display and the laptops); the hub by its process's time.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from figures import hand_in, row
from follow_painted import meeting_shown
from hub_idle import _processor_seconds

CLIENTS, SECONDS = 21, 10.0
LAPTOPS = ("deputy", "economy")


def laser_shown(seconds: float) -> dict[str, Any]:
    """Places painted a second in the window that painted least, and the hub's share of a core."""
    with tempfile.TemporaryDirectory() as name, meeting_shown(Path(name), CLIENTS) as (story, all_):
        for window in ("display", *LAPTOPS):
            story._do(window, "watch_laser")
        before, heard = _processor_seconds(story.hub.pid), all_.lasers
        moves = story._do("display", "sweep_laser", seconds=seconds)
        used = _processor_seconds(story.hub.pid) - before
        painted = {key: story._do(key, "lasers") for key in ("display", *LAPTOPS)}
        heard = all_.lasers - heard
    shown = {key: round(len(moments) / seconds, 1) for key, moments in painted.items()}
    return row(
        "laser_shown", "a second", ours=min(shown[key] for key in LAPTOPS), **shown,
        moves=round(moves / seconds, 1), core_percent=round(used / seconds * 100, 1),
        heard_by_clients=round(heard / seconds / CLIENTS, 1), clients=CLIENTS, seconds=seconds,
    )  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    hand_in(lambda: laser_shown(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
