"""The console's two halves: side by side, one under the other where text is large, scrolled."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from meetingroom.ui.controls import FoldingRow
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.theme import current_theme

SHARES = (17, 9)
QWIDGETSIZE_MAX = (1 << 24) - 1
LIST_HIGH = 240  # of the lists, where they lie under the pictures


class ConsoleBody(QScrollArea):
    """As large as the window gives, and no smaller than its parts need."""

    def __init__(self, steering: QWidget, lists: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll_by_touch(self)
        self._steering, self._lists = steering, lists
        self.row = FoldingRow(steering, lists, SHARES, 16)
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(20, 12, 20, 16)
        column.addWidget(self.row)
        self.setWidget(self._inner)
        self._inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other parts are shown now."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take what there is."""
        super().resizeEvent(event)
        self._fit()

    def show_lists(self) -> None:
        """A list was chosen: where it lies under the pictures, go there."""
        QTimer.singleShot(0, self, self._to_lists)  # once it is laid out

    def _to_lists(self) -> None:
        if self.row.is_folded and self.isVisible():
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def _fit(self) -> None:
        room = self.viewport().size()
        is_folded = self.row.is_folded
        below = current_theme().scaled(LIST_HIGH) if is_folded else 0
        lists, steering = (_least(one) for one in (self._lists, self._steering))
        self._lists.setMinimumHeight(lists + below if is_folded else 0)
        # The pictures leave room for the buttons that turn the page.
        most = max(steering, room.height()) if is_folded else QWIDGETSIZE_MAX
        self._steering.setMaximumHeight(most)
        needed = self._inner.minimumSizeHint().height()
        self._inner.resize(room.width(), max(room.height(), needed))


def _least(part: QWidget) -> int:
    layout = part.layout()
    return layout.minimumSize().height() if layout is not None else 0
