"""Fingers on a page: one scrolls and throws, a swipe turns, two pinch, a tap presses."""

import math
from collections import deque
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QEventPoint, QInputDevice, QTouchEvent

TAP_PX = 12.0
SWIPE_PX = 80.0
PULL_PX = 120.0
TRAIL = 16
RECENT_S = 0.1


class Touched(Protocol):
    """What the fingers move."""

    def scroll_page(self, dx: float, dy: float) -> bool: ...

    def pinch(self, factor: float, anchor: QPointF) -> None: ...

    def tap(self, where: QPointF) -> None: ...

    def turn_page(self, delta: int, *, at_end: bool = False) -> None: ...

    def can_scroll_sideways(self) -> bool: ...

    def fling(self, across: float, down: float) -> None: ...

    def hold(self) -> None: ...


class Fingers:
    """Follows the fingers from the first that touches to the last that leaves."""

    def __init__(self, page: Touched) -> None:
        self._page = page
        self._start = QPointF()
        self._last = QPointF()
        self._apart = 0.0
        self._pulled = 0.0
        self._most = 0
        self._has_moved = False
        self._trail: deque[tuple[float, QPointF]] = deque(maxlen=TRAIL)

    def handle(self, event: QTouchEvent) -> bool:
        """Take an event of a touch screen; other devices' are left to the mouse."""
        if event.device().type() != QInputDevice.DeviceType.TouchScreen:
            return False
        points = event.points()
        held = [one for one in points if one.state() != QEventPoint.State.Released]
        if event.type() == QEvent.Type.TouchBegin:
            self._begin(held)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._go_on(held)
        elif event.type() == QEvent.Type.TouchEnd:
            self._end(points[0].position())
        event.accept()
        return True

    def _begin(self, held: list[QEventPoint]) -> None:
        self._page.hold()
        self._trail.clear()
        self._start = self._last = _middle(held)
        self._apart, self._pulled = _apart(held), 0.0
        self._most, self._has_moved = len(held), len(held) > 1

    def _go_on(self, held: list[QEventPoint]) -> None:
        if len(held) != self._most and held:
            # A finger came or left: go on from where they are now.
            self._last, self._apart = _middle(held), _apart(held)
            self._most = len(held)
            self._has_moved = self._has_moved or len(held) > 1
            return
        if not held:
            return
        middle, apart = _middle(held), _apart(held)
        moved = middle - self._last
        self._last = middle
        self._trail.append((monotonic(), middle))
        if len(held) > 1 and apart > 0 and self._apart > 0:
            self._page.pinch(apart / self._apart, middle)
        self._apart = apart
        if (middle - self._start).manhattanLength() > TAP_PX:
            self._has_moved = True
        if self._has_moved and not self._page.scroll_page(-moved.x(), -moved.y()):
            self._pulled -= moved.y()

    def _end(self, where: QPointF) -> None:
        if not self._has_moved:
            self._page.tap(where)
            return
        if self._most > 1:
            return
        across, down = where.x() - self._start.x(), where.y() - self._start.y()
        is_swipe = abs(across) > SWIPE_PX and abs(across) > 2 * abs(down)
        if is_swipe and not self._page.can_scroll_sideways():
            self._page.turn_page(-1 if across > 0 else 1)
        elif abs(self._pulled) > PULL_PX:
            forward = self._pulled > 0
            self._page.turn_page(1 if forward else -1, at_end=not forward)
        else:
            self._page.fling(*self._speed())

    def _speed(self) -> tuple[float, float]:
        """Px a second, across and down, over the last moments before the finger left."""
        now = monotonic()
        recent = [(at, place) for at, place in self._trail if now - at <= RECENT_S]
        if len(recent) < 2 or recent[-1][0] - recent[0][0] <= 0:
            return 0.0, 0.0
        moved, passed = recent[-1][1] - recent[0][1], recent[-1][0] - recent[0][0]
        return moved.x() / passed, moved.y() / passed


def _middle(held: list[QEventPoint]) -> QPointF:
    places = [one.position() for one in held]
    return QPointF(
        sum(place.x() for place in places) / len(places),
        sum(place.y() for place in places) / len(places),
    )


def _apart(held: list[QEventPoint]) -> float:
    if len(held) < 2:
        return 0.0
    between = held[0].position() - held[1].position()
    return math.hypot(between.x(), between.y())
