"""The buttons of the online scene on the display itself."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Signal

if TYPE_CHECKING:
    from meetingroom.ui.display.room_display import RoomDisplay


class OnlineTouch(QObject):
    """A finger, a mouse or the Enter key on them; nothing where the display is locked."""

    postponed = Signal()
    """"Not now": the display does not enter by itself."""

    def __init__(self, display: "RoomDisplay") -> None:
        super().__init__(display)
        self._display = display

    def _acts(self) -> tuple[str, ...]:
        meeting, canvas = self._display.meeting, self._display.canvas
        if meeting is None or meeting.scene.scene != "online":
            return ()
        return canvas.online.shown(meeting, offers=self._display.is_unlocked).acts

    def enter(self) -> None:
        """The Enter key: into the call."""
        if "join" in self._acts():
            self._display.calls.touch()

    def press(self, place: QPointF) -> bool:
        """Do what is offered at a place; whether something is."""
        boxes = self._display.canvas.online_boxes()
        act = next((act for act in self._acts() if boxes[act].contains(place)), "")
        if act == "join":
            self._display.calls.touch()
        elif act == "passcode":
            self._display.steer("online")
        elif act == "later":
            self.postponed.emit()
        return bool(act)
