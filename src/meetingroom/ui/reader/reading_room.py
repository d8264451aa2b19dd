"""The reading room: one meeting's papers as one pack, with marks, following the chair."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.marks import Mark
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.sentences import sentence_of
from meetingroom.services import reading as reading_service
from meetingroom.services.collecting import version_words
from meetingroom.services.issuing import Change, changes_since
from meetingroom.services.joining import full_address
from meetingroom.services.marking import Content
from meetingroom.services.news import MeetingChanged, StageHeard
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    ElidedLabel,
    IconButton,
    InfoBar,
    Label,
    LiveChip,
    Panel,
    StatusLine,
    UndoToast,
)
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.reader import pack
from meetingroom.ui.reader.changes import change_words
from meetingroom.ui.reader.connection import Connection
from meetingroom.ui.reader.contents import Contents
from meetingroom.ui.reader.follow import FollowRibbon
from meetingroom.ui.reader.mark_bar import MarkBar
from meetingroom.ui.reader.notes import Notes
from meetingroom.wording import tr

READ_MS = 2000
NARROW, NARROWER = 1280, 1080


class ReadingRoom(QWidget):
    """Reads one meeting; `open_meeting` chooses it, `home_requested` leaves it."""

    home_requested = Signal()
    page_shown = Signal(str, int)

    def __init__(
        self, context: DeskContext, *, read_ms: int = READ_MS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.meeting_id = ""
        self.place: pack.Place | None = None
        self._own_place: pack.Place | None = None
        self._summons = 0
        self._pages: dict[str, int] = {}
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.setInterval(read_ms)
        self._stay.timeout.connect(self._on_stayed)
        self.view = PageView(context, self._order_of)
        self.contents = Contents()
        self.notes = Notes()
        self.bar = MarkBar()
        self.ribbon = FollowRibbon()
        self.info = InfoBar()
        self.status = StatusLine()
        self.toast = UndoToast(self)
        self.connection = Connection(context, self.status, self.info)
        self._build()
        self._wire()

    # --- building -------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        column.addWidget(self.info)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        middle = QWidget()
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._reading_bar())
        inner.addWidget(self.view, 1)
        inner.addWidget(self.bar)
        for widget in (self.contents, middle, self.notes):
            self.split.addWidget(widget)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([268, 800, 296])
        column.addWidget(self.split, 1)
        column.addWidget(self.status)

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

    def _reading_bar(self) -> Panel:
        bar = Panel("surface")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(6)
        self.agenda_button = IconButton("panel-left", tr("Agenda"), checkable=True)
        self.back = IconButton("chevron-left", tr("Previous page"))
        self.number = QLineEdit()
        self.number.setAccessibleName(tr("Page number"))
        self.number.setFixedWidth(58)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.of = Label("", "body", "ink_soft", tabular=True)
        self.forward = IconButton("chevron-right", tr("Next page"))
        self.where = ElidedLabel("", "caption", "ink_soft")
        self.smaller = IconButton("minus", tr("Smaller"), shortcut="Ctrl+-")
        self.zoom = Label("100%", "strong", tabular=True)
        self.larger = IconButton("plus", tr("Larger"), shortcut="Ctrl++")
        self.fit_width = IconButton("columns-2", tr("Fit the width"), shortcut="Ctrl+0")
        self.fit_page = IconButton("maximize", tr("Whole page"), shortcut="Ctrl+9")
        self.notes_button = IconButton("panel-right", tr("Notes"), checkable=True)
        left = (self.agenda_button, self.back, self.number, self.of, self.forward)
        right = (
            self.smaller,
            self.zoom,
            self.larger,
            self.fit_width,
            self.fit_page,
            self.notes_button,
        )
        for widget in left:
            row.addWidget(widget)
        row.addWidget(self.where, 1)
        for widget in right:
            row.addWidget(widget)
        return bar

    def _wire(self) -> None:
        bridge = self._context.bridge
        bridge.meeting_changed.connect(self.on_meeting_changed)
        bridge.stage_heard.connect(self.on_stage_heard)
        bridge.paper_arrived.connect(lambda _what: self._show_status())
        self.view.page_requested.connect(self.turn)
        self.view.mark_made.connect(self.on_mark_made)
        self.view.mark_removed.connect(self.on_mark_removed)
        self.view.zoom_changed.connect(lambda share: self.zoom.setText(f"{share}%"))
        self.view.pages.shape_known.connect(lambda _blob: self._show_outline())
        self.view.painted.connect(self.page_shown)
        self.contents.place_requested.connect(self.on_place_requested)
        self.notes.page_requested.connect(self.on_note_page)
        self.notes.remove_requested.connect(self.on_mark_removed)
        self.notes.share_requested.connect(self.on_share)
        self.bar.tool_changed.connect(self.view.set_tool)
        self.bar.colour_changed.connect(lambda colour: setattr(self.view, "colour", colour))
        self.bar.audience_changed.connect(lambda who: setattr(self.view, "audience", who))
        self.bar.undo_requested.connect(self.undo)
        self.bar.redo_requested.connect(self.redo)
        self.ribbon.follow_changed.connect(self.on_follow_changed)
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.number.returnPressed.connect(self.on_number)
        self.smaller.clicked.connect(lambda: self.view.zoom_by(1 / 1.2))
        self.larger.clicked.connect(lambda: self.view.zoom_by(1.2))
        self.fit_width.clicked.connect(lambda: self.view.set_zoom(0))
        self.fit_page.clicked.connect(self.view.fit_page)
        self.online.clicked.connect(self.on_online)
        self.agenda_button.toggled.connect(self.contents.setVisible)
        self.notes_button.toggled.connect(self.notes.setVisible)
        self.info.action_requested.connect(self.on_info_action)
        self.toast.undo_requested.connect(lambda _key: self.undo())

    # --- the meeting ----------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting | None:
        return self._context.desk.meeting(self.meeting_id)

    def open_meeting(self, meeting: str) -> None:
        """Read this meeting, where it was left."""
        self.meeting_id, self.place = meeting, None
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
        self._follow_stage()

    def _tell_changes(self, meeting: Meeting, seen: reading_service.Seen) -> None:
        changes: list[Change] = []
        if seen.revision:
            changes = changes_since(meeting, seen.revision, seen.versions)
        if changes:
            revision = meeting.issued.revision if meeting.issued else 0
            words = "; ".join(change_words(change) for change in changes[:4])
            more = f" (+{len(changes) - 4})" if len(changes) > 4 else ""
            title = tr("Revision {0}: what changed").format(revision)
            self.info.tell("attention", title, words + more, ((tr("Seen"), "seen"),))
        else:
            self._context.reading.keep_seen(meeting.id)

    def on_info_action(self, key: str) -> None:
        if key == "seen":
            self._context.reading.keep_seen(self.meeting_id)
            self.info.withdraw()
        elif key == "look":
            self.ribbon.set_following(True)
            self.info.withdraw()
        elif key == "later":
            self.info.withdraw()
        elif key == "join":
            self.info.withdraw()
            link = self._link()
            if link is not None:
                self._context.bridge.when_done(
                    full_address(self._context.desk, link),
                    self._context.open_address,
                    self._complain,
                )

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

    def _show_meeting(self, meeting: Meeting) -> None:
        issued = meeting.issued
        self.title.setText(issued.title if issued else "")
        self.live.setVisible(meeting.state == "open")
        self.online.setVisible(self._link() is not None)
        self.contents.show_meeting(meeting, self.place.paper if self.place else "")
        self._show_status()
        self._show_ribbon()

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
            self.ribbon.set_following(False)
        page = max(0, min(place.page, paper.current.pages - 1))
        is_new = self.place is None or self.place.paper != paper.paper
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
        self.number.setText(str(page + 1))
        self.of.setText(f"/ {paper.current.pages}")
        words = tr("{0} {1}; {2}/{3} in the whole pack").format(
            meeting.number_of(paper.paper),
            paper.title,
            pack.position(meeting, self.place or pack.Place(paper="", page=0)) + 1,
            pack.total(meeting),
        )
        self.where.setText(words)
        self._show_ribbon()

    def turn(self, delta: int) -> None:
        """The next or previous page, over the ends of papers."""
        meeting = self.meeting
        if meeting is None or self.place is None:
            return
        place = pack.place_after(meeting, self.place, delta)
        if place is not None:
            self.go(place)

    def on_number(self) -> None:
        text = self.number.text().strip()
        if text.isdecimal() and self.place is not None:
            self.go(pack.Place(paper=self.place.paper, page=int(text) - 1))
        self.view.setFocus()

    def on_place_requested(self, paper: str, page: int) -> None:
        self.go(pack.Place(paper=paper, page=self._pages.get(paper, 0) if page < 0 else page))

    def on_note_page(self, page: int) -> None:
        if self.place is not None:
            self.go(pack.Place(paper=self.place.paper, page=page))

    def _on_stayed(self) -> None:
        if self.place is None:
            return
        self._context.reading.read(self.meeting_id, self.place.paper, self.place.page)
        place = reading_service.Place(paper=self.place.paper, pages=dict(self._pages))
        self._context.reading.keep_place(self.meeting_id, place)

    def _show_outline(self) -> None:
        paper = self.paper()
        if paper is not None:
            shape = self.view.pages.shape(paper.current.blob)
            self.contents.show_outline(paper.paper, shape)

    # --- following ------------------------------------------------------------------------

    def on_stage_heard(self, what: StageHeard) -> None:
        if what.stage.meeting != self.meeting_id:
            return
        if what.stage.summons > self._summons and not self.ribbon.is_following:
            title = tr("The chair asks you to look at this page")
            actions = ((tr("Look"), "look"), (tr("Later"), "later"))
            self.info.tell("attention", title, "", actions)
        self._summons = max(self._summons, what.stage.summons)
        self._follow_stage()
        self._show_ribbon()

    def on_follow_changed(self, following: bool) -> None:
        if following:
            self._own_place = self.place
            self._follow_stage()
        elif self._own_place is not None and self.sender() is self.ribbon:
            own, self._own_place = self._own_place, None
            if self.ribbon.button.hasFocus():
                self.go(own, keeps_following=True)
        self._show_ribbon()

    def _follow_stage(self) -> None:
        stage = self._context.desk.stage(self.meeting_id)
        if self.ribbon.is_following and stage.paper:
            self.go(pack.Place(paper=stage.paper, page=stage.page), keeps_following=True)

    def _show_ribbon(self) -> None:
        meeting = self.meeting
        stage = self._context.desk.stage(self.meeting_id)
        paper = meeting.papers.get(stage.paper) if meeting else None
        if meeting is None or paper is None or meeting.state == "closed":
            self.ribbon.show_places("", "")
            return
        chair = f"{meeting.number_of(paper.paper)}, {tr('page {0}').format(stage.page + 1)}"
        mine = ""
        if self.place is not None:
            page = tr("page {0}").format(self.place.page + 1)
            mine = f"{meeting.number_of(self.place.paper)}, {page}"
        self.ribbon.show_places(chair, mine)

    # --- marks ----------------------------------------------------------------------------

    def _show_marks(self) -> None:
        meeting, paper = self.meeting, self.paper()
        if meeting is None or paper is None or self.place is None:
            return
        marks: list[Mark] = meeting.marks_on(paper.current.blob)
        self.view.set_marks([mark for mark in marks if mark.page == self.place.page])
        older = {
            version.blob: version_words(paper, version.blob) for version in paper.versions[:-1]
        }
        marks += [mark for blob in older for mark in meeting.marks_on(blob)]
        self.notes.show_marks(marks, self._context.me, self._context.desk.directory, older)

    def on_mark_made(self, content: Content) -> None:
        paper = self.paper()
        if paper is None or self.place is None:
            return
        future = self._context.marking.put(
            self.meeting_id, paper.paper, paper.current.blob, self.place.page, content
        )
        self._context.bridge.when_done(future, None, self._complain)

    def on_mark_removed(self, mark: str) -> None:
        future = self._context.marking.remove(self.meeting_id, mark)
        self._context.bridge.when_done(
            future, lambda _none: self.toast.tell(tr("Mark removed")), self._complain
        )

    def on_share(self, mark: str, audience: tuple[str, ...]) -> None:
        meeting = self.meeting
        known = meeting.marks.get(mark) if meeting else None
        if known is None:
            return
        content = Content(
            shape=known.shape, text=known.text, colour=known.colour, audience=audience
        )
        future = self._context.marking.change(self.meeting_id, mark, content)
        self._context.bridge.when_done(future, None, self._complain)

    def undo(self) -> None:
        """Undo the newest step of one's own marks."""
        future = self._context.marking.undo(self.meeting_id)
        self._context.bridge.when_done(future, None, self._complain)

    def redo(self) -> None:
        future = self._context.marking.redo(self.meeting_id)
        self._context.bridge.when_done(future, None, self._complain)

    def _complain(self, error: MeetingError) -> None:
        self.info.tell("attention", sentence_of(error))

    def _order_of(self, person: str) -> int:
        people = self._context.desk.directory.people
        return people[person].order if person in people else 7

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Notes, then the agenda, become drawers when it is narrow."""
        self.notes_button.setChecked(self.width() >= NARROW)
        self.agenda_button.setChecked(self.width() >= NARROWER)
        self.notes.setVisible(self.width() >= NARROW)
        self.contents.setVisible(self.width() >= NARROWER)
