"""Hands the room's screen to a video call and takes it back, to the very scene from before.

The room's own window goes under all others, so that nothing of this program lies over the call,
and the room's picture is there again when the call's window is closed. Who comes to it (task bar,
Alt+Tab, a closed call) sees it whole, and a touch or a key leads on: back, or into the call.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from meetingroom.domain.facts import OnlineLink, SceneShown
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.display.call_bar import CallBar

SURFACE_MS = 800  # a window that got the keyboard only in passing is not wanted
UNDER = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnBottomHint


class Calling(QObject):
    """`returned` carries the call and the scene to show again; None where none was seen before."""

    returned = Signal(str, object)
    wanted = Signal(bool)
    """Who leads asks the display into the call of the scene; whether they confirmed a warning."""
    surfaced = Signal()
    """Somebody came to the room's window while the call goes on."""
    came_up = Signal()
    """The window is whole again: its screen may have gone meanwhile."""
    papers_wanted = Signal()
    number_wanted = Signal()
    passcode_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: SceneShown | None = None
        self._followed = ""
        self._seen, self._was_left = "", False
        self._link: OnlineLink | None = None
        self.link = ""
        """The call that has the screen, or had it and goes on; "" for none."""
        self.is_aside = False
        self._is_surfaced = False
        self.bar: CallBar | None = None
        self._surface = QTimer(self)
        self._surface.setSingleShot(True)
        self._surface.setInterval(SURFACE_MS)
        self._surface.timeout.connect(self._on_surface)
        window.installEventFilter(self)

    def note(self, meeting: Meeting | None) -> None:
        """Remember what the room sees before the online scene."""
        if meeting is not None and meeting.id != self._seen:
            # What was asked for before the display came to a meeting (it was started again in
            # the midst of a call, or showed another meeting meanwhile) is not opened once more.
            self._seen, self._followed = meeting.id, meeting.scene_record
        if meeting is not None and meeting.scene.scene not in ("online", "black"):
            self._before = meeting.scene

    def follow(self, meeting: Meeting | None, *, may_join: bool) -> None:
        """Into the call when it is asked for, once; back as soon as something else is shown."""
        if meeting is None:
            return
        scene = meeting.scene
        if scene.join and scene.scene == "online":
            if may_join and meeting.scene_record != self._followed:
                self._followed = meeting.scene_record
                self.wanted.emit(scene.is_confirmed)
        elif self.is_aside and scene.scene not in ("online", "black"):
            self.retake()

    def step_aside(self, link: OnlineLink) -> None:
        """The call is being opened, or goes on: make room, and leave a way back."""
        self._link = link
        self.link, self.is_aside, self._was_left = link.link, True, False
        self._is_surfaced = False
        self._go_under()
        self._show_bar(link)

    def retake(self) -> None:
        """The room's window whole again; the call goes on, or did not begin."""
        self.is_aside = self._is_surfaced = False
        self._surface.stop()
        if self.bar is not None:
            self.bar.take_away()
            self.bar = None
        self._come_up()

    def come_back(self) -> None:
        """The room again; the program of the call is left as it is."""
        if not self.link:
            return
        self.retake()
        link, self.link = self.link, ""
        self.returned.emit(link, self._before)

    def end(self) -> None:
        """The call is over, as the log has it."""
        if self.is_aside:
            self.retake()
        self.link = ""

    # --- the window -----------------------------------------------------------------------

    def _go_under(self) -> None:
        """Under all windows; Wayland knows no such place, and puts new ones behind who has the
        keyboard: there the window is put away.
        """
        if QGuiApplication.platformName().startswith("wayland"):
            self._window.showMinimized()
            return
        self._window.showNormal()
        self._set_flags(self._window.windowFlags() | UNDER)
        screen = self._window.screen()
        self._window.setGeometry(screen.geometry())

    def _come_up(self) -> None:
        self._set_flags(self._window.windowFlags() & ~UNDER)
        self._window.showFullScreen()
        self._window.raise_()
        self._window.activateWindow()
        self.came_up.emit()

    def _set_flags(self, flags: Qt.WindowType) -> None:
        """Without making the window anew: it would flicker and lose its screen."""
        self._window.overrideWindowFlags(flags)
        handle = self._window.windowHandle()
        if handle is not None:
            handle.setFlags(flags)

    def _show_bar(self, link: OnlineLink) -> None:
        if self.bar is not None:
            return
        screen = self._window.screen()
        bar = CallBar()
        bar.dress(
            screen.geometry().height(),
            link.title,
            has_number=bool(link.meeting_number),
        )
        bar.back_pressed.connect(self.come_back)
        bar.papers_pressed.connect(self.papers_wanted)
        bar.number_pressed.connect(self.number_wanted)
        bar.passcode_pressed.connect(self.passcode_wanted)
        if bar.show_on(screen):
            self.bar = bar
        else:
            bar.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Coming to the window is meant when it was left before, and lasts."""
        if self._is_surfaced and event.type() == QEvent.Type.WindowDeactivate:
            if self._link is not None:
                self.step_aside(self._link)
        elif watched is self._window and self.is_aside:
            if event.type() == QEvent.Type.WindowDeactivate:
                self._was_left = True
                self._surface.stop()
            elif event.type() == QEvent.Type.WindowActivate and self._was_left:
                self._surface.start()
        return super().eventFilter(watched, event)

    def _on_surface(self) -> None:
        if self.is_aside and self._window.isActiveWindow():
            self.retake()
            self._is_surfaced = True
            self.surfaced.emit()
