"""Fingers on the room's screen: a swipe turns, two pinch, one moves what is near."""

import math
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QEventPoint, QInputDevice, QTouchEvent

SWIPE = 0.08  # of the screen's width or height


class Touched(Protocol):
    """What the fingers move; places are of the widget."""

    def width(self) -> int: ...

    def height(self) -> int: ...

    def press_at(self, place: QPointF) -> None: ...

    def move_to(self, place: QPointF, since: QPointF) -> bool: ...

    def release_at(self, place: QPointF, start: QPointF) -> None: ...

    def pinch(self, factor: float, middle: QPointF) -> None: ...

    def settle_pinch(self) -> None: ...


class RoomFingers:
    """Follows the fingers from the first that touches to the last that leaves."""

    def __init__(self, touched: Touched) -> None:
        self._touched = touched
        self._start = QPointF()
        self._last = QPointF()
        self._apart = 0.0
        self._has_pinched = False

    def handle(self, event: QTouchEvent) -> bool:
        """Take an event of a touch screen; other devices' are left to the mouse."""
        if event.device().type() != QInputDevice.DeviceType.TouchScreen:
            return False
        points = event.points()
        held = [one for one in points if one.state() != QEventPoint.State.Released]
        if event.type() == QEvent.Type.TouchBegin:
            self._start = self._last = points[0].position()
            self._has_pinched, self._apart = False, 0.0
            self._touched.press_at(self._start)
        if event.type() == QEvent.Type.TouchEnd or not held:
            self._end(points[0].position())
        elif event.type() != QEvent.Type.TouchCancel:
            self._go_on([one.position() for one in held])
        event.accept()
        return True

    def _go_on(self, held: list[QPointF]) -> None:
        if len(held) > 1:
            self._pinch(held[0], held[1])
        elif not self._has_pinched:
            self._touched.move_to(held[0], self._last)
            self._last = held[0]

    def _pinch(self, one: QPointF, other: QPointF) -> None:
        apart = math.hypot(one.x() - other.x(), one.y() - other.y())
        if self._apart > 0 and apart > 0:
            self._touched.pinch(apart / self._apart, (one + other) / 2)
        self._apart, self._has_pinched = apart, True

    def _end(self, place: QPointF) -> None:
        if self._has_pinched:
            self._touched.settle_pinch()
        else:
            self._touched.release_at(place, self._start)
        self._apart = 0.0
