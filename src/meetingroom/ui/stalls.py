"""How long the interface's thread was kept from its events: measured, not guessed."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5


class StallWatch(QObject):
    """The longest gap between two beats of a timer, less the beat itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = 0.0
        self.longest_ms = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to measure; call after the first paint."""
        self._last = time.perf_counter()
        self.longest_ms = 0.0
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000 - BEAT_MS)
        self._last = now
