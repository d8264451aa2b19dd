"""A small editor on the page for a note's or a text's words."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from meetingroom.domain.marks import FreeText, Note, Stamp
from meetingroom.ui.controls import Button, Panel
from meetingroom.wording import tr


class InlineEditor(Panel):
    """`finished` carries the shape and the words; nothing for empty words.

    Words that are being written are never thrown away but by "Cancel" or Escape.
    """

    finished = Signal(object, str)

    def __init__(self, host: QWidget) -> None:
        super().__init__("popup", host)
        self._shape: Note | FreeText | Stamp | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        self.words = QPlainTextEdit()
        self.words.setAccessibleName(tr("Words of the note"))
        self.words.setPlaceholderText(tr("Write here"))
        self.words.setTabChangesFocus(True)
        column.addWidget(self.words)
        row = QHBoxLayout()
        drop = Button(tr("Cancel"), "plain", extent="small")
        keep = Button(tr("Keep"), "primary", extent="small")
        drop.clicked.connect(self.cancel)
        keep.clicked.connect(self.finish)
        row.addStretch(1)
        row.addWidget(drop)
        row.addWidget(keep)
        column.addLayout(row)
        QShortcut(QKeySequence("Ctrl+Return"), self.words, self.finish)
        QShortcut(QKeySequence("Escape"), self.words, self.cancel)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether words are being written."""
        return self._shape is not None

    def open(self, where: QPoint, shape: Note | FreeText | Stamp, words: str = "") -> None:
        """Ask for the words at a place, beginning with those it has."""
        self._shape = shape
        self.words.setPlainText(words)
        self.words.moveCursor(QTextCursor.MoveOperation.End)
        self.resize(280, 150)
        host = self.parentWidget()
        if host is not None:
            x = min(where.x(), max(0, host.width() - self.width()))
            y = min(where.y(), max(0, host.height() - self.height()))
            self.move(x, y)
        self.show()
        self.raise_()
        self.words.setFocus()

    def finish(self) -> None:
        """Keep what was written."""
        text, shape = self.words.toPlainText().strip(), self._shape
        self._shape = None
        self._leave()
        if text and shape is not None:
            self.finished.emit(shape, text)

    def cancel(self) -> None:
        self._shape = None
        self._leave()

    def _leave(self) -> None:
        focus, host = QApplication.focusWidget(), self.parentWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if host is not None and had_focus:
            host.setFocus()
