"""Buttons of the panel on the display: sizes are fractions of the screen's height."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from meetingroom.ui.icons import coloured_pixmap
from meetingroom.ui.theme import Theme, load_theme

SMALLEST = 1 / 14  # of the screen's height: the least a finger needs


def panel_theme() -> Theme:
    """The display's theme."""
    return load_theme("dark", for_display=True)


class TouchButton(QPushButton):
    """Words, or an icon over words, at least 1/14 of the screen high."""

    def __init__(
        self,
        words: str,
        icon: str = "",
        *,
        is_filled: bool = False,
        is_row: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self._words, self._icon = words, icon
        self._is_filled = is_filled
        self._align = "left" if is_row else "center"
        self._screen = 0
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The words give way to the room, never the room to the words.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_screen(1080)

    def set_screen(self, height: int) -> None:
        """Take the sizes for a screen of this height."""
        if self._screen == max(200, height):
            return
        self._screen = max(200, height)
        theme = panel_theme()
        font = theme.display_font("text_smallest", self._screen, 600)
        radius = theme.display("radius", self._screen)
        ground = "accent_fill" if self._is_filled else "raised"
        self.setStyleSheet(
            f"QPushButton {{ background: {theme.css(ground)}; color: {theme.css('ink')};"
            f" border: none; border-radius: {radius}px; font-size: {font.pixelSize()}px;"
            f" font-weight: 600; padding: 0 {radius}px; text-align: {self._align}; }}"
            f"QPushButton:pressed {{ background: {theme.css('accent_fill')}; }}"
            f"QPushButton:focus {{ border: 3px solid {theme.css('focus')}; }}"
            f"QPushButton:disabled {{ color: {theme.css('absent_mark')}; }}"
        )
        self.setMinimumHeight(round(self._screen * 0.0815))
        if self._icon:
            side = round(self._screen * 0.034)
            self.setIcon(coloured_pixmap(self._icon, theme.colour("ink"), side))
            self.setIconSize(QSize(side, side))
        self._fit_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that have no room end in "…"."""
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        font = panel_theme().display_font("text_smallest", self._screen, 600)
        beside = 2 * panel_theme().display("radius", self._screen) + 8
        beside += round(self._screen * 0.034) + 8 if self._icon else 0
        room = max(1, self.width() - beside)
        shown = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
