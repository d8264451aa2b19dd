"""A window of the story that also tells when it painted a page or a laser: for
`follow_painted` and `laser`.

Times are `time.monotonic()`, one clock for all processes of a computer.
"""

import math
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from meetingroom.demo import actor as story_actor
from meetingroom.demo.cast import Actor
from meetingroom.demo.chair_acts import wait_for_turn
from meetingroom.demo.hands import live, wait_for
from meetingroom.ui.reader import room_hands
from meetingroom.ui.stage import canvas

PAINTED: dict[tuple[str, int], float] = {}
LASERS: list[tuple[float, float, float]] = []


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


def watch_laser(actor: Actor) -> bool:
    """Note from now on where a laser is painted in this window, and when."""
    room: Any = canvas if actor.display is not None else room_hands
    paint = room.paint_laser

    def painted(painter: Any, place: Any, side: float) -> None:
        paint(painter, place, side)
        if not LASERS or LASERS[-1][1:] != (place.x(), place.y()):
            LASERS.append((time.monotonic(), place.x(), place.y()))

    room.paint_laser = painted
    return True


def sweep_laser(actor: Actor, seconds: float) -> int:
    """Take the laser at the display and move the mouse over the page, sixty times a second."""
    room, count = actor.room, 0
    room.hand.take("laser")
    start = time.monotonic()
    while (passed := time.monotonic() - start) < seconds:
        x, y = 0.5 + 0.3 * math.cos(passed * 2), 0.4 + 0.2 * math.sin(passed * 3)
        _hover(room, QPointF(x * room.width(), y * room.height()))
        count += 1
        live_until(start + count / 60)
    room.hand.take("")
    return count


def live_until(moment: float) -> None:
    """Let the window live until a moment of the clock."""
    while (left := moment - time.monotonic()) > 0:
        live(max(1, round(left * 1000)))


def _hover(room: Any, where: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, room.mapToGlobal(where), none, none,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(room, event)


def lasers(actor: Actor) -> list[float]:
    """When another place of the laser was painted."""
    live(300)
    return [moment for moment, *_place in LASERS]


if __name__ == "__main__":
    own = (watch, press_key, painted_at, watch_laser, sweep_laser, lasers)
    story_actor.ACTS.update({act.__name__: act for act in own})
    raise SystemExit(
        story_actor.main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    )
