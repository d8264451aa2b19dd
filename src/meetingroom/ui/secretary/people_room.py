"""People and computers of the office: codes, revoking, backup."""

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import DeviceRevoked, PersonSet
from meetingroom.domain.ids import OFFICE, is_room, new_id
from meetingroom.sentences import sentence_of
from meetingroom.services.patience import ask_patiently
from meetingroom.services.people_file import read_people_file
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    ElidedLabel,
    HairLine,
    IconButton,
    InfoBar,
    Label,
    SearchField,
    WrapRow,
    is_found,
)
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.freshness import WhenSeen
from meetingroom.ui.secretary.code_card import CodeCard, address_for_others
from meetingroom.ui.secretary.person_dialog import PersonDialog
from meetingroom.ui.secretary.standby_button import (
    StandbyButton,
    may_be_standby,
    named_standbys,
)
from meetingroom.ui.stage.moments import local
from meetingroom.wording import tr

ROWS_AT_ONCE = 4


@dataclass(frozen=True)
class Row:
    """What one row says: a person or a room, and of each computer id, name, since when it is
    here, and whether it keeps a copy of the hub."""

    principal: str
    name: str
    second: str
    devices: tuple[tuple[str, str, str, bool], ...]


class PeopleRoom(QWidget):
    """A row a person (and a room) with its computers."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wish = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.info = InfoBar()
        column.addWidget(self.info)
        top = QVBoxLayout()
        top.setContentsMargins(28, 20, 28, 12)
        top.setSpacing(12)
        self.code_card = CodeCard()
        top.addLayout(self._head())
        top.addWidget(self.code_card)
        column.addLayout(top)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll_by_touch(self.scroller)
        column.addWidget(self.scroller, 1)
        self._card = Card(padding=0)
        self._card.body.setSpacing(0)
        self._shown: dict[str, Row] = {}
        self._lines: dict[str, QWidget] = {}
        self.scroller.setWidget(self._inner())
        self._filling = QTimer(self)
        self._filling.setInterval(0)
        self._filling.timeout.connect(self._fill)
        self._fresh = WhenSeen(self, self.refresh)
        context.bridge.directory_changed.connect(self._fresh.ask)
        self._fresh.ask()

    # --- showing --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show everybody; only rows that changed are made anew, some at a time."""
        self._filling.start()

    def _wanted(self) -> list[Row]:
        directory = self._context.desk.directory
        standbys = named_standbys(self._context)

        def row(principal: str, name: str, second: str) -> Row:
            told = tuple(
                (one.device, one.name, one.enrolled_at, one.device in standbys)
                for one in directory.devices_of(principal)
            )
            return Row(principal, name, second, told)

        rows = [row(key, room.name, tr("Room display")) for key, room in directory.rooms.items()]
        for person in directory.in_protocol_order():
            second = ", ".join(part for part in (person.title, person.unit) if part)
            rows.append(row(person.person, person.name, second))
        return rows

    def _fill(self) -> None:
        rows = self._wanted()
        for gone in set(self._shown) - {row.principal for row in rows}:
            del self._shown[gone]
            self._lines.pop(gone).deleteLater()
        stale = [
            (place, row)
            for place, row in enumerate(rows)
            if self._shown.get(row.principal) != row
            or self._card.body.indexOf(self._lines[row.principal]) != place
        ]
        for place, row in stale[:ROWS_AT_ONCE]:
            old = self._lines.pop(row.principal, None)
            if old is not None:
                self._card.body.removeWidget(old)
                old.deleteLater()
            self._shown[row.principal] = row
            self._lines[row.principal] = self._row(row)
            self._card.body.insertWidget(place, self._lines[row.principal])
        if len(stale) <= ROWS_AT_ONCE:
            self._filling.stop()
            self.count.setText(_counted(rows))
        self._filter(self._wish)

    def _filter(self, wish: str) -> None:
        self._wish = wish
        for principal, line in self._lines.items():
            row = self._shown[principal]
            line.setVisible(is_found(wish, row.name, row.second))

    def _head(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(Label(tr("People and computers"), "page_title"))
        self.count = Label("", "body", "ink_soft")
        top.addSpacing(8)
        top.addWidget(self.count, 1)
        column.addLayout(top)
        tools = WrapRow()
        self.search = SearchField(tr("Find a person"))
        self.search.setMinimumWidth(260)
        self.search.search_requested.connect(self._filter)
        tools.addWidget(self.search)
        for words, icon, kind, slot in (
            (tr("Add a person"), "user-plus", "accent", self.on_new),
            (tr("List of people (CSV)…"), "upload", "outlined", self.on_list),
            (tr("Back up now"), "hard-drive", "outlined", self.on_backup),
        ):
            button = Button(words, kind, icon)  # type: ignore[arg-type]
            button.clicked.connect(slot)
            tools.addWidget(button)
        column.addLayout(tools)
        return column

    def _inner(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(28, 0, 28, 20)
        column.addWidget(self._card)
        column.addStretch(1)
        return inner

    def _row(self, shown: Row) -> QWidget:
        principal, name = shown.principal, shown.name
        line = QWidget()
        outer = QVBoxLayout(line)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        outer.addLayout(row)
        outer.addWidget(HairLine())
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(name, "strong"))
        words.addWidget(ElidedLabel(shown.second, "caption", "ink_soft"))
        row.addLayout(words, 3)
        column = QVBoxLayout()
        if not shown.devices:
            column.addWidget(Label(tr("No computer yet"), "caption", "ink_soft"))
        for device in shown.devices:
            column.addLayout(self._device(name, *device))
        row.addLayout(column, 4)
        if principal in self._context.desk.directory.people:
            change = IconButton("pencil", f"{tr('Change')}: {name}", extent="small", size=16)
            change.clicked.connect(lambda: self.on_change(principal))
            row.addWidget(change)
        code = Button(tr("Code for a new computer"), "accent", "key-round", extent="small")
        code.setAccessibleName(f"{tr('Code for a new computer')}: {name}")
        code.clicked.connect(lambda: self.on_code(principal, name))
        row.addWidget(code)
        return line

    def _device(
        self, owner: str, device: str, name: str, since: str, is_standby: bool
    ) -> QHBoxLayout:
        row = QHBoxLayout()
        when = f"{local(since):%d/%m/%Y %H:%M}"
        words = tr("{0}, since {1}").format(name or tr("computer"), when)
        is_this = device == self._context.desk.profile.device
        row.addWidget(
            ElidedLabel(f"{words} ({tr('this computer')})" if is_this else words, "small"), 1
        )
        if may_be_standby(self._context, device):
            of = f"{owner}, {name}"
            row.addWidget(StandbyButton(self._context, device, of, is_standby=is_standby))
        if not is_this:
            drop = Button(tr("Revoke"), "quiet", extent="small")
            drop.setAccessibleName(f"{tr('Revoke')}: {owner}, {name}")
            drop.setToolTip(tr("The computer is cut off at once and needs a new code."))
            drop.clicked.connect(lambda: self.on_revoke(device))
            row.addWidget(drop)
        return row

    # --- people ---------------------------------------------------------------------------

    def on_new(self) -> None:
        """Type a person."""
        people = self._context.desk.directory.people.values()
        order = max((person.order for person in people), default=-1) + 1
        self._open_dialog(PersonSet(person=new_id("person"), name="", order=order), is_new=True)

    def on_change(self, person: str) -> None:
        """Change a person."""
        known = self._context.desk.directory.people.get(person)
        if known is not None:
            self._open_dialog(known, is_new=False)

    def _open_dialog(self, person: PersonSet, *, is_new: bool) -> None:
        is_me = person.person == self._context.me
        dialog = PersonDialog(person, self, is_new=is_new, is_me=is_me)
        dialog.kept.connect(self.keep)
        dialog.open()

    def keep(self, person: PersonSet) -> None:
        """Write a person as typed."""
        self._write([person], tr("{0} is kept.").format(person.name))

    def on_list(self) -> None:
        """Choose a CSV file."""
        name, _ = QFileDialog.getOpenFileName(self, tr("List of people"), "", "CSV (*.csv *.txt)")
        if name:
            self.take_list(Path(name))

    def take_list(self, file: Path) -> None:
        """Add who is on a list and not in the office yet."""
        task = self._context.desk.run(lambda: read_people_file(file))
        self._context.bridge.when_done(task, self._on_list_read, self.complain)

    def _on_list_read(self, people: list[PersonSet]) -> None:
        known = {
            (person.name, person.title) for person in self._context.desk.directory.people.values()
        }
        start = len(known)
        new = [
            msgspec.structs.replace(person, order=start + place)
            for place, person in enumerate(people)
            if (person.name, person.title) not in known
        ]
        words = tr("{0} people were added; {1} were here already.")
        self._write(new, words.format(len(new), len(people) - len(new)))

    def _write(self, facts: list[Any], done: str) -> None:
        desk = self._context.desk
        task: Future[list[str]] = desk.run(lambda: [desk.write(OFFICE, fact) for fact in facts])
        self._context.bridge.when_done(
            task, lambda _ids: self.info.tell("good", done), self.complain
        )

    # --- computers ------------------------------------------------------------------------

    def on_code(self, principal: str, name: str) -> None:
        """A one-time code, shown large."""
        self._context.bridge.when_done(
            ask_patiently(self._context.desk, "code.make", {"principal": principal}),
            lambda answer: self._show_code(name, answer),
            self.complain,
        )

    def _show_code(self, name: str, answer: dict[str, Any]) -> None:
        until = local(str(answer["expires"]))
        address = address_for_others(self._context.desk.profile.address)
        self.info.withdraw()
        self.code_card.show_code(name, str(answer["code"]), f"{until:%H:%M %d/%m}", address)

    def on_revoke(self, device: str) -> None:
        """Cut a computer off at once."""
        desk = self._context.desk
        task = desk.run(lambda: desk.write(OFFICE, DeviceRevoked(device=device)))
        done = tr("The computer was taken out; its connection has ended.")
        advice = tr("If that was a slip, give a new code.")
        self._context.bridge.when_done(
            task, lambda _record: self.info.tell("good", done, advice), self.complain
        )

    def on_backup(self) -> None:
        """Have the hub write a backup now."""
        self.info.tell("attention", tr("Backing up…"), icon="hard-drive")
        self._context.bridge.when_done(
            self._context.desk.ask("backup.make", {}, 600), self._backed_up, self.complain
        )

    def _backed_up(self, answer: dict[str, Any]) -> None:
        advice = tr(
            "On the hub's computer: {0}. Copy it to a USB stick; the recovery key opens it."
        )
        self.info.tell("good", tr("Backed up"), advice.format(answer["file"]))

    def complain(self, error: MeetingError) -> None:
        """Say a known error in the quiet bar."""
        self.info.tell("attention", sentence_of(error))


def _counted(rows: list[Row]) -> str:
    people = [row for row in rows if not is_room(row.principal)]
    without = sum(not row.devices for row in people)
    return tr("{0} people, {1} without a computer").format(len(people), without)
