"""Pens and fingers on a page, told apart: a pen draws, fingers scroll, a resting hand rests."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QEventPoint, QInputDevice, QPointingDevice, QTabletEvent, QTouchEvent

from meetingroom.ui.page.fingers import Fingers
from meetingroom.ui.page.pen_nearness import pen_of_application
from meetingroom.ui.page.tools import FOR_FINGERS, Tool

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

ERASER_END = QPointingDevice.PointerType.Eraser


class Hands:
    """`draws_with_finger`: one finger does what the tool does, two scroll."""

    def __init__(self, view: "PageView") -> None:
        self._view = view
        self._fingers = Fingers(view)
        self.pen = pen_of_application()
        self.draws_with_finger = False
        self._is_finger_drawing = False
        self._is_pen_down = False

    # --- pens -------------------------------------------------------------------------------

    def tablet(self, event: QTabletEvent) -> None:
        """A pen draws, whatever the hand would do; its other end erases."""
        self.pen.note()
        pointer, kind = self._view.pointer, event.type()
        if kind == QEvent.Type.TabletPress:
            self._finger_gives_way()
            self._is_pen_down = True
            self._view.take(event.position())
            pointer.press(event.position(), self._tool_of(event), event.pressure())
        elif kind == QEvent.Type.TabletMove and self._is_pen_down:
            pointer.move(event.position(), event.pressure())
        elif kind == QEvent.Type.TabletRelease:
            self._is_pen_down = False
            pointer.release()
        event.accept()

    def _tool_of(self, event: QTabletEvent) -> Tool:
        tool = self._view.tool
        if event.pointerType() == ERASER_END:
            return Tool.RUBBER if tool is Tool.RUBBER else Tool.ERASER
        return Tool.PEN if tool is Tool.HAND else tool

    def _finger_gives_way(self) -> None:
        """What the hand drew before its pen came near was not meant."""
        if self._is_finger_drawing:
            self._is_finger_drawing = False
            self._view.pointer.cancel()

    # --- fingers ----------------------------------------------------------------------------

    def touch(self, event: QTouchEvent) -> bool:
        """Whether the event is done with."""
        if event.device().type() != QInputDevice.DeviceType.TouchScreen:
            return False
        if self._is_finger_drawing:
            return self._draw_on(event)
        if self._view.pointer.is_busy:
            event.accept()  # a hand rests on the screen while the pen draws
            return True
        if event.type() == QEvent.Type.TouchBegin and self._may_draw(event):
            where = event.points()[0].position()
            self._is_finger_drawing = True
            self._view.hold()
            self._view.take(where)
            self._view.pointer.press(where, self._view.tool)
        return self._fingers.handle(event)

    def _may_draw(self, event: QTouchEvent) -> bool:
        is_one = len(event.points()) == 1
        is_asked = self.draws_with_finger and self._view.tool in FOR_FINGERS
        return is_one and is_asked and not self.pen.is_near

    def _draw_on(self, event: QTouchEvent) -> bool:
        """The one finger that draws; a second one means that both scroll."""
        pointer = self._view.pointer
        held = [one for one in event.points() if one.state() != QEventPoint.State.Released]
        if event.type() == QEvent.Type.TouchCancel or len(held) > 1:
            self._finger_gives_way()
            return self._fingers.handle(event)
        if event.type() == QEvent.Type.TouchEnd or not held:
            self._is_finger_drawing = False
            pointer.move(event.points()[0].position())
            pointer.release()
        else:
            pointer.move(held[0].position())
        event.accept()
        return True
