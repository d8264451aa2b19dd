"""The chair's console on a laptop: what the room sees, the next page, and everything to lead."""

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.sentences import sentence_of
from meetingroom.services.news import MeetingChanged, StageHeard
from meetingroom.ui.chair.attendance import Attendance
from meetingroom.ui.chair.console_body import ConsoleBody
from meetingroom.ui.chair.cue_pad import CueGlance, CuePad
from meetingroom.ui.chair.delay_line import DelayLine
from meetingroom.ui.chair.feed import Feed
from meetingroom.ui.chair.framed import Framed
from meetingroom.ui.chair.item_time import ItemTime
from meetingroom.ui.chair.more_lists import MORE_LISTS
from meetingroom.ui.chair.only_you import OnlyYou
from meetingroom.ui.chair.picture_hand import PictureHand
from meetingroom.ui.chair.presenter_row import PresenterRow
from meetingroom.ui.chair.running_order import RunningOrder
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    Chip,
    ElidedLabel,
    FoldingRow,
    InfoBar,
    Label,
    LiveChip,
    Panel,
    ProgressBar,
    Segmented,
    TabRow,
)
from meetingroom.ui.freshness import WhenSeen
from meetingroom.ui.in_steps import InSteps
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.canvas import StageCanvas
from meetingroom.ui.stage.turning import Turning
from meetingroom.wording import tr

SAID_MS = 8000
TITLE_AT_LEAST = 200


class ChairConsole(InSteps, QWidget):
    """Leads one meeting; `open_meeting` chooses it."""

    def __init__(
        self, context: DeskContext, *, in_steps: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.start_making(in_steps=in_steps)

    # --- building -------------------------------------------------------------------------

    def _parts(self) -> Iterator[None]:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        self.info = InfoBar()
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(SAID_MS)
        self._said.timeout.connect(self.info.withdraw)
        column.addWidget(self.info)
        self._tab_place = QHBoxLayout()
        self._tab_place.setContentsMargins(20, 0, 20, 0)
        column.addLayout(self._tab_place)
        yield
        self.live = StageCanvas(self._context)
        self.next = StageCanvas(self._context, page_ahead=1)
        self.turning = Turning(self._context, self.live, self.complain)
        self.cues = CuePad(self._context)
        self.steer = QWidget()
        self.steer.setLayout(self._left())
        yield
        self.order, self.attendance = RunningOrder(), Attendance(self._context, self._do)
        self.only_you = OnlyYou(self._context, self.cues)
        yield
        lists = QWidget()
        lists.setLayout(self._right())
        self.body = ConsoleBody(self.steer, lists)
        column.addWidget(self.body, 1)
        self._wire()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        yield
        self.rehearse(self, 1366, 768)

    def _top(self) -> Panel:
        top = Panel("top_bar")
        left, right = QWidget(), QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.state = LiveChip()
        self.waiting = Chip(tr("Not started"), "draft")
        self.title = ElidedLabel("", "bar_title")
        self.place = Label("", "body", "ink_soft")
        self.start = Button(tr("Open the meeting"), "primary", "play")
        self.end = Button(tr("Close the meeting"), "outlined", "square")
        for widget in (self.state, self.waiting):
            row.addWidget(widget)
        self.title.setMinimumWidth(TITLE_AT_LEAST)
        row.addWidget(self.title, 1)
        row = QHBoxLayout(right)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.place)
        row.addWidget(self.start)
        row.addWidget(self.end)
        for part in (self.state, self.waiting, self.start, self.end):
            part.hide()
        column = QVBoxLayout(top)
        column.setContentsMargins(20, 8, 20, 8)
        column.addWidget(FoldingRow(left, right))
        return top

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        pictures = QHBoxLayout()
        pictures.setSpacing(16)
        self.seen = ElidedLabel("", "small", "ink_soft")
        self.coming = ElidedLabel("", "small", "ink_soft")
        for words, second, framed, share in (
            (tr("The room sees now"), self.seen, Framed(self.live, "live", 3), 3),
            (tr("Next page"), self.coming, Framed(self.next), 1),
        ):
            side = QVBoxLayout()
            side.setSpacing(6)
            head = QHBoxLayout()
            head.addWidget(Label(words, "strong"))
            head.addWidget(second, 1)
            if second is self.seen:
                self.hand = PictureHand(self._context, self.live, self.complain)
                head.addWidget(self.hand)
            side.addLayout(head)
            side.addWidget(framed)
            if second is self.coming:
                self.summon = Button(tr("Ask all to see this page"), "outlined", "users")
                side.addWidget(self.summon)
                self.delay = DelayLine(self._context)
                side.addWidget(self.delay)
                self.cue = CueGlance(self.cues)
                self.cue.pressed.connect(lambda: self.tabs.choose("you"))
                side.addWidget(self.cue, 9)
            side.addStretch(1)
            pictures.addLayout(side, share)
        column.addLayout(pictures)
        column.addWidget(self._turns())
        self.feed = Feed(self._context)
        self.feed.more_requested.connect(lambda: self.tabs.choose("story"))
        column.addWidget(self.feed)
        column.addStretch(1)
        column.addWidget(Label(tr("Scene on the large display"), "caption", "ink_soft"))
        self.scenes = Segmented(
            (
                ("lobby", "house", tr("Lobby")),
                ("item", "list", tr("Item", "scene")),
                ("paper", "file-text", tr("Paper", "scene")),
                ("speaker", "mic", tr("Speakers")),
                ("online", "video", tr("Online", "scene")),
                ("break", "coffee", tr("Break")),
            ),
            tr("Scene on the large display"),
        )
        column.addWidget(self.scenes)
        return column

    def _turns(self) -> QWidget:
        self.back = Button(
            tr("Previous page"),
            "outlined",
            "chevron-left",
            extent="stage",
            shortcut="PgUp",
            at_once=True,
        )
        self.forward = Button(
            tr("NEXT PAGE"), "primary", "chevron-right", extent="stage", icon_after=True,
            shortcut="PgDown", at_once=True,
        )  # fmt: skip
        self.page = Label("", "section", tabular=True)
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.black = Button(tr("Dark screen"), "outlined", "moon", extent="stage", shortcut="B")
        turns, others = QWidget(), QWidget()
        for holder, parts in (
            (turns, ((self.back, 1), (self.forward, 2))),
            (others, ((self.page, 1), (self.black, 2))),
        ):
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            for widget, share in parts:
                row.addWidget(widget, share)
        return FoldingRow(turns, others, (2, 1))

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.timer = Card(padding=16)
        self.timer.body.setSpacing(8)
        self.item = Label("", "section", wraps=True)
        self.timer.body.addWidget(self.item)
        self.left = Label("", "figure", tabular=True)
        self.of = Label("", "body", "ink_soft")
        self.bar = ProgressBar()
        grid = QGridLayout()
        grid.addWidget(self.left, 0, 0)
        grid.addWidget(self.of, 0, 1, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self.bar, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.timer.body.addLayout(grid)
        self.presenter = PresenterRow(self._context, self._do)
        self.timer.body.addWidget(self.presenter)
        self.onward = Button("", "accent", "chevron-right", extent="small", icon_after=True)
        self.item_time = ItemTime(self._context, self._do, self.onward)
        self.timer.body.addWidget(self.item_time)
        column.addWidget(self.timer)
        self.tabs = TabRow(
            (
                ("agenda", tr("Agenda")),
                ("people", tr("Roll call")),
                *((tab.key, tab.words()) for tab in MORE_LISTS),
                ("you", tr("Only you see")),
            ),
            tr("Lists of the console"),
            scrolls=True,
        )
        self._tab_place.addWidget(self.tabs)
        self.lists: dict[str, Any] = {
            "agenda": self.order,
            "people": self.attendance,
            **{tab.key: tab.make(self._context, self._do) for tab in MORE_LISTS},
            "you": self.only_you,
        }
        for key, widget in self.lists.items():
            column.addWidget(widget, 1)
            if key != "agenda":
                widget.hide()  # never shown here: without a parent it would be a window
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
        self.black.clicked.connect(self.on_black)
        self.onward.clicked.connect(self.on_onward)
        self.summon.clicked.connect(self.on_summon)
        self.scenes.choice_changed.connect(self.on_scene_chosen)
        self.scenes.pressed_again.connect(self.on_scene_chosen)
        self.start.clicked.connect(lambda: self._do(leading.open_meeting(self.meeting_id)))
        self.end.clicked.connect(lambda: self._do(leading.close_meeting(self.meeting_id)))
        self.order.item_requested.connect(
            lambda item: self._do(leading.go_to_item(self.meeting_id, item))
        )
        self.order.paper_requested.connect(self.turning.show_paper)
        self.order.link_requested.connect(lambda link: self.show_scene("online", link))
        self.only_you.unlock_requested.connect(
            lambda room: self._do(leading.unlock_display(self.meeting_id, room))
        )
        self.only_you.lock_requested.connect(
            lambda room: self._do(leading.lock_display(self.meeting_id, room))
        )
        self.only_you.pin_chosen.connect(self.on_pin_chosen)
        self.only_you.online.pressed.connect(lambda: self.tabs.choose("online"))

    # --- what is shown --------------------------------------------------------------------

    @property
    def meeting_id(self) -> str:
        return self.live.meeting_id

    def open_meeting(self, meeting: str) -> None:
        """Lead this meeting."""
        self.live.show_meeting(meeting)
        self.next.show_meeting(meeting)
        self.delay.open_meeting(meeting)
        self._show_soon()

    def on_meeting_changed(self, what: MeetingChanged) -> None:
        if what.meeting.id == self.meeting_id:
            self._show_soon()

    def on_stage_heard(self, what: StageHeard) -> None:
        if what.stage.meeting == self.meeting_id:
            self.next.update()
            self._show_page()

    def _show_soon(self) -> None:
        """Now where somebody looks, else when somebody does."""
        if self.isVisible():
            self._show()
        else:
            self._fresh.ask()

    def _show(self) -> None:
        meeting = self.live.meeting
        issued = meeting.issued if meeting else None
        if meeting is None or issued is None:
            return
        self.title.setText(issued.title)
        self._show_state(meeting)
        self.item_time.show_meeting(meeting)
        number = next(
            (n for n, row in enumerate(issued.agenda, 1) if row.item == meeting.current_item), 0
        )
        self.place.setText(tr("Item {0}/{1}").format(number, len(issued.agenda)) if number else "")
        self.presenter.show_meeting(meeting, self._context.desk.directory)
        self.feed.show_meeting(meeting)
        self.cues.show_meeting(meeting)
        self._show_list(meeting)
        here = sum(not one.left_at for one in meeting.presence.values())
        self.tabs.set_count("people", f"{here}/{len(meeting.people)}")
        for tab in MORE_LISTS:
            self.tabs.set_count(tab.key, tab.count(meeting))
        self.tabs.set_count("you", str(len(meeting.faults) or ""))
        self._choose_scene(meeting)
        self._show_page()
        self._show_time()

    def _show_list(self, meeting: Meeting) -> None:
        """The list that is looked at; the others follow when their tab is chosen."""
        directory = self._context.desk.directory
        match self.tabs.current_key():
            case "agenda":
                self.order.show_meeting(meeting)
            case key:
                self.lists[key].show_meeting(meeting, directory)

    def _show_state(self, meeting: Meeting) -> None:
        is_open, closed = meeting.state == "open", meeting.state == "closed"
        visible = {
            self.state: is_open,
            self.waiting: not is_open,
            self.start: meeting.state in ("issued", "closed"),
            self.end: is_open,
        }
        for widget in sorted(visible, key=lambda one: visible[one]):  # hide first: room is scarce
            widget.setVisible(visible[widget])
        self.waiting.set_state(tr("Ended") if closed else tr("Not started"), "draft")
        self.start.set_words(tr("Open again") if closed else tr("Open the meeting"))
        self.start.set_kind("outlined" if closed else "primary")
        for widget in (self.steer, self.timer, self.order, self.attendance):
            widget.setEnabled(not closed)
        item = self._next_item()
        self.onward.setVisible(item is not None)
        self.onward.set_words(tr("On to item {0}").format(item[0]) if item else "")

    def _choose_scene(self, meeting: Meeting) -> None:
        """Mark the scene of the room; in the dark, the one it will come back to."""
        is_dark = meeting.scene.scene == "black"
        scene = self.live.scene_before_black().scene if is_dark else meeting.scene.scene
        self.black.set_words(tr("Show again") if is_dark else tr("Dark screen"))
        self.black.set_icon("sun" if is_dark else "moon")
        has_link = bool(meeting.issued and meeting.issued.links)
        self.scenes.set_enabled("online", has_link)
        self.scenes.set_enabled("paper", self.live.shown_paper() is not None)
        self.scenes.blockSignals(True)
        if scene in ("lobby", "item", "paper", "speaker", "online", "break"):
            self.scenes.choose(scene)
        else:
            self.scenes.choose_none()
        self.scenes.blockSignals(False)

    def _show_page(self) -> None:
        paper = self.live.shown_paper()
        pages = paper.current.pages if paper else 0
        at = self.live.stage().page
        self.page.setText(f"{at + 1} / {pages}" if pages else "–")
        for button in (self.back, self.forward, self.summon):
            button.setEnabled(bool(pages))
        self._show_names(paper, at)
        self.only_you.show_paper(paper)

    def _show_names(self, paper: Paper | None, at: int) -> None:
        meeting = self.live.meeting
        seen = {
            "lobby": tr("Lobby"), "item": tr("Item", "scene"), "online": tr("Online", "scene"),
            "speaker": tr("Speakers"), "break": tr("Break"), "black": tr("Dark screen"),
        }.get(meeting.scene.scene if meeting else "", "")  # fmt: skip
        if meeting is not None and paper is not None and meeting.scene.scene == "paper":
            seen = tr("Paper {0}, page {1}").format(meeting.number_of(paper.paper), at + 1)
            turner = self.live.stage().controller
            if turner and turner != self._context.me:
                seen = f"{seen} · {self._context.desk.directory.name_of(turner)}"
        self.seen.setText(seen)
        self.coming.setText("" if paper is not None else tr("No paper is open"))

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
        self.item.setText(item.title if item else tr("No item is running"))
        for widget in (self.left, self.of, self.bar):
            widget.setVisible(left is not None)
        if left is None:
            return
        rest, planned = left
        seconds = int(abs(rest))
        sign = "" if rest >= 0 else "+"
        self.left.setText(f"{sign}{seconds // 60:02d}:{seconds % 60:02d}")
        self.left.set_ink("live" if rest < 0 else "attention" if rest < planned / 5 else "ink")
        of = tr("of {0} minutes").format(int(planned // 60))
        self.of.setText(moments.warning_words(left) + of)
        self.bar.set_share(planned - rest, planned)

    def _show_tab(self, key: str) -> None:
        for name, widget in self.lists.items():
            widget.setVisible(name == key)
        self.body.show_lists()
        if self.live.meeting is not None:
            self._show_list(self.live.meeting)

    # --- acting ---------------------------------------------------------------------------

    def show_scene(self, scene: str, link: str = "") -> None:
        """Show a scene in the room."""
        self._do(self._context.leading.show_scene(self.meeting_id, scene, link))

    def on_black(self) -> None:
        """Dark, or the very scene from before."""
        meeting = self.live.meeting
        if meeting is not None and meeting.scene.scene == "black":
            self.turning.leave_black()
        else:
            self.show_scene("black")

    def on_onward(self) -> None:
        """Go to the next item."""
        item = self._next_item()
        if item is not None:
            self._do(self._context.leading.go_to_item(self.meeting_id, item[1]))

    def _next_item(self) -> tuple[int, str] | None:
        """(number, id) of the item after the running one."""
        meeting = self.live.meeting
        agenda = meeting.issued.agenda if meeting and meeting.issued else ()
        keys = [row.item for row in agenda]
        at = keys.index(meeting.current_item) if meeting and meeting.current_item in keys else -1
        return (at + 2, keys[at + 1]) if at + 1 < len(keys) else None

    def on_scene_chosen(self, scene: str) -> None:
        """A scene of the row below the pictures, also the marked one again."""
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

    def on_pin_chosen(self, pin: str) -> None:
        self._context.bridge.when_done(
            self._context.leading.set_pin(pin),
            lambda _answer: self._pin_is_set(),
            self.complain,
        )

    def _pin_is_set(self) -> None:
        self.only_you.clear_pin()
        self._tell("good", tr("Your PIN is set."))

    def _tell(self, role: Literal["good", "attention"], words: str) -> None:
        self.info.tell(role, words)
        self._said.start()

    def _do(self, future: "Future[Any]") -> None:
        self._context.bridge.when_done(future, None, self.complain)

    def complain(self, error: MeetingError) -> None:
        """Say a known error in the quiet bar."""
        self._tell("attention", sentence_of(error))
