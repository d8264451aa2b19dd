"""The bar over the page: which page, where in the pack, how large."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from meetingroom.ui.controls import (
    Button,
    ElidedLabel,
    IconButton,
    Label,
    Panel,
    SearchField,
    plain_tip,
)
from meetingroom.ui.reader.view_menu import ViewMenu
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

LEAST_WORDS = 96  # px for where one is
FIELD_LEAST, FIELD_MOST = 132, 380  # px for the search


class ReadingBar(Panel):
    """Wishes of somebody who reads; `number_typed` counts pages from 1."""

    turn_requested = Signal(int)
    number_typed = Signal(int)
    larger_requested = Signal()
    smaller_requested = Signal()
    fit_requested = Signal(object)
    """A wish for a `Fit`, or for a scale in per cent."""
    look_requested = Signal(str)
    """"one", "two" pages beside each other, "scroll" on or "leaf" through, "right", "left"."""
    panes_requested = Signal(int)
    compare_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(6)
        self.agenda_button = IconButton("panel-left", tr("Agenda"), checkable=True)
        self.back = IconButton("chevron-left", tr("Previous page"))
        self.number = QLineEdit()
        self.number.setAccessibleName(tr("Page number"))
        self.number.setToolTip(tr("Page number") + " (Ctrl+G)")
        QShortcut(QKeySequence("Ctrl+G"), self, self._type_number)
        self.number.setFixedWidth(current_theme().scaled(58))
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.of = Label("", "body", "ink_soft", tabular=True)
        self.forward = IconButton("chevron-right", tr("Next page"))
        self.where = ElidedLabel("", "caption", "ink_soft")
        self.search = SearchField(tr("Search all papers"))
        self.search.setToolTip(f"{tr('Search all papers')} (Ctrl+F)")
        self.search.setMinimumWidth(FIELD_LEAST)
        self.search.setMaximumWidth(FIELD_MOST)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.smaller = IconButton("minus", tr("Smaller"), shortcut="Ctrl+-")
        self.zoom = Button("100%", "plain", "chevron-down", extent="small", icon_after=True)
        self.zoom.setAccessibleDescription(tr("How pages are shown"))
        self.zoom.setToolTip(tr("How pages are shown"))
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("800%") + 48)
        self.menu = ViewMenu(self)
        self.zoom.clicked.connect(self._open_menu)
        self.larger = IconButton("plus", tr("Larger"), shortcut="Ctrl++")
        self.panes = [
            IconButton(icon, words, checkable=True)
            for icon, words in (
                ("square", tr("One paper")),
                ("columns-2", tr("Two papers side by side")),
                ("columns-3", tr("Three papers side by side")),
            )
        ]
        self.paper_button = IconButton("ellipsis", tr("This paper: print, copy, notes from a file"))
        self.notes_button = IconButton("panel-right", tr("Notes"), checkable=True)
        for widget in (self.agenda_button, self.back, self.number, self.of, self.forward):
            row.addWidget(widget)
        row.addWidget(self.where, 1)
        row.addWidget(self.search, 2)
        shown: list[QWidget] = [self.smaller, self.zoom, self.larger, *self.panes]
        for one in (*shown, self.paper_button, self.notes_button):
            row.addWidget(one)
        # What the menu or keys do as well goes first where the bar is narrow.
        self._spare: list[QWidget] = [*self.panes, self.smaller, self.larger, self.where]
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._places = ("", "", "")
        self.show_panes(1)
        self.where.installEventFilter(self)
        self._wire()

    def _wire(self) -> None:
        self.back.clicked.connect(lambda: self.turn_requested.emit(-1))
        self.forward.clicked.connect(lambda: self.turn_requested.emit(1))
        self.number.returnPressed.connect(self._on_number)
        self.smaller.clicked.connect(self.smaller_requested)
        self.larger.clicked.connect(self.larger_requested)
        self.menu.fit_requested.connect(self.fit_requested)
        self.menu.look_requested.connect(self.look_requested)
        self.menu.panes_requested.connect(self.panes_requested)
        self.menu.compare_requested.connect(self.compare_requested)
        for count, button in enumerate(self.panes, 1):
            button.clicked.connect(lambda _on=False, count=count: self._on_panes(count))

    def _type_number(self) -> None:
        self.number.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.number.selectAll()

    def _on_panes(self, count: int) -> None:
        self.panes_requested.emit(count)

    def show_panes(self, count: int) -> None:
        """So many papers lie side by side."""
        for number, button in enumerate(self.panes, 1):
            button.setChecked(number == count)

    def _open_menu(self) -> None:
        self.menu.popup(self.zoom.mapToGlobal(self.zoom.rect().bottomLeft()))

    def show_place(self, page: int, pages: int, words: tuple[str, str, str]) -> None:
        """The page (from 1) of so many, and the place in words, shorter where room is scarce."""
        self._places = words
        if not self.number.hasFocus() or not self.number.isModified():
            self.number.setText(str(page))
        self.of.setText(f"/ {pages}")
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """What cannot be spared is always there."""
        row = self._row
        kept = [one for one in self._widgets() if one not in self._spare]
        fixed = [one for one in kept if one is not self.search]
        widths = [min(one.sizeHint().width(), one.maximumWidth()) for one in fixed]
        wide = sum(widths) + FIELD_LEAST + row.spacing() * len(kept)
        margins = row.contentsMargins()
        return QSize(wide + margins.left() + margins.right(), row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More buttons and words where there is room."""
        super().resizeEvent(event)
        self._spare_room()
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Words as the room for them changes."""
        if watched is self.where and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _widgets(self) -> list[QWidget]:
        items = (self._row.itemAt(at) for at in range(self._row.count()))
        return [widget for item in items if item is not None and (widget := item.widget())]

    def _spare_room(self) -> None:
        room = self.width() - self.minimumSizeHint().width() - LEAST_WORDS
        buttons = [self.panes, [self.smaller, self.larger]]
        for group in reversed(buttons):
            needed = sum(one.sizeHint().width() + self._row.spacing() for one in group)
            for one in group:
                one.setVisible(room >= needed)
            room -= needed if room >= needed else 0

    def _fit(self) -> None:
        self._fit_search()
        whole, room = self._places[0], self.where.contentsRect().width()
        measure = self.where.fontMetrics().horizontalAdvance
        fitting = next((one for one in self._places if measure(one) <= room), self._places[-1])
        self.where.setText(fitting)
        self.where.setToolTip("" if fitting == whole else plain_tip(whole))
        self.where.setAccessibleName(whole)

    def _fit_search(self) -> None:
        """Whole words in the empty field, whatever its width."""
        field = self.search
        room = field.width() - field.textMargins().left() - field.fontMetrics().height() * 3
        words = (tr("Search all papers"), tr("Search", "field"))
        measure = field.fontMetrics().horizontalAdvance
        field.setPlaceholderText(words[0] if measure(words[0]) <= room else words[1])

    def show_scale(self, percent: int) -> None:
        """How large the page is."""
        self.zoom.setText(f"{percent}%")

    def _on_number(self) -> None:
        text = self.number.text().strip()
        self.number.setModified(False)
        if text.isdecimal():
            self.number_typed.emit(int(text))
