"""Things to press."""

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from meetingroom.ui.controls.labels import repolish
from meetingroom.ui.icons import icon as themed_icon
from meetingroom.ui.icons import icon_extent
from meetingroom.ui.theme import Theme, current_theme

Kind = Literal[
    "primary",
    "accent",
    "attention",
    "outlined",
    "quiet",
    "plain",
    "danger",
    "side",
    "segment",
    "toast",
]
Extent = Literal["small", "normal", "touch", "large", "stage"]

_ICON_ROLE = {
    "primary": "on_accent",
    "accent": "accent",
    "attention": "attention",
    "outlined": "ink",
    "quiet": "accent",
    "plain": "ink",
    "danger": "on_live",
    "side": "ink_soft",
    "segment": "ink_soft",
    "toast": "toast_action",
}
_ICON_GAP = {"side": 9, "stage": 10}


class Button(QPushButton):
    """A button with words; `kind` says how much it calls, `extent` how big it is.

    primary: filled, one a screen. accent: outlined, blue words. outlined: the usual.
    attention: amber, what is chosen asks for a look.
    quiet: blue words only. plain: dark words only. danger: filled red.

    Keys press it with a tenth of a second for the eye, or `at_once`, for what must be quick.
    """

    _dressed: Theme | None = None

    def __init__(
        self,
        text: str,
        kind: Kind = "outlined",
        icon: str = "",
        *,
        extent: Extent = "normal",
        icon_after: bool = False,
        shortcut: str = "",
        at_once: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._kind, self._icon, self._icon_after = kind, icon, icon_after
        self._extent = extent
        self.setProperty("kind", kind)
        self.setProperty("extent", extent)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if icon_after:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        if shortcut:
            give_shortcut(self, text, shortcut, at_once=at_once)
        self._draw_icon()

    def set_words(self, text: str) -> None:
        """Change the words and the accessible name."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def set_kind(self, kind: Kind) -> None:
        """Change how much it calls."""
        self._kind = kind
        self.setProperty("kind", kind)
        repolish(self)
        self._draw_icon()

    @property
    def icon_name(self) -> str:
        """The icon it shows, "" for none."""
        return self._icon

    def set_icon(self, name: str) -> None:
        """Change the icon; "" takes it away."""
        self._icon = name
        self._draw_icon()

    def sizeHint(self) -> QSize:
        """Wide enough for the heavier words of a chosen segment."""
        usual = super().sizeHint()
        if self._kind not in {"segment", "side"}:
            return usual
        return QSize(usual.width() + extra_of_bold(self, self.text()), usual.height())

    def minimumSizeHint(self) -> QSize:
        """Words are never cut, but a side bar may be narrow."""
        return super().minimumSizeHint() if self._kind == "side" else self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses too, not only the space bar."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new theme."""
        super().changeEvent(event)
        if self._dressed not in (None, current_theme()):
            self._draw_icon()

    def _draw_icon(self) -> None:
        self._dressed = current_theme()
        if not self._icon:
            if not self.icon().isNull():
                self.setIcon(QIcon())
            return
        size = {"stage": 24, "large": 20, "small": 16}.get(self._extent, 18)
        size = 20 if self._kind == "side" else size
        gap = _ICON_GAP.get(self._kind, _ICON_GAP.get(self._extent, 5)) if self.text() else 0
        self.setIconSize(icon_extent(size, gap))
        checked = "accent" if self._kind in {"side", "segment"} else ""
        role = _ICON_ROLE[self._kind]
        made = themed_icon(
            self._icon, role, size, checked_role=checked, gap=gap, gap_before=self._icon_after
        )
        if made.cacheKey() != self.icon().cacheKey():
            self.setIcon(made)


class IconButton(QToolButton):
    """A button with an icon only; its name is spoken and shown in the tool tip."""

    _dressed: Theme | None = None

    def __init__(
        self,
        icon: str,
        accessible_name: str,
        *,
        shortcut: str = "",
        role: str = "ink_soft",
        size: int = 20,
        extent: Literal["small", "normal", "touch"] = "normal",
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._role, self._size = icon, role, size
        self.setProperty("extent", extent)
        self.setAccessibleName(accessible_name)
        self.setToolTip(accessible_name)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if shortcut:
            give_shortcut(self, accessible_name, shortcut)
        self._draw_icon()

    def set_icon(self, name: str, role: str = "") -> None:
        """Show another icon, in another role if one is given."""
        self._icon, self._role = name, role or self._role
        self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new theme."""
        super().changeEvent(event)
        if self._dressed not in (None, current_theme()):
            self._draw_icon()

    def _draw_icon(self) -> None:
        self._dressed = current_theme()
        made = themed_icon(self._icon, self._role, self._size, checked_role="accent")
        if made.cacheKey() != self.icon().cacheKey():
            self.setIconSize(icon_extent(self._size))
            self.setIcon(made)


def give_shortcut(
    button: QPushButton | QToolButton, name: str, shortcut: str, *, at_once: bool = False
) -> None:
    """Let keys press a button, and tell them in its tool tip."""
    keys = QKeySequence(shortcut)
    if at_once:
        QShortcut(keys, button).activated.connect(button.click)
    else:
        button.setShortcut(keys)
    native = keys.toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{name} ({native})")


def extra_of_bold(widget: QWidget, words: str) -> int:
    """How many px wider words are in the weight of chosen things."""
    bold = QFont(widget.font())
    bold.setWeight(QFont.Weight.DemiBold)
    usual = QFont(widget.font())
    usual.setWeight(QFont.Weight.Medium)
    heavier = QFontMetrics(bold).horizontalAdvance(words)
    return max(0, heavier - QFontMetrics(usual).horizontalAdvance(words)) + 1
