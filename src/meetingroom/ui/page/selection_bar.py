"""What can be done with chosen words, beside them: copy, highlight, underline, strike out."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.ui.controls import IconButton, Panel
from meetingroom.wording import tr

GAP = 8


class SelectionBar(Panel):
    """Wishes only; the page does them."""

    copy_requested = Signal()
    mark_requested = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__("popup", host)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(2)
        copy = IconButton("copy", tr("Copy the words"))
        copy.clicked.connect(self.copy_requested)
        row.addWidget(copy)
        self._marks: list[IconButton] = []
        for style, icon, name in (
            ("highlight", "highlighter", tr("Highlight")),
            ("underline", "underline", tr("Underline")),
            ("strikeout", "strikethrough", tr("Strike out")),
        ):
            button = IconButton(icon, name)
            button.clicked.connect(lambda _on=False, style=style: self.mark_requested.emit(style))
            row.addWidget(button)
            self._marks.append(button)
        self.hide()

    def offer_marks(self, *, are_offered: bool) -> None:
        """Whether words may be marked, or only copied."""
        for button in self._marks:
            button.setVisible(are_offered)

    def show_beside(self, words: QRectF) -> None:
        """Under the words, or over them where there is no room below."""
        host = self.parentWidget()
        if host is None:
            return
        size = self.sizeHint()
        self.resize(size)
        left = min(max(GAP, round(words.left())), max(GAP, host.width() - size.width() - GAP))
        top = round(words.bottom()) + GAP
        if top + size.height() > host.height():
            top = max(GAP, round(words.top()) - size.height() - GAP)
        self.move(left, top)
        self.show()
        self.raise_()
