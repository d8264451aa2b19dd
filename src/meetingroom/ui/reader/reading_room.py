"""The reading room: one meeting's papers as one pack, with marks, following the chair."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.marks import FreeText, Note
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.services import reading as reading_service
from meetingroom.services.collecting import version_title
from meetingroom.services.news import MeetingChanged
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    InfoBar,
    StatusLine,
    UndoToast,
)
from meetingroom.ui.in_steps import InSteps
from meetingroom.ui.page.lens import FULL, STEP, Fit
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.reader import pack
from meetingroom.ui.reader.ahead import OpeningAhead
from meetingroom.ui.reader.carried_bar import CarriedBar
from meetingroom.ui.reader.carried_marks import CarriedMarks
from meetingroom.ui.reader.carried_panel import CarriedPanel
from meetingroom.ui.reader.comparing import CompareBar, Comparing
from meetingroom.ui.reader.connection import Connection
from meetingroom.ui.reader.contents import Contents
from meetingroom.ui.reader.drawers import Drawers
from meetingroom.ui.reader.exchange import PaperExchange
from meetingroom.ui.reader.farewell import Farewell
from meetingroom.ui.reader.follow import FollowRibbon
from meetingroom.ui.reader.follower import Follower
from meetingroom.ui.reader.mark_bar import MarkBar
from meetingroom.ui.reader.marking_tools import MarkingTools
from meetingroom.ui.reader.marks_panel.panel import MarksPanel
from meetingroom.ui.reader.marks_panel.wish import Here
from meetingroom.ui.reader.own_marks import OwnMarks
from meetingroom.ui.reader.panes import Pane, Panes
from meetingroom.ui.reader.places import Places
from meetingroom.ui.reader.reading_bar import ReadingBar
from meetingroom.ui.reader.room_hands import RoomHands
from meetingroom.ui.reader.search_panel import SearchPanel
from meetingroom.ui.reader.seeking import Seeking
from meetingroom.ui.reader.taking_part import TakingPart
from meetingroom.ui.reader.thumbnails import Thumbnails
from meetingroom.ui.reader.tidings import Tidings
from meetingroom.ui.reader.top_bar import TopBar
from meetingroom.wording import tr

READ_MS = 2000
NARROW, NARROWER = 1280, 1080
PANE = 440  # px that a paper needs beside others
SIDES = (268, 800, 296)
LOOKS: dict[str, Callable[[PageView], None]] = {
    "one": lambda view: view.set_columns(1),
    "two": lambda view: view.set_columns(2),
    "scroll": lambda view: view.set_continuous(is_continuous=True),
    "leaf": lambda view: view.set_continuous(is_continuous=False),
    "right": lambda view: view.rotate(90),
    "left": lambda view: view.rotate(-90),
}


class ReadingRoom(InSteps, QWidget):
    """Reads one meeting; `open_meeting` chooses it, `home_requested` leaves it."""

    home_requested = Signal()
    page_shown = Signal(str, int)

    def __init__(
        self,
        context: DeskContext,
        *,
        in_steps: bool = False,
        read_ms: int = READ_MS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.meeting_id = ""
        self._missed: frozenset[str] = frozenset()
        self._read_ms = read_ms
        self.start_making(in_steps=in_steps)

    # --- building -------------------------------------------------------------------------

    def _parts(self) -> Iterator[None]:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.ribbon, self.info, self.summons = FollowRibbon(), InfoBar(), InfoBar()
        self.taking_part = TakingPart(self._context)
        self.top = TopBar(self.ribbon, self.taking_part.entries)
        self.top.home_requested.connect(self.home_requested)
        self.title, self.live, self.online = self.top.title, self.top.live, self.top.online
        for widget in (self.top, self.info, self.summons, self.taking_part):
            column.addWidget(widget)
        yield
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        column.addWidget(self.split, 1)
        self.status, self.toast = StatusLine(), UndoToast(self)
        column.addWidget(self.status)
        self.connection = Connection(self._context, self.status, self.info)
        yield
        self.panes = Panes(self._context, self._order_of)
        self.places = Places(self._context, self.panes, self._read_ms)
        self.go, self.turn = self.places.go, self.places.turn
        self.own_marks = OwnMarks(self._context, self)
        self.thumbnails = Thumbnails(self._context, self.panes.pages)
        # The first pane may be closed: always the one that is read in.
        self.ahead = OpeningAhead(
            self.panes.pages,
            lambda size: self.view.width_of(size),  # noqa: PLW0108
        )
        yield
        self.contents, self.search_panel = Contents(self.thumbnails), SearchPanel()
        self.left = QStackedWidget()
        self.left.addWidget(self.contents)
        self.left.addWidget(self.search_panel)
        self.split.addWidget(self.left)
        yield
        yield from self._build_middle()
        self.notes = MarksPanel(self._context)
        self.split.addWidget(self.notes)
        self.split.addWidget(self.carried_panel)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes(SIDES)
        self.follower = Follower(self._context, self.ribbon, self.summons, self.panes, self.places)
        self.tidings = Tidings(self._context, self.info, self.status)
        self.exchange = PaperExchange(self._context, self, self.reading.paper_button)
        yield
        self._wire()
        agenda, notes = self.agenda_button, self.notes_button
        self.drawers = Drawers(self, (notes, self.notes, NARROW), (agenda, self.left, NARROWER))
        field = self.reading.search
        self.seeking = Seeking(
            self._context, self.panes, self.places, field, self.search_panel, self
        )
        self.seeking.opened.connect(self.on_search_opened)
        self.seeking.meeting_requested.connect(self.open_meeting)
        yield
        self.rehearse(self, 1366, 768)

    def _build_middle(self) -> Iterator[None]:
        middle = QWidget()
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self.split.addWidget(middle)
        self.reading = ReadingBar()
        inner.addWidget(self.reading)
        self.number, self.where = self.reading.number, self.reading.where
        self.agenda_button = self.reading.agenda_button
        self.notes_button = self.reading.notes_button
        yield
        self.carried_bar, self.carried_panel = CarriedBar(), CarriedPanel()
        inner.addWidget(self.carried_bar)
        self.carried = CarriedMarks(
            self._context, self.panes, self.places, self.carried_bar, self.carried_panel
        )
        self.compare_bar = CompareBar()
        inner.addWidget(self.compare_bar)
        self.comparing = Comparing(self._context, self.panes, self.places, self.compare_bar)
        inner.addWidget(self.panes, 1)
        self.bar = MarkBar()
        inner.addWidget(self.bar)
        yield

    def _wire(self) -> None:
        bridge = self._context.bridge
        self.hands = RoomHands(self._context, self.panes, self._order_of, self.top.laser)
        bridge.meeting_changed.connect(self.on_meeting_changed)
        Farewell(self._context, self)
        self.panes.pages.shape_known.connect(self.on_shape_known)
        self.contents.place_requested.connect(self.places.go_to_paper)
        self.thumbnails.place_requested.connect(self.places.go_to_paper)
        self._wire_notes()
        self.own_marks.removed.connect(lambda: self.toast.tell(tr("Mark removed")))
        self.own_marks.history_changed.connect(self._show_history)
        self.own_marks.failed.connect(self.on_mark_failed)
        self.carried.placed.connect(self.on_placed)
        self.carried.failed.connect(self.on_mark_failed)
        self.carried.side_by_side.connect(self.comparing.end)
        self.comparing.began.connect(lambda: self.carried.be_quiet(is_quiet=True))
        self.comparing.ended.connect(lambda: self.carried.be_quiet(is_quiet=False))
        self.top.online_requested.connect(self.tidings.on_online)
        self.exchange.paper_wanted.connect(self._tell_paper)
        self.info.action_requested.connect(self.exchange.on_action)
        self.exchange.told.connect(self.info.tell)
        self.exchange.failed.connect(self.tidings.complain)
        self.exchange.history_changed.connect(self._show_history)
        self.toast.undo_requested.connect(lambda _key: self.own_marks.undo())
        self.places.reached.connect(self.on_reached)
        self.places.turned_oneself.connect(self.follower.moved_oneself)
        self.panes.pane_made.connect(self._wire_pane)
        self.panes.active_changed.connect(self.on_active_changed)
        self._wire_pane(self.panes.active)
        self._wire_bars()

    def _wire_notes(self) -> None:
        notes, own = self.notes, self.own_marks
        notes.place_requested.connect(
            lambda paper, page, blob: self.go(pack.Place(paper=paper, page=page, blob=blob))
        )
        notes.pointed.connect(self.on_pointed)
        notes.share_requested.connect(own.share)
        notes.remove_requested.connect(own.remove)
        notes.reply_requested.connect(own.reply)
        notes.words_requested.connect(own.say)
        notes.hidden_changed.connect(self._show_marks)
        notes.failed.connect(self.on_mark_failed)
        notes.left.connect(self.on_notes_left)

    def _wire_pane(self, pane: Pane) -> None:
        view, head = pane.view, pane.head
        self.own_marks.watch(view)
        if self.meeting is not None:
            view.set_marks(self.notes.on_pages(self.meeting))
        view.signs.initials_of, view.signs.name_of = self._initials_of, self._name_of
        view.page_requested.connect(lambda delta, at_end: self.turn(delta, at_end=at_end))
        view.edge_requested.connect(self.places.go_to_edge)
        view.page_reached.connect(lambda *what: self.places.on_page_reached(pane, *what))
        view.link_followed.connect(
            lambda blob, page: self._in(pane, lambda: self.places.go_to_file(blob, page))
        )
        view.outside_link_touched.connect(self.tidings.offer_link)
        view.mark_chosen.connect(self.on_mark_chosen)
        view.zoom_changed.connect(lambda percent: self._show_scale(pane, percent))
        view.painted.connect(self.page_shown)
        head.turn_requested.connect(lambda delta: self._in(pane, lambda: self.turn(delta)))
        head.paper_requested.connect(
            lambda paper: self._in(pane, lambda: self.places.go_to_paper(paper, -1))
        )

    def _wire_bars(self) -> None:
        bar, reading = self.bar, self.reading
        self.tools = MarkingTools(self._context, bar, self.panes, reading.menu)
        bar.undo_requested.connect(self.own_marks.undo)
        bar.redo_requested.connect(self.own_marks.redo)
        reading.turn_requested.connect(self.turn)
        reading.number_typed.connect(self.places.go_to_number)
        reading.smaller_requested.connect(lambda: self.view.zoom_by(1 / STEP))
        reading.larger_requested.connect(lambda: self.view.zoom_by(STEP))
        reading.fit_requested.connect(self.on_fit)
        reading.menu.aboutToShow.connect(lambda: reading.menu.show_look(self.view.lens))
        reading.look_requested.connect(lambda look: LOOKS[look](self.view))
        reading.compare_requested.connect(self.on_compare)
        reading.panes_requested.connect(self.places.show_side_by_side)
        reading.agenda_button.toggled.connect(self.left.setVisible)
        self.carried.take_turns(reading.notes_button, self.notes)

    # --- panes ------------------------------------------------------------------------------

    @property
    def view(self) -> PageView:
        """The page view that the bars speak of."""
        return self.panes.active.view

    @property
    def place(self) -> pack.Place | None:
        """Where that one is in the pack."""
        return self.panes.active.place

    def _in(self, pane: Pane, act: Callable[[], None]) -> None:
        self.panes.activate(pane)
        act()

    def on_active_changed(self) -> None:
        """Another pane is worked in: the bars speak of it."""
        count = len(self.panes.panes)
        self.reading.show_panes(count)
        self.drawers.make_room(count * PANE)
        self.reading.show_scale(self.view.lens.percent)
        self.places.tell()

    def on_fit(self, wanted: Fit | int) -> None:
        """Fit the width or the page, or show at so many per cent."""
        if isinstance(wanted, Fit):
            self.view.set_fit(wanted)
        else:
            self.view.zoom_by(wanted / 100 * FULL / self.view.lens.scale)

    def on_compare(self) -> None:
        """The open paper's current version beside the one before."""
        paper = self.paper()
        if paper is not None and len(paper.versions) > 1:
            self.comparing.start(paper, paper.versions[-2].blob)

    def _show_scale(self, pane: Pane, percent: int) -> None:
        if pane is self.panes.active:
            self.reading.show_scale(percent)

    # --- the meeting ----------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting | None:
        return self._context.desk.meeting(self.meeting_id)

    def on_search_opened(self, is_open: bool) -> None:
        """What was found stands where the agenda was."""
        self.left.setCurrentWidget(self.search_panel if is_open else self.contents)
        self.left.setVisible(is_open or self.agenda_button.isChecked())

    def open_meeting(self, meeting: str, at: pack.Place | None = None) -> None:
        """Read this meeting, where it was left, or from a page on."""
        self.places.open_meeting(meeting)
        self.meeting_id = self.own_marks.meeting_id = self.tidings.meeting_id = meeting
        self.follower.open_meeting(meeting)
        self.taking_part.open_meeting(meeting)
        self.hands.open_meeting(meeting)
        reading, desk = self._context.reading, self._context.desk
        ask = desk.run(lambda: (reading.place(meeting), reading.seen(meeting)))
        self._context.bridge.when_done(ask, lambda found: self._opened(meeting, at, *found))

    def _opened(
        self,
        meeting: str,
        at: pack.Place | None,
        place: reading_service.Place,
        seen: reading_service.Seen,
    ) -> None:
        folded = self.meeting
        if meeting != self.meeting_id or folded is None:
            return
        self.places.pages = dict(place.pages)
        papers = folded.in_reading_order()
        known = folded.papers.get(place.paper)
        paper = known or (papers[0] if papers else None)
        self.show_papers(folded)
        if paper is not None:
            page = min(self.places.pages.get(paper.paper, 0), paper.current.pages - 1)
            self.go(at or pack.Place(paper=paper.paper, page=page))
        self.tidings.tell_changes(folded, seen)
        self._show_history()

    def on_meeting_changed(self, what: MeetingChanged) -> None:
        if what.meeting.id != self.meeting_id:
            return
        if not self.isVisible():
            self._missed |= what.kinds  # told when somebody looks again
            return
        if what.kinds & {"meeting_issued", "paper_put", "paper_removed", "item_started",
                         "meeting_opened", "meeting_closed"}:  # fmt: skip
            self.show_papers(what.meeting)
        if "meeting_issued" in what.kinds:
            reading, desk = self._context.reading, self._context.desk
            ask = desk.run(lambda: reading.seen(self.meeting_id))
            self._context.bridge.when_done(
                ask, lambda seen: self.tidings.tell_changes(what.meeting, seen)
            )
            if self.place is not None:
                self.go(self.place, keeps_following=True)
                self.follower.catch_up()
        self._show_marks()

    def show_papers(self, meeting: Meeting) -> None:
        """Whatever names or shows the papers of the meeting, as it is now."""
        issued = meeting.issued
        self.title.setText(issued.title if issued else "")
        self.live.setVisible(meeting.state == "open")
        self.online.setVisible(self.tidings.link() is not None)
        self.contents.show_meeting(meeting, self.place.paper if self.place else "")
        self.thumbnails.show_meeting(meeting)
        for pane in self.panes.panes:
            if pane.place is None or not pane.place.blob:
                pane.view.show_roll(pack.roll_of(meeting))
        self.ahead.show_meeting(meeting, self.places.pages)
        self.tidings.show_status()
        self.follower.show()

    # --- pages ----------------------------------------------------------------------------

    def paper(self) -> Paper | None:
        """The open paper."""
        return self.places.paper()

    def on_reached(self, is_other_paper: bool) -> None:
        """Another page is the current one."""
        meeting, place, paper = self.meeting, self.place, self.paper()
        if meeting is None or place is None or paper is None:
            return
        if is_other_paper:
            self.contents.show_meeting(meeting, paper.paper)
            self._show_outline()
            self._show_marks()
        self._show_place(meeting, paper, place)
        self.taking_part.show_place(place.paper, place.page)
        self._tell_notes()

    def _show_place(self, meeting: Meeting, paper: Paper, place: pack.Place) -> None:
        blob, pages = pack.file_of(paper, place)
        shape = self.view.pages.shape(blob)
        label = shape.labels[place.page] if shape and place.page < len(shape.labels) else ""
        words = pack.place_words(meeting, paper, place.page, label)
        self.reading.show_place(place.page + 1, pages, words)
        self.reading.menu.compare.setEnabled(len(paper.versions) > 1)
        title = f"{meeting.number_of(paper.paper)} {paper.title}"
        places = [pane.place for pane in self.panes.panes if pane.place is not None]
        # The newest version says so, too, where an older one lies beside it.
        if any(one.blob and one.paper == place.paper for one in places):
            title = f"{version_title(paper, blob)} · {title}"
        papers = [
            (one.paper, f"{meeting.number_of(one.paper)} {one.title}")
            for one in meeting.in_reading_order()
        ]
        self.panes.active.head.show_place(title, place.page + 1, pages, papers)
        self.contents.show_place(paper.paper, place.page + 1, pages)
        self.thumbnails.show_place(paper.paper, place.page)
        self.follower.show()

    def on_shape_known(self, blob: str) -> None:
        """A paper was opened (or could not be): its outline, and what is written in its file."""
        self._show_outline()
        if self.panes.pages.shape(blob) is not None:
            self.notes.file_notes.ask(blob)

    def _show_outline(self) -> None:
        paper = self.paper()
        if paper is not None:
            shape = self.panes.pages.shape(paper.current.blob)
            self.contents.show_outline(paper.paper, shape)

    # --- marks ----------------------------------------------------------------------------

    def _show_marks(self) -> None:
        meeting, paper, place = self.meeting, self.paper(), self.place
        if meeting is None or paper is None or place is None:
            return
        shown = self.notes.on_pages(meeting)
        for view in self.panes.views:
            view.set_marks(shown)
        here = {mark.page for mark in shown if mark.blob == paper.current.blob}
        self.thumbnails.show_marked({(paper.paper, page) for page in here})
        self._tell_notes()
        self.carried.show()

    def on_placed(self) -> None:
        """A carried mark stands where its author says."""
        self.toast.tell(tr("The note stands there now"))
        self._show_history()

    def _tell_notes(self) -> None:
        place, paper = self.place, self.paper()
        if place is not None and paper is not None:
            blob, _ = pack.file_of(paper, place)
            here = Here(paper=paper.paper, blob=blob, page=place.page)
            self.notes.show_meeting(self.meeting, here)

    def _show_history(self) -> None:
        marking = self._context.marking
        self.bar.show_history(
            can_undo=marking.can_undo(self.meeting_id), can_redo=marking.can_redo(self.meeting_id)
        )

    def on_mark_chosen(self, mark: str) -> None:
        """Show a mark in the list; an own note or text is opened to write on."""
        meeting = self.meeting
        known = meeting.marks.get(mark) if meeting else None
        if known is None or meeting is None:
            return
        known = meeting.placed(known, self.view.blob) or known
        self.notes.show_mark(mark)
        if not self.notes.isVisible():
            self.view.signs.say(known)
        if known.author == self._context.me and isinstance(known.shape, Note | FreeText):
            self.view.edit(known)

    def _tell_paper(self) -> None:
        place = self.place
        page, blob = (place.page, place.blob) if place is not None else (0, "")
        self.exchange.start(self.meeting, self.paper(), blob, page)

    def on_mark_failed(self, error: MeetingError) -> None:
        """A wish about a mark could not be fulfilled: show what there is, and why."""
        self._show_marks()
        self.tidings.complain(error)

    def on_pointed(self, mark: str) -> None:
        """Show which mark of the page the list speaks of."""
        for view in self.panes.views:
            view.signs.point_at(mark)

    def on_notes_left(self) -> None:
        """Back from the list of marks to the page."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _initials_of(self, person: str) -> str:
        return self.notes.people.initials(person)

    def _name_of(self, person: str) -> str:
        return self._context.desk.directory.name_of(person)

    def _order_of(self, person: str) -> int:
        return self.notes.people.place(person)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody looked."""
        super().showEvent(event)
        missed, self._missed = self._missed, frozenset()
        if missed and self.meeting is not None:
            self.on_meeting_changed(MeetingChanged(meeting=self.meeting, kinds=missed))

    def hideEvent(self, event: QHideEvent) -> None:
        """The place is remembered, however short somebody stayed."""
        if self.is_whole:
            self.places.keep()
        super().hideEvent(event)
