"""Going from page to page: where each pane is in the pack, and where one was in each paper."""

from PySide6.QtCore import QObject, QTimer, Signal

from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.services import reading as reading_service
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.roll import Roll
from meetingroom.ui.reader import pack
from meetingroom.ui.reader.pack import Place
from meetingroom.ui.reader.panes import Pane, Panes


class Places(QObject):
    """Moves the active pane; what was reached is told, kept, and counts as read after a while."""

    reached = Signal(bool)
    """The active pane shows another page; true where it is of another paper than before."""
    turned_oneself = Signal()

    def __init__(self, context: DeskContext, panes: Panes, read_ms: int) -> None:
        super().__init__(panes)
        self._context, self._panes = context, panes
        self.meeting_id = ""
        self.pages: dict[str, int] = {}
        """The page in each paper, from 0."""
        self._paper = ""
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.setInterval(read_ms)
        self._stay.timeout.connect(self._on_stayed)

    @property
    def meeting(self) -> Meeting | None:
        return self._context.desk.meeting(self.meeting_id)

    @property
    def place(self) -> Place | None:
        """Where the active pane is."""
        return self._panes.active.place

    def paper(self) -> Paper | None:
        """The paper of the active pane."""
        meeting = self.meeting
        return pack.paper_of(meeting, self.place) if meeting else None

    def open_meeting(self, meeting: str) -> None:
        """Another meeting, without a place in it yet."""
        self.keep()
        self.meeting_id, self._paper = meeting, ""
        self._panes.keep_only_one()
        self._panes.active.place = None

    def go(self, place: Place, *, keeps_following: bool = False, at_end: bool = False) -> None:
        """Show a page of the pack; turning oneself stops following."""
        meeting = self.meeting
        paper = pack.paper_of(meeting, place) if meeting else None
        if meeting is None or paper is None:
            return
        if not keeps_following:
            self.turned_oneself.emit()
        self._show(self._panes.active, meeting, paper, place, at_end=at_end)
        self.tell()

    def accompany(self, pane: Pane, place: Place) -> None:
        """Show in a pane the page somebody else shows, wherever one works meanwhile."""
        meeting = self.meeting
        paper = pack.paper_of(meeting, place) if meeting else None
        if meeting is None or paper is None:
            return
        self._show(pane, meeting, paper, place)
        if pane is self._panes.active:
            self.tell()

    def _show(
        self, pane: Pane, meeting: Meeting, paper: Paper, place: Place, *, at_end: bool = False
    ) -> None:
        blob, pages = pack.file_of(paper, place)
        page = max(0, min(place.page, pages - 1))
        is_old = blob != paper.current.blob
        place = Place(paper=paper.paper, page=page, blob=blob if is_old else "")
        pane.view.finish()  # what is being written belongs to the page it stands on
        pane.place = place
        pane.view.show_roll(Roll([(blob, pages)]) if is_old else pack.roll_of(meeting))
        near = page if is_old else pack.position(meeting, place)
        pane.view.show_page(blob, page, at_end=at_end, near=near)

    def tell(self) -> None:
        """Tell everywhere which page is the current one."""
        place, paper = self.place, self.paper()
        if place is None or paper is None:
            return
        is_new = self._paper != paper.paper
        self._paper = paper.paper
        if not place.blob:
            self.pages[paper.paper] = place.page
        if is_new:
            self._context.reading.opened(self.meeting_id, paper.paper)
        self.reached.emit(is_new)
        self._stay.start()

    def on_page_reached(self, pane: Pane, blob: str, page: int, index: int) -> None:
        """Somebody scrolled on, or touched another page."""
        meeting, place = self.meeting, pane.place
        if meeting is None or place is None:
            return
        if place.blob:
            pane.place = Place(paper=place.paper, page=page, blob=blob)
        else:
            pane.place = pack.place_at(meeting, index) or place
        if pane is self._panes.active:
            self.turned_oneself.emit()
            self.tell()

    def turn(self, delta: int, *, at_end: bool = False) -> None:
        """The next or previous page (or two, side by side), over the ends of papers."""
        meeting, place, lens = self.meeting, self.place, self._panes.active.view.lens
        index = lens.neighbour(delta)
        if meeting is None or place is None or index is None:
            return
        leaf = lens.roll.leaf(index)
        old = Place(paper=place.paper, page=leaf.page, blob=leaf.blob)
        after = old if place.blob else pack.place_at(meeting, index)
        if after is not None:
            self.go(after, at_end=at_end)

    def go_to_edge(self, page: int) -> None:
        """The first (0) or last (-1) page of the paper."""
        paper, place = self.paper(), self.place
        if paper is not None and place is not None:
            last = pack.file_of(paper, place)[1] - 1
            page = last if page < 0 else page
            self.go(Place(paper=paper.paper, page=page, blob=place.blob))

    def go_to_number(self, number: int) -> None:
        """A page of the open paper, from 1."""
        place = self.place
        if place is not None:
            self.go(Place(paper=place.paper, page=number - 1, blob=place.blob))
        self._panes.active.view.setFocus()

    def go_to_paper(self, paper: str, page: int) -> None:
        """A page of a paper; -1 is where one was in it."""
        self.go(Place(paper=paper, page=self.pages.get(paper, 0) if page < 0 else page))

    def go_to_file(self, blob: str, page: int) -> None:
        """A page of a file, which may be an older version."""
        meeting = self.meeting
        paper = meeting.paper_with(blob) if meeting else None
        if paper is not None:
            self.go(Place(paper=paper.paper, page=page, blob=blob))

    def show_side_by_side(self, count: int) -> None:
        """So many papers beside each other; a new one shows the paper after the last."""
        meeting, place = self.meeting, self.place
        while len(self._panes.panes) > count:
            self._panes.close_pane(self._panes.panes[-1])
        while meeting is not None and place is not None and len(self._panes.panes) < count:
            self._panes.open()
            papers = [paper.paper for paper in meeting.in_reading_order()]
            at = papers.index(place.paper) if place.paper in papers else -1
            after = papers[(at + 1) % len(papers)]
            place = Place(paper=after, page=self.pages.get(after, 0))
            self.go(place)
        self._panes.active_changed.emit()

    def keep(self) -> None:
        """Remember where one is, however short one stayed."""
        place = self.place
        if place is not None:
            kept = reading_service.Place(paper=place.paper, pages=dict(self.pages))
            self._context.reading.keep_place(self.meeting_id, kept)

    def _on_stayed(self) -> None:
        place = self.place
        if place is not None and not place.blob:
            self._context.reading.read(self.meeting_id, place.paper, place.page)
            self.keep()
