"""Items with their papers: titles, presenters, minutes, files dropped on an item."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.directory import Directory, Person
from meetingroom.services.drafting import Draft, DraftItem, DraftPaper
from meetingroom.ui.controls import (
    Button,
    Card,
    FoldingRow,
    IconButton,
    Label,
    MinutesStepper,
    WrapRow,
)
from meetingroom.ui.controls.grip import Grip, dragged
from meetingroom.ui.secretary.agenda_clock import AgendaClock
from meetingroom.ui.secretary.agenda_edits import (
    change_item,
    item_to,
    moved,
    paper_to,
    with_item,
    without_item,
)
from meetingroom.ui.secretary.paper_row import PaperRow
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

CARDS_AT_ONCE = 1
TITLE_AT_LEAST = 220


class ItemCard(Card):
    """One item; files, papers and other items may be dropped on it."""

    edit_requested = Signal(object)
    files_requested = Signal(str, list, str)
    choose_requested = Signal(str, str)
    audience_requested = Signal(str)

    def __init__(self, row: DraftItem, people: tuple[Person, ...]) -> None:
        super().__init__(padding=12)
        self.item = row.item
        self._row = msgspec.structs.replace(row, papers=())
        self._number = 0
        self._people: tuple[Person, ...] = ()
        self.papers: list[PaperRow] = []
        self.setAcceptDrops(True)
        self.body.setSpacing(4)
        self.body.addWidget(FoldingRow(self._left(row), self._right(row), (5, 3), 8))
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._list.setContentsMargins(0, 4, 0, 0)
        self.body.addLayout(self._list)
        foot = QHBoxLayout()
        foot.setContentsMargins(current_theme().scaled(96), 0, 0, 0)
        self.add = Button(tr("Add files"), "quiet", "upload", extent="small")
        self.add.clicked.connect(lambda: self.choose_requested.emit(self.item, ""))
        self.hint = Label(tr("or drop them here"), "caption", "ink_soft")
        foot.addWidget(self.add)
        foot.addWidget(self.hint)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.show_people(people)

    def _left(self, row: DraftItem) -> QWidget:
        left = QWidget()
        line = QHBoxLayout(left)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.grip = Grip("item", row.item, row.title)
        self.grip.moved.connect(lambda by: self.edit_requested.emit(moved(self.item, by)))
        self.clock = Label("", "strong", tabular=True)
        self.clock.setMinimumWidth(current_theme().scaled(46))
        self.number = Label("", "strong", "accent", tabular=True)
        self.number.setMinimumWidth(current_theme().scaled(22))
        self.title = QLineEdit(row.title)
        self.title.setMinimumWidth(current_theme().scaled(TITLE_AT_LEAST))
        self.title.setPlaceholderText(tr("Title of the item"))
        self.title.editingFinished.connect(self._on_title)
        for widget in (self.grip, self.clock, self.number):
            line.addWidget(widget)
        line.addWidget(self.title, 1)
        return left

    def _right(self, row: DraftItem) -> QWidget:
        right = QWidget()
        line = QHBoxLayout(right)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.presenter = QComboBox()
        self.presenter.setMinimumContentsLength(12)
        self.presenter.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.presenter.activated.connect(self._on_presenter)
        self.minutes = MinutesStepper(row.minutes)
        self.minutes.minutes_changed.connect(self._on_minutes)
        line.addWidget(self.presenter, 1)
        line.addWidget(self.minutes)
        for icon, name, edit in (
            ("chevron-up", tr("Move up"), moved(row.item, -1)),
            ("chevron-down", tr("Move down"), moved(row.item, 1)),
            ("trash-2", tr("Remove the item"), without_item(row.item)),
        ):
            button = IconButton(icon, name, extent="small", size=16)
            button.clicked.connect(lambda _c=False, edit=edit: self.edit_requested.emit(edit))
            line.addWidget(button)
        return right

    # --- showing --------------------------------------------------------------------------

    def show_people(self, people: tuple[Person, ...]) -> None:
        """Who may be chosen as presenter."""
        if people == self._people:
            return
        self._people = people
        self.presenter.clear()
        self.presenter.addItem(tr("Presenter…"), "")
        for person in people:
            is_alone = sum(other.name == person.name for other in people) == 1
            self.presenter.addItem(
                person.name if is_alone else f"{person.name}, {person.title}", person.person
            )
        self._choose_presenter(self._row.presenter)

    def show_item(self, number: int, clock: str, row: DraftItem) -> None:
        """Take in what changed; nobody's cursor is moved."""
        self.clock.setText(clock)
        if number != self._number:
            self._number = number
            self.number.setText(str(number))
            for editor, words in (
                (self.title, tr("Title of item {0}")),
                (self.presenter, tr("Presenter of item {0}")),
                (self.minutes.box, tr("Minutes of item {0}")),
                (self.add, tr("Add files to item {0}")),
            ):
                editor.setAccessibleName(words.format(number))
        if row.title != self._row.title:
            self.title.setText(row.title)
        if row.minutes != self._row.minutes:
            self.minutes.set_minutes(row.minutes)
        if row.presenter != self._row.presenter:
            self._choose_presenter(row.presenter)
        self._row = row
        self._show_papers(number, row.papers)

    def _choose_presenter(self, presenter: str) -> None:
        if presenter and self.presenter.findData(presenter) < 0:
            self.presenter.addItem(presenter, presenter)  # free words, from a folder
        self.presenter.setCurrentIndex(max(0, self.presenter.findData(presenter)))

    def _show_papers(self, number: int, papers: tuple[DraftPaper, ...]) -> None:
        kept = {row.shown: row for row in self.papers}
        wanted = [(f"{number}.{place}", paper) for place, paper in enumerate(papers, 1)]
        if [row.shown for row in self.papers] != wanted:
            self.papers = [
                kept.pop(key) if key in kept else self._paper_row(*key) for key in wanted
            ]
            for row in kept.values():
                self._list.removeWidget(row)
                row.hide()
                row.deleteLater()
            for place, row in enumerate(self.papers):
                self._list.insertWidget(place, row)
        self.hint.setVisible(not papers)

    def _paper_row(self, number: str, paper: DraftPaper) -> PaperRow:
        row = PaperRow(number, paper)
        row.edit_requested.connect(self.edit_requested)
        row.audience_requested.connect(self.audience_requested)
        row.version_requested.connect(lambda one: self.choose_requested.emit(self.item, one))
        return row

    # --- acting ---------------------------------------------------------------------------

    def _replace(self, **values: object) -> None:
        self.edit_requested.emit(
            change_item(self.item, lambda row: msgspec.structs.replace(row, **values))
        )

    def _on_title(self) -> None:
        if self.title.text() != self._row.title:
            self._replace(title=self.title.text())

    def _on_presenter(self, _index: int) -> None:
        self._replace(presenter=self.presenter.currentData())

    def _on_minutes(self, minutes: int) -> None:
        self._replace(minutes=minutes)

    # --- dropping -------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files, papers and items may be dropped here."""
        if event.mimeData().hasUrls() or dragged(event, "item") or dragged(event, "paper"):
            event.acceptProposedAction()
            self.set_chosen("true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They go elsewhere."""
        super().dragLeaveEvent(event)
        self.set_chosen("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Files land on this item, a paper at the row it was dropped on, an item here."""
        self.set_chosen("")
        item, paper = dragged(event, "item"), dragged(event, "paper")
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if item:
            self.edit_requested.emit(item_to(item, self.item))
        elif paper:
            at = event.position().y()
            before = [row for row in self.papers if row.geometry().center().y() < at]
            others = [row for row in before if row.paper != paper]
            self.edit_requested.emit(paper_to(paper, self.item, len(others)))
        elif files:
            self.files_requested.emit(self.item, files, "")


class AgendaEditor(QScrollArea):
    """The whole agenda of a draft, with the clock of each item's start.

    Cards stay while their items do, so that the focus and the place in the list stay too;
    new ones are made one at a time between events.
    """

    edit_requested = Signal(object)
    files_requested = Signal(str, list, str)
    choose_requested = Signal(str, str)
    audience_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAcceptDrops(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._wanted: tuple[list[tuple[str, DraftItem]], tuple[Person, ...]] = ([], ())
        self._cards: dict[str, ItemCard] = {}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(10)
        self.clock = AgendaClock()
        column.addWidget(self.clock)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        column.addLayout(self._column)
        tools = WrapRow()
        self.add = Button(tr("Add an item"), "outlined", "plus")
        self.add.clicked.connect(lambda: self.edit_requested.emit(with_item))
        tools.addWidget(self.add)
        words = tr("Drop files anywhere: one named “2.1 …” lands on item 2.")
        tools.addWidget(Label(words, "caption", "ink_soft"))
        column.addLayout(tools)
        column.addStretch(1)
        self.setWidget(inner)
        self._filling = QTimer(self)
        self._filling.setInterval(0)
        self._filling.timeout.connect(self._fill)

    def cards(self) -> list[ItemCard]:
        """The cards in order."""
        rows, _ = self._wanted
        return [self._cards[row.item] for _, row in rows if row.item in self._cards]

    def is_filled(self) -> bool:
        """Whether every card is made and shows the newest draft."""
        return not self._filling.isActive()

    def show_draft(self, draft: Draft, clocks: list[str], directory: Directory) -> None:
        """List the items; nothing is built anew while nothing changed."""
        wanted = (list(zip(clocks, draft.items, strict=True)), _people(directory))
        self.clock.show_draft(draft)
        if wanted == self._wanted and self.is_filled():
            return
        self._wanted = wanted
        self._fill()

    def _fill(self) -> None:
        rows, people = self._wanted
        for gone in self._cards.keys() - {row.item for _, row in rows}:
            card = self._cards.pop(gone)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        made = 0
        for place, (clock, row) in enumerate(rows):
            if row.item not in self._cards:
                if made == CARDS_AT_ONCE:
                    self._filling.start()
                    return
                made += 1
                self._cards[row.item] = self._card(row, people)
            card = self._cards[row.item]
            card.show_people(people)
            card.show_item(place + 1, clock, row)
            if self._column.indexOf(card) != place:
                self._column.removeWidget(card)
                self._column.insertWidget(place, card)
        self._filling.stop()

    def _card(self, row: DraftItem, people: tuple[Person, ...]) -> ItemCard:
        card = ItemCard(row, people)
        card.edit_requested.connect(self.edit_requested)
        card.files_requested.connect(self.files_requested)
        card.choose_requested.connect(self.choose_requested)
        card.audience_requested.connect(self.audience_requested)
        return card

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped between the items too."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Numbered files find their item."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.files_requested.emit("", files, "")


def _people(directory: Directory) -> tuple[Person, ...]:
    return tuple(directory.in_protocol_order())
