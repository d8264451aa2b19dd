"""The room display: what everyone looks at, and the chair's panel at its edge."""

import logging

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.stage import Stage
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.display import keys, screen_choice
from meetingroom.ui.display.faults import Faults
from meetingroom.ui.display.fingers import SWIPE, RoomFingers
from meetingroom.ui.display.hand import DisplayHand
from meetingroom.ui.display.online_touch import OnlineTouch
from meetingroom.ui.display.own_opening import OwnOpening
from meetingroom.ui.display.panel import SteeringPanel
from meetingroom.ui.display.room_calls import RoomCalls
from meetingroom.ui.display.screens import RoomScreens
from meetingroom.ui.display.steering import STEERING, Entry
from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.stage.choosing import meeting_for_room
from meetingroom.ui.stage.painted import PaintedTurns
from meetingroom.ui.stage.turning import Turning
from meetingroom.ui.stage.zooming import is_near, panned, zoomed

log = logging.getLogger(__name__)
EDGE = 0.03  # of the width: where a touch or a swipe opens the panel
DIGITS_MS = 5000  # a page number left unfinished is forgotten
POINTER_MS = 3000  # a mouse's arrow that rests is no part of the picture


class RoomDisplay(QWidget):
    """Shows the meeting nearest in time; keys, clicker and touch steer it once unlocked."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._forget_digits = QTimer(self)
        self._forget_digits.setSingleShot(True)
        self._forget_digits.setInterval(DIGITS_MS)
        self._press = self._last = QPointF()
        self._is_mouse = False
        self.canvas = StageCanvas(context, parent=self)
        self.canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._forget_digits.timeout.connect(lambda: self.canvas.show_typed(""))
        self.turning = Turning(context, self.canvas, self.complain)
        self.faults = Faults(context, self.canvas)
        self.screens: RoomScreens | None = None
        self.calls = RoomCalls(context, self)
        self.calling = self.calls.calling
        self._fingers, self.online_touch = RoomFingers(self), OnlineTouch(self)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._pointer = QTimer(self)
        self._pointer.setSingleShot(True)
        self._pointer.setInterval(POINTER_MS)
        self._pointer.timeout.connect(lambda: self.setCursor(Qt.CursorShape.BlankCursor))
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.panel = SteeringPanel(self)
        self.panel.hide()
        self.hand = DisplayHand(context, self.canvas, self.complain)
        self.hand.changed.connect(lambda: self.panel.show_tool(self.hand.tool))
        self._wire_panel()
        self.canvas.painted.connect(PaintedTurns(context, self, self._is_looked_at).tell)
        context.bridge.meeting_changed.connect(self.on_meeting_changed)
        context.bridge.meeting_gone.connect(self.on_meeting_changed)
        context.bridge.record_refused.connect(lambda _what: self.faults.moment("display.refused"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.choose_meeting()
        self.own_opening = OwnOpening(context, self)

    def _wire_panel(self) -> None:
        panel, leading = self.panel, self._context.leading
        panel.pin_entered.connect(self.on_pin)
        panel.turn_requested.connect(self.turn)
        panel.item_requested.connect(
            lambda item: self._do(leading.go_to_item(self.canvas.meeting_id, item))
        )
        panel.paper_requested.connect(self.turning.show_paper)
        panel.entry_pressed.connect(self.on_entry)
        panel.break_requested.connect(
            lambda minutes: self._do(leading.show_break(self.canvas.meeting_id, minutes))
        )
        panel.join_requested.connect(self.calls.press)
        panel.black_requested.connect(self.toggle_black)
        panel.tool_chosen.connect(self.on_tool)
        panel.undo_requested.connect(self.hand.undo)
        panel.lock_requested.connect(self.on_lock)
        panel.close_requested.connect(self.close_panel)

    # --- the screen -----------------------------------------------------------------------

    def use_screens(self, remembered: str) -> None:
        """Go to the room's screen and stay there; `remembered` is the setting's line."""
        preferences = self._context.preferences

        def remember(line: str) -> None:
            if preferences is not None:
                kept = preferences.keep({"room_screen": line})
                self._context.bridge.when_done(kept, None, self.complain)

        self.screens = RoomScreens(
            self,
            screen_choice.read(remembered),
            remember,
            is_aside=lambda: self.calling.is_aside,
        )
        self.screens.lost.connect(lambda _name: self.faults.arise("display.screen_lost"))
        self.screens.found.connect(lambda: self.faults.end("display.screen_lost"))
        self.screens.screens_changed.connect(self._show_screens)
        self.calling.came_up.connect(self.screens.on_changed)
        self.panel.screen_chosen.connect(self.screens.choose)
        self.screens.settle()

    def _show_screens(self) -> None:
        if self.screens is not None:
            names = screen_choice.told_apart(self.screens.seen())
            self.panel.show_screens(names, self.screens.current())
            if self._context.rehearsing is not None:
                told = self.screens.told()
                self._context.rehearsing.note_screens(told, is_lost=self.screens.is_lost)

    def toggle_whole_screen(self) -> None:
        window = self.window()
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    # --- what is shown --------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting | None:
        return self.canvas.meeting

    @property
    def is_unlocked(self) -> bool:
        """Whether the chair unlocked this display for the meeting it shows."""
        meeting = self.meeting
        return meeting is not None and self._context.me in meeting.unlocked

    def _is_looked_at(self, stage: Stage) -> bool:
        meeting = self.meeting
        return (
            meeting is not None and meeting.id == stage.meeting and (meeting.scene.scene == "paper")
        )

    def choose_meeting(self) -> None:
        """The open meeting, else the nearest to come."""
        chosen = meeting_for_room(self._context.desk.meetings)
        if chosen != self.canvas.meeting_id:
            self.canvas.show_meeting(chosen)
        self.canvas.offers_join = self.is_unlocked and not self.panel.isVisible()
        self.calls.show_meeting(self.meeting, may_join=self.is_unlocked)
        if not self.is_unlocked:
            self.hand.take("")
        self._refresh_panel()

    def on_meeting_changed(self, _what: object) -> None:
        self.choose_meeting()

    def on_entry(self, entry: Entry) -> None:
        """One of the panel's buttons."""
        meeting = self.meeting
        if meeting is not None and entry.press is not None:
            self._do(entry.press(self._context, meeting))

    def steer(self, key: str) -> None:
        """What the panel's button of this name does, pressed elsewhere on the screen."""
        self.on_entry(next(entry for entry in STEERING if entry.key == key))

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

    def toggle_panel(self) -> None:
        self.close_panel() if self.panel.isVisible() else self.open_panel()

    def leave(self) -> None:
        """Out of what was opened last; a scene is never left by this key, but a call's is."""
        if self.calling.link:
            self.calling.come_back()
        elif self.panel.isVisible():
            self.close_panel()
        elif self.is_unlocked and self._near_size() is not None:
            self.zoom(0.0)

    def close_panel(self) -> None:
        self.panel.close_choices()
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
        """Into the online meeting by one touch, or back into the one that goes on."""
        self.calls.join()

    def _do(self, future: "object") -> None:
        self._context.bridge.when_done(future, None, self.complain)  # type: ignore[arg-type]

    def complain(self, error: MeetingError) -> None:
        """The room never sees an error; the chair's panel says it, if it is open."""
        if self.panel.isVisible():
            self.panel.say(sentence_of(error))
        else:
            log.warning("the display could not do what was asked: %s", error)
            self.faults.moment(error.code)

    # --- keys, touch ----------------------------------------------------------------------

    def turn(self, delta: int) -> None:
        """A screenful on (1) or back (-1); out of black it only shows the scene again."""
        self.panel.touch() if self.panel.isVisible() else None
        meeting = self.meeting
        if meeting is None or not self.is_unlocked:
            return
        if meeting.scene.scene == "black":
            self.turning.leave_black()
        elif self.calling.link and meeting.scene.scene == "online":
            self.calling.come_back()
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

    def on_tool(self, tool: str, colour: str = "") -> None:
        """Take a tool chosen in the panel; whoever writes wants the whole picture."""
        self.hand.take(tool, colour)
        if tool == "pen":
            self.close_panel()

    def toggle_laser(self) -> None:
        self._toggle("laser")

    def toggle_pen(self) -> None:
        self._toggle("pen")

    def _toggle(self, tool: str) -> None:
        if self.is_unlocked:
            self.hand.take("" if self.hand.tool == tool else tool)

    def undo_ink(self) -> None:
        if self.is_unlocked:
            self.hand.undo()

    def go_to_page(self, page: int) -> None:
        if self.is_unlocked:
            self.turning.to(page)

    def present(self) -> None:
        """Back to the paper: out of the dark, or out of another scene."""
        meeting = self.meeting
        if meeting is None or not self.is_unlocked:
            return
        paper, stage = self.canvas.shown_paper(), self.canvas.stage()
        if meeting.scene.scene == "black":
            self.turning.leave_black()
        elif meeting.scene.scene != "paper" and paper is not None:
            self.turning.show_paper(paper.paper, stage.page)

    def type_digit(self, digit: str) -> None:
        if self.is_unlocked:
            self.canvas.show_typed((self.canvas.typed + digit)[-4:])
            self._forget_digits.start()

    def untype(self, *, whole: bool) -> None:
        self.canvas.show_typed("" if whole else self.canvas.typed[:-1])

    def enter(self) -> None:
        """To the page whose number was typed, or into the online meeting."""
        digits = self.canvas.typed
        self.canvas.show_typed("")
        if digits:
            self.go_to_page(int(digits) - 1)
        else:
            self.online_touch.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keyboard and presenter clicker."""
        if self.panel.takes_digits() and self.panel.pad.take_key(event.key(), event.text()):
            self.panel.touch()
        elif not keys.press(event, self, is_typing=bool(self.canvas.typed)):
            super().keyPressEvent(event)

    # --- nearer and further -----------------------------------------------------------------

    def _page_size(self) -> Size | None:
        """The size of the page the room sees; None where it sees none."""
        meeting, stage = self.meeting, self.canvas.stage()
        if meeting is None or meeting.scene.scene != "paper":
            return None
        return self.canvas.pages.size(stage.blob, stage.page)

    def _near_size(self) -> Size | None:
        """The page's size where only a part of its width is shown."""
        size = self._page_size()
        view = self.canvas.preview or self.canvas.stage().view
        return size if size is not None and is_near(size, view) else None

    def zoom(self, factor: float) -> None:
        """Nearer or further from the middle; 0 shows the whole width again."""
        if self.is_unlocked and self._page_size() is not None:
            self.turning.zoom(factor or 0.01)

    def pinch(self, factor: float, middle: QPointF) -> None:
        """Two fingers: the place between them stays under them."""
        size = self._page_size()
        self.hand.cancel()
        if self.is_unlocked and size is not None:
            view = self.canvas.preview or self.canvas.stage().view
            at = self.canvas.page_place(middle)
            self._hold(zoomed(size, view, factor, (at.x, at.y) if at is not None else None))

    def _hold(self, view: Rect) -> None:
        """Show here at once what the fingers move to, and to everybody as fast as it goes."""
        self.canvas.is_held = True
        self.canvas.show_preview(view)
        self.turning.glide(self.canvas.stage().page, view)

    def settle_pinch(self) -> None:
        """The fingers left: what they show is what everybody gets."""
        self.canvas.is_held = False
        if self.canvas.preview is not None:
            self.turning.glide(self.canvas.stage().page, self.canvas.preview)

    def _pan(self, moved: QPointF) -> bool:
        size, view = self._near_size(), self.canvas.preview or self.canvas.stage().view
        if not self.is_unlocked or size is None or view is None:
            return False
        scale = self.canvas.width() / (view.x1 - view.x0)
        self._hold(panned(size, view, -moved.x() / scale, -moved.y() / scale))
        return True

    def event(self, event: QEvent) -> bool:
        """Touches of the picture; those of the panel are its buttons'."""
        if isinstance(event, QTouchEvent) and not self._is_on_panel(event):
            return self._fingers.handle(event) or super().event(event)
        return super().event(event)

    def _is_on_panel(self, event: QTouchEvent) -> bool:
        if not self.panel.isVisible() or not event.points():
            return False
        return self.panel.geometry().contains(event.points()[0].pressPosition().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch at the right edge opens the panel."""
        self._press = self._last = event.position()
        self._is_mouse = True
        self.press_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The laser follows; what is near moves along."""
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._pointer.start()
        if self.hand.tool == "laser":
            self.hand.move(event.position())
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self.move_to(event.position(), self._last)
            self._last = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A swipe turns, the button of a scene is pressed."""
        self.release_at(event.position(), self._press)
        self._is_mouse = False

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen on the screen points or writes with its pressure; else it is as a mouse."""
        where, pressure = event.position(), event.pressure()
        is_free = where.x() <= self.width() * (1 - EDGE)
        match event.type():
            case QEvent.Type.TabletPress if is_free:
                is_done = self.hand.press(where, pressure)
            case QEvent.Type.TabletMove:
                is_down = self.hand.tool == "laser" or self.hand.pen.is_down
                is_done = is_down and self.hand.move(where, pressure)
            case QEvent.Type.TabletRelease:
                is_done = self.hand.release(stays=True)
            case _:
                is_done = False
        event.setAccepted(is_done)

    def leaveEvent(self, event: QEvent) -> None:
        """A mouse that left points no longer."""
        self.hand.laser.point(None)
        super().leaveEvent(event)

    def press_at(self, place: QPointF) -> None:
        """The right edge opens the panel; a tool in the hand works on the page."""
        if place.x() > self.width() * (1 - EDGE):
            self.open_panel()
        else:
            self.hand.press(place)

    def move_to(self, place: QPointF, since: QPointF) -> bool:
        """A hand moves: its tool, or what is near."""
        return self.hand.move(place) or self._pan(place - since)

    def release_at(self, place: QPointF, start: QPointF) -> None:
        """A finger left: the end of a swipe, of a movement, or a tap."""
        across, down = place.x() - start.x(), place.y() - start.y()
        if self.hand.release(stays=self._is_mouse):
            return
        if self.canvas.preview is not None:
            self.settle_pinch()
        elif self.online_touch.press(place):
            return
        elif start.x() > self.width() * (1 - 2 * EDGE) and across < 0:
            self.open_panel() if abs(across) > self.width() * SWIPE else None
        elif abs(across) > self.width() * SWIPE and abs(across) >= abs(down):
            self.turn(-1 if across > 0 else 1)
        elif abs(down) > self.height() * SWIPE:
            self.turn(-1 if down > 0 else 1)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()
        self.panel.set_screen(self.height())

    def _place(self) -> None:
        wide = round(self.height() * 0.6296) if self.panel.isVisible() else 0
        wide = min(wide, self.width() // 2)
        self.canvas.offers_join = self.is_unlocked and not wide  # else the panel has all of it
        self.canvas.setGeometry(0, 0, self.width() - wide, self.height())
        self.panel.setGeometry(self.width() - wide, 0, max(1, wide), self.height())
