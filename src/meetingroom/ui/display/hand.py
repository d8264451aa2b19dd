"""The chair's hand on the room's screen: it points, it writes, or it turns and moves the page."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Signal

from meetingroom.domain.errors import MeetingError
from meetingroom.ui.context import DeskContext
from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.stage.hands import LaserHand, RoomPen

COLOURS = ("red", "blue", "green", "black")


class DisplayHand(QObject):
    """`tool` is "laser", "pen" or "" for the page itself; `changed` when it is another one."""

    changed = Signal()

    def __init__(
        self,
        context: DeskContext,
        canvas: StageCanvas,
        complain: Callable[[MeetingError], None],
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.laser = LaserHand(context, canvas.hands)
        self.pen = RoomPen(context, canvas.hands, complain)
        self.tool = ""

    def take(self, tool: str, colour: str = "") -> None:
        """Take a tool into the hand, or put it down ("")."""
        if colour:
            self.pen.colour = colour
        if tool == self.tool:
            return
        self.put_down()
        self.tool = tool
        self.changed.emit()

    def put_down(self) -> None:
        """Keep what is being written; nothing is pointed at."""
        self.pen.release()
        self.laser.point(None)

    def press(self, where: QPointF, pressure: float = 0.5) -> bool:
        """Begin; whether the hand holds a tool that does something here."""
        place = self._canvas.page_place(where)
        if self.tool == "laser":
            self.laser.point(place)
        elif self.tool == "pen" and place is not None and self.pen.may_write:
            self.pen.press(place, pressure)
        return bool(self.tool)

    def move(self, where: QPointF, pressure: float = 0.5) -> bool:
        """Go on."""
        place = self._canvas.page_place(where)
        if self.tool == "laser":
            self.laser.point(place)
        elif self.tool == "pen" and place is not None:
            self.pen.move(place, pressure)
        return bool(self.tool)

    def release(self, *, stays: bool) -> bool:
        """Let go; where the hand is still seen (a mouse) the laser stays."""
        self.pen.release()
        if self.tool == "laser" and not stays:
            self.laser.point(None)
        return bool(self.tool)

    def cancel(self) -> None:
        """More fingers came: they move the page."""
        self.pen.cancel()

    def undo(self) -> None:
        """Take the newest stroke of this screen away."""
        self.pen.undo()
