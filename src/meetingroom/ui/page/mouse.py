"""What a mouse, its wheel and a touch pad do to the page they are over."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip

from meetingroom.ui.page.glide import Glide
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.theme import current_theme

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

NOTCH = 0.75  # px of scrolling an angle unit of a wheel


class Mouse:
    """Each event first makes the page under it the current one, then acts with the tool."""

    def __init__(self, view: "PageView") -> None:
        self._view = view
        self._glide = Glide(view, self._scroll)

    def press(self, event: QMouseEvent) -> None:
        """Begin what the tool does."""
        view = self._view
        if event.button() == Qt.MouseButton.LeftButton:
            self.rest()
            view.hold()
            view.take(event.position())
            view.pointer.press(event.position(), view.tool)

    def move(self, event: QMouseEvent) -> None:
        """Go on with it; only what changed is painted again."""
        view = self._view
        if event.buttons() & Qt.MouseButton.LeftButton:
            view.pointer.move(event.position())
        elif view.tool is Tool.HAND:
            is_link = view.links.at(event.position()) is not None
            pointing, open_hand = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.OpenHandCursor
            view.setCursor(pointing if is_link else open_hand)

    def release(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._view.pointer.release()

    def other(self, event: QEvent) -> bool:
        """Gestures of a touch pad, and the words of a note under the pointer."""
        view = self._view
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                view.zoom_by(1 + event.value(), event.position())
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._words_at(QPointF(event.pos())), view)
            return True
        return False

    def _words_at(self, where: QPointF) -> str:
        mark, link = self._view.pointer.mark_at(where), self._view.links.at(where)
        return self._view.signs.tip(mark) if mark else link.uri if link else ""

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom around the pointer."""
        view = self._view
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.zoom_by(1.0015 ** event.angleDelta().y(), event.position())
            return
        is_wheel = event.pixelDelta().isNull()
        across = event.pixelDelta().x() or event.angleDelta().x() * NOTCH
        down = event.pixelDelta().y() or event.angleDelta().y() * NOTCH
        if across:
            view.scroll_page(-across, 0)
        if down and is_wheel and not current_theme().less_motion:
            self._glide.by(-down)
        elif down:
            view.scroll_or_turn(-down)

    def rest(self) -> None:
        """Nothing glides any more."""
        self._glide.stop()

    def _scroll(self, step: float) -> bool:
        """One frame of a glide; what is left at the end pulls at the page."""
        if self._view.scroll_page(0, step):
            return True
        self._view.scroll_or_turn(step + self._glide.rest)
        return False
