"""A page that was thrown by a finger glides on and slows down."""

import math
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer

FRAME_MS = 8
SLOWING = 3.2  # a second: after one, 4 % of the speed are left
LEAST = 24.0  # px a second: slower is at rest
MOST = 12_000.0


class Momentum(QObject):
    """`scroll` moves the page by px across and down; whether it moved."""

    def __init__(self, parent: QObject, scroll: Callable[[float, float], bool]) -> None:
        super().__init__(parent)
        self._scroll = scroll
        self._across = self._down = 0.0
        self._at = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_gliding(self) -> bool:
        return self._timer.isActive()

    def start(self, across: float, down: float) -> None:
        """Go on at so many px a second."""
        self._across = max(-MOST, min(MOST, across))
        self._down = max(-MOST, min(MOST, down))
        self._at = monotonic()
        if math.hypot(self._across, self._down) >= LEAST:
            self._timer.start()

    def stop(self) -> None:
        """Come to rest at once."""
        self._timer.stop()

    def _go_on(self) -> None:
        now = monotonic()
        passed, self._at = min(0.1, now - self._at), now
        moved = self._scroll(self._across * passed, self._down * passed)
        kept = math.exp(-SLOWING * passed)
        self._across, self._down = self._across * kept, self._down * kept
        if not moved or math.hypot(self._across, self._down) < LEAST:
            self.stop()
