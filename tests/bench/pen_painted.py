"""A pen at 4K in the real reading room: from its event to the line painted.

Events come at 240 a second from a thread of their own, as a tablet's do, whatever the
interface is busy with; what was drawn before is kept, listed and numbered meanwhile. Pages
without a mark and one with 1,000 strokes take turns.
"""

import math
import tempfile
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any

from bench_office import bench_office
from figures import hand_in, long_paper, row, spread
from page_speed import _is_sharp, _open_room, _until, _wait

STROKES, POINTS = 1000, 60
ROUNDS, DRAWN, MOVES, HZ = 6, 8, 50, 240
LIFTED = 24  # events between strokes: a writing hand lifts its pen for a tenth of a second
FULL = 1
SIZE = (3840, 2160)


def pen_painted_4k() -> dict[str, Any]:
    """The 99th percentile on a page with 1,000 strokes, against an empty page's."""
    with tempfile.TemporaryDirectory() as name:
        papers = [long_paper(Path(name) / "p.pdf", 40)]
        with bench_office(Path(name) / "office", papers) as office:
            empty, full = _measure(office.data)
    ours, bare = spread(full), spread(empty)
    return row(
        "pen_painted_4k", "ms", ours=ours["p99_ms"], peer=bare["p99_ms"],
        ratio=round(ours["p99_ms"] / bare["p99_ms"], 2), **ours,
        empty_p50_ms=bare["p50_ms"], worst_ms=round(max(full), 2), events=len(full),
    )  # fmt: skip


def _measure(data: Path) -> tuple[list[float], list[float]]:
    window, room, _ = _open_room(data, SIZE)
    _fill(room)
    pen = Pen(room.view)
    empty: list[float] = []
    full: list[float] = []
    for number in range(ROUNDS + 1):
        _go(room, FULL + 2 + number)
        bare = pen.draw(DRAWN)
        _go(room, FULL)
        ours = pen.draw(DRAWN)
        if number:  # the first round warms up
            empty += bare
            full += ours
    window.end()
    return empty, full


def _fill(room: Any) -> None:
    """1,000 strokes of 60 points over one page, kept as any others are."""
    from meetingroom.domain.geometry import InkPoint
    from meetingroom.domain.marks import Ink
    from meetingroom.services.marking import Content, Spot

    paper = room.paper()
    spot = Spot(paper.paper, paper.current.blob, FULL)
    rows = []
    for n in range(STROKES):
        x, y = 40 + n % 25 * 20, 60 + n // 25 * 18
        points = tuple(
            InkPoint(round(x + k / 3.5, 2), round(y + 5 * math.sin(k / 4), 2), 0.3 + k % 9 / 20)
            for k in range(POINTS)
        )
        rows.append((spot, Content(shape=Ink(strokes=(points,), width=1.2), colour="pen")))
    room._context.marking.put_many(room.meeting_id, rows).result()


def _go(room: Any, page: int) -> None:
    room.places.go_to_number(page + 1)
    _until(lambda: room.view.page == page and _is_sharp(room.view))
    _wait(0.6)  # a writer's moment: pages around are drawn ahead


class Pen:
    """Posts a tablet's events and notes when each was painted."""

    def __init__(self, view: Any) -> None:
        from PySide6.QtGui import QInputDevice, QPointingDevice

        self._view = view
        self._device = QPointingDevice(
            "pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
            QInputDevice.Capability.Pressure, 1, 1,
        )  # fmt: skip
        self._posted: deque[float] = deque()
        self._handled: list[float] = []
        self.spent: list[float] = []
        handle, paint = view.hands.tablet, view._glass.paint

        def handled(event: Any) -> None:
            self._handled.append(self._posted.popleft())
            handle(event)

        def painted(*what: Any, **how: Any) -> bool:
            is_sharp = paint(*what, **how)
            now = time.perf_counter()
            self.spent += [(now - start) * 1000 for start in self._handled]
            self._handled.clear()
            return bool(is_sharp)

        view.hands.tablet, view._glass.paint = handled, painted

    def draw(self, strokes: int) -> list[float]:
        """So many strokes in a row; what each event took, in ms."""
        from PySide6.QtCore import QEvent

        self.spent = []
        box = self._view.lens.box()
        left, top = max(box.left(), 0) + 200, max(box.top(), 0) + 300
        rows: list[tuple[Any, float, float, float]] = []
        for n in range(strokes):
            places = [(left + 8 * k, top + 90 * n + 40 * math.sin(k / 5)) for k in range(MOVES)]
            rows.append((QEvent.Type.TabletPress, *places[0], 0.4))
            rows += [(QEvent.Type.TabletMove, *place, 0.4) for place in places[1:]]
            rows.append((QEvent.Type.TabletRelease, *places[-1], 0.0))
        hand = threading.Thread(target=self._post, args=(rows,))
        hand.start()
        _until(lambda: not hand.is_alive() and len(self.spent) >= len(rows))
        _until(lambda: not self._view.pending)
        return self.spent

    def _post(self, rows: list[tuple[Any, float, float, float]]) -> None:
        from PySide6.QtCore import QCoreApplication, QPointF, Qt
        from PySide6.QtGui import QTabletEvent

        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        start = time.perf_counter()
        for number, (kind, x, y, pressure) in enumerate(rows):
            lifted = LIFTED * (number // (MOVES + 1))
            time.sleep(max(0.0, start + (number + lifted) / HZ - time.perf_counter()))
            where = QPointF(x, y)
            event = QTabletEvent(
                kind, self._device, where, where, pressure, 0, 0, 0, 0, 0, none, left, left
            )
            self._posted.append(time.perf_counter())
            QCoreApplication.postEvent(self._view, event)


if __name__ == "__main__":
    hand_in(pen_painted_4k)
