"""The picture the room sees, at any size: the display whole, the console in small."""

import logging

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from meetingroom.domain import facts
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.geometry import Point, Rect, Size
from meetingroom.domain.marks import Ink, Mark, bounds
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.online_day import shown_link
from meetingroom.domain.paper import STEPS_PER_POINT
from meetingroom.domain.stage import Stage, Stroke
from meetingroom.services.news import MeetingChanged, StageHeard
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.sheet import Leaf
from meetingroom.ui.stage import scenes
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.choosing import is_due
from meetingroom.ui.stage.floor_words import strip_words
from meetingroom.ui.stage.live import LiveHands, laser_box, paint_laser
from meetingroom.ui.stage.lobby_code import LobbyCode
from meetingroom.ui.stage.more_scenes import MORE_SCENES
from meetingroom.ui.stage.online_on_stage import OnlineOnStage
from meetingroom.ui.stage.online_scene import boxes, paint_online
from meetingroom.ui.stage.page_ink import PageInk
from meetingroom.ui.stage.pages import StagePages
from meetingroom.ui.stage.steps import STRIP, first_view, view_after
from meetingroom.ui.stage.week_scene import paint_office
from meetingroom.ui.stage.zooming import is_near
from meetingroom.ui.theme import MarkColour, load_theme
from meetingroom.wording import tr

log = logging.getLogger(__name__)
LASER = 0.03  # of the height
SMOOTH_PIXELS = 9_000_000
EDGE = 12.0  # px beside a page that is as wide as the screen, but for a step of its scale


class StageCanvas(QWidget):
    """Paints the meeting's scene. `painted` tells (paper, page) once its sharp page is shown."""

    painted = Signal(str, int)
    scene_failed = Signal()
    pressed = Signal(object)
    """Somebody presses at a place (points) of the page, None beside it."""
    dragged = Signal(object)
    """The button is held and the hand is there now."""
    let_go = Signal()

    def __init__(
        self, context: DeskContext, *, page_ahead: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._theme = load_theme("dark", for_display=True)
        self._page_ahead = page_ahead
        self._told: tuple[str, int] = ("", -1)
        self._page_box = QRectF()
        self._before_black = facts.SceneShown(scene="")
        self.meeting_id = ""
        self.offers_join = False
        """Whether the online scene has its buttons (where this screen may act)."""
        self.preview: Rect | None = None
        """The part of the page under moving fingers, until the stage tells where they stopped."""
        self.is_held = False
        """Whether the fingers that move it are still there: nothing moves it under them."""
        self.typed = ""
        """The digits of a page number typed so far."""
        self.pages, self.hands = StagePages(context, self), LiveHands(context, self)
        self._ink, self._damaged = PageInk(self.hands, self._colours), QRect()
        self.hands.laser_moved.connect(self._on_laser)
        self.hands.ink_changed.connect(self._on_ink)
        self.lobby, self.online = LobbyCode(context, self), OnlineOnStage(context, self)
        self.pages.page_ready.connect(self._on_page)
        self.pages.shape_known.connect(self._on_page)
        bridge = context.bridge
        bridge.meeting_changed.connect(self.on_meeting_changed)
        bridge.stage_heard.connect(self.on_stage_heard)
        bridge.directory_changed.connect(self.on_directory_changed)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("What the room sees"))

    # --- what is shown --------------------------------------------------------------------

    def show_meeting(self, meeting: str) -> None:
        """The meeting to show; "" is none."""
        self.meeting_id = meeting
        self.hands.show_meeting(meeting)
        self._before_black = facts.SceneShown(scene="")
        self._remember_scene()
        self.update()

    @property
    def meeting(self) -> Meeting | None:
        return self._context.desk.meeting(self.meeting_id)

    def stage(self) -> Stage:
        return self._context.desk.stage(self.meeting_id)

    def shown_paper(self) -> Paper | None:
        """The paper on the stage, or of the scene before the first page was steered."""
        meeting = self.meeting
        if meeting is None:
            return None
        return meeting.papers.get(self.stage().paper or meeting.scene.paper)

    def scene_before_black(self) -> facts.SceneShown:
        """The last scene that was not black; where none was seen, the most sensible one."""
        if self._before_black.scene:
            return self._before_black
        stage, meeting = self.stage(), self.meeting
        if stage.paper:
            return facts.SceneShown(scene="paper", paper=stage.paper)
        is_running = meeting is not None and bool(meeting.current_item)
        return facts.SceneShown(scene="item" if is_running else "lobby")

    def _remember_scene(self) -> None:
        meeting = self.meeting
        if meeting is not None and meeting.scene.scene != "black":
            self._before_black = meeting.scene

    def link(self) -> OnlineLink | None:
        """The online meeting of the scene, or the only one."""
        return shown_link(self.meeting) if self.meeting else None

    # --- news -----------------------------------------------------------------------------

    def on_meeting_changed(self, what: MeetingChanged) -> None:
        if what.meeting.id == self.meeting_id or not self.meeting_id:
            self._remember_scene()
            self.update()

    def on_directory_changed(self, _what: object) -> None:
        self.update()

    def on_stage_heard(self, what: StageHeard) -> None:
        if what.stage.meeting == self.meeting_id:
            if not self.is_held:
                self.preview = None
            self.update()

    def _on_laser(self, was: Point | None, now: Point | None) -> None:
        """Only where the laser was and is needs to be painted again."""
        for place in (self._screen_place(was), self._screen_place(now)):
            if place is not None:
                self.update(laser_box(place, self._laser_side()).toAlignedRect())

    def _on_ink(self, stroke: Stroke | None) -> None:
        size = self.pages.size(self.stage().blob, self.stage().page)
        if stroke is None or not stroke.points or size is None:
            self.update()
            return
        box = bounds(Ink(strokes=(stroke.points,), width=stroke.width)).grown(2)
        corners = (
            self._screen_place(Point(box.x0, box.y0)),
            self._screen_place(Point(box.x1, box.y1)),
        )
        if corners[0] is not None and corners[1] is not None:
            self.update(QRectF(corners[0], corners[1]).toAlignedRect())

    def _laser_side(self) -> float:
        return LASER * self.height()

    def _screen_place(self, place: Point | None) -> QPointF | None:
        """Where a place of the page lies in this widget, as it was painted last."""
        size = self.pages.size(self.stage().blob, self.stage().page)
        if place is None or size is None or self._page_box.width() <= 0:
            return None
        scale = self._page_box.width() / size.width
        return self._page_box.topLeft() + QPointF(place.x, place.y) * scale

    def show_preview(self, view: Rect | None) -> None:
        """The part of the page that fingers move to just now."""
        self.preview = view
        self.update()

    def show_typed(self, digits: str) -> None:
        """Show the page number somebody is typing; "" when done."""
        if digits != self.typed:
            self.typed = digits
            self.update()

    def _on_page(self, *_what: object) -> None:
        self.update()

    def _on_tick(self) -> None:
        if self.isVisible():
            self.update()

    # --- painting -------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scene."""
        self._damaged = event.rect()
        painter = QPainter(self)
        try:
            self._paint(painter)
        except Exception:
            # The room sees its office's name; the log has everything.
            log.exception("a scene could not be painted")
            self.scene_failed.emit()
            self._paint_name(Brush(painter, self._theme, self.width(), self.height()))
        finally:
            painter.end()  # also where a bug's traceback would keep it open

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        brush = Brush(painter, self._theme, self.width(), self.height())
        meeting = self.meeting
        directory = self._context.desk.directory
        if meeting is None or meeting.issued is None:
            self._paint_idle(brush, None)
            return
        if not self._page_ahead and not is_due(meeting):
            self._paint_idle(brush, meeting)
            return
        self.online.look(meeting)
        scene = "paper" if self._page_ahead else meeting.scene.scene
        match scene:
            case "lobby":
                scenes.paint_lobby(brush, meeting, directory, self.lobby.shown(meeting))
            case "item" if meeting.issued.agenda:
                scenes.paint_item(brush, meeting, directory)
            case "paper":
                self._paint_paper(brush, meeting)
            case "online":
                shown = self.online.shown(meeting, offers=self.offers_join)
                paint_online(brush, meeting, directory, self.link(), shown)
            case "black":
                painter.fillRect(self.rect(), Qt.GlobalColor.black)
            case name if name in MORE_SCENES:
                MORE_SCENES[name](brush, meeting, directory)
            case _:
                self._paint_calm(brush, meeting)

    def _paint_paper(self, brush: Brush, meeting: Meeting) -> None:
        paper = self.shown_paper()
        brush.clear("canvas")
        if paper is None:
            if not self._page_ahead:
                self._paint_calm(brush, meeting)
            return
        stage = self.stage()
        blob = stage.blob or paper.current.blob
        page, view = stage.page, self.preview or stage.view
        if self._page_ahead:
            page, view = self._next_view(blob, stage)
        if page >= paper.current.pages:
            brush.note(tr("The paper ends here"))
            return
        height = brush.height * (1 - STRIP)
        if self.cannot_show(blob, page):
            scenes.paint_paper_name(brush, meeting.number_of(paper.paper), paper.title)
        self._paint_page(brush, blob, page, view, height)
        self._paint_hands(brush, blob, page, height)
        words, ink = ("", "") if self._page_ahead else self._strip_words(meeting)
        scenes.paint_strip(
            brush,
            meeting.number_of(paper.paper),
            paper.title,
            f"{page + 1} / {paper.current.pages}",
            words,
            ink,
            "" if self._page_ahead else self.typed,
        )

    def _strip_words(self, meeting: Meeting) -> tuple[str, str]:
        """Who speaks over the paper, and how long still; else the time of the item."""
        speaker = strip_words(meeting, self._context.desk.directory)
        return speaker if speaker[0] else scenes.time_words_left(meeting)

    def cannot_show(self, blob: str, page: int) -> bool:
        """Whether a page was asked for and is not to be had now."""
        return self.pages.is_away(blob) or self.pages.failure(blob, page) is not None

    def _paint_name(self, brush: Brush) -> None:
        desk = self._context.desk
        office = desk.directory.office
        scenes.paint_idle(brush, office.name if office else desk.profile.office_name, None)

    def _paint_idle(self, brush: Brush, coming: Meeting | None) -> None:
        """No meeting now: the office's week."""
        desk = self._context.desk
        office = desk.directory.office
        name = office.name if office else desk.profile.office_name
        paint_office(brush, name, desk.directory, desk.meetings.values(), coming)

    def _paint_calm(self, brush: Brush, meeting: Meeting) -> None:
        """In place of what cannot be shown here: the running item, else the lobby."""
        directory = self._context.desk.directory
        if meeting.current_item and meeting.issued and meeting.issued.agenda:
            scenes.paint_item(brush, meeting, directory)
        else:
            scenes.paint_lobby(brush, meeting, directory, self.lobby.shown(meeting))

    def _next_view(self, blob: str, stage: Stage) -> tuple[int, Rect | None]:
        """What a press on "next page" would show: (page, part of it)."""
        size = self.pages.size(blob, stage.page)
        view = view_after(size, stage.view or first_view(size)) if size is not None else None
        return (stage.page, view) if view is not None else (stage.page + self._page_ahead, None)

    def _paint_page(
        self, brush: Brush, blob: str, page: int, wanted: Rect | None, height: float
    ) -> None:
        size = self.pages.size(blob, page)
        if size is None:
            return
        view = wanted if wanted is not None else first_view(size)
        ratio = self.devicePixelRatioF()

        def scale_of(page: Size) -> float:
            return self._on_grid(min(brush.width / page.width, 2.2 * height / page.height))

        if is_near(size, view):
            self._paint_near(brush, blob, page, view, height)
            return
        scale = scale_of(size)
        wide = size.width * scale
        left, top = self._on_pixel((brush.width - wide) / 2), self._on_pixel(view.y0 * scale)
        shown = self._on_pixel(min(height, size.height * scale - top))
        self._page_box = QRectF(left, -top, wide, size.height * scale)
        box = QRectF(left, 0, wide, shown)
        if left < EDGE:  # the paper goes from edge to edge
            brush.painter.fillRect(QRectF(0, 0, brush.width, shown), self._theme.colour("paper"))
        device = round(wide * ratio)
        image, is_sharp = (
            self.pages.picture(blob, page, device),
            self.pages.is_sharp(blob, page, device),
        )
        if image is not None and is_sharp:
            # Pixel for pixel: stretched by a hair, a line of letters would lose its feet.
            source = QRectF(0, top * ratio, image.width(), shown * ratio)
            target = QRectF(left, 0, image.width() / ratio, shown)
            brush.painter.drawImage(target, image, source)
            self._tell(blob, page)
            self.pages.draw_ahead(
                blob, page, lambda page: round(page.width * scale_of(page) * ratio)
            )
        else:
            part = Rect(0, top / scale, size.width, (top + shown) / scale)
            self._paint_part(brush, box, image, size, part)

    def _on_grid(self, scale: float) -> float:
        """A scale the crew draws exactly."""
        steps = max(1, int(scale * self.devicePixelRatioF() * STEPS_PER_POINT + 0.01))
        return steps / STEPS_PER_POINT / self.devicePixelRatioF()

    def _on_pixel(self, px: float) -> float:
        return round(px * self.devicePixelRatioF()) / self.devicePixelRatioF()

    def _paint_near(self, brush: Brush, blob: str, page: int, view: Rect, height: float) -> None:
        """Less than the page's width: sharp where it is still, what is there while it moves."""
        size = self.pages.size(blob, page)
        if size is None:
            return
        scale = brush.width / (view.x1 - view.x0)
        high = min(height / scale, size.height - view.y0)
        part = Rect(view.x0, view.y0, view.x1, view.y0 + high)
        box = QRectF(0, 0, brush.width, high * scale)
        self._page_box = QRectF(
            -view.x0 * scale, -view.y0 * scale, size.width * scale, size.height * scale
        )
        device = round(size.width * scale * self.devicePixelRatioF())
        is_moving = self.preview is not None
        sharp = None if is_moving else self.pages.picture(blob, page, device, clip=part)
        if sharp is not None:
            self._smooth(brush, box)
            brush.painter.drawImage(box, sharp, QRectF(sharp.rect()))
            self._tell(blob, page)
            return
        whole = self.pages.picture(blob, page, device, asks=False)
        self._paint_part(brush, box, whole, size, part)

    def _paint_part(
        self, brush: Brush, box: QRectF, image: QImage | None, size: Size, part: Rect
    ) -> None:
        """A part of a page from the picture of all of it, on white."""
        brush.painter.fillRect(box, self._theme.colour("paper"))
        if image is not None:
            across = image.width() / size.width
            source = QRectF(
                part.x0 * across, part.y0 * across,
                (part.x1 - part.x0) * across, (part.y1 - part.y0) * across,
            )  # fmt: skip
            if self.preview is None:
                self._smooth(brush, box)
            brush.painter.drawImage(box, image, source)

    def _smooth(self, brush: Brush, box: QRectF) -> None:
        """Stretch smoothly, where that does not take too long."""
        area = box.width() * box.height() * self.devicePixelRatioF() ** 2
        hint = QPainter.RenderHint.SmoothPixmapTransform
        brush.painter.setRenderHint(hint, area <= SMOOTH_PIXELS)

    def _tell(self, blob: str, page: int) -> None:
        if self._told != (blob, page):
            self._told = (blob, page)
            self.painted.emit(blob, page)

    def _paint_hands(self, brush: Brush, blob: str, page: int, height: float) -> None:
        """The meeting's ink over the page, what grows just now, and the laser."""
        size, meeting = self.pages.size(blob, page), self.meeting
        if size is None or meeting is None or self._page_box.width() <= 0:
            return
        painter = brush.painter
        part = self._damaged & QRectF(0, 0, brush.width, height).toAlignedRect()
        is_whole = self._ink.paint(
            painter, meeting, Leaf(blob, page), size, self._page_box, part,
            self.devicePixelRatioF(), is_moving=self.preview is not None,
        )  # fmt: skip
        if not is_whole:
            QTimer.singleShot(0, self, self.update)
        laser = self._screen_place(self.hands.laser)
        if laser is not None and 0 <= laser.y() <= height and not self._page_ahead:
            paint_laser(painter, laser, self._laser_side())

    def _colours(self, mark: Mark) -> MarkColour:
        marks = self._theme.marks
        wash = marks.mine.get(mark.colour, marks.mine["yellow"])
        return MarkColour(marks.lines.get(mark.colour, marks.lines["red"]), wash)

    # --- pointing -------------------------------------------------------------------------

    def online_boxes(self) -> dict[str, QRectF]:
        """Where the online scene's buttons lie."""
        margin = self._theme.number("display.margin_x") * self.height()
        return boxes(self.width(), self.height(), margin)

    def page_place(self, place: QPointF) -> Point | None:
        """A place of this widget in points of the page shown; None off the page."""
        size = self.pages.size(self.stage().blob, self.stage().page)
        if size is None or self._page_box.width() <= 0 or not self._page_box.contains(place):
            return None
        inside = (place - self._page_box.topLeft()) * size.width / self._page_box.width()
        return Point(inside.x(), inside.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Point or write on the page."""
        self.pressed.emit(self.page_place(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.page_place(event.position()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The hand lets go."""
        self.let_go.emit()
