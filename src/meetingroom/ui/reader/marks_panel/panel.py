"""The panel beside the page: all marks, the chosen one, and whose are shown."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from meetingroom.domain.authors import People
from meetingroom.domain.marks import Mark
from meetingroom.domain.meeting import Meeting
from meetingroom.services.collecting import names_of
from meetingroom.services.hidden_people import HiddenPeople, is_hidden
from meetingroom.services.refused_words import refused_text, save_text
from meetingroom.services.room_ink import is_of_the_screen
from meetingroom.services.unsent_words import UnsentWords
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Label, Panel
from meetingroom.ui.page.painting import colours_of
from meetingroom.ui.reader.marks_panel.card import CardHolder, MarkCard
from meetingroom.ui.reader.marks_panel.file_notes import FileNotes
from meetingroom.ui.reader.marks_panel.finding_bar import FindingBar
from meetingroom.ui.reader.marks_panel.legend import Legend, Writer
from meetingroom.ui.reader.marks_panel.row_list import RowList
from meetingroom.ui.reader.marks_panel.rows import Marks, Row, RowMaker
from meetingroom.ui.reader.marks_panel.wish import Here, Wish
from meetingroom.ui.theme import MarkColour, current_theme
from meetingroom.wording import tr

SETTLE_MS = 30  # several records that come together are listed once
DONE = object()
KEEP_MS = 400  # after the last letter, words that are being written are on the disk


class MarksPanel(Panel):
    """Shows what is in the meeting; wishes about marks leave as signals (the mark's id first)."""

    place_requested = Signal(str, int, str)
    """A paper, a page from 0, and the file where it is an older version ("" if not)."""
    pointed = Signal(str)
    """A mark that is to be shown on its page for a moment."""
    share_requested = Signal(str, tuple)
    remove_requested = Signal(str)
    reply_requested = Signal(str, str)
    words_requested = Signal(str, str)
    hidden_changed = Signal()
    failed = Signal(object)
    left = Signal()
    """Escape: back to the page."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__("right_panel", parent)
        self._context = context
        self._maker, self._hidden_people = RowMaker(), HiddenPeople(context.desk)
        self._meeting: Meeting | None = None
        self._here = Here()
        self._marks: Marks | None = None
        self.file_notes = FileNotes(context, self)
        self._people = People(context.desk.directory)
        self.hidden: frozenset[str] = frozenset()
        self._is_due = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._readying: Iterator[None] = iter(())
        self._ready = QTimer(self)
        self._ready.setInterval(0)
        self._ready.timeout.connect(self._get_ready)
        self._unsent = UnsentWords(context.desk)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_MS)
        self._keep.timeout.connect(self.keep_unsent)
        self._build()
        self._wire()
        self.file_notes.found.connect(self._list_soon)
        context.bridge.when_done(self._hidden_people.read(), self._on_hidden_read)
        context.bridge.when_done(self._unsent.read(), self.card.take_drafts)

    # --- building -------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        top = QVBoxLayout(head)
        top.setContentsMargins(12, 8, 8, 8)
        top.setSpacing(6)
        self.finding, self.legend = FindingBar(), Legend()
        self.legend.hide()
        top.addWidget(self.finding)
        top.addWidget(self.legend)
        column.addWidget(head)
        self.advice = Label("", "body", "ink_soft", wraps=True)
        self.advice.setContentsMargins(12, 4, 12, 4)
        column.addWidget(self.advice)
        self.rows, self.card = RowList(self.colours_of), MarkCard()
        column.addWidget(self.rows, 1)
        column.addStretch(0)
        column.addWidget(CardHolder(self.card, self))

    def _wire(self) -> None:
        self.finding.wish_changed.connect(lambda _wish: self.refresh())
        self.finding.people_requested.connect(self.legend.setVisible)
        self.legend.hidden_changed.connect(self.on_hidden)
        self.rows.row_chosen.connect(self.on_row_chosen)
        self.rows.place_requested.connect(self.on_place)
        self.rows.act_requested.connect(self.on_act)
        self.rows.menu_requested.connect(self.on_menu)
        self.rows.left.connect(self.left)
        card = self.card
        card.share_requested.connect(self.share_requested)
        card.remove_requested.connect(self.remove_requested)
        card.reply_requested.connect(self.reply_requested)
        card.words_requested.connect(self.words_requested)
        card.save_requested.connect(self.on_save)
        card.closed.connect(self.on_card_closed)
        card.drafts_changed.connect(self._keep.start)

    # --- what there is --------------------------------------------------------------------

    def show_meeting(self, meeting: Meeting | None, here: Here) -> None:
        """List the marks of a meeting, or of what is open of it; soon, if much comes at once."""
        is_elsewhere = here != self._here and self.wish.scope == "page"
        if meeting is self._meeting and here.paper == self._here.paper and not is_elsewhere:
            self._here = here
            return
        self._meeting, self._here = meeting, here
        self._list_soon()

    def _list_soon(self) -> None:
        self._is_due = True
        if self.isVisible() and not self._settle.isActive():
            self._settle.start()

    def refresh(self) -> None:
        """List now what there is."""
        self._settle.stop()
        self._is_due = False
        meeting = self._meeting
        if meeting is None:
            self._show_nothing()
            return
        past = self._context.marking.past
        self._marks = marks = Marks(
            meeting=meeting,
            me=self._context.me,
            names=names_of(self._context.desk.directory) | {self._context.me: tr("Me", "author")},
            hidden=self.hidden,
            stands_for=past.stands_for(meeting),
            in_files=dict(self.file_notes.known),
        )
        rows = self._maker.rows(marks, self._here, self.finding.wish)
        self._show_people(marks)
        self.finding.show_count(sum(row.kind in ("mark", "reply", "file") for row in rows))
        self._advise(rows)
        self._follow(marks)
        self.rows.show_rows(rows, marks)
        self._show_card(self.rows.chosen)
        self._readying = self._maker.get_ready(marks)
        self._ready.start()

    def _get_ready(self) -> None:
        """A little at a time, so that finding words need not wait for thousands of marks."""
        if next(self._readying, DONE) is DONE:
            self._ready.stop()

    def _follow(self, marks: Marks) -> None:
        """A mark that was shared anew is another one; what was chosen and written stays."""
        old = self.card.mark
        if old is not None and old.id not in marks.meeting.marks:
            fresh = marks.stands_for.get(old.id, "")
            if fresh in marks.meeting.marks:
                self.card.carry_drafts(old.id, fresh)
                self.rows.follow(fresh)

    def _show_nothing(self) -> None:
        self.finding.show_count(0)
        self.rows.hide()
        self.advice.hide()
        self.card.show_row(None, None)

    def _advise(self, rows: list[Row]) -> None:
        self.rows.setVisible(bool(rows))
        self.advice.setVisible(not rows)
        if self.finding.wish.is_filtered or self.hidden:
            self.advice.setText(tr("No note is like that. Look in the meeting, or show all."))
        else:
            self.advice.setText(
                tr("Highlight words or write on the page: what you mark is listed here.")
            )

    def _show_people(self, marks: Marks) -> None:
        counts = Counter(mark.author for mark in marks.meeting.marks.values())
        counts.pop(marks.me, None)
        people = self.people
        writers = [
            Writer(
                person=person,
                name=marks.name_of(person),
                initials=people.initials(person),
                marks=counts[person],
                colours=current_theme().marks.of_person(people.place(person)),
            )
            for person in sorted(counts, key=people.place)
        ]
        self.legend.show_writers(writers, self.hidden)
        mine = [(marks.me, marks.name_of(marks.me))]
        named = mine + [(writer.person, writer.name) for writer in writers]
        self.finding.show_people(named, are_hidden=bool(self.hidden))

    def on_pages(self, meeting: Meeting) -> list[Mark]:
        """The marks that are drawn on pages, oldest first: no replies, and of nobody hidden."""
        me, hidden = self._context.me, self.hidden
        return [
            mark for mark in meeting.marks_everywhere() if not is_hidden(mark.author, me, hidden)
        ]

    # --- people ---------------------------------------------------------------------------

    @property
    def people(self) -> People:
        """How people are told apart beside their marks."""
        directory = self._context.desk.directory
        if self._people.directory is not directory:
            self._people = People(directory)
        return self._people

    def colours_of(self, mark: Mark) -> MarkColour:
        """The colours a mark has on the page."""
        return colours_of(mark, self._context.me, self.people.place(mark.author))

    def _on_hidden_read(self, hidden: frozenset[str]) -> None:
        if hidden != self.hidden:
            self._hide(hidden)

    def on_hidden(self, hidden: frozenset[str]) -> None:
        """Whose marks are not wanted any more, here and on the pages."""
        self._hide(hidden)
        self._context.bridge.when_done(self._hidden_people.keep(hidden), None, self.failed.emit)

    def _hide(self, hidden: frozenset[str]) -> None:
        self.hidden = hidden
        self.refresh()
        self.hidden_changed.emit()

    # --- the chosen mark ------------------------------------------------------------------

    def show_mark(self, mark: str) -> None:
        """Choose a mark that was chosen on the page; looks further where it is not listed."""
        if self._is_due:
            self.refresh()
        if self.rows.choose(mark):
            return
        known = self._meeting.marks.get(mark) if self._meeting is not None else None
        if known is not None and not is_of_the_screen(known):
            self.finding.show_all()
            if not self.rows.choose(mark):
                self.finding.look_for(scope="meeting")
                self.rows.choose(mark)

    def on_row_chosen(self, row: Row | None) -> None:
        self._show_card(row)
        if row is not None and row.mark is not None:
            self.pointed.emit(self._root(row.mark))
            # Only then is it known how much of the list the card leaves in sight.
            QTimer.singleShot(0, self.rows, self.rows.see_chosen)

    def _root(self, mark: Mark) -> str:
        return mark.reply_to or mark.id

    def _show_card(self, row: Row | None) -> None:
        marks = self._marks
        past = self._context.marking.past
        known = past.of(marks.meeting.id, row.key) if marks and row else ()
        self.card.show_row(row, marks, known)

    def on_card_closed(self) -> None:
        """Nothing is chosen any more; the keys stay in the list."""
        self.rows.choose_none()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_place(self, row: Row) -> None:
        """Go to a row's page."""
        meeting = self._meeting
        if meeting is None or not row.paper:
            return
        paper = meeting.papers.get(row.paper)
        blob = row.mark.blob if row.mark is not None else ""
        is_old = paper is not None and blob not in ("", paper.current.blob)
        self.place_requested.emit(row.paper, row.page, blob if is_old else "")
        if row.mark is not None:
            self.pointed.emit(self._root(row.mark))

    def on_act(self, act: str) -> None:
        """A key was pressed in the list."""
        row = self.rows.chosen
        if row is None or row.mark is None:
            return
        if act == "reply":
            self.card.start_reply()
        elif row.mark.author == self._context.me:
            if act == "edit":
                self.card.start_editing()
            else:
                self.remove_requested.emit(row.mark.id)

    def on_menu(self, where: QPoint) -> None:
        """What can be done with the chosen row, at a place of the screen."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def menu(self) -> QMenu:
        """What can be done with the chosen row."""
        menu, row = QMenu(self), self.rows.chosen
        if row is None:
            return menu
        menu.addAction(tr("Go to the page")).triggered.connect(lambda: self.on_place(row))
        if row.mark is not None:
            menu.addAction(tr("Reply")).triggered.connect(self.card.start_reply)
        if row.mark is not None and row.mark.author == self._context.me:
            menu.addAction(tr("Change the words")).triggered.connect(self.card.start_editing)
            choices = self.card.audience_menu(menu)
            choices.setTitle(tr("Who may see it"))
            menu.addMenu(choices)
            drop = menu.addAction(tr("Remove this mark"))
            drop.triggered.connect(lambda: self.on_act("remove"))
        return menu

    def on_save(self, mark: str) -> None:
        """Ask where to write what the hub did not take."""
        name = tr("Note that was not accepted") + ".txt"
        target, _ = QFileDialog.getSaveFileName(self, tr("Where to write"), name)
        if target:
            self.save(mark, Path(target))

    def save(self, mark: str, target: Path) -> None:
        """Write what the hub did not take to a file."""
        known = self._meeting.marks.get(mark) if self._meeting else None
        if known is not None and self._meeting is not None:
            text = refused_text(self._meeting, known, names_of(self._context.desk.directory))
            saving = save_text(self._context.desk, target, text, (known.blob,))
            self._context.bridge.when_done(saving, None, self.failed.emit)

    def keep_unsent(self) -> None:
        """What is being written goes to the disk."""
        self._keep.stop()
        keeping = self._unsent.keep(self.card.drafts)
        self._context.bridge.when_done(keeping, None, self.failed.emit)

    # --- the widget -----------------------------------------------------------------------

    @property
    def wish(self) -> Wish:
        """What is looked for."""
        return self.finding.wish

    def showEvent(self, event: QShowEvent) -> None:
        """List what came while nobody looked."""
        super().showEvent(event)
        self.rows.fit_again()
        # A backup may have brought some back meanwhile.
        self._context.bridge.when_done(self._unsent.read(), self.card.take_drafts)
        if self._is_due:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is listed while nobody looks."""
        super().hideEvent(event)
        self._settle.stop()
        self._ready.stop()
        if self._keep.isActive():
            self.keep_unsent()
