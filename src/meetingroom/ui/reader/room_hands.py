"""Hands on the page the room sees, in the reading room: others' laser and ink, and one's own.

Everybody sees the laser and the growing ink. Who turns the room's pages may point here, too,
and what that person writes for everybody on the room's page is seen while it grows.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QToolButton

from meetingroom.domain.geometry import InkPoint, Point, Rect
from meetingroom.domain.ids import EVERYONE
from meetingroom.domain.ink import thinned
from meetingroom.domain.marks import Ink, bounds
from meetingroom.domain.stage import Stroke, bounded
from meetingroom.services.marking import Content
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.page.painting import colours_of, paint_mark
from meetingroom.ui.page.sheet import Leaf, Sheet
from meetingroom.ui.reader.panes import Pane, Panes
from meetingroom.ui.stage.hands import STROKE_MS, LaserHand
from meetingroom.ui.stage.live import LiveHands, laser_box, paint_laser
from meetingroom.ui.theme import current_theme

SIDE = 18  # px of the laser's dot at the usual text size
PRESSES = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
}
PEN = {QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease}
FINGERS = {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd}


class RoomHands(QObject):
    """`button` turns the mouse, the pen or a finger into a laser; shown to who may."""

    def __init__(
        self,
        context: DeskContext,
        panes: Panes,
        order_of: Callable[[str], int],
        button: QToolButton,
    ) -> None:
        super().__init__(panes)
        self._context, self._panes, self._order_of = context, panes, order_of
        self.button = button
        self._is_on = False  # not asked of the button: pages outlive it when a window closes
        self.live = LiveHands(context, self)
        self.laser = LaserHand(context, self.live)
        self._growing: tuple[PageView, list[InkPoint]] | None = None
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.setInterval(STROKE_MS)
        self._beat.timeout.connect(self._send)
        self.live.laser_moved.connect(self._on_laser)
        self.live.ink_changed.connect(self._on_ink_changed)
        button.toggled.connect(self._on_toggled)
        context.bridge.stage_heard.connect(self._show_button)
        context.bridge.meeting_changed.connect(self._show_button)
        panes.pane_made.connect(self._watch)
        self._watch(panes.active)

    def open_meeting(self, meeting: str) -> None:
        """Another meeting."""
        self.live.show_meeting(meeting)
        self._show_button()

    def _watch(self, pane: Pane) -> None:
        view = pane.view
        view.overlays.append(lambda painter, damaged: self._paint(view, painter, damaged))
        view.installEventFilter(self)
        view.ink_grew.connect(lambda points: self._on_ink(view, points))
        view.mark_made.connect(lambda *what: self._on_made(view, *what))

    @property
    def _leaf(self) -> Leaf:
        """The page the room sees."""
        stage = self._context.desk.stage(self.live.meeting_id)
        return Leaf(stage.blob, stage.page)

    def _may(self) -> bool:
        meeting = self.live.meeting_id
        return bool(self._leaf.blob) and self._context.leading.may_turn(meeting)

    def _show_button(self, _news: object = None) -> None:
        meeting = self._context.desk.meeting(self.live.meeting_id)
        may = meeting is not None and meeting.state in ("issued", "open") and self._may()
        if not may:
            self.button.setChecked(False)
        self.button.setVisible(may)

    def _sheet(self, view: PageView) -> Sheet | None:
        """The room's page as it lies in a view, if it is in sight."""
        leaf = self._leaf
        return next((one for one in view.lens.sheets() if one.leaf == leaf), None)

    # --- painting -----------------------------------------------------------------------------

    def _paint(self, view: PageView, painter: QPainter, damaged: QRect) -> None:
        sheet = self._sheet(view)
        if sheet is None:
            return
        strokes = self.live.on_page(*sheet.leaf)
        if strokes:
            painter.save()
            painter.setClipRect(damaged)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(sheet.transform(), combine=True)
            for mark in strokes:
                colours = colours_of(mark, self._context.me, self._order_of(mark.author))
                paint_mark(painter, mark, colours)
            painter.restore()
        if self.live.laser is not None:
            paint_laser(painter, _in_view(sheet, self.live.laser), _side())

    def _on_laser(self, was: Point | None, now: Point | None) -> None:
        for view in self._panes.views:
            sheet = self._sheet(view)
            for place in (was, now):
                if sheet is not None and place is not None:
                    box = laser_box(_in_view(sheet, place), _side())
                    view.update(box.toAlignedRect())

    def _on_ink_changed(self, stroke: Stroke | None) -> None:
        for view in self._panes.views:
            sheet = self._sheet(view)
            if sheet is None:
                continue
            box = Rect(0, 0, sheet.size.width, sheet.size.height)
            if stroke is not None and stroke.points:
                box = bounds(Ink(strokes=(stroke.points,), width=stroke.width)).grown(2)
            view.update(sheet.to_view(box).toAlignedRect())

    # --- the own laser ------------------------------------------------------------------------

    def _on_toggled(self, is_on: bool) -> None:
        self._is_on = is_on
        if not is_on:
            self.laser.point(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the laser is on, the hand points and does nothing else to the page."""
        if not self._is_on or not isinstance(watched, PageView):
            return False
        kind = event.type()
        if kind == QEvent.Type.Leave:
            self.laser.point(None)
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.button.setChecked(False)
            return True
        elif kind in PRESSES and isinstance(event, QMouseEvent):
            self._point(watched, event.position())
            return True
        elif kind in PEN and isinstance(event, QTabletEvent):
            self._point(watched, event.position())
            event.accept()
            return True
        elif kind in FINGERS and isinstance(event, QTouchEvent) and len(event.points()) == 1:
            is_over = kind == QEvent.Type.TouchEnd
            self._point(watched, None if is_over else event.points()[0].position())
            event.accept()
            return True
        return False

    def _point(self, view: PageView, where: QPointF | None) -> None:
        sheet = view.lens.sheet_at(where) if where is not None else None
        is_there = sheet is not None and sheet.leaf == self._leaf
        self.laser.point(sheet.to_page(where) if is_there and sheet and where else None)

    # --- the own ink --------------------------------------------------------------------------

    def _is_for_the_room(self, view: PageView) -> bool:
        return EVERYONE in view.audience and view.leaf == self._leaf and self._may()

    def _on_ink(self, view: PageView, points: list[InkPoint] | None) -> None:
        """The own pen goes on, or was not meant."""
        if points is None:
            if self._growing is not None:
                self._growing = None
                self._grow(view, ())
        elif self._is_for_the_room(view):
            self._growing = (view, points)
            if not self._beat.isActive():
                self._beat.start()

    def _send(self) -> None:
        if self._growing is not None:
            view, points = self._growing
            self._grow(view, tuple(thinned(points, view.pen_width)))

    def _on_made(self, view: PageView, blob: str, page: int, content: Content) -> None:
        """Lifted: the last word of the stroke, which is a mark from now on."""
        if self._growing is not None and isinstance(content.shape, Ink):
            self._growing = None
            if (blob, page) == self._leaf:
                self._grow(view, content.shape.strokes[0])

    def _grow(self, view: PageView, points: tuple[InkPoint, ...]) -> None:
        leaf, ink = self._leaf, self._context.room_ink
        stroke = Stroke(
            meeting=self.live.meeting_id, blob=leaf.blob, page=leaf.page,
            points=bounded(points), width=view.pen_width, colour=view.line_colour,
        )  # fmt: skip
        if ink is not None:
            ink.grow(stroke)


def _in_view(sheet: Sheet, place: Point) -> QPointF:
    return sheet.to_view(Rect(place.x, place.y, place.x, place.y)).topLeft()


def _side() -> float:
    return float(current_theme().scaled(SIDE))
