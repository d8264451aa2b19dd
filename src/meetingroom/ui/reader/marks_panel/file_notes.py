"""What is written in the papers' own files: asked for once a file, in the background."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.paper import FileAnnotation
from meetingroom.services.news import PaperGone
from meetingroom.ui.context import DeskContext
from meetingroom.ui.reader.marks_panel.rows import InFile


class FileNotes(QObject):
    """`known` has the notes of the files asked for so far, by blob."""

    found = Signal()

    def __init__(self, context: DeskContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._asked: set[str] = set()
        self.known: dict[str, tuple[InFile, ...]] = {}
        context.bridge.paper_gone.connect(self.on_paper_gone)

    def ask(self, blob: str) -> None:
        """A file was opened: look what others wrote in it; one that cannot be read has nothing."""
        if blob and blob not in self._asked:
            self._asked.add(blob)
            asked = self._context.pages.annotations(blob)
            self._context.bridge.when_done(asked, partial(self._got, blob), self._failed)

    def _got(self, blob: str, annotations: tuple[FileAnnotation, ...]) -> None:
        notes = tuple(
            InFile(kind=one.kind, page=one.page, author=one.author, text=one.text, at=one.at)
            for one in annotations
        )
        if notes and blob in self._asked:
            self.known[blob] = notes
            self.found.emit()

    def _failed(self, error: MeetingError) -> None:
        """The page itself says what is wrong with the file."""
        del error

    def on_paper_gone(self, what: PaperGone) -> None:
        """Nothing of a paper this person may not read any more stays."""
        self._asked.discard(what.blob)
        if self.known.pop(what.blob, None) is not None:
            self.found.emit()
