"""Searching in the reading room: as one types, from hit to hit, over all meetings."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.search import Answer, Hit, Scope
from meetingroom.domain.search_places import HitPlace
from meetingroom.services.news import PapersRead
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.sheet import Leaf
from meetingroom.ui.reader.pack import Place
from meetingroom.ui.reader.panes import Pane, Panes
from meetingroom.ui.reader.places import Places
from meetingroom.ui.reader.search_list import Found
from meetingroom.ui.reader.search_panel import SearchPanel
from meetingroom.wording import tr

LIMIT, MOST = 12, 1000  # hits listed at first: what fits on a screen; and at most
NEAR = 1  # rows of pages around what is seen whose hits are found ahead


class Seeking(QObject):
    """Joins the field, the panel and the pages; `room` is where its keys work."""

    opened = Signal(bool)
    """The panel is wanted, or not any more."""
    meeting_requested = Signal(str, object)
    """A hit is in another meeting: its id and the `Place`."""

    def __init__(
        self,
        context: DeskContext,
        panes: Panes,
        places: Places,
        field: QLineEdit,
        panel: SearchPanel,
        room: QWidget,
    ) -> None:
        super().__init__(room)
        self._context, self._panes, self._places = context, panes, places
        self._field, self._panel = field, panel
        self.is_open = False
        self.answer: Answer | None = None
        self._text, self._limit = "", LIMIT
        self._hit = -1
        self._is_leaving = False
        self._on_page = 0
        self._found: dict[Leaf, tuple[HitPlace, ...]] = {}
        self._asked: set[Leaf] = set()
        self._to_reveal: Leaf | None = None
        searching = context.searching
        field.setVisible(searching is not None)
        if searching is not None:
            self._wire(room)
            panel.show_answer(None, [])
            panel.show_reading(searching.reading)

    def _wire(self, room: QWidget) -> None:
        field, panel = self._field, self._panel
        field.textChanged.connect(self.on_text)
        field.returnPressed.connect(lambda: self.step(1))
        field.installEventFilter(self)
        panel.hit_chosen.connect(self.choose)
        panel.scope_changed.connect(lambda _reach: self._ask(LIMIT))
        panel.more_requested.connect(self._ask_more)
        panel.step_requested.connect(self.step)
        panel.left.connect(self.leave)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.begin),
            (QKeySequence("F3"), lambda: self.step(1)),
            (QKeySequence("Shift+F3"), lambda: self.step(-1)),
        ):
            shortcut = QShortcut(keys, room)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._context.bridge.papers_read.connect(self._on_papers_read)
        self._panes.pane_made.connect(self._watch)
        self._watch(self._panes.active)

    def _watch(self, pane: Pane) -> None:
        pane.view.painted.connect(lambda _blob, _page: self._look())
        pane.view.page_reached.connect(lambda *_what: self._look())

    # --- what somebody does -----------------------------------------------------------------

    def begin(self) -> None:
        """Ready to type."""
        self._open()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def leave(self) -> None:
        """Back to the page, without hits on it."""
        self._is_leaving = True
        self._field.clear()  # heard by the field's own cross, too
        self._is_leaving = False
        self._text = ""
        self._clear()
        self.answer = None
        self._panel.show_answer(None, [])
        self.is_open = False
        self.opened.emit(False)
        self._panes.active.view.setFocus()

    def on_text(self, text: str) -> None:
        """Another letter was typed."""
        if self._is_leaving:
            return
        if text.strip():
            self._open()
        self._text = text
        self._ask(LIMIT)

    def choose(self, number: int, *, from_end: bool = False) -> None:
        """Go to a hit of the list: to its page's first place, or its last."""
        if self.answer is None or not 0 <= number < len(self.answer.hits):
            return
        self._hit = number
        self._panel.list.show_chosen(number)
        hit = self.answer.hits[number]
        self._on_page = -1 if from_end else 0
        if not hit.paper:
            return
        place = Place(paper=hit.paper, page=hit.page, blob=self._older(hit))
        self._to_reveal = Leaf(hit.blob, hit.page)
        if hit.meeting == self._places.meeting_id:
            self._places.go(place)
        else:
            self.meeting_requested.emit(hit.meeting, place)
        self._look()
        self._show()

    def step(self, delta: int) -> None:
        """The next or previous hit: on this page, else on the next page that has some."""
        if self.answer is None or not self.answer.hits:
            return
        places = self._found.get(self._leaf() or Leaf("", 0), ())
        at = self._on_page if self._on_page >= 0 else len(places) - 1
        if self._hit >= 0 and 0 <= at + delta < len(places):
            self._on_page = at + delta
            self._to_reveal = self._leaf()
            self._show()
            return
        number = self._hit + delta
        if 0 <= number < len(self.answer.hits):
            self.choose(number, from_end=delta < 0)
        elif number > 0:
            self._ask_more()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leaves the field; the arrow down goes on into the list."""
        if watched is self._field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
                self._panel.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.step(1)
                return True
        return super().eventFilter(watched, event)

    # --- asking -----------------------------------------------------------------------------

    def _open(self) -> None:
        if not self.is_open:
            self.is_open = True
            self.opened.emit(True)

    def _scope(self) -> Scope:
        place = self._places.place
        return Scope(
            reach=self._panel.scope.currentData(),
            meeting=self._places.meeting_id,
            paper=place.paper if place else "",
            page=place.page if place else 0,
        )

    def _ask(self, limit: int) -> None:
        searching, text = self._context.searching, self._text
        if searching is None:
            return
        self._limit = limit
        if not text.strip():
            self._clear()
            self.answer = None
            self._panel.show_answer(None, [])
            return
        future = searching.find(text, self._scope(), limit)
        self._context.bridge.when_done(future, self._got, self._failed)

    def _ask_more(self) -> None:
        if self.answer is not None and self.answer.is_cut and self._limit < MOST:
            self._ask(min(MOST, self._limit * 4))

    def _got(self, answer: Answer) -> None:
        if answer.text != self._text:
            return
        is_other = self.answer is None or self.answer.text != answer.text
        is_more = not is_other and self._hit >= 0
        self.answer = answer
        if not is_more:
            self._clear()
        self._panel.show_answer(answer, self._rows(answer.hits))
        self._panel.list.show_chosen(self._hit)
        self._look()

    def _failed(self, _error: MeetingError) -> None:
        self._panel.show_answer(None, [])
        self._panel.say(tr("Searching is not possible now. Your papers and notes are safe."))

    def _on_papers_read(self, what: PapersRead) -> None:
        self._panel.show_reading(what.reading)
        is_waiting = self.answer is not None and not self.answer.hits
        if what.reading.is_done and is_waiting and self.is_open:
            self._ask(self._limit)

    def forget(self, blob: str) -> None:
        """The words of a file are for this person no longer: what was found is asked anew."""
        if self.answer is not None and blob in {hit.blob for hit in self.answer.hits}:
            self._clear()
            self.answer = None
            self._panel.show_answer(None, [])
            self._ask(LIMIT)

    def _older(self, hit: Hit) -> str:
        """The file of a hit on an older version of its paper; "" on the current one."""
        meeting = self._context.desk.meeting(hit.meeting)
        paper = meeting.papers.get(hit.paper) if meeting else None
        return hit.blob if paper is not None and hit.blob != paper.current.blob else ""

    # --- the list ---------------------------------------------------------------------------

    def _rows(self, hits: Sequence[Hit]) -> list[Found]:
        """Hits under their papers."""
        rows: list[Found] = []
        last: tuple[str, str] | None = None
        for number, hit in enumerate(hits):
            key = (hit.meeting, hit.paper) if hit.kind == "page" else ("", hit.kind)
            if key != last:
                rows.append(Found(self._heading(hit)))
            last = key
            rows.append(Found(self._where(hit), number, hit.snippet))
        return rows

    def _heading(self, hit: Hit) -> str:
        if hit.kind != "page":
            names = {"title": tr("Titles of papers"), "item": tr("Items of the agenda")}
            return names.get(hit.kind, tr("Notes"))
        return self._paper_words(hit)

    def _paper_words(self, hit: Hit) -> str:
        meeting = self._context.desk.meeting(hit.meeting)
        paper = meeting.papers.get(hit.paper) if meeting else None
        if meeting is None or paper is None:
            return ""
        words = f"{meeting.number_of(hit.paper)} {paper.title}"
        return words if hit.meeting == self._places.meeting_id else f"{words} · {_title(meeting)}"

    def _where(self, hit: Hit) -> str:
        page = tr("p. {0}").format(hit.page + 1)
        if hit.kind == "page":
            return page
        paper = self._paper_words(hit)
        return f"{paper} · {page}" if hit.kind == "mark" else paper

    # --- the pages ----------------------------------------------------------------------------

    def _leaf(self) -> Leaf | None:
        """The page of the chosen hit."""
        if self.answer is None or not 0 <= self._hit < len(self.answer.hits):
            return None
        hit = self.answer.hits[self._hit]
        return Leaf(hit.blob, hit.page) if hit.paper else None

    def _clear(self) -> None:
        self._found, self._asked = {}, set()
        self._hit, self._on_page, self._to_reveal = -1, 0, None
        self._show()

    def _look(self) -> None:
        """Find the hits on the pages that are seen, and next to them."""
        if self.answer is None or not self.answer.hits:
            return
        for view in self._panes.views:
            seen = [sheet.leaf for sheet in view.lens.sheets() if sheet.is_known]
            near = [view.lens.roll.leaf(index) for index in view.lens.around(NEAR)]
            for leaf in (*seen, *near):
                if leaf not in self._asked and view.pages.size(*leaf) is not None:
                    self._asked.add(leaf)
                    self._find_places(leaf, self.answer.text)

    def _find_places(self, leaf: Leaf, text: str) -> None:
        searching, pages = self._context.searching, self._context.pages
        if searching is None:
            return

        def got(places: tuple[HitPlace, ...]) -> None:
            if text == self._text:
                self._found[leaf] = places
                self._show()

        future = searching.hits_on(text, leaf.blob, leaf.page, lambda: pages.words(*leaf))
        self._context.bridge.when_done(future, got, lambda _error: None)

    def _show(self) -> None:
        """Draw the hits, the chosen one stronger, and bring it into view once."""
        leaf = self._leaf()
        places = self._found.get(leaf, ()) if leaf is not None else ()
        chosen = None
        if leaf is not None and places:
            chosen = leaf, places[max(-len(places), min(self._on_page, len(places) - 1))]
        flat = {one: [quad for place in row for quad in place] for one, row in self._found.items()}
        for view in self._panes.views:
            view.show_hits(flat, chosen)
        view = self._panes.active.view
        if chosen is not None and leaf == self._to_reveal and view.lens.leaf == leaf:
            self._to_reveal = None
            view.lens.reveal(chosen[1][0].bounds().grown(12))
            view.moved()


def _title(meeting: Meeting) -> str:
    return meeting.issued.title if meeting.issued else ""
