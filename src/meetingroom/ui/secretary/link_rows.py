"""The online meetings of a draft: each in a line, opened to be corrected; kept at once."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from meetingroom.domain.entrance import is_https
from meetingroom.sentences import sentence
from meetingroom.services.drafting import Draft, DraftLink
from meetingroom.ui.controls import Button, Card, Field, FoldingRow, IconButton, Label, empty
from meetingroom.ui.secretary.received_fields import PasscodeField
from meetingroom.ui.secretary.received_times import MomentField
from meetingroom.ui.secretary.received_words import levels, when_words
from meetingroom.wording import tr

Edit = Callable[[Draft], Draft]
PLAIN = ("title", "meeting_number", "organiser", "site", "contact")


class LinkRow(Card):
    """`edit_requested` carries a change of the draft; what opens the door goes other ways."""

    edit_requested = Signal(object)
    entrance_requested = Signal(str, object, object)
    """The link, and the new address or None, and the new passcode or None."""
    passcode_requested = Signal(str)

    def __init__(self, link: DraftLink, services: dict[str, str]) -> None:
        super().__init__(padding=12)
        self.link = link
        self.words = Label("", "body", wraps=True)
        self.second = Label("", "small", "ink_soft", wraps=True)
        self.open = Button(tr("Correct it"), "outlined", "pencil", extent="small")
        self.drop = IconButton("x", tr("Remove the link"), extent="small", size=16)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.words)
        lines.addWidget(self.second)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(lines, 1)
        row.addWidget(self.open)
        row.addWidget(self.drop)
        self.body.addLayout(row)
        self.parts = QWidget()
        self.body.addWidget(self.parts)
        self._lay(services)
        self.parts.hide()
        self._wire()
        self.show_link(link)

    def _lay(self, services: dict[str, str]) -> None:
        self.lines = {name: QLineEdit() for name in (*PLAIN, "url")}
        self.service, self.level = QComboBox(), QComboBox()
        self.service.addItem(tr("Another or not known"), "")
        for name, words in services.items():
            self.service.addItem(words, name)
        for name, words in levels():
            self.level.addItem(words, name)
        self.passcode, self.test = PasscodeField(), MomentField(tr("Testing time"))
        self.is_for_all = QCheckBox(tr("Officials may also join from their own computers"))
        self.opens_itself = QCheckBox(tr("The large display goes in by itself when it is time"))
        lines = self.lines
        lines["url"].setPlaceholderText(tr("empty: the higher level's own video system"))
        self.url_field = Field(tr("Address"), lines["url"])
        column = QVBoxLayout(self.parts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Field(tr("Name of the online meeting"), lines["title"]))
        column.addWidget(self.url_field)
        for left, right in (
            (Field(tr("Service"), self.service),
             Field(tr("Meeting number (ID)"), lines["meeting_number"])),
            (Field(tr("Passcode"), self.passcode), Field(tr("Our own site"), lines["site"])),
            (Field(tr("Who invites"), lines["organiser"]), Field(tr("Level"), self.level)),
            (Field(tr("Technical contact"), lines["contact"]),
             Field(tr("Testing time"), self.test)),
        ):  # fmt: skip
            column.addWidget(FoldingRow(left, right, (1, 1)))
        column.addWidget(self.is_for_all)
        column.addWidget(self.opens_itself)

    def _wire(self) -> None:
        self.open.clicked.connect(self._on_open)
        for name in PLAIN:
            line = self.lines[name]
            line.editingFinished.connect(
                lambda name=name, line=line: self._set(name, line.text().strip())
            )
        self.lines["url"].editingFinished.connect(self._on_url)
        self.lines["url"].textEdited.connect(lambda _words: self.url_field.set_error(""))
        self.service.activated.connect(lambda _n: self._set("service", self.service.currentData()))
        self.level.activated.connect(lambda _n: self._set("level", self.level.currentData()))
        self.test.edited.connect(self._on_test)
        self.is_for_all.clicked.connect(lambda is_on: self._set("is_for_all", is_on))
        self.opens_itself.clicked.connect(lambda is_on: self._set("opens_itself", is_on))
        self.passcode.line.editingFinished.connect(self._on_passcode)
        self.passcode.shown_changed.connect(self._on_eye)

    def _on_open(self) -> None:
        is_open = self.parts.isHidden()
        self.parts.setVisible(is_open)
        self.open.set_words(tr("Close", "fields") if is_open else tr("Correct it"))
        self.open.set_icon("chevron-up" if is_open else "pencil")

    def show_link(self, link: DraftLink) -> None:
        """The link as the draft has it, but for the field somebody writes in."""
        self.link = link
        way = link.url or tr("the higher level's own video system")
        self.words.setText(f"{link.title}: {way}".strip(": "))
        self.drop.setAccessibleName(f"{tr('Remove the link')}: {self.words.text()}")
        self.open.setAccessibleName(f"{tr('Correct it')}: {self.words.text()}")
        self.second.setText(_told(link))
        for name, line in self.lines.items():
            if not line.hasFocus() and line.text() != getattr(link, name):
                line.setText(getattr(link, name))
                line.setCursorPosition(0)
        if self.service.findData(link.service) < 0:
            self.service.addItem(link.service, link.service)
        self.service.setCurrentIndex(self.service.findData(link.service))
        self.level.setCurrentIndex(max(0, self.level.findData(link.level)))
        if not (self.test.time.hasFocus() or self.test.date.hasFocus()):
            self.test.set_moment(link.test_at)
        self.is_for_all.setChecked(link.is_for_all)
        self.opens_itself.setChecked(link.opens_itself)
        is_kept = bool(link.secret or link.local_secret)
        self.passcode.line.setPlaceholderText(tr("kept apart") if is_kept else "")

    def show_passcode(self, passcode: str) -> None:
        """What people type, while the eye is open."""
        if self.passcode.is_shown and not self.passcode.line.isModified():
            self.passcode.line.setText(passcode)

    # --- what somebody typed --------------------------------------------------------------

    def _set(self, name: str, value: Any) -> None:
        if getattr(self.link, name) != value:
            self.edit_requested.emit(_with_link(self.link.link, {name: value}))

    def _on_url(self) -> None:
        words = self.lines["url"].text().strip()
        if words == self.link.url:
            return
        if words and not is_https(words):
            self.url_field.set_error(sentence("link.not_https"))
            return
        self.entrance_requested.emit(self.link.link, words, None)

    def _on_test(self) -> None:
        if self.test.is_empty or self.test.moment:
            self._set("test_at", self.test.moment)
        self.test.set_state("" if self.test.is_empty or self.test.moment else "error")

    def _on_passcode(self) -> None:
        line = self.passcode.line
        if line.isModified():
            line.setModified(False)
            self.entrance_requested.emit(self.link.link, None, self.passcode.text())

    def _on_eye(self, is_shown: bool) -> None:
        line = self.passcode.line
        if is_shown and not line.text():
            self.passcode_requested.emit(self.link.link)
        elif not is_shown and not line.isModified():
            line.clear()


class LinkRows(QWidget):
    """All links of a draft; rows stay while their links do, so that nobody loses the cursor."""

    edit_requested = Signal(object)
    entrance_requested = Signal(str, object, object)
    passcode_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.rows: dict[str, LinkRow] = {}
        self.services: dict[str, str] = {}

    def show_links(self, links: tuple[DraftLink, ...]) -> None:
        """One row a link."""
        if list(self.rows) != [link.link for link in links]:
            empty(self._column)
            self.rows = {link.link: self._row(link) for link in links}
            for row in self.rows.values():
                self._column.addWidget(row)
        for link in links:
            self.rows[link.link].show_link(link)

    def _row(self, link: DraftLink) -> LinkRow:
        row = LinkRow(link, self.services)
        row.edit_requested.connect(self.edit_requested)
        row.entrance_requested.connect(self.entrance_requested)
        row.passcode_requested.connect(self.passcode_requested)
        row.drop.clicked.connect(lambda: self.edit_requested.emit(_without_link(link.link)))
        return row


def _told(link: DraftLink) -> str:
    parts = (
        tr("number {0}").format(link.meeting_number) if link.meeting_number else "",
        tr("passcode kept apart") if link.secret or link.local_secret else "",
        link.site,
        link.contact,
        tr("test: {0}").format(when_words(link.test_at)) if link.test_at else "",
    )
    return "  ·  ".join(filter(None, parts))


def _with_link(link: str, values: dict[str, Any]) -> Edit:
    def edit(draft: Draft) -> Draft:
        rows = tuple(
            msgspec.structs.replace(row, **values) if row.link == link else row
            for row in draft.links
        )
        return msgspec.structs.replace(draft, links=rows)

    return edit


def _without_link(link: str) -> Edit:
    def edit(draft: Draft) -> Draft:
        rows = tuple(row for row in draft.links if row.link != link)
        return msgspec.structs.replace(draft, links=rows)

    return edit
