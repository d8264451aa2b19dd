"""What goes into and out of a paper while reading: marks come in, copies and sheets go out."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QDropEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMenu, QWidget

from meetingroom.domain.handling import allowed
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.sentences import sentence
from meetingroom.services.import_words import import_words
from meetingroom.services.importing import Taken
from meetingroom.ui.context import DeskContext
from meetingroom.ui.reader.printing import STOP, Printing, chosen_pdf
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
        self._blob, self._page = "", 0
        self.printing = Printing(context, room)
        self.printing.told.connect(self.told)
        self.menu = QMenu(room)
        self.print_action = self._add(tr("Print…"), self.ask_to_print)
        self.print_action.setShortcut(QKeySequence("Ctrl+P"))
        room.addAction(self.print_action)
        self.copy_action = self._add(tr("Save a copy…"), lambda: self.choose_copy(has_marks=False))
        words = tr("Save a copy with the notes you see…")
        self.marked_action = self._add(words, lambda: self.choose_copy(has_marks=True))
        self.menu.addSeparator()
        self.take_action = self._add(tr("Notes from a file…"), self.choose_file)
        self.take_action.setEnabled(context.import_marks is not None)
        button.clicked.connect(lambda: self.open_menu(button))
        room.setAcceptDrops(context.import_marks is not None)
        room.installEventFilter(self)

    def _add(self, words: str, act: Callable[[], None]) -> QAction:
        action = self.menu.addAction(words)
        action.triggered.connect(lambda _on=False: act())
        return action

    def start(
        self, meeting: Meeting | None, paper: Paper | None, blob: str = "", page: int = 0
    ) -> None:
        """The paper that is open now: which version (without: the newest), at which page."""
        self._meeting, self._paper, self._page = meeting, paper, page
        self._blob = blob or (paper.current.blob if paper is not None else "")

    def open_menu(self, button: QWidget) -> None:
        """What can be done with the open paper; with its file once it is known to be here."""
        self.paper_wanted.emit()
        self._enable(is_here=False)
        self._when_here(lambda: self._enable(is_here=True))
        self.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _enable(self, *, is_here: bool) -> None:
        for action in (self.copy_action, self.marked_action):
            action.setEnabled(is_here)

    def _when_here(self, act: Callable[[], None]) -> None:
        """Act if the open paper's file is on this computer."""
        desk, blob = self._context.desk, self._blob
        if self._paper is None:
            return

        def known(is_here: bool) -> None:
            if is_here and blob == self._blob:
                act()

        ask = desk.run(lambda: desk.paper_path(blob) is not None)
        self._context.bridge.when_done(ask, known)

    # --- the paper goes out -----------------------------------------------------------------

    def ask_to_print(self) -> None:
        """Ask what to print of the open paper."""
        self.paper_wanted.emit()
        self._when_here(self._ask_to_print)

    def _ask_to_print(self) -> None:
        if self._meeting is not None and self._paper is not None:
            self.printing.ask(self._meeting, self._paper, self._blob, self._page)

    def on_action(self, key: str) -> None:
        """A button of the info bar."""
        if key == STOP:
            self.printing.stop()

    def choose_copy(self, *, has_marks: bool) -> None:
        """Ask where to, then save a copy; say why not where the paper's handling forbids it."""
        self.paper_wanted.emit()
        save, meeting, paper = self._context.save_copy, self._meeting, self._paper
        if save is None or meeting is None or paper is None:
            return
        may = allowed(paper)
        if not may.copies:
            self.told.emit("attention", sentence(may.reason), "", ())
            return
        title = f"{meeting.number_of(paper.paper)} {paper.title}"
        file = chosen_pdf(self._room, tr("Save a copy"), title)
        if file is not None:
            future = save(meeting.id, self._blob, file, has_marks)
            saved = tr("Saved as {0}").format(file)
            self._context.bridge.when_done(
                future, lambda _none: self.told.emit("good", saved, "", ()), self.failed.emit
            )

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
        close = ((tr("Got it"), "done"),)
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
