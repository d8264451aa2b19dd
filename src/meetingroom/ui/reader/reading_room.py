"""The reading room: one meeting's papers as one pack, with marks, following the chair."""

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.marks import FreeText, Note
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.sentences import sentence, sentence_of
from meetingroom.services import reading as reading_service
from meetingroom.services.collecting import version_words
from meetingroom.services.issuing import Change, changes_since
from meetingroom.services.joining import full_address
from meetingroom.services.marking import Content
from meetingroom.services.news import MeetingChanged, PaperGone
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    ElidedLabel,
    IconButton,
    InfoBar,
    LiveChip,
    Panel,
    StatusLine,
    UndoToast,
)
from meetingroom.ui.in_steps import InSteps
from meetingroom.ui.page.lens import STEP, Fit
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.reader import pack
from meetingroom.ui.reader.ahead import OpeningAhead
from meetingroom.ui.reader.changes import changes_words
from meetingroom.ui.reader.connection import Connection
from meetingroom.ui.reader.contents import Contents
from meetingroom.ui.reader.drawers import Drawers
from meetingroom.ui.reader.follow import FollowRibbon
from meetingroom.ui.reader.follower import Follower
from meetingroom.ui.reader.mark_bar import MarkBar
from meetingroom.ui.reader.notes import Notes
from meetingroom.ui.reader.reading_bar import ReadingBar
from meetingroom.ui.reader.thumbnails import Thumbnails
from meetingroom.wording import tr

READ_MS = 2000
NARROW, NARROWER = 1280, 1080
SIDES = (284, 784, 296)


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
        self.place: pack.Place | None = None
        self._pages: dict[str, int] = {}
        self._missed: frozenset[str] = frozenset()
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.setInterval(read_ms)
        self._stay.timeout.connect(self._on_stayed)
        self.start_making(in_steps=in_steps)

    # --- building -------------------------------------------------------------------------

    def _parts(self) -> Iterator[None]:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.ribbon, self.info = FollowRibbon(), InfoBar()
        column.addWidget(self._top())
        column.addWidget(self.info)
        yield
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        column.addWidget(self.split, 1)
        self.status, self.toast = StatusLine(), UndoToast(self)
        column.addWidget(self.status)
        self.connection = Connection(self._context, self.status, self.info)
        yield
        self.view = PageView(self._context, self._order_of)
        self.thumbnails = Thumbnails(self._context, self.view.pages)
        self.ahead = OpeningAhead(self.view.pages, self.view.width_of)
        yield
        self.contents = Contents(self.thumbnails)
        self.split.addWidget(self.contents)
        yield
        yield from self._build_middle()
        self.notes = Notes()
        self.split.addWidget(self.notes)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes(SIDES)
        self.follower = Follower(self._context, self.ribbon)
        yield
        self._wire()
        agenda, notes = self.agenda_button, self.notes_button
        self.drawers = Drawers(self, (notes, self.notes, NARROW), (agenda, self.contents, NARROWER))
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
        inner.addWidget(self.view, 1)
        self.bar = MarkBar()
        inner.addWidget(self.bar)
        yield

    def _top(self) -> Panel:
        top = Panel("top_bar")
        row = QHBoxLayout(top)
        row.setContentsMargins(12, 6, 16, 6)
        row.setSpacing(12)
        home = IconButton("house", tr("Back to the meetings"))
        home.clicked.connect(self.home_requested)
        row.addWidget(home)
        self.live = LiveChip()
        row.addWidget(self.live)
        self.title = ElidedLabel("", "bar_title")
        row.addWidget(self.title, 1)
        self.online = Button(tr("Online meeting"), "outlined", "video", extent="small")
        self.online.hide()
        row.addWidget(self.online)
        self.ribbon.hide()
        row.addWidget(self.ribbon)
        return top

    def _wire(self) -> None:
        bridge = self._context.bridge
        bridge.meeting_changed.connect(self.on_meeting_changed)
        bridge.paper_arrived.connect(lambda _what: self._show_status())
        bridge.paper_gone.connect(self.on_paper_gone)
        self.view.pages.shape_known.connect(lambda _blob: self._show_outline())
        self.contents.place_requested.connect(self.on_place_requested)
        self.thumbnails.place_requested.connect(self.on_place_requested)
        self.notes.page_requested.connect(self.on_note_page)
        self.notes.remove_requested.connect(self.on_mark_removed)
        self.notes.share_requested.connect(self.on_share)
        self.follower.place_wanted.connect(lambda place: self.go(place, keeps_following=True))
        self.follower.summoned.connect(self.on_summoned)
        self.online.clicked.connect(self.on_online)
        self.info.action_requested.connect(self.on_info_action)
        self.toast.undo_requested.connect(lambda _key: self.undo())
        self._wire_page()
        self._wire_bars()

    def _wire_page(self) -> None:
        view = self.view
        view.page_requested.connect(lambda delta, at_end: self.turn(delta, at_end=at_end))
        view.edge_requested.connect(self.on_edge_requested)
        view.mark_made.connect(self.on_mark_made)
        view.mark_changed.connect(self.on_mark_changed)
        view.mark_removed.connect(self.on_mark_removed)
        view.mark_chosen.connect(self.on_mark_chosen)
        view.zoom_changed.connect(self.reading.show_scale)
        view.painted.connect(self.page_shown)

    def _wire_bars(self) -> None:
        bar, reading, view = self.bar, self.reading, self.view
        bar.tool_changed.connect(view.set_tool)
        bar.colour_changed.connect(lambda colour: setattr(view, "colour", colour))
        bar.width_changed.connect(lambda width: setattr(view, "pen_width", width))
        bar.audience_changed.connect(lambda who: setattr(view, "audience", who))
        bar.undo_requested.connect(self.undo)
        bar.redo_requested.connect(self.redo)
        reading.turn_requested.connect(self.turn)
        reading.number_typed.connect(self.on_number)
        reading.smaller_requested.connect(lambda: view.zoom_by(1 / STEP))
        reading.larger_requested.connect(lambda: view.zoom_by(STEP))
        reading.width_requested.connect(lambda: view.set_fit(Fit.WIDTH))
        reading.page_requested.connect(lambda: view.set_fit(Fit.PAGE))
        reading.agenda_button.toggled.connect(self.contents.setVisible)
        reading.notes_button.toggled.connect(self.notes.setVisible)

    # --- the meeting ----------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting | None:
        return self._context.desk.meeting(self.meeting_id)

    def open_meeting(self, meeting: str) -> None:
        """Read this meeting, where it was left."""
        self._keep_place()
        self.meeting_id, self.place = meeting, None
        self.follower.open_meeting(meeting)
        reading, desk = self._context.reading, self._context.desk
        ask = desk.run(lambda: (reading.place(meeting), reading.seen(meeting)))
        self._context.bridge.when_done(ask, lambda found: self._opened(meeting, *found))

    def _opened(
        self, meeting: str, place: reading_service.Place, seen: reading_service.Seen
    ) -> None:
        folded = self.meeting
        if meeting != self.meeting_id or folded is None:
            return
        self._pages = dict(place.pages)
        papers = folded.in_reading_order()
        known = folded.papers.get(place.paper)
        paper = known or (papers[0] if papers else None)
        self._show_meeting(folded)
        if paper is not None:
            page = min(self._pages.get(paper.paper, 0), paper.current.pages - 1)
            self.go(pack.Place(paper=paper.paper, page=page))
        self._tell_changes(folded, seen)
        self._show_history()

    def _tell_changes(self, meeting: Meeting, seen: reading_service.Seen) -> None:
        changes: list[Change] = []
        if seen.revision:
            changes = changes_since(meeting, seen.revision, seen.versions)
        if changes:
            revision = meeting.issued.revision if meeting.issued else 0
            title, seen_it = tr("Revision {0}: what changed").format(revision), tr("Seen")
            self.info.tell("attention", title, changes_words(changes), ((seen_it, "seen"),))
        else:
            self._context.reading.keep_seen(meeting.id)

    def on_info_action(self, key: str) -> None:
        self.info.withdraw()
        link = self._link()
        if key == "seen":
            self._context.reading.keep_seen(self.meeting_id)
        elif key == "look":
            self.follower.follow()
        elif key == "join" and link is not None:
            address = full_address(self._context.desk, link)
            bridge = self._context.bridge
            bridge.when_done(address, self._context.open_address, self._complain)

    def _link(self) -> OnlineLink | None:
        meeting = self.meeting
        return next(iter(meeting.issued.links), None) if meeting and meeting.issued else None

    def on_online(self) -> None:
        """Show the address; it opens only after a second touch."""
        link = self._link()
        if link is not None:
            words = tr("Open the online meeting: {0}").format(link.title)
            actions = ((tr("Join"), "join"), (tr("Later"), "later"))
            self.info.tell("good", words, link.url, actions, icon="video")

    def on_meeting_changed(self, what: MeetingChanged) -> None:
        if what.meeting.id != self.meeting_id:
            return
        if not self.isVisible():
            self._missed |= what.kinds  # told when somebody looks again
            return
        if what.kinds & {"meeting_issued", "paper_put", "paper_removed", "item_started",
                         "meeting_opened", "meeting_closed"}:  # fmt: skip
            self._show_meeting(what.meeting)
        if "meeting_issued" in what.kinds:
            reading, desk = self._context.reading, self._context.desk
            ask = desk.run(lambda: reading.seen(self.meeting_id))
            self._context.bridge.when_done(ask, lambda seen: self._tell_changes(what.meeting, seen))
            if self.place is not None:
                self.go(self.place, keeps_following=True)
        self._show_marks()

    def on_paper_gone(self, what: PaperGone) -> None:
        """The open paper may not be read any more: its pages went, so do its marks."""
        if what.blob == self.view.blob:
            self.view.set_marks([])
            self.notes.show_marks([], self._context.me, self._context.desk.directory)
            self.info.tell("attention", sentence("paper.gone"))

    def _show_meeting(self, meeting: Meeting) -> None:
        issued = meeting.issued
        self.title.setText(issued.title if issued else "")
        self.live.setVisible(meeting.state == "open")
        self.online.setVisible(self._link() is not None)
        self.contents.show_meeting(meeting, self.place.paper if self.place else "")
        self.thumbnails.show_meeting(meeting)
        self.ahead.show_meeting(meeting, self._pages)
        self._show_status()
        self.follower.show()

    def _show_status(self) -> None:
        meeting = self.meeting
        if meeting is None or meeting.issued is None:
            return
        desk = self._context.desk
        blobs = [paper.current.blob for paper in meeting.papers.values()]
        ask = desk.run(lambda: sum(desk.blobs.path(blob) is not None for blob in blobs))
        revision = meeting.issued.revision

        def got(here: int) -> None:
            words = tr("{0}/{1} papers, revision {2}").format(here, len(blobs), revision)
            is_whole = here == len(blobs)
            icon, role = ("check", "good") if is_whole else ("download", "accent")
            self.status.set_segment("papers", icon, words, role)

        self._context.bridge.when_done(ask, got)

    # --- pages ----------------------------------------------------------------------------

    def paper(self) -> Paper | None:
        """The open paper."""
        meeting = self.meeting
        return pack.paper_of(meeting, self.place) if meeting else None

    def go(self, place: pack.Place, *, keeps_following: bool = False, at_end: bool = False) -> None:
        """Show a page of the pack; turning oneself stops following."""
        meeting = self.meeting
        paper = pack.paper_of(meeting, place) if meeting else None
        if meeting is None or paper is None:
            return
        if not keeps_following:
            self.follower.turned_oneself()
        page = max(0, min(place.page, paper.current.pages - 1))
        is_new = self.place is None or self.place.paper != paper.paper
        self.view.finish()  # what is being written belongs to the page it stands on
        self.place = pack.Place(paper=paper.paper, page=page)
        self._pages[paper.paper] = page
        self.view.show_page(paper.current.blob, page, at_end=at_end)
        if is_new:
            self._context.reading.opened(meeting.id, paper.paper)
            self.contents.show_meeting(meeting, paper.paper)
            self._show_outline()
        self._show_place(meeting, paper, page)
        self._show_marks()
        self._stay.start()

    def _show_place(self, meeting: Meeting, paper: Paper, page: int) -> None:
        self.reading.show_place(
            page + 1, paper.current.pages, *pack.place_words(meeting, paper, page)
        )
        self.thumbnails.show_place(paper.paper, page)
        self.follower.now_at(pack.Place(paper=paper.paper, page=page))

    def turn(self, delta: int, *, at_end: bool = False) -> None:
        """The next or previous page, over the ends of papers."""
        meeting = self.meeting
        if meeting is None or self.place is None:
            return
        place = pack.place_after(meeting, self.place, delta)
        if place is not None:
            self.go(place, at_end=at_end)

    def on_edge_requested(self, page: int) -> None:
        """The first (0) or last (-1) page of the paper."""
        paper = self.paper()
        if paper is not None:
            last = paper.current.pages - 1
            self.go(pack.Place(paper=paper.paper, page=last if page < 0 else page))

    def on_number(self, number: int) -> None:
        """A page of the open paper, from 1."""
        if self.place is not None:
            self.go(pack.Place(paper=self.place.paper, page=number - 1))
        self.view.setFocus()

    def on_place_requested(self, paper: str, page: int) -> None:
        self.go(pack.Place(paper=paper, page=self._pages.get(paper, 0) if page < 0 else page))

    def on_note_page(self, page: int) -> None:
        if self.place is not None:
            self.go(pack.Place(paper=self.place.paper, page=page))

    def _on_stayed(self) -> None:
        if self.place is not None:
            self._context.reading.read(self.meeting_id, self.place.paper, self.place.page)
            self._keep_place()

    def _keep_place(self) -> None:
        if self.place is not None:
            place = reading_service.Place(paper=self.place.paper, pages=dict(self._pages))
            self._context.reading.keep_place(self.meeting_id, place)

    def _show_outline(self) -> None:
        paper = self.paper()
        if paper is not None:
            shape = self.view.pages.shape(paper.current.blob)
            self.contents.show_outline(paper.paper, shape)

    def on_summoned(self) -> None:
        """The chair asks everybody to look."""
        title = tr("The chair asks you to look at this page")
        actions = ((tr("Look"), "look"), (tr("Later"), "later"))
        self.info.tell("attention", title, "", actions)

    # --- marks ----------------------------------------------------------------------------

    def _show_marks(self) -> None:
        meeting, paper = self.meeting, self.paper()
        if meeting is None or paper is None or self.place is None:
            return
        marks = meeting.marks_on(paper.current.blob)
        self.view.set_marks([mark for mark in marks if mark.page == self.place.page])
        self.thumbnails.show_marked({(paper.paper, mark.page) for mark in marks})
        older = {
            version.blob: version_words(paper, version.blob) for version in paper.versions[:-1]
        }
        marks += [mark for blob in older for mark in meeting.marks_on(blob)]
        self.notes.show_marks(marks, self._context.me, self._context.desk.directory, older)

    def _show_history(self) -> None:
        marking = self._context.marking
        self.bar.show_history(
            can_undo=marking.can_undo(self.meeting_id), can_redo=marking.can_redo(self.meeting_id)
        )

    def on_mark_made(self, blob: str, page: int, content: Content) -> None:
        """Keep a new mark; until it is on the disk the page shows it as being written."""
        meeting = self.meeting
        paper = meeting.paper_with(blob) if meeting else None
        if paper is None:
            self.view.settle(content)
            return

        def failed(error: MeetingError) -> None:
            self.view.settle(content)
            self._complain(error)

        def kept(_mark: str) -> None:
            self.view.settle(content)
            self._show_history()

        future = self._context.marking.put(self.meeting_id, paper.paper, blob, page, content)
        self._context.bridge.when_done(future, kept, failed)

    def on_mark_changed(self, mark: str, content: Content) -> None:
        """Keep new words of an own mark."""
        self._step(self._context.marking.change(self.meeting_id, mark, content))

    def _step(self, future: "Future[Any]") -> None:
        self._context.bridge.when_done(future, lambda _done: self._show_history(), self._complain)

    def on_mark_chosen(self, mark: str) -> None:
        """Show a mark in the list; an own note or text is opened to write on."""
        meeting = self.meeting
        known = meeting.marks.get(mark) if meeting else None
        if known is None:
            return
        self.notes.show_mark(mark)
        if known.author == self._context.me and isinstance(known.shape, Note | FreeText):
            self.view.edit(known)

    def on_mark_removed(self, mark: str) -> None:
        def removed(_none: None) -> None:
            self.toast.tell(tr("Mark removed"))
            self._show_history()

        def failed(error: MeetingError) -> None:
            self._show_marks()
            self._complain(error)

        future = self._context.marking.remove(self.meeting_id, mark)
        self._context.bridge.when_done(future, removed, failed)

    def on_share(self, mark: str, audience: tuple[str, ...]) -> None:
        meeting = self.meeting
        known = meeting.marks.get(mark) if meeting else None
        if known is None:
            return
        content = Content(
            shape=known.shape, text=known.text, colour=known.colour, audience=audience
        )
        self.on_mark_changed(mark, content)

    def undo(self) -> None:
        """Undo the newest step of one's own marks."""
        self._step(self._context.marking.undo(self.meeting_id))

    def redo(self) -> None:
        self._step(self._context.marking.redo(self.meeting_id))

    def _complain(self, error: MeetingError) -> None:
        self.info.tell("attention", sentence_of(error))

    def _order_of(self, person: str) -> int:
        people = self._context.desk.directory.people
        return people[person].order if person in people else 7

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody looked."""
        super().showEvent(event)
        missed, self._missed = self._missed, frozenset()
        if missed and self.meeting is not None:
            self.on_meeting_changed(MeetingChanged(meeting=self.meeting, kinds=missed))

    def hideEvent(self, event: QHideEvent) -> None:
        """The place is remembered, however short somebody stayed."""
        self._keep_place()
        super().hideEvent(event)
