"""The bar of tools under the page."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from meetingroom.ui.controls import Button, IconButton, Panel, WrapRow
from meetingroom.ui.icons import icon_extent
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr


def tool_names() -> tuple[tuple[Tool, str, str, str], ...]:
    """(tool, icon, name, key) in the bar's order."""
    return (
        (Tool.HAND, "hand", tr("Hand"), "H"),
        (Tool.SELECT, "text-select", tr("Select words"), "S"),
        (Tool.HIGHLIGHT, "highlighter", tr("Highlight"), "Y"),
        (Tool.UNDERLINE, "underline", tr("Underline"), "U"),
        (Tool.STRIKEOUT, "strikethrough", tr("Strike out"), "K"),
        (Tool.PEN, "pen-line", tr("Pen"), "P"),
        (Tool.NOTE, "sticky-note", tr("Sticky note"), "N"),
        (Tool.TEXT, "type", tr("Text", "tool"), "T"),
        (Tool.ERASER, "eraser", tr("Eraser"), "E"),
    )


def audience_names() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """(audience, icon, name)."""
    return (
        (("me",), "lock", tr("Only me")),
        (("secretary",), "send", tr("The secretary")),
        (("chair",), "user", tr("The chair")),
        (("everyone",), "users", tr("Everyone at the meeting")),
    )


def audience_name(audience: tuple[str, ...]) -> str:
    """The words for an audience."""
    return next((name for key, _, name in audience_names() if key == audience), ", ".join(audience))


class SwatchButton(Button):
    """A button that shows the chosen colour of marks beside its words."""

    def __init__(self, words: str, colour: str) -> None:
        self._colour = colour
        super().__init__(words, "plain", "circle")

    def set_colour(self, colour: str) -> None:
        """Show another colour."""
        self._colour = colour
        self._draw_icon()

    def _draw_icon(self) -> None:
        """A filled dot instead of an icon."""
        self._dressed = theme = current_theme()
        extent = icon_extent(18, 5)
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(extent * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("check_edge"), 1.5))
        painter.setBrush(theme.marks.mine[self._colour])
        painter.drawEllipse(QRectF(1, 1, extent.height() - 2, extent.height() - 2))
        painter.end()
        self.setIconSize(extent)
        self.setIcon(QIcon(drawn))


class MarkBar(Panel):
    """Facts of choices; the room decides."""

    tool_changed = Signal(object)
    colour_changed = Signal(str)
    width_changed = Signal(float)
    audience_changed = Signal(tuple)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bottom_bar", parent)
        row = WrapRow(self, 4)
        row.setContentsMargins(12, 6, 12, 6)
        self.buttons: dict[Tool, IconButton] = {}
        for tool, icon, name, key in tool_names():
            button = IconButton(icon, name, shortcut=key, checkable=True)
            button.setAutoExclusive(True)
            button.clicked.connect(lambda _checked=False, tool=tool: self.choose(tool))
            self.buttons[tool] = button
            row.addWidget(button)
        self.undo = IconButton("undo-2", tr("Undo"), shortcut="Ctrl+Z")
        self.redo = IconButton("redo-2", tr("Redo"), shortcut="Ctrl+Y")
        self.undo.clicked.connect(self.undo_requested)
        self.redo.clicked.connect(self.redo_requested)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        self.audience = Button(tr("Only me"), "outlined", "lock")
        self.audience.setMenu(self._audience_menu())
        row.addWidget(self.audience)
        self.colour = SwatchButton(tr("Colour"), "yellow")
        self.colour.setMenu(self._colour_menu())
        row.addWidget(self.colour)
        self.show_history(can_undo=False, can_redo=False)
        self.buttons[Tool.HAND].setChecked(True)

    def choose(self, tool: Tool) -> None:
        """Choose a tool."""
        self.buttons[tool].setChecked(True)
        self.tool_changed.emit(tool)

    def show_history(self, *, can_undo: bool, can_redo: bool) -> None:
        """Whether there is something to undo, and to do again."""
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)

    def choose_audience(self, audience: tuple[str, ...]) -> None:
        """Who may see the next marks; anything but oneself is told in amber."""
        _, icon, name = next(row for row in audience_names() if row[0] == audience)
        self.audience.set_words(name)
        self.audience.set_icon(icon)
        self.audience.set_kind("outlined" if audience == ("me",) else "attention")
        self.audience_changed.emit(audience)

    def choose_colour(self, colour: str) -> None:
        """The colour of the next marks."""
        self.colour.set_colour(colour)
        self.colour_changed.emit(colour)

    def _audience_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for audience, _icon, name in audience_names():
            action = QAction(name, menu)
            action.triggered.connect(
                lambda _checked=False, audience=audience: self.choose_audience(audience)
            )
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _colour_menu(self) -> QMenu:
        menu = QMenu(self)
        names = (
            ("yellow", tr("Yellow")),
            ("green", tr("Green")),
            ("blue", tr("Blue")),
            ("pink", tr("Pink")),
        )
        for colour, name in names:
            action = QAction(name, menu)
            action.triggered.connect(
                lambda _checked=False, colour=colour: self.choose_colour(colour)
            )
            menu.addAction(action)
        menu.addSection(tr("Pen width"))
        widths = (tr("Thin"), tr("Medium"), tr("Thick"))
        for name, width in zip(widths, current_theme().marks.pen_widths, strict=False):
            action = QAction(name, menu)
            action.triggered.connect(
                lambda _checked=False, width=width: self.width_changed.emit(width)
            )
            menu.addAction(action)
        return menu
