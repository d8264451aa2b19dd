"""Where letters are dropped, and what is said when they are read or could not be."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from meetingroom.sentences import sentence_of
from meetingroom.services.proposals import ReadLetter
from meetingroom.ui.controls import (
    Button,
    Card,
    ElidedLabel,
    EmptyPlace,
    IconLabel,
    Label,
    ProgressRow,
    ScrolledColumn,
    empty,
    wrapping,
)
from meetingroom.ui.secretary.received_letter import problem_of
from meetingroom.wording import tr

SHOWN_AFTER_MS = 300
MEETINGS_SHOWN = 8


class StartPage(QWidget):
    """An empty place that says what can be dropped; `choose_requested`, `paste_requested`."""

    choose_requested = Signal()
    paste_requested = Signal()
    by_hand_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        place = EmptyPlace(
            "file-plus",
            tr("Drop the invitation here"),
            tr("A letter (PDF, scan, photo), an e-mail, a calendar file or a copied message."),
            tr("Choose files…"),
            button_icon="folder-open",
        )
        place.advice_label.setWordWrap(True)
        place.step_requested.connect(self.choose_requested)
        self.choose = place.button
        self.paste = Button(tr("Paste what was copied (Ctrl+V)"), "outlined", "copy")
        self.paste.clicked.connect(self.paste_requested)
        self.by_hand = Button(tr("Make a meeting by hand"), "quiet")
        self.by_hand.clicked.connect(self.by_hand_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 20)
        column.addStretch(1)
        card = Card()
        place.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        card.body.addWidget(place)
        for button in (self.paste, self.by_hand):
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(card)
        column.addStretch(1)


class ReadingPage(QWidget):
    """How far reading is; nothing is seen of it in the first moments."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = ProgressRow(tr("Reading the letter"))
        self.row.stop_requested.connect(self.stop_requested)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_AFTER_MS)
        self._timer.timeout.connect(self.row.show)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 20)
        column.addStretch(1)
        column.addWidget(self.row)
        column.addStretch(2)
        self.row.hide()

    def begin(self, count: int) -> None:
        """So many letters are being read."""
        self.row.hide()
        self.tell(0, count)
        self._timer.start()

    def tell(self, done: int, total: int) -> None:
        self.row.set_progress(done, total, f"{min(done + 1, total)}/{total}" if total > 1 else "")

    def end(self) -> None:
        """It is read, or nobody waits for it."""
        self._timer.stop()
        self.row.hide()


class NothingPage(QWidget):
    """No meeting was found, or nothing could be read: what can be done instead."""

    by_hand_requested = Signal()
    again_requested = Signal()
    put_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = ScrolledColumn(tr("No meeting found"), 12)
        self.column.column.setContentsMargins(28, 20, 28, 20)
        self.picture = IconLabel("file-text", "accent", 36)
        self.title = Label("", "title", wraps=True)
        self.sentences = QVBoxLayout()
        self.by_hand = Button(tr("Make a meeting by hand"), "primary", "plus")
        self.again = Button(tr("Another letter"), "outlined", "file-plus")
        self.by_hand.clicked.connect(self.by_hand_requested)
        self.again.clicked.connect(self.again_requested)
        self.put_card = Card(tr("Or put the letter with a meeting as a paper"), padding=12)
        self._meetings = QVBoxLayout()
        self.put_card.body.addLayout(self._meetings)
        inner = self.column.column
        inner.addWidget(self.picture)
        inner.addWidget(self.title)
        inner.addLayout(self.sentences)
        inner.addWidget(wrapping(self.by_hand, self.again))
        inner.addWidget(self.put_card)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.column)

    def show_letters(
        self, letters: Sequence[ReadLetter], meetings: Sequence[tuple[str, str]]
    ) -> None:
        """What became of the letters; `meetings` (id, words) may take them as papers."""
        problems = [problem for one in letters if (problem := problem_of(one)) is not None]
        empty(self.sentences)
        are_read = len(problems) < len(letters)
        title = tr("No meeting was found in it") if are_read else tr("This could not be read")
        self.title.setText(title)
        self.picture.set_icon(
            "file-text" if are_read else "file-warning", "accent" if are_read else "attention"
        )
        if are_read:
            words = tr("It seems to be an ordinary letter. Nothing of it was kept.")
            self.sentences.addWidget(Label(words, "body", "ink_soft", wraps=True))
        for problem in problems:
            self.sentences.addWidget(Label(sentence_of(problem), "body", "ink", wraps=True))
        self._show_meetings(letters, meetings)

    def _show_meetings(
        self, letters: Sequence[ReadLetter], meetings: Sequence[tuple[str, str]]
    ) -> None:
        empty(self._meetings)
        can_put = any(one.pages is not None for one in letters)
        self.put_card.setVisible(can_put and bool(meetings))
        for meeting, words in meetings[:MEETINGS_SHOWN]:
            self._meetings.addWidget(self._line(meeting, words))

    def _line(self, meeting: str, words: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(ElidedLabel(words), 1)
        button = Button(tr("Put it there"), "outlined", "file-plus", extent="small")
        button.setAccessibleName(tr("Put the letter with: {0}").format(words))
        button.clicked.connect(lambda: self.put_requested.emit(meeting))
        row.addWidget(button)
        return line
