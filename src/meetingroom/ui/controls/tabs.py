"""Choosing one of a few views."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QTabBar, QToolButton, QWidget

from meetingroom.ui.controls.buttons import Button, extra_of_bold
from meetingroom.ui.controls.cards import Panel
from meetingroom.ui.icons import paint_icon
from meetingroom.ui.theme import current_theme

FEW_LETTERS = 6
SEGMENT_EDGE = 34  # padding, gaps and edges of one segment


class TabRow(QTabBar):
    """Underlined tabs, each with a key; a count may stand after the words.

    Where they have no room, words are cut, or (`scrolls`) there are arrows to the others.
    """

    tab_changed = Signal(str)

    def __init__(
        self,
        tabs: tuple[tuple[str, str], ...],
        accessible_name: str,
        parent: QWidget | None = None,
        *,
        scrolls: bool = False,
    ) -> None:
        super().__init__(parent)
        self._words: dict[str, str] = {}
        self._keys: list[str] = []
        self.setDrawBase(False)
        self.setExpanding(False)
        cut = Qt.TextElideMode.ElideNone if scrolls else Qt.TextElideMode.ElideRight
        self.setElideMode(cut)
        self.setUsesScrollButtons(scrolls)
        self.setAccessibleName(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for key, words in tabs:
            self._keys.append(key)
            self._words[key] = words
            self.setTabToolTip(self.addTab(words), words)
        self.currentChanged.connect(self._tell)
        self._arrows = self.findChildren(QToolButton) if scrolls else []
        for arrow in self._arrows:
            arrow.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows to tabs out of sight, as the program draws its other signs."""
        if event.type() != QEvent.Type.Paint or not isinstance(watched, QToolButton):
            return super().eventFilter(watched, event)
        theme, side = current_theme(), current_theme().scaled(18)
        painter = QPainter(watched)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(watched.rect(), theme.colour("desk"))
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(watched.rect()).center())
        name = "chevron-left" if watched is self._arrows[0] else "chevron-right"
        ink = theme.colour("accent" if watched.isEnabled() else "ink_faint")
        paint_icon(painter, name, ink, box, 2)
        painter.end()
        return True

    def tabSizeHint(self, index: int) -> QSize:
        """Wide enough for the heavier words of a chosen tab."""
        usual = super().tabSizeHint(index)
        return QSize(usual.width() + extra_of_bold(self, self.tabText(index)), usual.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Where there is no room for all words, a few letters of each tab stay in sight."""
        usual = self.tabSizeHint(index)
        if self.usesScrollButtons():
            return usual
        few = self.fontMetrics().averageCharWidth() * FEW_LETTERS
        return QSize(min(usual.width(), few), usual.height())

    def current_key(self) -> str:
        """The key of the chosen tab."""
        return self._keys[self.currentIndex()]

    def choose(self, key: str) -> None:
        """Choose a tab."""
        self.setCurrentIndex(self._keys.index(key))

    def set_count(self, key: str, count: int | str) -> None:
        """Show a count after the words; 0 or "" shows none."""
        words = f"{self._words[key]} {count}" if count else self._words[key]
        self.setTabText(self._keys.index(key), words)

    def _tell(self, index: int) -> None:
        self.tab_changed.emit(self._keys[index])


class Segmented(Panel):
    """A framed row of buttons of which one is chosen: (key, icon, words) each.

    Words may be "" when the icon is enough; then a name for it must stand in `names`.
    """

    choice_changed = Signal(str)
    pressed_again = Signal(str)
    """The chosen one was pressed once more."""

    def __init__(
        self,
        choices: tuple[tuple[str, str, str], ...],
        accessible_name: str,
        names: dict[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("card", parent)
        self.setAccessibleName(accessible_name)
        self._buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._choices = choices
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(4)
        for key, icon, words in choices:
            button = Button(words, "segment", icon)
            button.setCheckable(True)
            if not words and names:
                button.setAccessibleName(names[key])
                button.setToolTip(names[key])
            button.toggled.connect(lambda on, key=key: self._tell(key, on))
            button.pressed.connect(lambda key=key: self._press(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button, 1)
        self.choose(choices[0][0])

    def sizeHint(self) -> QSize:
        """Room for the words, also while they are not shown."""
        usual = super().sizeHint()
        return QSize(max(usual.width(), self._wide()), usual.height())

    def _wide(self) -> int:
        wide = 0
        for key, _, words in self._choices:
            advance = self._buttons[key].fontMetrics().horizontalAdvance(words)
            wide += advance + current_theme().scaled(20) + SEGMENT_EDGE
        return wide

    def minimumSizeHint(self) -> QSize:
        """Where every one has an icon, the icons are enough."""
        usual = super().minimumSizeHint()
        if not all(icon for _, icon, _ in self._choices):
            return usual
        side = current_theme().size("control.button_small") + SEGMENT_EDGE
        return QSize(min(usual.width(), side * len(self._choices)), usual.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words where they have room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not all(icon for _, icon, _ in self._choices):
            return
        is_short = self._wide() > self.width()
        for key, icon, words in self._choices:
            button = self._buttons[key]
            shown = "" if is_short else words.replace("&", "&&")
            if button.text() != shown:
                button.setText(shown)
                button.setToolTip(words if is_short else "")
                button.set_icon(icon)

    def current_key(self) -> str:
        """The key of the chosen one."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose one."""
        self._buttons[key].setChecked(True)

    def choose_none(self) -> None:
        """What is so is none of these."""
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def set_enabled(self, key: str, enabled: bool) -> None:
        """Let one be chosen or not."""
        self._buttons[key].setEnabled(enabled)

    def _press(self, key: str) -> None:
        if self._buttons[key].isChecked():
            self.pressed_again.emit(key)

    def _tell(self, key: str, on: bool) -> None:
        if on:
            self.choice_changed.emit(key)
