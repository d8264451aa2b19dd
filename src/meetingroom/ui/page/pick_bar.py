"""What can be done with taken marks, beside them: colours, words, away with them."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.domain.marks import Mark, Note
from meetingroom.ui.controls import IconButton, Panel
from meetingroom.ui.page.colour_chip import ColourChip, colour_names
from meetingroom.ui.page.mark_layer import is_wash
from meetingroom.ui.page.painting import LINES, WASHES
from meetingroom.wording import tr

GAP = 10


class PickBar(Panel):
    """Wishes only; the page does them."""

    colour_requested = Signal(str)
    words_requested = Signal()
    removal_requested = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__("popup", host)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(2)
        names = dict(colour_names())
        self.chips = {colour: ColourChip(colour, names[colour]) for colour in names}
        for colour, chip in self.chips.items():
            chip.clicked.connect(lambda _on=False, colour=colour: self._wish(colour))
            row.addWidget(chip)
        self.words = IconButton("pencil", tr("Change the words"), extent="touch")
        self.words.clicked.connect(self.words_requested)
        away = IconButton("trash-2", tr("Remove the marks"), extent="touch")
        away.clicked.connect(self.removal_requested)
        row.addWidget(self.words)
        row.addWidget(away)
        self.hide()

    def _wish(self, colour: str) -> None:
        self.colour_requested.emit(colour)

    def show_for(self, marks: list[Mark], around: QRectF, *, has_words: bool) -> None:
        """Under what is taken, or over it where there is no room below."""
        host = self.parentWidget()
        if host is None:
            return
        are_washes = all(is_wash(mark) or isinstance(mark.shape, Note) for mark in marks)
        for colour, chip in self.chips.items():
            chip.setVisible(colour in (WASHES if are_washes else LINES))
            chip.show_as(is_line=not are_washes)
        self.words.setVisible(has_words)
        self.adjustSize()
        size = self.sizeHint()
        left = min(max(GAP, round(around.left())), max(GAP, host.width() - size.width() - GAP))
        top = round(around.bottom()) + GAP
        if top + size.height() > host.height():
            top = round(around.top()) - size.height() - GAP
        top = min(max(GAP, top), max(GAP, host.height() - size.height() - GAP))
        self.resize(size)
        self.move(left, top)
        self.show()
        self.raise_()
