"""Hands the room's screen to a video call and takes it back, to the very scene from before."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from meetingroom.domain.facts import SceneShown
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.display.corner import Corner


class Calling(QObject):
    """`returned` carries the scene to show again; None where none was seen before the call."""

    returned = Signal(object)
    wanted = Signal()
    """Who leads asks the display into the call of the scene."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: SceneShown | None = None
        self._followed: SceneShown | None = None
        self.corner: Corner | None = None

    @property
    def is_aside(self) -> bool:
        """Whether a call has the screen."""
        return self.corner is not None

    def note(self, meeting: Meeting | None) -> None:
        """Remember what the room sees before the online scene."""
        if meeting is not None and meeting.scene.scene not in ("online", "black"):
            self._before = meeting.scene

    def follow(self, meeting: Meeting | None, *, may_join: bool) -> None:
        """Into the call when it is asked for, once; back as soon as something else is shown."""
        scene = meeting.scene if meeting is not None else None
        if scene is None:
            return
        if scene.join and scene.scene == "online":
            if may_join and scene is not self._followed:
                self._followed = scene
                self.wanted.emit()
        elif self.is_aside and scene.scene not in ("online", "black"):
            self.come_back()

    def step_aside(self) -> None:
        """The call is being opened: make room, and leave a way back."""
        if self.corner is None:
            self.corner = Corner()
            self.corner.pressed.connect(self.come_back)
        screen = self._window.screen()
        self.corner.show_on(screen.geometry())
        self._window.showMinimized()

    def come_back(self) -> None:
        """The room again, over the call; the call itself is left as it is."""
        if self.corner is None:
            return
        self.corner.hide()
        self.corner.deleteLater()
        self.corner = None
        self._window.showFullScreen()
        self._window.raise_()
        self._window.activateWindow()
        self.returned.emit(self._before)
