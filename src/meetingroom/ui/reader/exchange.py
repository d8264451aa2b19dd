"""What goes into and out of a paper while reading: marks made elsewhere come in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMenu, QWidget

from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.services.import_words import import_words
from meetingroom.services.importing import Taken
from meetingroom.ui.context import DeskContext
from meetingroom.wording import tr

ENDINGS = (".pdf", ".xfdf")


class PaperExchange(QObject):
    """The menu of the open paper, and files dropped onto the room.

    Before it acts it asks for the paper (`paper_wanted`), which `start` answers.
    """

    paper_wanted = Signal()
    told = Signal(str, str, str, tuple)
    """Role, title, advice and actions for the info bar."""
    failed = Signal(object)
    """A known error."""
    history_changed = Signal()

    def __init__(self, context: DeskContext, room: QWidget, button: QAbstractButton) -> None:
        super().__init__(room)
        self._context, self._room = context, room
        self._meeting: Meeting | None = None
        self._paper: Paper | None = None
        self.menu = QMenu(room)
        self.take_action = self._add(tr("Notes from a file…"), self.choose_file)
        self.take_action.setEnabled(context.import_marks is not None)
        button.clicked.connect(lambda: self.open_menu(button))
        room.setAcceptDrops(context.import_marks is not None)
        room.installEventFilter(self)

    def _add(self, words: str, act: Callable[[], None]) -> QAction:
        action = self.menu.addAction(words)
        action.triggered.connect(lambda _on=False: act())
        return action

    def start(self, meeting: Meeting | None, paper: Paper | None) -> None:
        """The paper that is open now."""
        self._meeting, self._paper = meeting, paper

    def open_menu(self, button: QWidget) -> None:
        self.paper_wanted.emit()
        self.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    # --- marks come in ----------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a file, then take its marks in."""
        kinds = tr("PDF or XFDF with notes") + " (*.pdf *.xfdf)"
        title = tr("Notes from a file")
        chosen, _ = QFileDialog.getOpenFileName(self._room, title, "", kinds)
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Take in the marks of a file for the open paper, or another the file is a copy of."""
        self.paper_wanted.emit()
        take, meeting, paper = self._context.import_marks, self._meeting, self._paper
        if take is None or meeting is None:
            return
        self.told.emit("attention", tr("Reading the notes in {0}…").format(file.name), "", ())
        future = take(meeting.id, file, paper.paper if paper else "")
        bridge = self._context.bridge
        bridge.when_done(future, lambda taken: self._taken(meeting.id, taken), self.failed.emit)

    def _taken(self, meeting: str, taken: Taken) -> None:
        folded = self._context.desk.meeting(meeting)
        if folded is None:
            return
        first, *rest = import_words(folded, taken)
        is_whole = not taken.left_out and not taken.differing
        close = ((tr("Good"), "done"),)
        self.told.emit("good" if is_whole else "attention", first, "\n".join(rest), close)
        self.history_changed.emit()

    # --- dropped files ----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A PDF or XFDF may be dropped anywhere in the room."""
        if isinstance(event, QDropEvent):
            files = _files(event)
            if files:
                event.acceptProposedAction()
            if files and event.type() == QEvent.Type.Drop:
                self.take(files[0])
            return bool(files)
        return super().eventFilter(watched, event)


def _files(event: QDropEvent) -> list[Path]:
    """The one file that is dragged, if it may hold marks."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths if len(paths) == 1 and paths[0].suffix.casefold() in ENDINGS else []
