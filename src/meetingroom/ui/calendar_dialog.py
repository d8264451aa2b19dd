"""My meetings in my calendar: as a file, or as an address that calendar programs ask."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from shiboken6 import isValid

from meetingroom.domain.errors import MeetingError
from meetingroom.sentences import sentence_of
from meetingroom.services.calendars import Calendars
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, HairLine, Label, QrCode, WrapRow
from meetingroom.ui.controls.tall_dialog import TallDialog
from meetingroom.wording import tr

T = TypeVar("T")
CODE_SIDE = 176


def file_kinds() -> str:
    return tr("Calendar files") + " (*.ics)"


def with_ending(name: str, ending: str) -> Path:
    """A path as typed, with the ending if it has another or none."""
    path = Path(name)
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


class CalendarDialog(TallDialog):
    """A file of all own meetings; the own address, with its code for a telephone."""

    def __init__(self, context: DeskContext, calendars: Calendars, parent: QWidget) -> None:
        super().__init__(tr("My meetings in my calendar"), 600, parent)
        self._context, self._calendars = context, calendars
        self._lay_file()
        self.column.addWidget(HairLine())
        self._lay_address()
        self.told = Label("", "body", "good", wraps=True)
        self.told.hide()
        self.column.addWidget(self.told)
        self.column.addStretch(1)
        close = Button(tr("Close"), "plain")
        close.clicked.connect(self.reject)
        self.foot.addStretch(1)
        self.foot.addWidget(close)
        self._show("")
        self._when(calendars.address(), self._show)

    def _lay_file(self) -> None:
        self.column.addWidget(Label(tr("Once, as a file"), "section"))
        words = tr("Any calendar program opens it. Meetings that change later do not change there.")
        self.column.addWidget(Label(words, "body", "ink_soft", wraps=True))
        self.save = Button(tr("Save as a file…"), "outlined", "save")
        self.save.clicked.connect(lambda _on=False: self.on_save())
        row = WrapRow()
        row.addWidget(self.save)
        self.column.addLayout(row)

    def _lay_address(self) -> None:
        self.column.addWidget(Label(tr("Always up to date"), "section"))
        words = tr(
            "A calendar program or a telephone in the office's network asks this address now and "
            "then. Whoever has it sees when and where your meetings are, never papers, links or "
            "passcodes; it is sent without encryption. You can end it at any time."
        )
        self.column.addWidget(Label(words, "body", "ink_soft", wraps=True))
        words = tr("What asks from outside the office, as Google Calendar does, cannot reach it.")
        self.column.addWidget(Label(words, "caption", "ink_soft", wraps=True))
        self.code = QrCode(tr("The address as a code for a telephone"), CODE_SIDE)
        self.column.addWidget(self.code, 0, Qt.AlignmentFlag.AlignLeft)
        self.line = QLineEdit()
        self.line.setReadOnly(True)
        self.line.setAccessibleName(tr("Address of my meetings"))
        self.column.addWidget(self.line)
        self.make = Button(tr("Make my address"), "primary", "link")
        self.copy = Button(tr("Copy"), "outlined", "copy")
        self.stop = Button(tr("End this address"), "plain")
        self.make.clicked.connect(lambda _on=False: self._ask(self._calendars.subscribe()))
        self.copy.clicked.connect(lambda _on=False: self.on_copy())
        self.stop.clicked.connect(lambda _on=False: self._ask(self._calendars.stop()))
        row = WrapRow()
        for button in (self.make, self.copy, self.stop):
            row.addWidget(button)
        self.column.addLayout(row)

    def _ask(self, future: "Future[str]") -> None:
        for button in (self.make, self.stop):
            button.setEnabled(False)
        self._when(future, self._show)

    def _when(self, future: "Future[T]", done: Callable[[T], None]) -> None:
        """Once it is there, if this is still open."""

        def unless_closed(take: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda value: take(value) if isValid(self) else None

        self._context.bridge.when_done(future, unless_closed(done), unless_closed(self._complain))

    def _show(self, address: str) -> None:
        """The address, or how to get one."""
        self._let()
        self.line.setText(address)
        self.line.setCursorPosition(0)
        self.code.show_words(address.replace("http://", "webcal://", 1))
        for one in (self.line, self.code, self.copy, self.stop):
            one.setVisible(bool(address))
        self.make.setVisible(not address)

    def _let(self) -> None:
        self.make.setEnabled(True)
        self.stop.setEnabled(True)

    def on_copy(self) -> None:
        """To the clipboard."""
        QApplication.clipboard().setText(self.line.text())
        self._tell("good", tr("Copied"))

    def on_save(self) -> None:
        """Ask where, and write."""
        name = tr("My meetings") + ".ics"
        chosen, _ = QFileDialog.getSaveFileName(self, self.save.text(), name, file_kinds())
        if chosen:
            self.save_to(with_ending(chosen, ".ics"))

    def save_to(self, path: Path) -> None:
        """Write the file, and say how many meetings are in it."""

        def done(count: int) -> None:
            self._tell("good", tr("{0} meetings are in {1}").format(count, path.name))

        self._when(self._calendars.save(path), done)

    def _complain(self, error: MeetingError) -> None:
        self._let()
        self._tell("attention", sentence_of(error))

    def _tell(self, ink: str, words: str) -> None:
        self.told.set_ink(ink)
        self.told.setText(words)
        self.told.setVisible(bool(words))
