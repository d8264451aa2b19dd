"""Whether a pen is near: then a hand that touches the screen rests, and does not draw.

Pens tell when they come near and go, some only while they move: either counts.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

REST_SECONDS = 1.0  # after a pen's last movement
TOLD_SECONDS = 30.0  # how long its word counts that it came near, if it never says it went


class PenNearness:
    """`note` every movement of a pen."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._moved = self._came = float("-inf")

    @property
    def is_near(self) -> bool:
        """Whether a hand on the screen is most likely the one that holds the pen."""
        now = self._clock()
        return now - self._moved < REST_SECONDS or now - self._came < TOLD_SECONDS

    def note(self) -> None:
        """The pen moved, above the screen or on it."""
        self._moved = self._clock()

    def came(self) -> None:
        """The pen came near."""
        self._came = self._moved = self._clock()

    def went(self) -> None:
        """The pen left: its hand may rest a moment longer."""
        self._came = float("-inf")
        self._moved = self._clock()


class PenAwareApplication(QApplication):
    """Qt tells only the application when a pen comes near or goes."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.pen = PenNearness()

    def event(self, event: QEvent) -> bool:
        """Note the pen; only events of the application itself come here."""
        if event.type() == QEvent.Type.TabletEnterProximity:
            self.pen.came()
        elif event.type() == QEvent.Type.TabletLeaveProximity:
            self.pen.went()
        return super().event(event)


def pen_of_application() -> PenNearness:
    """The pen as the application knows it; one of its own where it does not."""
    app = QApplication.instance()
    return app.pen if isinstance(app, PenAwareApplication) else PenNearness()
