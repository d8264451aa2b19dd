"""The first step: title, kind, time, place, online meetings."""

from datetime import datetime

import msgspec
from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.bodies import bodies_of, body_name, open_bodies
from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting_types import type_of, types_in_use
from meetingroom.sentences import sentence
from meetingroom.services.drafting import Draft
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Card, Field, Label
from meetingroom.ui.controls.spin_fields import DateField, TimeField
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.office_words import type_name
from meetingroom.ui.secretary.link_rows import LinkRows
from meetingroom.ui.stage.moments import ZONE, date_words, local, now, time_words
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

WIDEST = 1080


class Information(QScrollArea):
    """Every change is an edit, kept at once."""

    edit_requested = Signal(object)
    link_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll_by_touch(self)
        self._draft: Draft | None = None
        self._context: DeskContext | None = None
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(16)
        column.addWidget(self._main_card())
        column.addWidget(self._link_card())
        column.addStretch(1)
        row = QWidget()
        wide = QHBoxLayout(row)
        wide.setContentsMargins(0, 0, 0, 0)
        inner.setMaximumWidth(current_theme().scaled(WIDEST))
        wide.addWidget(inner, 1000)
        wide.addStretch(1)
        self.setWidget(row)
        self._wire()

    def _main_card(self) -> Card:
        card = Card()
        grid = QGridLayout()
        grid.setSpacing(14)
        self.title, self.place, self.body = QLineEdit(), QLineEdit(), QLineEdit()
        self.kind, self.bodies = QComboBox(), QComboBox()
        self.host = QStackedWidget()  # typed only where the office has set up no bodies
        self.host.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.host.addWidget(self.body)
        self.host.addWidget(self.bodies)
        self.date, self.time = DateField(QDate.currentDate()), TimeField(QTime(8, 0))
        self.weekday = Label("", "body", "ink_soft")
        rows = (
            (tr("Title of the meeting"), self.title, 0, 0, 4),
            (tr("Kind of meeting"), self.kind, 1, 0, 2),
            (tr("Body"), self.host, 1, 2, 2),
            (tr("Date"), self.date, 2, 0, 1),
            (tr("Time"), self.time, 2, 1, 1),
            (tr("Place"), self.place, 2, 2, 2),
        )
        for words, editor, row, column, span in rows:
            grid.addWidget(Field(words, editor), row, column, 1, span)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.weekday, 3, 0, 1, 2)
        card.body.addLayout(grid)
        return card

    def _link_card(self) -> Card:
        card = Card(tr("Online meetings"))
        words = tr("The room opens one with a touch. A passcode in the address is kept apart.")
        card.body.addWidget(Label(words, "body", "ink_soft", wraps=True))
        self.links = LinkRows()
        self.links.edit_requested.connect(self.edit_requested)
        self.links.entrance_requested.connect(self._on_entrance)
        self.links.passcode_requested.connect(self._on_passcode)
        card.body.addWidget(self.links)
        self.link_title, self.link_url = QLineEdit(), QLineEdit()
        self.link_title.setPlaceholderText(tr("Name, such as: provincial conference"))
        self.link_title.setAccessibleName(tr("Name of the online meeting"))
        self.link_url.setPlaceholderText("https://…")
        self.link_field = Field(tr("Address"), self.link_url)
        self.add_link = Button(tr("Add the link"), "outlined", "link")
        self.add_link.clicked.connect(self._on_link)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(tr("Name of the online meeting"), self.link_title), 2)
        row.addWidget(self.link_field, 3)
        card.body.addLayout(row)
        last = QHBoxLayout()
        last.addWidget(self.add_link)
        last.addStretch(1)
        card.body.addLayout(last)
        return card

    def _wire(self) -> None:
        for name, editor in (("title", self.title), ("place", self.place), ("body", self.body)):
            editor.editingFinished.connect(
                lambda name=name, editor=editor: self._set(name, editor.text())
            )
        self.bodies.activated.connect(lambda _index: self._on_body(self.bodies.currentData()))
        self.kind.activated.connect(lambda _index: self._set("kind", self.kind.currentData()))
        self.link_url.textEdited.connect(lambda _words: self.link_field.set_error(""))
        self.link_url.returnPressed.connect(self._on_link)
        self.date.editingFinished.connect(self._on_time)
        self.time.editingFinished.connect(self._on_time)

    def look_with(self, context: DeskContext) -> None:
        """Bodies and kinds of meeting are the office's."""
        self._context = context
        if context.inviting is not None:
            context.bridge.when_done(context.inviting.services(), self._know_services)

    def _know_services(self, services: dict[str, str]) -> None:
        self.links.services = services

    def _on_entrance(self, link: str, url: str | None, passcode: str | None) -> None:
        """What opens the door is kept apart from the draft."""
        context, draft = self._context, self._draft
        if context is None or context.inviting is None or draft is None:
            return
        context.bridge.when_done(
            context.inviting.set_entrance(draft.meeting, link, url, passcode),
            lambda _draft: self.edit_requested.emit(lambda same: same),
        )

    def _on_passcode(self, link: str) -> None:
        context, draft = self._context, self._draft
        row = self.links.rows.get(link)
        if context is not None and context.inviting is not None and draft is not None and row:
            context.bridge.when_done(
                context.inviting.passcode(draft.meeting, link), row.show_passcode
            )

    def _show_office(self, draft: Draft) -> None:
        directory = self._context.desk.directory if self._context else Directory()
        me = self._context.me if self._context else ""
        mine = [(row.body, row.name) for row in bodies_of(directory, me)]
        if draft.body and draft.body not in dict(mine):
            mine.insert(0, (draft.body, body_name(directory, draft.body)))
        self.host.setCurrentIndex(1 if open_bodies(directory) else 0)
        _fill(self.bodies, [("", tr("Choose the body…")), *mine], draft.body)
        kinds = [(row.kind, type_name(row)) for row in types_in_use(directory, draft.body)]
        if draft.kind not in dict(kinds):
            kinds.append((draft.kind, type_name(type_of(draft.kind, directory))))
        _fill(self.kind, kinds, draft.kind)

    def _on_body(self, body: str) -> None:
        """Another body has other kinds of meeting."""
        directory = self._context.desk.directory if self._context else Directory()
        kinds = [row.kind for row in types_in_use(directory, body)]

        def edit(draft: Draft) -> Draft:
            kind = draft.kind if draft.kind in kinds else kinds[0]
            return msgspec.structs.replace(draft, body=body, kind=kind)

        self.edit_requested.emit(edit)

    def show_draft(self, draft: Draft) -> None:
        """The draft's words, without disturbing the field somebody writes in."""
        self._draft = draft
        self._show_office(draft)
        for name, editor in (("title", self.title), ("place", self.place), ("body", self.body)):
            if not editor.hasFocus():
                editor.setText(getattr(draft, name))
        starts = local(draft.starts_at) if draft.starts_at else now()
        if draft.starts_at:
            self.date.setDate(QDate(starts.year, starts.month, starts.day))
            self.time.setTime(QTime(starts.hour, starts.minute))
            self.weekday.setText(f"{time_words(starts)}, {date_words(starts)}")
        self.links.show_links(draft.links)

    def _set(self, name: str, value: str) -> None:
        if self._draft is not None and getattr(self._draft, name) != value:
            self.edit_requested.emit(lambda draft: msgspec.structs.replace(draft, **{name: value}))

    def _on_time(self) -> None:
        date, time = self.date.date(), self.time.time()
        starts = datetime(
            date.year(), date.month(), date.day(), time.hour(), time.minute(), tzinfo=ZONE
        )
        self._set("starts_at", starts.isoformat())

    def _on_link(self) -> None:
        title, url = self.link_title.text().strip(), self.link_url.text().strip()
        if (url or not title) and not url.lower().startswith("https://"):
            self.link_field.set_error(sentence("link.not_https"))
            self.link_url.setFocus()
            return
        self._on_time()
        self.link_requested.emit(title, url)
        self.link_title.clear()
        self.link_url.clear()


def _fill(box: QComboBox, rows: list[tuple[str, str]], chosen: str) -> None:
    if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != rows:
        box.clear()
        for key, words in rows:
            box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
