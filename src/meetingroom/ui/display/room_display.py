"""The room display: what everyone looks at, and the chair's panel at its edge."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
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
BLACK = (Qt.Key.Key_B, Qt.Key.Key_Period)


class RoomDisplay(QWidget):
    """Shows the meeting nearest in time; keys, clicker and touch steer it once unlocked."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._digits = ""
        self._press = QPointF()
        self.canvas = StageCanvas(context, parent=self)
        self.canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.turning = Turning(context, self.canvas, self._complain)
        self.panel = SteeringPanel(self)
        self.panel.hide()
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
        self._refresh_panel()

    def on_meeting_changed(self, _what: object) -> None:
        self.choose_meeting()

    def _refresh_panel(self) -> None:
        self.panel.show_locked(not self.is_unlocked)
        if self.panel.isVisible():
            self.panel.show_meeting(self.meeting, self.height())

    # --- the panel ------------------------------------------------------------------------

    def open_panel(self) -> None:
        """Slide the panel in; the page fits the rest."""
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
            self.panel.hint.setText(sentence_of(error))
            self.panel.hint.show()

    # --- keys, touch ----------------------------------------------------------------------

    def turn(self, delta: int) -> None:
        """A screenful on (1) or back (-1); out of black it only shows the scene again."""
        self.panel.touch() if self.panel.isVisible() else None
        meeting = self.meeting
        if meeting is None or not self.is_unlocked:
            return
        if meeting.scene.scene == "black":
            self._leave_black(meeting)
        elif delta > 0:
            self.turning.forward()
        else:
            self.turning.back()

    def _leave_black(self, meeting: Meeting) -> None:
        paper = self.canvas.stage().paper
        if paper:
            self.turning.show_paper(paper, self.canvas.stage().page)
        else:
            self._do(self._context.leading.show_scene(meeting.id, "item"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keyboard and presenter clicker."""
        key = event.key()
        if key in MENU:
            self.close_panel() if self.panel.isVisible() else self.open_panel()
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
            self._do(self._context.leading.show_scene(self.canvas.meeting_id, "black"))
        elif key == Qt.Key.Key_Home:
            self.turning.to(0)
        elif key == Qt.Key.Key_End:
            self.turning.to(1_000_000)
        elif text.isdecimal():
            self._digits = (self._digits + text)[-4:]
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._digits:
            self.turning.to(int(self._digits) - 1)
            self._digits = ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch at the right edge opens the panel."""
        self._press = event.position()
        if event.position().x() > self.width() * (1 - EDGE):
            self.open_panel()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A swipe turns; from the edge it opens the panel."""
        moved = event.position().x() - self._press.x()
        if abs(moved) > self.width() * 0.08:
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
