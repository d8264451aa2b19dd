"""What hands do just now on the page the room sees: the laser, and ink while it is drawn."""

from time import monotonic

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPen

from meetingroom.domain.geometry import Point
from meetingroom.domain.ids import EVERYONE
from meetingroom.domain.marks import Ink, Mark
from meetingroom.domain.stage import Laser, Stroke
from meetingroom.services.news import LaserHeard, MeetingChanged, StageHeard, StrokeHeard
from meetingroom.services.room_ink import is_kept
from meetingroom.ui.context import DeskContext
from meetingroom.ui.theme import load_theme

LASER_MS = 4000  # without a word the laser's hand is gone
STROKE_S = 12.0  # and a stroke that became no mark
SWEEP_MS = 3000
RING = 0.16  # of the dot's width

Key = tuple[str, str, int, float, float]


class LiveHands(QObject):
    """Knows one meeting's laser and growing strokes; a stroke stays until it is a mark."""

    laser_moved = Signal(object, object)
    """From where to where, in points of the stage's page; None is nowhere."""
    ink_changed = Signal(object)
    """The stroke that grew; None where any may have gone."""

    def __init__(self, context: DeskContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.meeting_id = ""
        self.laser: Point | None = None
        self._page: tuple[str, int] = ("", 0)
        self._strokes: dict[Key, tuple[Stroke, float]] = {}
        self._fade, self._sweep = QTimer(self), QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(LASER_MS)
        self._fade.timeout.connect(lambda: self._move_laser(None))
        self._sweep.setInterval(SWEEP_MS)
        self._sweep.timeout.connect(self._forget_old)
        bridge = context.bridge
        bridge.laser_heard.connect(self.on_laser_heard)
        bridge.stroke_heard.connect(self.on_stroke_heard)
        bridge.stage_heard.connect(self.on_stage_heard)
        bridge.meeting_changed.connect(self.on_meeting_changed)

    def show_meeting(self, meeting: str) -> None:
        """Another meeting; nobody points or draws in it yet."""
        self.meeting_id = meeting
        self._strokes.clear()
        self._move_laser(None)

    # --- the laser ----------------------------------------------------------------------------

    def on_laser_heard(self, what: LaserHeard) -> None:
        if what.laser.meeting == self.meeting_id:
            self.show_laser(what.laser)

    def show_laser(self, laser: Laser) -> None:
        """Show, move or hide the laser here."""
        is_on = laser.x is not None and laser.y is not None
        self._move_laser(Point(laser.x, laser.y) if is_on else None)  # type: ignore[arg-type]

    def _move_laser(self, place: Point | None) -> None:
        was, self.laser = self.laser, place
        if place is not None:
            self._fade.start()
        else:
            self._fade.stop()
        if was != place:
            self.laser_moved.emit(was, place)

    def on_stage_heard(self, what: StageHeard) -> None:
        """On another page nobody points yet."""
        page = (what.stage.blob, what.stage.page)
        if what.stage.meeting == self.meeting_id and page != self._page:
            self._page = page
            self._move_laser(None)

    # --- ink ----------------------------------------------------------------------------------

    def on_stroke_heard(self, what: StrokeHeard) -> None:
        if what.stroke.meeting == self.meeting_id:
            self.show_stroke(what.stroke)

    def show_stroke(self, stroke: Stroke) -> None:
        """A stroke grew; one without points was not meant."""
        if not stroke.points:
            mine = [key for key in self._strokes if key[0] == stroke.author]
            for key in mine[-1:]:
                del self._strokes[key]
            self.ink_changed.emit(None)
        else:
            self._strokes[_key(stroke)] = (stroke, monotonic())
            self._sweep.start()
            self.ink_changed.emit(stroke)

    def on_meeting_changed(self, what: MeetingChanged) -> None:
        if what.meeting.id == self.meeting_id and self._strokes:
            kept = [key for key, row in self._strokes.items() if is_kept(row[0], what.meeting)]
            self._drop(kept)

    def _forget_old(self) -> None:
        now = monotonic()
        self._drop([key for key, row in self._strokes.items() if now - row[1] > STROKE_S])
        if not self._strokes:
            self._sweep.stop()

    def _drop(self, keys: list[Key]) -> None:
        for key in keys:
            del self._strokes[key]
        if keys:
            self.ink_changed.emit(None)

    def on_page(self, blob: str, page: int) -> list[Mark]:
        """The strokes under way on a page, as marks."""
        rows = (stroke for stroke, _ in self._strokes.values())
        return [_mark(row) for row in rows if (row.blob, row.page) == (blob, page)]


def _key(stroke: Stroke) -> Key:
    start = stroke.points[0]
    return stroke.author, stroke.blob, stroke.page, start.x, start.y


def _mark(stroke: Stroke) -> Mark:
    shape = Ink(strokes=(stroke.points,), width=stroke.width)
    return Mark(
        id="", author=stroke.author, paper="", blob=stroke.blob, page=stroke.page, shape=shape,
        colour=stroke.colour, audience=(EVERYONE,),
    )  # fmt: skip


def paint_laser(painter: QPainter, place: QPointF, side: float) -> None:
    """The laser: a dot with a ring, `side` px wide."""
    theme = load_theme("dark", for_display=True)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("laser_ring"), side * RING))
    painter.setBrush(theme.colour("laser"))
    painter.drawEllipse(QRectF(place.x() - side / 2, place.y() - side / 2, side, side))
    painter.restore()


def laser_box(place: QPointF, side: float) -> QRectF:
    """What the laser covers."""
    reach = side * (0.5 + RING) + 1
    return QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
