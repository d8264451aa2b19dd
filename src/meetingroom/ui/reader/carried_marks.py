"""One's notes on a new version: tells what became of them, leads to each, and lets one put
those by hand that found no place."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Mark, Shape, TextMark, bounds
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.paper import Word
from meetingroom.services.carrying import Carried, Carrying
from meetingroom.services.marking import Put
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.page_view import PageView
from meetingroom.ui.page.selection import PageWords
from meetingroom.ui.reader.carried_bar import CarriedBar
from meetingroom.ui.reader.carried_panel import CarriedPanel
from meetingroom.ui.reader.pack import Place
from meetingroom.ui.reader.panes import Panes
from meetingroom.ui.reader.places import Places
from meetingroom.ui.reader.placing_glass import PlacingGlass
from meetingroom.wording import tr

AROUND = 24.0  # points of the page around a note that are shown with it


class CarriedMarks(QObject):
    """Speaks of the paper that is open in the reading room."""

    placed = Signal()
    """A note was put by hand, or a guess confirmed."""
    failed = Signal(object)
    side_by_side = Signal()
    """The old page is about to lie beside the new one."""

    def __init__(
        self,
        context: DeskContext,
        panes: Panes,
        places: Places,
        bar: CarriedBar,
        panel: CarriedPanel,
    ) -> None:
        super().__init__(panes)
        self._context, self._panes, self._places = context, panes, places
        self._bar, self._panel = bar, panel
        self.glass: PlacingGlass | None = None
        self._closed: dict[str, bool] = {}
        self._is_quiet = False
        self._other_list: QAbstractButton | None = None
        bar.list_requested.connect(self.open_list)
        bar.close_requested.connect(self.close_bar)
        bar.stop_requested.connect(self.stop)
        panel.close_requested.connect(panel.hide)
        panel.mark_requested.connect(self.go_to)
        panel.place_requested.connect(self.put_by_hand)
        panel.confirm_requested.connect(self.confirm)
        panes.active_changed.connect(self._on_panes)

    @property
    def _service(self) -> Carrying | None:
        return self._context.carrying

    def _open(self) -> tuple[Meeting, Paper] | None:
        meeting, paper = self._places.meeting, self._places.paper()
        return (meeting, paper) if meeting is not None and paper is not None else None

    # --- telling ----------------------------------------------------------------------------

    def show(self) -> None:
        """Tell of the open paper; nothing where it has one version or no notes of one's own."""
        now, service = self._open(), self._service
        if now is None or service is None or self.glass is not None:
            return
        report = service.report(*now)
        if not report.all:
            self._bar.hide()
            self._panel.hide()
            return
        if self._panel.isVisible():
            self._panel.show_report(report)
        self._show_bar(*now, report)

    def be_quiet(self, *, is_quiet: bool) -> None:
        """Leave the room over the pages to something else for a while."""
        self._is_quiet = is_quiet
        self.show()

    def _show_bar(self, meeting: Meeting, paper: Paper, report: Carried) -> None:
        service, blob = self._service, paper.current.blob
        assert service is not None  # noqa: S101
        if blob not in self._closed:
            asked = self._context.desk.run(lambda: service.seen(meeting.id, paper))
            self._closed[blob] = True  # until it is known

            def known(was_closed: bool) -> None:
                self._closed[blob] = was_closed
                self.show()

            self._context.bridge.when_done(asked, known)
        if self._closed[blob] or self._is_quiet:
            self._bar.hide()
            return
        is_under_way = service.is_under_way(meeting.id, paper.paper)
        self._bar.tell(report, is_under_way=is_under_way)

    def close_bar(self) -> None:
        """Not again for this version; where something needs an eye, only until next time."""
        now, service = self._open(), self._service
        if now is None or service is None:
            return
        self._closed[now[1].current.blob] = True
        if not service.report(*now).needs_eye:
            service.keep_seen(now[0].id, now[1])
        self._bar.hide()

    def open_list(self) -> None:
        """The list of notes, beside the pages."""
        now, service = self._open(), self._service
        if now is not None and service is not None:
            if self._other_list is not None:
                self._other_list.setChecked(False)
            self._panel.show_report(service.report(*now))
            self._panel.show()

    def take_turns(self, button: QAbstractButton, other: QWidget) -> None:
        """One list at a time beside the pages: this one, or another that a button shows."""
        self._other_list = button

        def show_other(is_wanted: bool) -> None:
            # A window that grows wants its panels back; only a person takes this one away.
            if is_wanted and self._panel.isVisible():
                button.setChecked(False)
            else:
                other.setVisible(is_wanted)

        button.pressed.connect(self._panel.hide)
        button.toggled.connect(show_other)

    # --- acting -----------------------------------------------------------------------------

    def go_to(self, mark: Mark) -> None:
        """Show a note where it stands."""
        now = self._open()
        if now is None:
            return
        blob = "" if mark.blob == now[1].current.blob else mark.blob
        self._panes.activate(self._panes.panes[-1])
        self._show(Place(paper=mark.paper, page=mark.page, blob=blob), mark)

    def _show(self, place: Place, mark: Mark) -> None:
        self._places.go(place)
        _reveal(self._panes.active.view, mark)

    def confirm(self, marks: Sequence[Mark]) -> None:
        """These guesses are right."""
        now, service = self._open(), self._service
        if now is not None and service is not None:
            future = service.confirm(now[0].id, marks)
            self._context.bridge.when_done(
                future, lambda _none: self.placed.emit(), self.failed.emit
            )

    def put_by_hand(self, mark: Mark) -> None:
        """The old page with the note at the left, the new one to put it on at the right."""
        now, service = self._open(), self._service
        if now is None or service is None:
            return
        self.stop()
        meeting, paper = now
        was = service.came_from(meeting, mark, paper)
        standing = meeting.marks[mark.id].stands.get(paper.current.blob)
        page = standing.page if standing is not None else was.page
        self.side_by_side.emit()
        self._panes.keep_only_one()
        self._places.go(Place(paper=paper.paper, page=was.page, blob=was.blob))
        old = self._panes.active.view
        self._panes.open()
        self._places.go(Place(paper=paper.paper, page=page))
        view = self._panes.active.view
        self.glass = PlacingGlass(view, was, paper.current.blob, self._context.me)
        self.glass.put_requested.connect(lambda *what: self._put(was, paper, *what))
        self.glass.stop_requested.connect(self.stop)
        self._bar.ask(tr("Touch its place on the page at the right, or use arrow keys and Enter."))
        # Both have their sizes only once the room between them is shared out.
        QTimer.singleShot(0, old, lambda: _reveal(old, was))

    def stop(self) -> None:
        """Back to the new version alone; the note stays as it is."""
        if self.glass is None:
            return
        self.glass.hide()
        self.glass.deleteLater()
        self.glass = None
        self._panes.activate(self._panes.panes[-1])
        while len(self._panes.panes) > 1:
            self._panes.close_pane(self._panes.panes[0])
        self._panes.active.view.setFocus()
        self.show()

    def _put(self, mark: Mark, paper: Paper, page: int, shape: Shape, place: Point) -> None:
        blob = paper.current.blob
        if not isinstance(shape, TextMark):
            self._keep(mark, blob, page, shape)
            return
        marked: TextMark = shape
        self._context.bridge.when_done(
            self._context.pages.words(blob, page),
            lambda words: self._keep(mark, blob, page, over_words(words, marked, place)),
            lambda _error: self._keep(mark, blob, page, marked),
        )

    def _keep(self, mark: Mark, blob: str, page: int, shape: Shape) -> None:
        now, service = self._open(), self._service
        if now is None or service is None:
            return
        put = Put(mark=mark.id, blob=blob, page=page, shape=shape)
        future = service.place(now[0].id, put)
        self._context.bridge.when_done(future, lambda _none: self._kept(), self.failed.emit)

    def _kept(self) -> None:
        self.stop()
        self.placed.emit()

    def _on_panes(self) -> None:
        """One of the two was closed by hand."""
        if self.glass is not None and len(self._panes.panes) != 2:
            self.stop()


def _reveal(view: PageView, mark: Mark) -> None:
    """Scroll the current page to a note on it."""
    view.lens.reveal(bounds(mark.shape).grown(AROUND))
    view.moved()


def over_words(words: Sequence[Word], shape: TextMark, place: Point) -> Shape:
    """Marked words put by hand cover as many words from the touched one on; the shape as it is
    where no word is near."""
    page = PageWords(words)
    first = page.at(place.x, place.y)
    if first is None or not page.box(first).grown(12).contains(place.x, place.y):
        return shape
    last = min(first + max(1, len(shape.quote.split())) - 1, len(page.words) - 1)
    return page.mark(first, last, shape.style) or shape
