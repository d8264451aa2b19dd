"""The hands of who leads: a laser and a pen on the page the room sees, on any of the screens."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.geometry import InkPoint, Point, rounded
from meetingroom.domain.ink import finished, thinned
from meetingroom.domain.stage import Laser, Stage, Stroke, bounded
from meetingroom.ui.context import DeskContext
from meetingroom.ui.stage.live import LiveHands

LASER_MS = 16  # sixty times a second
RESTING_MS = 1500  # a laser that rests says so, or it would fade
STROKE_MS = 33
PEN_WIDTH = 2.4  # points
JITTER = 0.3  # points: a hand at rest


class LaserHand(QObject):
    """Points for everybody: no oftener than anybody sees, and the last place always."""

    def __init__(self, context: DeskContext, live: LiveHands) -> None:
        super().__init__(live)
        self._context, self._live = context, live
        self._place: Point | None = None
        self._is_owed = False
        self._beat, self._rest = QTimer(self), QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(LASER_MS)
        self._beat.timeout.connect(self._on_beat)
        self._rest.setInterval(RESTING_MS)
        self._rest.timeout.connect(self._send)
        live.laser_moved.connect(self._on_moved)

    def point(self, place: Point | None) -> None:
        """Point at a place of the stage's page (points); None hides the laser."""
        if place is None and self._place is None:
            return
        self._place = Point(round(place.x, 1), round(place.y, 1)) if place is not None else None
        if place is None or not self._beat.isActive():
            self._send()
        else:
            self._is_owed = True
            self._live.show_laser(self._laser())

    def _laser(self) -> Laser:
        x, y = (self._place.x, self._place.y) if self._place is not None else (None, None)
        return Laser(meeting=self._live.meeting_id, x=x, y=y)

    def _send(self) -> None:
        self._is_owed = False
        laser = self._laser()
        if self._context.room_ink is not None:
            self._context.room_ink.point(laser)
        if laser.x is not None:
            self._beat.start()
            self._rest.start()
        self._live.show_laser(laser)

    def _on_moved(self, _was: object, now: object) -> None:
        """The laser went, from here or because the page was turned under it."""
        if now is None:
            self._place, self._is_owed = None, False
            self._beat.stop()
            self._rest.stop()

    def _on_beat(self) -> None:
        if self._is_owed:
            self._send()
        else:
            self._beat.stop()


class RoomPen(QObject):
    """Writes on the page the room sees: everybody sees it grow, lifted it is kept."""

    def __init__(
        self, context: DeskContext, live: LiveHands, complain: Callable[[MeetingError], None]
    ) -> None:
        super().__init__(live)
        self._context, self._live, self._complain = context, live, complain
        self.colour, self.width = "red", PEN_WIDTH
        self._stage: Stage | None = None
        self._points: list[InkPoint] = []
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.setInterval(STROKE_MS)
        self._beat.timeout.connect(self._send)

    @property
    def is_down(self) -> bool:
        return bool(self._points)

    @property
    def may_write(self) -> bool:
        """Whether the room sees a paper."""
        meeting = self._context.desk.meeting(self._live.meeting_id)
        return meeting is not None and meeting.scene.scene == "paper"

    def press(self, place: Point, pressure: float = 0.5) -> None:
        """Begin a stroke on the page the room sees now."""
        self._stage = self._context.desk.stage(self._live.meeting_id)
        self._points = []
        self._add(place, pressure)
        self._send()

    def move(self, place: Point, pressure: float = 0.5) -> None:
        """Go on with it."""
        if self.is_down:
            self._add(place, pressure)
            self._live.show_stroke(self._stroke(tuple(self._points)))
            if not self._beat.isActive():
                self._beat.start()

    def _add(self, place: Point, pressure: float) -> None:
        self._points.append(InkPoint(rounded(place.x), rounded(place.y), round(pressure, 2)))

    def release(self) -> None:
        """The pen is lifted: the ink is kept, for everybody."""
        if not self.is_down or self._context.room_ink is None:
            return
        stroke = self._stroke(finished(self._points, self.width, JITTER))
        self._points = []
        self._beat.stop()
        self._live.show_stroke(stroke)
        small = self._stroke(bounded(stroke.points))
        self._context.room_ink.grow(small)
        self._context.bridge.when_done(self._context.room_ink.keep(stroke), None, self._failed)

    def cancel(self) -> None:
        """It was not meant as ink."""
        if self.is_down:
            self._points = []
            self._beat.stop()
            self._take_back()

    def undo(self) -> None:
        """Take the newest stroke of this hand's owner on this page away."""
        ink = self._context.room_ink
        gone = ink.undo(self._live.meeting_id) if ink is not None else None
        if gone is not None:
            self._context.bridge.when_done(gone, None, self._complain)

    def _failed(self, error: MeetingError) -> None:
        self._take_back()
        self._complain(error)

    def _take_back(self) -> None:
        gone = self._stroke(())
        self._live.show_stroke(gone)
        if self._context.room_ink is not None:
            self._context.room_ink.grow(gone)

    def _send(self) -> None:
        if self.is_down and self._context.room_ink is not None:
            points = bounded(tuple(thinned(self._points, self.width)))
            self._context.room_ink.grow(self._stroke(points))

    def _stroke(self, points: tuple[InkPoint, ...]) -> Stroke:
        stage = self._stage or self._context.desk.stage(self._live.meeting_id)
        return Stroke(
            meeting=self._live.meeting_id, blob=stage.blob, page=stage.page, points=points,
            width=self.width, colour=self.colour, author=self._context.me,
        )  # fmt: skip
