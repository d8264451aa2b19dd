"""Python's own clearing up, kept away from the moments when somebody waits for a window.

A whole collection looks at every object the program ever made and holds all threads
meanwhile: 50 to 200 ms here. What the start made is set aside for good, and whole
collections happen only from time to time, between events, over what came since.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

YOUNG, MIDDLE, NEVER = 3_000, 15, 1_000_000
EVERY_MS = 60_000
LONG_SECONDS = 0.008


def set_aside() -> None:
    """Take everything made so far out of every later collection."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, NEVER)
    gc.enable()


class QuietCollector(QObject):
    """Collects everything now and then, when the loop has nothing else to do."""

    def __init__(self, parent: QObject | None = None, every_ms: int = EVERY_MS) -> None:
        super().__init__(parent)
        set_aside()
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """A whole collection; what makes it long is set aside before the next."""
        start = time.perf_counter()
        gc.collect()
        if time.perf_counter() - start > LONG_SECONDS:
            gc.freeze()
