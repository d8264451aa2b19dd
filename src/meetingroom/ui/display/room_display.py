"""The room display: what everyone looks at, and the chair's panel at its edge."""

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.stage import Laser
from meetingroom.sentences import sentence_of
from meetingroom.services.joining import full_address
from meetingroom.ui.context import DeskContext
from meetingroom.ui.display.panel import SteeringPanel
from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.stage.choosing import meeting_for_room
from meetingroom.ui.stage.turning import Turning

EDGE = 0.03  # of the width: where a touch or a swipe opens the panel
FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space)
BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)
MENU = (Qt.Key.Key_M, Qt.Key.Key_F1, Qt.Key.Key_Menu)
TAKES_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Escape)
DIGITS_MS = 5000  # a page number left unfinished is forgotten
BLACK = (Qt.Key.Key_B, Qt.Key.Key_Period)


class RoomDisplay(QWidget):
    """Shows the meeting nearest in time; keys, clicker and touch steer it once unlocked."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._forget_digits = QTimer(self)
        self._forget_digits.setSingleShot(True)
        self._forget_digits.setInterval(DIGITS_MS)
        self._press = QPointF()
        self.canvas = StageCanvas(context, parent=self)
        self.canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._forget_digits.timeout.connect(lambda: self.canvas.show_typed(""))
        self.turning = Turning(context, self.canvas, self._complain)
        self.panel = SteeringPanel(self)
        self.panel.hide()
        self._is_pointing = False
        self._wire_panel()
        context.bridge.meeting_changed.connect(self.on_meeting_changed)
        context.bridge.meeting_gone.connect(self.on_meeting_changed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.choose_meeting()

    def _wire_panel(self) -> None:
        panel, leading = self.panel, self._context.leading
        panel.pin_entered.connect(self.on_pin)
        panel.turn_requested.connect(self.turn)
        panel.item_requested.connect(
            lambda item: self._do(leading.go_to_item(self.canvas.meeting_id, item))
        )
        panel.paper_requested.connect(self.turning.show_paper)
        panel.scene_requested.connect(
            lambda scene: self._do(leading.show_scene(self.canvas.meeting_id, scene))
        )
        panel.join_requested.connect(self.join_online)
        panel.black_requested.connect(self.toggle_black)
        panel.laser_toggled.connect(self.set_laser)
        panel.lock_requested.connect(self.on_lock)
        panel.close_requested.connect(self.close_panel)

    # --- what is shown --------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting | None:
        return self.canvas.meeting

    @property
    def is_unlocked(self) -> bool:
        """Whether the chair unlocked this display for the meeting it shows."""
        meeting = self.meeting
        return meeting is not None and self._context.me in meeting.unlocked

    def choose_meeting(self) -> None:
        """The open meeting, else the nearest to come."""
        chosen = meeting_for_room(self._context.desk.meetings)
        if chosen != self.canvas.meeting_id:
            self.canvas.show_meeting(chosen)
        self.canvas.offers_join = self.is_unlocked
        if not self.is_unlocked:
            self.set_laser(on=False)
        self._refresh_panel()

    def on_meeting_changed(self, _what: object) -> None:
        self.choose_meeting()

    def _refresh_panel(self) -> None:
        self.panel.show_locked(not self.is_unlocked, has_meeting=self.meeting is not None)
        if self.panel.isVisible():
            self.panel.show_meeting(self.meeting, self.height())

    # --- the panel ------------------------------------------------------------------------

    def open_panel(self) -> None:
        """Slide the panel in; the page fits the rest."""
        self.panel.say("")
        self.panel.show()
        self._place()
        self.panel.set_screen(self.height())
        self._refresh_panel()
        self.panel.raise_()
        self.panel.touch()

    def close_panel(self) -> None:
        self.panel.hide()
        self._place()
        self.setFocus()

    def on_pin(self, pin: str) -> None:
        """Unlock with a PIN."""
        self._context.bridge.when_done(
            self._context.leading.unlock_with_pin(self.canvas.meeting_id, pin),
            None,
            lambda error: self.panel.pad.tell(sentence_of(error)),
        )

    def on_lock(self) -> None:
        self._do(self._context.leading.lock_display(self.canvas.meeting_id, self._context.me))
        self.close_panel()

    def join_online(self) -> None:
        """Open the online meeting in the right program; its address is on the screen."""
        link, meeting = self.canvas.link(), self.meeting
        if link is None or meeting is None:
            return
        if meeting.scene.scene != "online":
            self._do(self._context.leading.show_scene(meeting.id, "online", link.link))
            return
        self._context.bridge.when_done(
            full_address(self._context.desk, link), self._context.open_address, self._complain
        )

    def _do(self, future: "object") -> None:
        self._context.bridge.when_done(future, None, self._complain)  # type: ignore[arg-type]

    def _complain(self, error: MeetingError) -> None:
        """The room never sees an error; the chair's panel says it, if it is open."""
        if self.panel.isVisible():
            self.panel.say(sentence_of(error))

    # --- keys, touch ----------------------------------------------------------------------

    def turn(self, delta: int) -> None:
        """A screenful on (1) or back (-1); out of black it only shows the scene again."""
        self.panel.touch() if self.panel.isVisible() else None
        meeting = self.meeting
        if meeting is None or not self.is_unlocked:
            return
        if meeting.scene.scene == "black":
            self.turning.leave_black()
        elif delta > 0:
            self.turning.forward()
        else:
            self.turning.back()

    def toggle_black(self) -> None:
        """Dark, or the very scene from before."""
        meeting = self.meeting
        if meeting is None or not self.is_unlocked:
            return
        if meeting.scene.scene == "black":
            self.turning.leave_black()
        else:
            self._do(self._context.leading.show_scene(meeting.id, "black"))

    def set_laser(self, *, on: bool) -> None:
        """Let the pointer be a laser, or not."""
        if on == self._is_pointing:
            return
        self._is_pointing = on
        self.setMouseTracking(on)
        self.panel.show_laser(on)
        if not on and self.meeting is not None:
            self._point(None)

    def _point(self, place: QPointF | None) -> None:
        at = self.canvas.page_place(place) if place is not None else None
        x, y = at if at is not None else (None, None)
        self._context.leading.point(self.canvas.meeting_id, x, y)
        self.canvas.show_laser(Laser(meeting=self.canvas.meeting_id, x=x, y=y))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keyboard and presenter clicker."""
        key = event.key()
        if self.panel.takes_digits() and self.panel.pad.take_key(key, event.text()):
            self.panel.touch()
        elif key in MENU:
            self.close_panel() if self.panel.isVisible() else self.open_panel()
        elif self.canvas.typed and key in TAKES_BACK:
            self.canvas.show_typed(self.canvas.typed[:-1] if key != Qt.Key.Key_Escape else "")
        elif key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in FORWARD:
            self.turn(1)
        elif key in BACK:
            self.turn(-1)
        elif key == Qt.Key.Key_F:
            window = self.window()
            window.showNormal() if window.isFullScreen() else window.showFullScreen()
        elif self.is_unlocked:
            self._steer_by_key(key, event.text())
        else:
            super().keyPressEvent(event)

    def _steer_by_key(self, key: int, text: str) -> None:
        if key in BLACK:
            self.toggle_black()
        elif key == Qt.Key.Key_L:
            self.set_laser(on=not self._is_pointing)
        elif key == Qt.Key.Key_Home:
            self.turning.to(0)
        elif key == Qt.Key.Key_End:
            self.turning.to(1_000_000)
        elif text.isdecimal():
            self.canvas.show_typed((self.canvas.typed + text)[-4:])
            self._forget_digits.start()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            digits = self.canvas.typed
            self.canvas.show_typed("")
            if digits:
                self.turning.to(int(digits) - 1)
            elif self._shows_join():
                self.join_online()

    def _shows_join(self) -> bool:
        meeting = self.meeting
        return (
            self.is_unlocked
            and meeting is not None
            and meeting.scene.scene == "online"
            and self.canvas.link() is not None
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch at the right edge opens the panel."""
        self._press = event.position()
        if event.position().x() > self.width() * (1 - EDGE):
            self.open_panel()
        elif self._is_pointing:
            self._point(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The laser follows."""
        if self._is_pointing:
            self._point(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A swipe turns; from the edge it opens the panel; the button of a scene is pressed."""
        moved = event.position().x() - self._press.x()
        if self._is_pointing:
            return
        if self._shows_join() and self.canvas.join_box().contains(event.position()):
            self.join_online()
        elif abs(moved) > self.width() * 0.08:
            if self._press.x() > self.width() * (1 - 2 * EDGE) and moved < 0:
                self.open_panel()
            else:
                self.turn(-1 if moved > 0 else 1)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()
        self.panel.set_screen(self.height())

    def _place(self) -> None:
        wide = round(self.height() * 0.6296) if self.panel.isVisible() else 0
        wide = min(wide, self.width() // 2)
        self.canvas.setGeometry(0, 0, self.width() - wide, self.height())
        self.panel.setGeometry(self.width() - wide, 0, max(1, wide), self.height())
