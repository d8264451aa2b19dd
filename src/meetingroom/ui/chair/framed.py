"""A picture of the room's screen in its shape, with a frame around it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.theme import current_theme

WIDE = 16 / 9


class Framed(QWidget):
    """A canvas kept in the shape of the room's screen; `role` colours the frame around it."""

    def __init__(self, canvas: StageCanvas, role: str = "line_strong", edge: int = 1) -> None:
        super().__init__()
        self._canvas, self._role, self._edge = canvas, role, edge
        canvas.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(160, 90)

    def sizeHint(self) -> QSize:
        """Something to begin with."""
        return QSize(320, self.heightForWidth(320))

    def heightForWidth(self, width: int) -> int:
        """The screen's shape."""
        return round((width - 2 * self._edge) / WIDE) + 2 * self._edge

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """As large as fits, top left."""
        edge = self._edge
        wide = min(self.width() - 2 * edge, round((self.height() - 2 * edge) * WIDE))
        self._canvas.setGeometry(edge, edge, wide, round(wide / WIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame."""
        box, edge = self._canvas.geometry(), self._edge
        painter = QPainter(self)
        painter.fillRect(box.adjusted(-edge, -edge, edge, edge), current_theme().colour(self._role))
        painter.end()
