"""The first step: title, kind, time, place, online meetings."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from meetingroom.services.drafting import Draft
from meetingroom.ui.controls import Button, Field, IconButton, Label
from meetingroom.ui.controls.spin_fields import DateField, TimeField
from meetingroom.ui.stage.moments import ZONE, local, now
from meetingroom.wording import tr


def kind_names() -> tuple[tuple[str, str], ...]:
    """Meeting types and their words."""
    return (
        ("ubnd_regular", tr("Regular session of the People's Committee")),
        ("ubnd_thematic", tr("Thematic or urgent session")),
        ("hdnd", tr("Session of the People's Council")),
        ("briefing", tr("Briefing meeting")),
        ("party", tr("Party committee conference")),
        ("other", tr("Other meeting")),
    )


class Information(QWidget):
    """Every change is an edit, kept at once."""

    edit_requested = Signal(object)
    link_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        grid = QGridLayout(self)
        grid.setSpacing(14)
        self.title, self.place, self.body = QLineEdit(), QLineEdit(), QLineEdit()
        self.kind = QComboBox()
        for key, words in kind_names():
            self.kind.addItem(words, key)
        tomorrow = QDate.currentDate().addDays(3)
        self.date, self.time = DateField(tomorrow), TimeField(QTime(8, 0))
        rows = (
            (tr("Title of the meeting"), self.title, 0, 0, 2),
            (tr("Kind of meeting"), self.kind, 1, 0, 1),
            (tr("Body"), self.body, 1, 1, 1),
            (tr("Date"), self.date, 2, 0, 1),
            (tr("Time"), self.time, 2, 1, 1),
            (tr("Place"), self.place, 3, 0, 2),
        )
        for words, editor, row, column, span in rows:
            grid.addWidget(Field(words, editor), row, column, 1, span)
        self.links = QVBoxLayout()
        grid.addWidget(Label(tr("Online meetings"), "section"), 4, 0, 1, 2)
        grid.addLayout(self.links, 5, 0, 1, 2)
        grid.addLayout(self._new_link(), 6, 0, 1, 2)
        grid.setRowStretch(7, 1)
        self._wire()

    def _new_link(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.link_title, self.link_url = QLineEdit(), QLineEdit()
        self.link_title.setPlaceholderText(tr("Name, such as: provincial conference"))
        self.link_url.setPlaceholderText("https://…")
        add = Button(tr("Add the link"), "outlined", "link")
        add.clicked.connect(self._on_link)
        row.addWidget(self.link_title, 2)
        row.addWidget(self.link_url, 3)
        row.addWidget(add)
        return row

    def _wire(self) -> None:
        for name, editor in (("title", self.title), ("place", self.place), ("body", self.body)):
            editor.editingFinished.connect(
                lambda name=name, editor=editor: self._set(name, editor.text())
            )
        self.kind.activated.connect(lambda _index: self._set("kind", self.kind.currentData()))
        self.date.editingFinished.connect(self._on_time)
        self.time.editingFinished.connect(self._on_time)

    def show_draft(self, draft: Draft) -> None:
        """The draft's words, without disturbing the field somebody writes in."""
        self._draft = draft
        for name, editor in (("title", self.title), ("place", self.place), ("body", self.body)):
            if not editor.hasFocus():
                editor.setText(getattr(draft, name))
        self.kind.setCurrentIndex(max(0, self.kind.findData(draft.kind)))
        starts = local(draft.starts_at) if draft.starts_at else now()
        if draft.starts_at:
            self.date.setDate(QDate(starts.year, starts.month, starts.day))
            self.time.setTime(QTime(starts.hour, starts.minute))
        while (old := self.links.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        for link in draft.links:
            self.links.addWidget(self._link(link.link, f"{link.title}: {link.url}"))

    def _link(self, link: str, words: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(words, "body", wraps=True), 1)
        drop = IconButton("x", tr("Remove the link"), extent="small", size=16)
        drop.clicked.connect(lambda: self.edit_requested.emit(_without_link(link)))
        row.addWidget(drop)
        return line

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
        if self.link_url.text().strip():
            self._on_time()
            self.link_requested.emit(self.link_title.text().strip(), self.link_url.text().strip())
            self.link_title.clear()
            self.link_url.clear()


def _without_link(link: str) -> Callable[[Draft], Draft]:
    def edit(draft: Draft) -> Draft:
        rows = tuple(row for row in draft.links if row.link != link)
        return msgspec.structs.replace(draft, links=rows)

    return edit
