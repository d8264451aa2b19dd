"""The picture the room sees, at any size: the display whole, the console in small."""

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from meetingroom.domain import facts
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.stage import Laser, Stage
from meetingroom.services.news import LaserHeard, MeetingChanged, StageHeard
from meetingroom.ui.context import DeskContext
from meetingroom.ui.stage import scenes
from meetingroom.ui.stage.brush import Brush
from meetingroom.ui.stage.choosing import is_due
from meetingroom.ui.stage.more_scenes import MORE_SCENES
from meetingroom.ui.stage.pages import StagePages
from meetingroom.ui.stage.steps import STRIP, first_view, view_after
from meetingroom.ui.theme import load_theme
from meetingroom.wording import tr


class StageCanvas(QWidget):
    """Paints the meeting's scene. `painted` tells (paper, page) once its sharp page is shown."""

    painted = Signal(str, int)
    pointed = Signal(object)
    """Where on the page (points) somebody points with the button held; None when let go."""

    def __init__(
        self, context: DeskContext, *, page_ahead: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._theme = load_theme("dark", for_display=True)
        self._page_ahead = page_ahead
        self._laser: Laser | None = None
        self._told: tuple[str, int] = ("", -1)
        self._page_box = QRectF()
        self._before_black = facts.SceneShown(scene="")
        self.meeting_id = ""
        self.offers_join = False
        """Whether the online scene has its button (where this screen may act)."""
        self.typed = ""
        """The digits of a page number typed so far."""
        self.pages = StagePages(context, self)
        self.pages.page_ready.connect(self._on_page)
        self.pages.shape_known.connect(self._on_page)
        bridge = context.bridge
        bridge.meeting_changed.connect(self.on_meeting_changed)
        bridge.stage_heard.connect(self.on_stage_heard)
        bridge.laser_heard.connect(self.on_laser_heard)
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
        meeting = self.meeting
        links = meeting.issued.links if meeting and meeting.issued else ()
        named = [one for one in links if meeting and one.link == meeting.scene.link]
        return next(iter(named or links), None)

    # --- news -----------------------------------------------------------------------------

    def on_meeting_changed(self, what: MeetingChanged) -> None:
        if what.meeting.id == self.meeting_id or not self.meeting_id:
            self._remember_scene()
            self.update()

    def on_directory_changed(self, _what: object) -> None:
        self.update()

    def on_stage_heard(self, what: StageHeard) -> None:
        if what.stage.meeting == self.meeting_id:
            self._laser = None
            self.update()

    def on_laser_heard(self, what: LaserHeard) -> None:
        if what.laser.meeting == self.meeting_id:
            self.show_laser(what.laser)

    def show_laser(self, laser: Laser) -> None:
        """Show, move or hide the laser here."""
        self._laser = laser if laser.x is not None else None
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

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the scene."""
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()  # also where a bug's traceback would keep it open

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        brush = Brush(painter, self._theme, self.width(), self.height())
        meeting = self.meeting
        directory = self._context.desk.directory
        if meeting is None or meeting.issued is None:
            name = (
                directory.office.name
                if directory.office
                else self._context.desk.profile.office_name
            )
            scenes.paint_idle(brush, name, None)
            return
        if not self._page_ahead and not is_due(meeting):
            scenes.paint_idle(brush, directory.office.name if directory.office else "", meeting)
            return
        scene = "paper" if self._page_ahead else meeting.scene.scene
        match scene:
            case "item":
                scenes.paint_item(brush, meeting, directory)
            case "paper":
                self._paint_paper(brush, meeting)
            case "online":
                scenes.paint_online(brush, meeting, self.link(), join=self.offers_join)
            case "break":
                scenes.paint_break(brush, meeting)
            case "black":
                painter.fillRect(self.rect(), Qt.GlobalColor.black)
            case name if name in MORE_SCENES:
                MORE_SCENES[name](brush, meeting, directory)
            case _:
                scenes.paint_lobby(brush, meeting, directory)

    def _paint_paper(self, brush: Brush, meeting: Meeting) -> None:
        paper = self.shown_paper()
        brush.clear("canvas")
        if paper is None:
            return
        stage = self.stage()
        blob = stage.blob or paper.current.blob
        page, view = self._next_view(blob, stage) if self._page_ahead else (stage.page, stage.view)
        if page >= paper.current.pages:
            brush.note(tr("The paper ends here"))
            return
        height = brush.height * (1 - STRIP)
        self._paint_page(brush, blob, page, view, height)
        self._paint_laser(brush, height)
        words, ink = ("", "") if self._page_ahead else scenes.time_words_left(meeting)
        scenes.paint_strip(
            brush,
            meeting.number_of(paper.paper),
            paper.title,
            f"{page + 1} / {paper.current.pages}",
            words,
            ink,
            "" if self._page_ahead else self.typed,
        )

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

        def width_of(page: Size) -> float:
            return page.width * min(brush.width / page.width, 2.2 * height / page.height)

        wide = width_of(size)
        scale = wide / size.width
        left = (brush.width - wide) / 2
        shown = min(height, (size.height - view.y0) * scale)
        self._page_box = QRectF(left, -view.y0 * scale, wide, size.height * scale)
        brush.painter.fillRect(QRectF(left, 0, wide, shown), self._theme.colour("paper"))
        image = self.pages.picture(blob, page, round(wide * ratio))
        if image is not None:
            across = image.width() / size.width
            source = QRectF(0, view.y0 * across, image.width(), shown / scale * across)
            brush.painter.drawImage(QRectF(left, 0, wide, shown), image, source)
        if self.pages.is_sharp(blob, page, round(wide * ratio)):
            self._tell(blob, page)
            self.pages.draw_ahead(blob, page, lambda page: round(width_of(page) * ratio))

    def _tell(self, blob: str, page: int) -> None:
        if self._told != (blob, page):
            self._told = (blob, page)
            self.painted.emit(blob, page)

    def _paint_laser(self, brush: Brush, height: float) -> None:
        laser = self._laser
        if laser is None or laser.x is None or laser.y is None or self._page_ahead:
            return
        size = self.pages.size(self.stage().blob, self.stage().page)
        if size is None:
            return
        scale = self._page_box.width() / size.width
        x, y = self._page_box.x() + laser.x * scale, self._page_box.y() + laser.y * scale
        if 0 <= y <= height:
            scenes.paint_laser(brush, x, y)

    # --- pointing -------------------------------------------------------------------------

    def join_box(self) -> QRectF:
        """Where the online scene's button lies."""
        margin = self._theme.number("display.margin_x") * self.height()
        return scenes.join_box(self.width(), self.height(), margin)

    def page_place(self, place: QPointF) -> tuple[float, float] | None:
        """A place of this widget in points of the page shown; None off the page."""
        size = self.pages.size(self.stage().blob, self.stage().page)
        if size is None or self._page_box.width() <= 0 or not self._page_box.contains(place):
            return None
        scale = self._page_box.width() / size.width
        return (
            (place.x() - self._page_box.x()) / scale,
            (place.y() - self._page_box.y()) / scale,
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Point at the page."""
        self._point(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the laser."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._point(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Hide the laser."""
        self.pointed.emit(None)

    def _point(self, place: QPointF) -> None:
        self.pointed.emit(self.page_place(place))
