"""A window of the story that also tells when it painted a page: for `follow_painted`.

Times are `time.monotonic()`, one clock for all processes of a computer.
"""

import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meetingroom.demo import actor as story_actor
from meetingroom.demo.cast import Actor
from meetingroom.demo.chair_acts import wait_for_turn
from meetingroom.demo.hands import wait_for

PAINTED: dict[tuple[str, int], float] = {}


def watch(actor: Actor) -> bool:
    """Note from now on when each page is painted sharp."""
    if actor.display is not None:
        view: Any = actor.display.canvas
    else:
        view = actor.desk.room.view
    view.painted.connect(lambda blob, page: PAINTED.setdefault((blob, page), time.monotonic()))
    return True


def press_key(actor: Actor, page: int) -> list[Any]:
    """Type a page's number at the display, then its Enter: when, and which page (from 0)."""
    room = actor.room
    stage = room.canvas.stage()
    QTest.keyClicks(room, str(page + 1))
    start = time.monotonic()
    QTest.keyClick(room, Qt.Key.Key_Return)
    wait_for_turn(room.canvas, room.turning, stage.revision)
    return [start, room.canvas.stage().blob, room.canvas.stage().page]


def painted_at(actor: Actor, blob: str, page: int) -> float:
    """When a page was painted, waiting for it."""
    return wait_for(lambda: PAINTED.get((blob, page)), f"page {page + 1} is painted", 20)


if __name__ == "__main__":
    story_actor.ACTS.update({act.__name__: act for act in (watch, press_key, painted_at)})
    raise SystemExit(
        story_actor.main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    )
