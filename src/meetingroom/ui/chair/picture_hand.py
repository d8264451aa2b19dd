"""The chair's hand on the console's picture of the room: it points, or it writes."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.geometry import Point
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import IconButton
from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.stage.hands import LaserHand, RoomPen
from meetingroom.wording import tr


class PictureHand(QWidget):
    """Two tools, of which one is in the hand, and undo."""

    def __init__(
        self,
        context: DeskContext,
        canvas: StageCanvas,
        complain: Callable[[MeetingError], None],
    ) -> None:
        super().__init__()
        self._laser = LaserHand(context, canvas.hands)
        self._pen = RoomPen(context, canvas.hands, complain)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.laser = IconButton("pointer", tr("Laser"), checkable=True, extent="small")
        self.pen = IconButton(
            "pen-line", tr("Write on the page for everybody"), checkable=True, extent="small"
        )
        self.undo = IconButton("undo-2", tr("Undo ink"), extent="small")
        group = QButtonGroup(self)
        for button in (self.laser, self.pen):
            group.addButton(button)
        for button in (self.laser, self.pen, self.undo):
            row.addWidget(button)
        self.laser.setChecked(True)
        self.undo.clicked.connect(self._pen.undo)
        canvas.pressed.connect(self.press)
        canvas.dragged.connect(self.move_to)
        canvas.let_go.connect(self.release)

    def press(self, place: Point | None) -> None:
        """Point, or begin to write."""
        if not self.pen.isChecked():
            self._laser.point(place)
        elif place is not None and self._pen.may_write:
            self._pen.press(place)

    def move_to(self, place: Point | None) -> None:
        """Go on."""
        if self._pen.is_down and place is not None:
            self._pen.move(place)
        elif not self.pen.isChecked():
            self._laser.point(place)

    def release(self) -> None:
        """Let go: the laser goes, the ink stays."""
        self._laser.point(None)
        self._pen.release()
