"""The chair's console on a laptop: what the room sees, the next page, and everything to lead."""

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.stage import Laser
from meetingroom.sentences import sentence_of
from meetingroom.services.news import MeetingChanged, StageHeard
from meetingroom.ui.chair.attendance import Attendance
from meetingroom.ui.chair.only_you import OnlyYou
from meetingroom.ui.chair.running_order import RunningOrder
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    Chip,
    ElidedLabel,
    InfoBar,
    Label,
    LiveChip,
    Panel,
    ProgressBar,
    Segmented,
    TabRow,
)
from meetingroom.ui.freshness import WhenSeen
from meetingroom.ui.in_steps import InSteps, rehearse
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.stage.turning import Turning
from meetingroom.wording import tr

WIDE = 16 / 9


class Framed(QWidget):
    """A canvas kept in the shape of the room's screen."""

    def __init__(self, canvas: StageCanvas) -> None:
        super().__init__()
        self._canvas = canvas
        canvas.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(192, 108)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """As large as fits, top left."""
        wide = min(self.width(), round(self.height() * WIDE))
        self._canvas.setGeometry(0, 0, wide, round(wide / WIDE))


class ChairConsole(InSteps, QWidget):
    """Leads one meeting; `open_meeting` chooses it."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.begin()

    # --- building -------------------------------------------------------------------------

    def _steps(self) -> Iterator[None]:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        self.info = InfoBar()
        column.addWidget(self.info)
        yield
        body = QHBoxLayout()
        body.setContentsMargins(20, 16, 20, 16)
        body.setSpacing(16)
        column.addLayout(body, 1)
        self.live = StageCanvas(self._context)
        self.next = StageCanvas(self._context, page_ahead=1)
        self.turning = Turning(self._context, self.live, self.complain)
        body.addLayout(self._left(), 7)
        yield
        self.order, self.attendance = RunningOrder(), Attendance()
        self.only_you = OnlyYou(self._context)
        yield
        body.addLayout(self._right(), 3)
        self._wire()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        yield
        rehearse(self, 1366, 768)

    def _top(self) -> Panel:
        top = Panel("top_bar")
        row = QHBoxLayout(top)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(12)
        self.state = LiveChip()
        self.waiting = Chip(tr("Not started"), "draft")
        self.title = ElidedLabel("", "bar_title")
        self.place = Label("", "body", "ink_soft")
        self.start = Button(tr("Open the meeting"), "primary", "play")
        self.end = Button(tr("Close the meeting"), "outlined", "square")
        for widget in (self.state, self.waiting):
            row.addWidget(widget)
        row.addWidget(self.title, 1)
        row.addWidget(self.place)
        row.addWidget(self.start)
        row.addWidget(self.end)
        return top

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        pictures = QHBoxLayout()
        pictures.setSpacing(16)
        for words, canvas, share in (
            (tr("The room sees now"), self.live, 7),
            (tr("Next page"), self.next, 3),
        ):
            side = QVBoxLayout()
            side.addWidget(Label(words, "strong"))
            side.addWidget(Framed(canvas), 1)
            pictures.addLayout(side, share)
        column.addLayout(pictures, 1)
        column.addLayout(self._turns())
        column.addWidget(Label(tr("Scene on the large display"), "caption", "ink_soft"))
        self.scenes = Segmented(
            (
                ("lobby", "house", tr("Lobby")),
                ("item", "list", tr("Item", "scene")),
                ("paper", "file-text", tr("Paper", "scene")),
                ("online", "video", tr("Online", "scene")),
                ("break", "coffee", tr("Break")),
            ),
            tr("Scene on the large display"),
        )
        column.addWidget(self.scenes)
        return column

    def _turns(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.back = Button(tr("Previous page"), "outlined", "chevron-left", extent="stage")
        self.forward = Button(
            tr("NEXT PAGE"), "primary", "chevron-right", extent="stage", icon_after=True
        )
        self.page = Label("", "section", tabular=True)
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.summon = Button(tr("Ask all to see this page"), "outlined", "users")
        self.black = Button(tr("Dark screen"), "outlined", "moon", extent="stage")
        row.addWidget(self.back, 2)
        row.addWidget(self.forward, 4)
        row.addWidget(self.page, 1)
        row.addWidget(self.black, 2)
        return row

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.timer = Card(" ")
        self.left = Label("", "figure", tabular=True)
        self.of = Label("", "body", "ink_soft")
        self.bar = ProgressBar()
        grid = QGridLayout()
        grid.addWidget(self.left, 0, 0)
        grid.addWidget(self.of, 0, 1, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self.bar, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.timer.body.addLayout(grid)
        self.timer.body.addWidget(self.summon)
        column.addWidget(self.timer)
        self.tabs = TabRow(
            (("agenda", tr("Agenda")), ("people", tr("Roll call")), ("you", tr("Only you see"))),
            tr("Lists of the console"),
        )
        column.addWidget(self.tabs)
        for widget in (self.order, self.attendance, self.only_you):
            column.addWidget(widget, 1)
        self.attendance.hide()
        self.only_you.hide()
        return column

    def _wire(self) -> None:
        bridge, leading = self._context.bridge, self._context.leading
        self._fresh = WhenSeen(self, self._show)
        bridge.meeting_changed.connect(self.on_meeting_changed)
        bridge.stage_heard.connect(self.on_stage_heard)
        bridge.link_changed.connect(self.only_you.on_link_changed)
        self.tabs.tab_changed.connect(self._show_tab)
        self.back.clicked.connect(self.turning.back)
        self.forward.clicked.connect(self.turning.forward)
        self.black.clicked.connect(lambda: self.show_scene("black"))
        self.summon.clicked.connect(self.on_summon)
        self.scenes.choice_changed.connect(self.on_scene_chosen)
        self.start.clicked.connect(lambda: self._do(leading.open_meeting(self.meeting_id)))
        self.end.clicked.connect(lambda: self._do(leading.close_meeting(self.meeting_id)))
        self.order.item_requested.connect(
            lambda item: self._do(leading.go_to_item(self.meeting_id, item))
        )
        self.order.paper_requested.connect(self.turning.show_paper)
        self.attendance.check_in_requested.connect(
            lambda person: self._do(leading.check_in(self.meeting_id, person))
        )
        self.attendance.leave_requested.connect(
            lambda person: self._do(leading.leave(self.meeting_id, person))
        )
        self.only_you.unlock_requested.connect(
            lambda room: self._do(leading.unlock_display(self.meeting_id, room))
        )
        self.only_you.lock_requested.connect(
            lambda room: self._do(leading.lock_display(self.meeting_id, room))
        )
        self.only_you.pin_chosen.connect(self.on_pin_chosen)
        self.live.pointed.connect(self.on_pointed)

    # --- what is shown --------------------------------------------------------------------

    @property
    def meeting_id(self) -> str:
        return self.live.meeting_id

    def open_meeting(self, meeting: str) -> None:
        """Lead this meeting."""
        self.live.show_meeting(meeting)
        self.next.show_meeting(meeting)
        self._fresh.ask()

    def on_meeting_changed(self, what: MeetingChanged) -> None:
        if what.meeting.id == self.meeting_id:
            self._fresh.ask()

    def on_stage_heard(self, what: StageHeard) -> None:
        if what.stage.meeting == self.meeting_id:
            self.next.update()
            self._show_page()

    def _show(self) -> None:
        meeting = self.live.meeting
        issued = meeting.issued if meeting else None
        if meeting is None or issued is None:
            return
        self.title.setText(issued.title)
        is_open = meeting.state == "open"
        self.state.setVisible(is_open)
        self.waiting.setVisible(not is_open)
        closed = meeting.state == "closed"
        self.waiting.set_state(tr("Ended") if closed else tr("Not started"), "draft")
        self.start.setVisible(meeting.state == "issued")
        self.end.setVisible(is_open)
        number = next(
            (n for n, row in enumerate(issued.agenda, 1) if row.item == meeting.current_item), 0
        )
        self.place.setText(tr("Item {0}/{1}").format(number, len(issued.agenda)) if number else "")
        self._show_list(meeting)
        here = sum(not one.left_at for one in meeting.presence.values())
        self.tabs.set_count("people", f"{here}/{len(meeting.people)}")
        self._choose_scene(meeting.scene.scene)
        self._show_page()
        self._show_time()

    def _show_list(self, meeting: Meeting) -> None:
        """The list that is looked at; the others follow when their tab is chosen."""
        directory = self._context.desk.directory
        match self.tabs.current_key():
            case "agenda":
                self.order.show_meeting(meeting)
            case "people":
                self.attendance.show_meeting(meeting, directory)
            case _:
                self.only_you.show_meeting(meeting, directory)

    def _choose_scene(self, scene: str) -> None:
        self.scenes.blockSignals(True)
        if scene in ("lobby", "item", "paper", "online", "break"):
            self.scenes.choose(scene)
        self.scenes.blockSignals(False)

    def _show_page(self) -> None:
        paper = self.live.shown_paper()
        pages = paper.current.pages if paper else 0
        self.page.setText(f"{self.live.stage().page + 1} / {pages}" if pages else "–")
        self.only_you.show_paper(paper)

    def _show_time(self) -> None:
        meeting = self.live.meeting
        left = moments.seconds_left(meeting) if meeting else None
        item = next(
            (
                row
                for row in (meeting.issued.agenda if meeting and meeting.issued else ())
                if meeting and row.item == meeting.current_item
            ),
            None,
        )
        self.timer.set_title(item.title if item else tr("No item is running"))
        for widget in (self.left, self.of, self.bar):
            widget.setVisible(left is not None)
        if left is None:
            return
        rest, planned = left
        seconds = int(abs(rest))
        sign = "" if rest >= 0 else "+"
        self.left.setText(f"{sign}{seconds // 60:02d}:{seconds % 60:02d}")
        self.left.set_ink("live" if rest < 0 else "attention" if rest < planned / 5 else "ink")
        self.of.setText(tr("of {0} minutes").format(int(planned // 60)))
        self.bar.set_share(planned - rest, planned)

    def _show_tab(self, key: str) -> None:
        self.order.setVisible(key == "agenda")
        self.attendance.setVisible(key == "people")
        self.only_you.setVisible(key == "you")
        self._fresh.ask()

    # --- acting ---------------------------------------------------------------------------

    def show_scene(self, scene: str) -> None:
        """Show a scene in the room."""
        self._do(self._context.leading.show_scene(self.meeting_id, scene))

    def on_scene_chosen(self, scene: str) -> None:
        meeting = self.live.meeting
        if meeting is None or meeting.scene.scene == scene:
            return
        paper = self.live.shown_paper()
        if scene != "paper":
            self.show_scene(scene)
        elif paper is not None:
            self.turning.show_paper(paper.paper, self.live.stage().page)

    def on_summon(self) -> None:
        """Ask everybody to look at the page the room sees."""
        stage = self.live.stage()
        self.turning.to(stage.page, stage.view, summons=True)

    def on_pointed(self, place: Any) -> None:
        """The laser follows the pointer on the live picture."""
        x, y = place if place is not None else (None, None)
        self._context.leading.point(self.meeting_id, x, y)
        self.live.show_laser(Laser(meeting=self.meeting_id, x=x, y=y))

    def on_pin_chosen(self, pin: str) -> None:
        self._context.bridge.when_done(
            self._context.leading.set_pin(pin),
            lambda _answer: self.info.tell("good", tr("Your PIN is set.")),
            self.complain,
        )

    def _do(self, future: "Future[Any]") -> None:
        self._context.bridge.when_done(future, None, self.complain)

    def complain(self, error: MeetingError) -> None:
        """Say a known error in the quiet bar."""
        self.info.tell("attention", sentence_of(error))
        QTimer.singleShot(8000, self.info.withdraw)
