"""People and computers of the office: codes, revoking, backup."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import DeviceRevoked
from meetingroom.domain.ids import OFFICE
from meetingroom.sentences import sentence_of
from meetingroom.services.patience import ask_patiently
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Card, HairLine, InfoBar, Label
from meetingroom.ui.freshness import WhenSeen
from meetingroom.ui.stage.moments import local
from meetingroom.wording import tr

ROWS_AT_ONCE = 4


@dataclass(frozen=True)
class Row:
    """What one row says: a person or a room, and (id, name, since) of each computer."""

    principal: str
    name: str
    second: str
    devices: tuple[tuple[str, str, str], ...]


class PeopleRoom(QWidget):
    """A row a person (and a room) with its computers."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.info = InfoBar()
        column.addWidget(self.info)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        column.addWidget(self.scroller, 1)
        self._card = Card(padding=0)
        self._shown: dict[str, Row] = {}
        self._lines: dict[str, QWidget] = {}
        self.scroller.setWidget(self._inner())
        self._filling = QTimer(self)
        self._filling.setInterval(0)
        self._filling.timeout.connect(self._fill)
        self._fresh = WhenSeen(self, self.refresh)
        context.bridge.directory_changed.connect(self._fresh.ask)
        self._fresh.ask()

    def refresh(self) -> None:
        """Show everybody; only rows that changed are made anew, some at a time."""
        self._filling.start()

    def _wanted(self) -> list[Row]:
        directory = self._context.desk.directory

        def row(principal: str, name: str, second: str) -> Row:
            devices = directory.devices_of(principal)
            told = tuple((one.device, one.name, one.enrolled_at) for one in devices)
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

    def _inner(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(28, 20, 28, 20)
        top = QHBoxLayout()
        top.addWidget(Label(tr("People and computers"), "page_title"), 1)
        backup = Button(tr("Back up now"), "outlined", "hard-drive")
        backup.clicked.connect(self.on_backup)
        top.addWidget(backup)
        column.addLayout(top)
        column.addWidget(self._card)
        column.addStretch(1)
        return inner

    def _row(self, shown: Row) -> QWidget:
        principal, name, second = shown.principal, shown.name, shown.second
        line = QWidget()
        outer = QVBoxLayout(line)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        outer.addLayout(row)
        outer.addWidget(HairLine())
        row.setContentsMargins(16, 8, 16, 8)
        words = QVBoxLayout()
        words.addWidget(Label(name, "strong", wraps=True))
        words.addWidget(Label(second, "caption", "ink_soft", wraps=True))
        row.addLayout(words, 3)
        column = QVBoxLayout()
        if not shown.devices:
            column.addWidget(Label(tr("No computer yet"), "caption", "ink_soft"))
        for device in shown.devices:
            column.addLayout(self._device(*device))
        row.addLayout(column, 4)
        code = Button(tr("Code for a new computer"), "accent", "key-round", extent="small")
        code.setAccessibleName(f"{tr('Code for a new computer')}: {name}")
        code.clicked.connect(lambda: self.on_code(principal, name))
        row.addWidget(code)
        return line

    def _device(self, device: str, name: str, since: str) -> QHBoxLayout:
        row = QHBoxLayout()
        words = tr("{0}, since {1}").format(
            name or tr("computer"), f"{local(since):%d/%m/%Y %H:%M}"
        )
        row.addWidget(Label(words, "small", wraps=True), 1)
        if device != self._context.desk.profile.device:
            drop = Button(tr("Revoke"), "quiet", extent="small")
            drop.setToolTip(tr("The computer is cut off at once and needs a new code."))
            drop.clicked.connect(lambda: self.on_revoke(device))
            row.addWidget(drop)
        return row

    def on_code(self, principal: str, name: str) -> None:
        """A one-time code, shown large."""
        self._context.bridge.when_done(
            ask_patiently(self._context.desk, "code.make", {"principal": principal}),
            lambda answer: self._show_code(name, answer),
            self.complain,
        )

    def _show_code(self, name: str, answer: dict[str, Any]) -> None:
        until = local(str(answer["expires"]))
        title = f"{answer['code']}"
        advice = tr("Code for {0}: one use, until {1}.").format(name, f"{until:%H:%M %d/%m}")
        self.info.tell("good", title, advice, icon="key-round")

    def on_revoke(self, device: str) -> None:
        desk = self._context.desk
        task = desk.run(lambda: desk.write(OFFICE, DeviceRevoked(device=device)))
        done = tr("The computer was taken out; its connection has ended.")
        self._context.bridge.when_done(
            task, lambda _record: self.info.tell("good", done), self.complain
        )

    def on_backup(self) -> None:
        self._context.bridge.when_done(
            self._context.desk.ask("backup.make", {}, 600),
            lambda answer: self.info.tell("good", tr("Backed up"), str(answer["file"])),
            self.complain,
        )

    def complain(self, error: MeetingError) -> None:
        self.info.tell("attention", sentence_of(error))
