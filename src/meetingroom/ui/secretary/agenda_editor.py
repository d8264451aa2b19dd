"""Items with their papers: titles, presenters, minutes, files dropped on an item."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.ids import EVERYONE, new_id
from meetingroom.services.drafting import Draft, DraftItem, DraftPaper
from meetingroom.ui.controls import (
    Button,
    Card,
    ElidedLabel,
    IconButton,
    IconLabel,
    Label,
    MinutesStepper,
)
from meetingroom.wording import tr

Edit = Callable[[Draft], Draft]


def change_item(item: str, change: Callable[[DraftItem], DraftItem]) -> Edit:
    """An edit of one item."""

    def edit(draft: Draft) -> Draft:
        items = tuple(change(row) if row.item == item else row for row in draft.items)
        return msgspec.structs.replace(draft, items=items)

    return edit


def moved(item: str, by: int) -> Edit:
    """An edit that moves an item up (-1) or down (1)."""

    def edit(draft: Draft) -> Draft:
        rows = list(draft.items)
        at = next(place for place, row in enumerate(rows) if row.item == item)
        to = min(max(0, at + by), len(rows) - 1)
        rows.insert(to, rows.pop(at))
        return msgspec.structs.replace(draft, items=tuple(rows))

    return edit


class ItemCard(Card):
    """One item; files may be dropped on it."""

    edit_requested = Signal(object)
    files_requested = Signal(str, list, str)
    choose_requested = Signal(str, str)
    audience_requested = Signal(str)

    def __init__(self, number: int, clock: str, row: DraftItem, directory: Directory) -> None:
        super().__init__(padding=12)
        self._row = row
        self.setAcceptDrops(True)
        line = QHBoxLayout()
        line.addWidget(Label(f"{clock}   {number}", "strong", tabular=True))
        self.title = QLineEdit(row.title)
        self.title.setPlaceholderText(tr("Title of the item"))
        self.title.setAccessibleName(tr("Title of the item"))
        self.title.editingFinished.connect(self._on_title)
        line.addWidget(self.title, 3)
        self.presenter = QComboBox()
        self.presenter.setAccessibleName(tr("Presenter"))
        self.presenter.addItem(tr("Presenter…"), "")
        for person in directory.in_protocol_order():
            self.presenter.addItem(person.name, person.person)
        self.presenter.setCurrentIndex(max(0, self.presenter.findData(row.presenter)))
        self.presenter.activated.connect(self._on_presenter)
        line.addWidget(self.presenter, 2)
        self.minutes = MinutesStepper(row.minutes)
        self.minutes.minutes_changed.connect(self._on_minutes)
        line.addWidget(self.minutes)
        for icon, name, by in (
            ("chevron-up", tr("Move up"), -1),
            ("chevron-down", tr("Move down"), 1),
        ):
            button = IconButton(icon, name, extent="small", size=16)
            button.clicked.connect(
                lambda _c=False, by=by: self.edit_requested.emit(moved(row.item, by))
            )
            line.addWidget(button)
        drop = IconButton("trash-2", tr("Remove the item"), extent="small", size=16)
        drop.clicked.connect(self._on_remove)
        line.addWidget(drop)
        self.body.addLayout(line)
        for place, paper in enumerate(row.papers, 1):
            self.body.addLayout(self._paper(f"{number}.{place}", paper))
        add = Button(tr("Add files"), "quiet", "upload", extent="small")
        add.clicked.connect(lambda: self.choose_requested.emit(row.item, ""))
        self.body.addWidget(add)

    def _paper(self, number: str, paper: DraftPaper) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 0, 0)
        line.addWidget(IconLabel("file-text", "accent", 18))
        line.addWidget(ElidedLabel(f"{number}  {paper.title}", "body"), 1)
        if paper.handling:
            line.addWidget(Label(tr("internal"), "caption", "attention"))
        if paper.secrecy == "unknown":
            line.addWidget(Label(tr("no text to check"), "caption", "attention"))
        version = tr("version {0}").format(paper.version) if paper.version > 1 else ""
        pages = tr("{0} p.", "pages of a paper").format(paper.pages)
        line.addWidget(Label(f"{pages} {version}", "caption", "ink_soft"))
        is_all = EVERYONE in paper.audience
        words = tr("All at the meeting") if is_all else tr("{0} people").format(len(paper.audience))
        audience = Button(words, "plain", "users" if is_all else "lock", extent="small")
        audience.clicked.connect(lambda: self.audience_requested.emit(paper.paper))
        line.addWidget(audience)
        replace = Button(tr("New version…"), "quiet", extent="small")
        replace.clicked.connect(lambda: self.choose_requested.emit(self._row.item, paper.paper))
        line.addWidget(replace)
        drop = IconButton("x", tr("Take the paper out"), extent="small", size=16)
        drop.clicked.connect(lambda: self._without(paper.paper))
        line.addWidget(drop)
        return line

    def _without(self, paper: str) -> None:
        def change(row: DraftItem) -> DraftItem:
            papers = tuple(one for one in row.papers if one.paper != paper)
            return msgspec.structs.replace(row, papers=papers)

        self.edit_requested.emit(change_item(self._row.item, change))

    def _replace(self, **values: object) -> None:
        self.edit_requested.emit(
            change_item(self._row.item, lambda row: msgspec.structs.replace(row, **values))
        )

    def _on_title(self) -> None:
        if self.title.text() != self._row.title:
            self._replace(title=self.title.text())

    def _on_presenter(self, _index: int) -> None:
        self._replace(presenter=self.presenter.currentData())

    def _on_minutes(self, minutes: int) -> None:
        self._replace(minutes=minutes)

    def _on_remove(self) -> None:
        item = self._row.item

        def edit(draft: Draft) -> Draft:
            rows = tuple(row for row in draft.items if row.item != item)
            return msgspec.structs.replace(draft, items=rows)

        self.edit_requested.emit(edit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.set_chosen("soft")

    def dropEvent(self, event: QDropEvent) -> None:
        """Files land on this item."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.set_chosen("")
        if files:
            self.files_requested.emit(self._row.item, files, "")


class AgendaEditor(QScrollArea):
    """The whole agenda of a draft, with the clock of each item's start."""

    edit_requested = Signal(object)
    files_requested = Signal(str, list, str)
    choose_requested = Signal(str, str)
    audience_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._shown: object = None

    def show_draft(self, draft: Draft, clocks: list[str], directory: Directory) -> None:
        """List the items; nothing is built anew while nothing changed."""
        if (draft.items, clocks) == self._shown:
            return
        self._shown = (draft.items, clocks)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(10)
        total = sum(row.minutes for row in draft.items)
        words = tr("{0} items, {1} papers, {2} minutes").format(
            len(draft.items), len(draft.papers), total
        )
        column.addWidget(Label(words, "section"))
        for number, (clock, row) in enumerate(zip(clocks, draft.items, strict=True), 1):
            card = ItemCard(number, clock, row, directory)
            card.edit_requested.connect(self.edit_requested)
            card.files_requested.connect(self.files_requested)
            card.choose_requested.connect(self.choose_requested)
            card.audience_requested.connect(self.audience_requested)
            column.addWidget(card)
        add = Button(tr("Add an item"), "outlined", "plus")
        add.clicked.connect(lambda: self.edit_requested.emit(_with_item))
        column.addWidget(add)
        column.addStretch(1)
        self.setWidget(inner)


def _with_item(draft: Draft) -> Draft:
    return msgspec.structs.replace(draft, items=(*draft.items, DraftItem(item=new_id("item"))))
