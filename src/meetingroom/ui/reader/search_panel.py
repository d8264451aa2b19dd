"""The panel of what was found: where to look, how many pages, the list, how far papers are read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.search import Answer, ReadSoFar
from meetingroom.ui.controls import IconButton, Label, Panel
from meetingroom.ui.reader.search_list import Found, FoundList
from meetingroom.wording import language, tr


def grouped(number: int) -> str:
    """A number with its thousands apart, as it is written in the language chosen."""
    return f"{number:,}".replace(",", "." if language() == "vi" else ",")


class SearchPanel(Panel):
    """Wishes of somebody who searches; `scope_changed` carries a `Reach`."""

    scope_changed = Signal(str)
    hit_chosen = Signal(int)
    more_requested = Signal()
    step_requested = Signal(int)
    """A wish for the next (1) or previous (-1) hit."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 4, 8)
        column.setSpacing(4)
        column.addLayout(self._head())
        self.scope = QComboBox()
        self.scope.setAccessibleName(tr("Where to look"))
        for reach, words in (
            ("all", tr("All meetings")),
            ("meeting", tr("This meeting")),
            ("paper", tr("This paper")),
            ("page", tr("This page")),
        ):
            self.scope.addItem(words, reach)
        scope = QHBoxLayout()
        scope.setContentsMargins(8, 0, 8, 0)
        scope.addWidget(self.scope)
        column.addLayout(scope)
        self.said = Label("", "small", "ink_soft", wraps=True)
        self.said.setContentsMargins(10, 4, 10, 4)
        column.addWidget(self.said)
        self.list = FoundList()
        column.addWidget(self.list, 1)
        self.below = Label("", "caption", "ink_soft", wraps=True)
        self.below.setContentsMargins(10, 4, 10, 0)
        column.addWidget(self.below)
        self.setMinimumWidth(260)
        self._wire()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 4, 0)
        head.setSpacing(2)
        head.addWidget(Label(tr("What was found"), "section"), 1)
        self.back = IconButton("chevron-up", tr("Previous hit"), extent="small")
        self.forward = IconButton("chevron-down", tr("Next hit"), extent="small")
        self.close_button = IconButton("x", tr("Close the search"), extent="small")
        for button in (self.back, self.forward, self.close_button):
            head.addWidget(button)
        return head

    def _wire(self) -> None:
        self.scope.currentIndexChanged.connect(
            lambda _index: self.scope_changed.emit(self.scope.currentData())
        )
        self.back.clicked.connect(lambda: self.step_requested.emit(-1))
        self.forward.clicked.connect(lambda: self.step_requested.emit(1))
        self.close_button.clicked.connect(self.left)
        self.list.hit_chosen.connect(self.hit_chosen)
        self.list.end_reached.connect(self.more_requested)
        self.list.left.connect(self.left)

    def show_answer(self, answer: Answer | None, rows: list[Found]) -> None:
        """What was found; None before anything was asked."""
        self.list.show_rows(rows)
        for button in (self.back, self.forward):
            button.setEnabled(bool(rows))
        if answer is None:
            words = tr("Type words with or without marks: “nam chac” finds “Nậm Chạc”.")
        elif not answer.hits:
            words = tr("“{0}” was not found.").format(answer.text.strip())
        elif answer.pages:
            words = tr("Found on {0} pages").format(grouped(answer.pages))
        else:
            words = ""
        self.say(words)

    def say(self, words: str) -> None:
        """A sentence above the list."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def show_reading(self, reading: ReadSoFar) -> None:
        """How far the papers are read, in one quiet sentence."""
        if not reading.is_done:
            words = tr("Still reading the papers: {0} of {1} pages")
            words = words.format(grouped(reading.read), grouped(reading.pages))
        elif reading.scans_left and reading.can_scan:
            words = tr("Still reading scanned pages: {0} left").format(grouped(reading.scans_left))
        elif reading.scans_left:
            words = tr(
                "Scanned pages are not searched: this computer has no Vietnamese data of Tesseract."
            )
        else:
            words = ""
        self.below.setText(words)
        self.below.setVisible(bool(words))
