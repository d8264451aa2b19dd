"""The handle by which a row is dragged to another place; arrow keys do the same."""

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from meetingroom.ui.controls.labels import IconLabel
from meetingroom.wording import tr

MIME = "application/x-meetingroom-"


class Grip(IconLabel):
    """`moved` carries -1 (up) or 1 (down) by key; a drag carries the row's key as its kind.

    `held` tells that a drag began (True) and that it is over: its row must live so long.
    """

    moved = Signal(int)
    held = Signal(bool)

    def __init__(self, kind: str, key: str, name: str) -> None:
        super().__init__("grip-vertical", "ink_soft", 16)
        self._kind, self._key = kind, key
        self._press = QPoint()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(tr("Order: {0}").format(name))
        self.setToolTip(tr("Drag to another place, or use the arrow keys up and down"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move the row."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._press = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag once the pointer moved far enough."""
        far = (event.position().toPoint() - self._press).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and far >= QApplication.startDragDistance():
            data = QMimeData()
            data.setData(MIME + self._kind, self._key.encode())
            drag = QDrag(self)
            drag.setMimeData(data)
            row = self.parentWidget()
            if isinstance(row, QWidget):
                drag.setPixmap(row.grab())
            self.held.emit(True)
            drag.exec(Qt.DropAction.MoveAction)
            self.held.emit(False)


def dragged(event: QDropEvent, kind: str) -> str:
    """The key of a row that is dragged; "" if something else is."""
    data = event.mimeData().data(MIME + kind)
    return bytes(data.data()).decode()
