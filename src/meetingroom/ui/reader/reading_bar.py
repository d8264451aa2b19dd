"""The bar over the page: which page, where in the pack, how large."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from meetingroom.ui.controls import ElidedLabel, IconButton, Label, Panel
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr


class ReadingBar(Panel):
    """Wishes of somebody who reads; `number_typed` counts pages from 1."""

    turn_requested = Signal(int)
    number_typed = Signal(int)
    larger_requested = Signal()
    smaller_requested = Signal()
    width_requested = Signal()
    page_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(6)
        self.agenda_button = IconButton("panel-left", tr("Agenda"), checkable=True)
        self.back = IconButton("chevron-left", tr("Previous page"))
        self.number = QLineEdit()
        self.number.setAccessibleName(tr("Page number"))
        self.number.setFixedWidth(current_theme().scaled(58))
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.of = Label("", "body", "ink_soft", tabular=True)
        self.forward = IconButton("chevron-right", tr("Next page"))
        self.where = ElidedLabel("", "caption", "ink_soft")
        self.smaller = IconButton("minus", tr("Smaller"), shortcut="Ctrl+-")
        self.zoom = Label("100%", "strong", tabular=True)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("400%") + 8)
        self.larger = IconButton("plus", tr("Larger"), shortcut="Ctrl++")
        self.fit_width = IconButton("move-horizontal", tr("Fit the width"), shortcut="Ctrl+0")
        self.fit_page = IconButton("maximize", tr("Whole page"), shortcut="Ctrl+9")
        self.notes_button = IconButton("panel-right", tr("Notes"), checkable=True)
        for widget in (self.agenda_button, self.back, self.number, self.of, self.forward):
            row.addWidget(widget)
        row.addWidget(self.where, 1)
        for widget in (
            self.smaller, self.zoom, self.larger, self.fit_width, self.fit_page, self.notes_button,
        ):  # fmt: skip
            row.addWidget(widget)
        self._places = ("", "")
        self._wire()

    def _wire(self) -> None:
        self.back.clicked.connect(lambda: self.turn_requested.emit(-1))
        self.forward.clicked.connect(lambda: self.turn_requested.emit(1))
        self.number.returnPressed.connect(self._on_number)
        self.smaller.clicked.connect(self.smaller_requested)
        self.larger.clicked.connect(self.larger_requested)
        self.fit_width.clicked.connect(self.width_requested)
        self.fit_page.clicked.connect(self.page_requested)

    def show_place(self, page: int, pages: int, words: str, short: str) -> None:
        """The page (from 1) of so many, and the place in words, `short` where room is scarce."""
        self._places = (words, short)
        if not self.number.hasFocus() or not self.number.isModified():
            self.number.setText(str(page))
        self.of.setText(f"/ {pages}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More words where there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        whole, short = self._places
        room = self.where.contentsRect().width()
        is_cut = self.where.fontMetrics().horizontalAdvance(whole) > room
        self.where.setText(short if is_cut else whole)
        self.where.setToolTip(whole if is_cut else "")
        self.where.setAccessibleName(whole)

    def show_scale(self, percent: int) -> None:
        """How large the page is."""
        self.zoom.setText(f"{percent}%")

    def _on_number(self) -> None:
        text = self.number.text().strip()
        self.number.setModified(False)
        if text.isdecimal():
            self.number_typed.emit(int(text))
