"""A page turn, from the chair's key to the page painted in three windows, 20 clients beside.

The chair types at the room display; two laptops follow. Real windows on the offscreen
platform, real hub, TLS, all on this computer.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from figures import hand_in, row, spread
from protocol_clients import ProtocolClients, enrolled

CLIENTS, TURNS, WARM_UP = 20, 42, 4
WINDOWS = ("display", "deputy", "economy")
PROGRAM = (str(Path(__file__).with_name("timed_window.py")),)
PAUSE = 0.4  # a room's moment with a page, in which the next one is drawn ahead


def follow_painted_ms() -> dict[str, Any]:
    """The slowest of the three windows at each turn."""
    with (
        tempfile.TemporaryDirectory() as name,
        meeting_shown(Path(name), CLIENTS) as (story, clients),
    ):
        turns, heard = _turn_pages(story), clients.heard
    return row(
        "follow_painted_ms", "ms", ours=spread(turns)["p99_ms"], **spread(turns),
        turns=len(turns), stages_heard_by_clients=heard, clients=CLIENTS,
    )  # fmt: skip


@contextmanager
def meeting_shown(out: Path, count: int) -> Iterator[tuple[Any, ProtocolClients]]:
    """A running meeting: the display shows the report, two laptops follow, so many clients hear."""
    from meetingroom.demo.story import REPORT, Story
    from meetingroom.demo.troupe import start_hub, stop_hub
    from meetingroom.settings import read_settings

    environment = {"QT_QPA_PLATFORM": "offscreen"}
    story = Story(out, (1366, 768), environment, lambda _step, _seconds: None, PROGRAM)
    clients = None
    try:
        story._found()
        port = read_settings(story.home).hub_port
        assert story.hub is not None
        stop_hub(story.hub, story.home)
        devices = enrolled(story.home, count)
        story.hub = start_hub(story.home)
        for step in (story._open_windows, story._enrol, story._prepare, story._issue):
            step()
        for step in (story._receive, story._read, story._unlock, story._open_meeting):
            step()
        clients = ProtocolClients(port, devices)
        story._do("chair", "show_paper", number=REPORT)
        story._do("display", "display_at", scene="paper", number=REPORT, page=1)
        story._all(("deputy", "economy"), "follow", following=True)
        yield story, clients
    finally:
        if clients is not None:
            clients.stop()
        story.end()


def _turn_pages(story: Any) -> list[float]:
    for window in WINDOWS:
        story._do(window, "watch")
    turns: list[float] = []
    for page in range(1, TURNS + WARM_UP):
        time.sleep(PAUSE)
        start, blob, shown = story._do("display", "press_key", page=page)
        assert shown == page, (shown, page)
        painted = [story._do(key, "painted_at", blob=blob, page=page) for key in WINDOWS]
        turns.append((max(painted) - start) * 1000)
    return turns[WARM_UP - 1 :]


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    hand_in(follow_painted_ms)
