"""People and computers of the office: codes, revoking, backup."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import DeviceRevoked
from meetingroom.domain.ids import OFFICE
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Card, HairLine, InfoBar, Label
from meetingroom.ui.stage.moments import local
from meetingroom.wording import tr


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
        context.bridge.directory_changed.connect(lambda _what: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """List everybody anew."""
        directory = self._context.desk.directory
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(28, 20, 28, 20)
        top = QHBoxLayout()
        top.addWidget(Label(tr("People and computers"), "page_title"), 1)
        backup = Button(tr("Back up now"), "outlined", "hard-drive")
        backup.clicked.connect(self.on_backup)
        top.addWidget(backup)
        column.addLayout(top)
        card = Card(padding=0)
        for key, room in directory.rooms.items():
            card.body.addWidget(self._row(key, room.name, tr("Room display")))
            card.body.addWidget(HairLine())
        for person in directory.in_protocol_order():
            second = ", ".join(part for part in (person.title, person.unit) if part)
            card.body.addWidget(self._row(person.person, person.name, second))
            card.body.addWidget(HairLine())
        column.addWidget(card)
        column.addStretch(1)
        self.scroller.setWidget(inner)

    def _row(self, principal: str, name: str, second: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 8, 16, 8)
        words = QVBoxLayout()
        words.addWidget(Label(name, "strong", wraps=True))
        words.addWidget(Label(second, "caption", "ink_soft", wraps=True))
        row.addLayout(words, 3)
        devices = self._context.desk.directory.devices_of(principal)
        column = QVBoxLayout()
        if not devices:
            column.addWidget(Label(tr("No computer yet"), "caption", "ink_soft"))
        for device in devices:
            column.addLayout(self._device(device.device, device.name, device.enrolled_at))
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
            self._context.desk.ask("code.make", {"principal": principal}),
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
