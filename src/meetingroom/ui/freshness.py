"""Shows news once, and only where somebody looks."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

GATHER_MS = 20


class WhenSeen(QObject):
    """Runs `refresh` once for a burst of news; a hidden widget waits until it is shown."""

    def __init__(self, widget: QWidget, refresh: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._refresh = widget, refresh
        self._is_stale = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self._run)
        widget.installEventFilter(self)

    def ask(self, *_news: object) -> None:
        """Something changed."""
        self._is_stale = True
        if self._widget.isVisible() and not self._timer.isActive():
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A widget that is shown must be true."""
        if event.type() == QEvent.Type.Show and self._is_stale:
            self._run()
        return False

    def _run(self) -> None:
        self._timer.stop()
        self._is_stale = False
        self._refresh()
