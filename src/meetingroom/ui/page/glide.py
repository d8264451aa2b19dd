"""A wheel's notch moves the page over a few frames instead of in one jump."""

import math
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer

FRAME_MS = 8
TAU_S = 0.045  # after so long a third of the way is left
LEAST = 0.6  # px: the rest is gone in one step


class Glide(QObject):
    """`scroll` moves the page by px down; whether it moved. Notches add up."""

    def __init__(self, parent: QObject, scroll: Callable[[float], bool]) -> None:
        super().__init__(parent)
        self._scroll = scroll
        self._rest = self._at = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_gliding(self) -> bool:
        return self._timer.isActive()

    @property
    def rest(self) -> float:
        """How far it still goes, in px."""
        return self._rest

    def by(self, step: float) -> None:
        """Move so far from where it is going to be; another way forgets the old one."""
        if self._rest * step < 0:
            self._rest = 0.0
        self._rest += step
        if not self.is_gliding:
            self._at = monotonic()
            self._timer.start()

    def stop(self) -> None:
        """Stay where it is."""
        self._rest = 0.0
        self._timer.stop()

    def _go_on(self) -> None:
        now = monotonic()
        passed, self._at = now - self._at, now
        step = self._rest * (1 - math.exp(-max(0.004, passed) / TAU_S))
        if abs(self._rest) < LEAST or abs(self._rest - step) < LEAST:
            step = self._rest
        self._rest -= step
        if not self._scroll(step) or self._rest == 0:
            self.stop()
