"""The bar of tools under the page."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QActionGroup, QIcon, QInputDevice, QPointingDevice, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from meetingroom.ui.controls import Button, IconButton, Panel, WrapRow
from meetingroom.ui.icons import icon as themed_icon
from meetingroom.ui.page.colour_chip import ColourChip, chip_colour, chip_picture, colour_names
from meetingroom.ui.page.painting import LINES, WASHES
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.reader.tool_button import Row, ToolButton
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

ON_WASHES = (Tool.HIGHLIGHT, Tool.NOTE, Tool.SELECT)
ICON_SIDE = 16


def tool_families() -> tuple[tuple[Row, ...], ...]:
    """(tool, icon, name, key) in the bar's order, those of one button together."""
    return (
        ((Tool.HAND, "hand", tr("Hand"), "H"),),
        ((Tool.SELECT, "text-select", tr("Select words"), "S"),),
        ((Tool.HIGHLIGHT, "highlighter", tr("Highlight"), "Y"),),
        ((Tool.UNDERLINE, "underline", tr("Underline"), "U"),),
        ((Tool.STRIKEOUT, "strikethrough", tr("Strike out"), "K"),),
        ((Tool.PEN, "pen-line", tr("Pen"), "P"),),
        ((Tool.NOTE, "sticky-note", tr("Sticky note"), "N"),),
        ((Tool.TEXT, "type", tr("Text", "tool"), "T"),),
        (
            (Tool.BOX, "square", tr("Box"), "B"),
            (Tool.ARROW, "move-up-right", tr("Arrow"), "A"),
            (Tool.LINE, "slash", tr("Line"), "L"),
        ),
        ((Tool.STAMP, "stamp", tr("Stamp"), "D"),),
        (
            (Tool.ERASER, "eraser", tr("Eraser"), "E"),
            (Tool.RUBBER, "scissors", tr("Erase part of a stroke"), "X"),
        ),
        ((Tool.PICK, "mouse-pointer-2", tr("Move and change marks"), "V"),),
    )


def audience_names() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """(audience, icon, name)."""
    return (
        (("me",), "lock", tr("Only me")),
        (("secretary",), "send", tr("The secretary")),
        (("chair",), "user", tr("The chair")),
        (("everyone",), "users", tr("Everyone at the meeting")),
    )


def short_audience(name: str) -> str:
    """An audience's name in one or two words."""
    shorter = {
        tr("The secretary"): tr("Secretary", "audience"),
        tr("The chair"): tr("Chair", "audience"),
        tr("Everyone at the meeting"): tr("Everyone", "audience"),
    }
    return shorter.get(name, name)


def stamp_names() -> tuple[str, ...]:
    """The words of ready stamps."""
    return (
        tr("Agreed", "stamp"),
        tr("Not agreed", "stamp"),
        tr("Please change", "stamp"),
        tr("Please clarify", "stamp"),
        tr("Read", "stamp"),
        tr("Important", "stamp"),
    )


def has_touch_screen() -> bool:
    """Whether fingers can touch a screen of this computer."""
    kind = QInputDevice.DeviceType.TouchScreen
    return any(device.type() == kind for device in QPointingDevice.devices())


class MarkBar(Panel):
    """Facts of choices; the room decides."""

    tool_changed = Signal(object)
    colour_changed = Signal(str)
    line_colour_changed = Signal(str)
    width_changed = Signal(float)
    stamp_changed = Signal(str)
    """The words of the next stamps, "" to be asked for them."""
    finger_toggled = Signal(bool)
    audience_changed = Signal(tuple)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bottom_bar", parent)
        self.tool = Tool.HAND
        self._audience_icon = "lock"
        self._colours = {True: "pen", False: "yellow"}  # of lines, of what lies behind words
        self._row = row = WrapRow(self, 0)
        row.setContentsMargins(4, 4, 4, 4)
        self.buttons: dict[Tool, ToolButton] = {}
        for family in tool_families():
            self._add_family(family)
        self.buttons[Tool.STAMP].clicked.connect(self._open_stamps)
        self.stamps = self._stamp_menu()
        self.undo = IconButton("undo-2", tr("Undo"), shortcut="Ctrl+Z", extent="touch")
        self.redo = IconButton("redo-2", tr("Redo"), shortcut="Ctrl+Y", extent="touch")
        self.undo.clicked.connect(self.undo_requested)
        self.redo.clicked.connect(self.redo_requested)
        self.colour = ColourChip("yellow", tr("Colour and width"))
        self.looks = QMenu(self)
        self.looks.aboutToShow.connect(self._fill_looks)
        self.colour.clicked.connect(lambda: _open_over(self.looks, self.colour))
        self.finger = IconButton(
            "pointer", tr("Draw with a finger"), checkable=True, extent="touch"
        )
        self.finger.toggled.connect(self.finger_toggled)
        self.finger.setVisible(has_touch_screen())
        self.audience = Button(tr("Only me"), "outlined", "lock", extent="touch")
        self.audience.setMenu(self._audience_menu())
        for one in (self.undo, self.redo, self.colour, self.finger, self.audience):
            row.addWidget(one)
        self.show_history(can_undo=False, can_redo=False)
        self.buttons[Tool.HAND].setChecked(True)

    def _add_family(self, family: tuple[Row, ...]) -> None:
        button = ToolButton(family)
        button.chosen.connect(self.choose)
        self.buttons |= dict.fromkeys((row[0] for row in family), button)
        self.addActions(button.actions_with_keys())
        self._row.addWidget(button)

    def choose(self, tool: Tool) -> None:
        """Choose a tool."""
        self.tool = tool
        self.buttons[tool].show_chosen(tool)
        self._show_colour()
        self.tool_changed.emit(tool)

    def show_history(self, *, can_undo: bool, can_redo: bool) -> None:
        """Whether there is something to undo, and to do again."""
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)

    # --- whom it is for ---------------------------------------------------------------------

    def choose_audience(self, audience: tuple[str, ...]) -> None:
        """Who may see the next marks; anything but oneself is told in amber."""
        _, icon, name = next(row for row in audience_names() if row[0] == audience)
        self.audience.set_words(name)
        self.audience.setToolTip(name)
        self._audience_icon = icon
        self.audience.set_kind("outlined" if audience == ("me",) else "attention")
        self._fit()
        self.audience_changed.emit(audience)

    def _audience_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for audience, icon, name in audience_names():
            action = menu.addAction(themed_icon(icon, "ink"), name)
            action.triggered.connect(
                lambda _checked=False, audience=audience: self.choose_audience(audience)
            )
            group.addAction(action)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words of the audience go before a tool has to go to a second line."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        whole, icon = self.audience.accessibleName(), self._audience_icon
        short = short_audience(whole)
        for words, sign in ((whole, icon), (short, icon), (short, ""), ("", icon)):
            self.audience.setText(words.replace("&", "&&"))
            self.audience.set_icon(sign)
            if self._row.sizeHint().width() <= self.width():
                return

    # --- stamps -----------------------------------------------------------------------------

    def _stamp_menu(self) -> QMenu:
        menu = QMenu(self)
        for words in stamp_names():
            action = menu.addAction(words)
            action.triggered.connect(lambda _on=False, words=words: self.choose_stamp(words))
        menu.addSeparator()
        own = menu.addAction(tr("Own words…"))
        own.triggered.connect(lambda: self.choose_stamp(""))
        return menu

    def choose_stamp(self, words: str) -> None:
        """The words of the next stamps; "" asks for them each time."""
        self.stamp_changed.emit(words)
        self.choose(Tool.STAMP)

    def _open_stamps(self) -> None:
        _open_over(self.stamps, self.buttons[Tool.STAMP])

    # --- colours and widths -----------------------------------------------------------------

    @property
    def _is_line(self) -> bool:
        """Whether the tool in use draws, and does not lie behind words."""
        return self.tool not in (*ON_WASHES, Tool.HAND)

    def choose_colour(self, colour: str) -> None:
        """The colour of the next marks of the kind the tool makes."""
        self._colours[self._is_line] = colour
        self._show_colour()
        (self.line_colour_changed if self._is_line else self.colour_changed).emit(colour)

    def _show_colour(self) -> None:
        self.colour.set_colour(self._colours[self._is_line], is_line=self._is_line)

    def _fill_looks(self) -> None:
        """The colours the tool in use can have, and the widths of lines."""
        menu, names = self.looks, dict(colour_names())
        menu.clear()
        for colour in LINES if self._is_line else WASHES:
            shown = chip_colour(colour, is_line=self._is_line)
            picture = chip_picture(shown, ICON_SIDE, self.devicePixelRatioF())
            action = menu.addAction(QIcon(picture), names[colour])
            action.triggered.connect(lambda _on=False, colour=colour: self.choose_colour(colour))
        menu.addSection(tr("Pen width"))
        widths = (tr("Thin"), tr("Medium"), tr("Thick"))
        for name, width in zip(widths, current_theme().marks.pen_widths, strict=False):
            action = menu.addAction(name)
            action.triggered.connect(lambda _on=False, width=width: self.width_changed.emit(width))


def _open_over(menu: QMenu, button: QWidget) -> None:
    """Above the bar, for there is nothing but the window's edge below it."""
    size: QSize = menu.sizeHint()
    corner = button.mapToGlobal(button.rect().topLeft())
    corner.setY(corner.y() - size.height())
    menu.popup(corner)
