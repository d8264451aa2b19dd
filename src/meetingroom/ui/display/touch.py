"""Buttons of the panel on the display: sizes are fractions of the screen's height."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from meetingroom.ui.icons import coloured_pixmap, paint_icon
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
        is_tall: bool = False,
        icon_after: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self._is_chosen = False
        self._is_tall = is_tall
        self._icon_after = icon_after
        self._paints_itself = is_tall or icon_after
        self._words, self._icon, self._shown = words, icon, words
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
        if self._screen != max(200, height):
            self._screen = max(200, height)
            self._dress()

    def _dress(self) -> None:
        theme = panel_theme()
        font = theme.display_font("text_smallest", self._screen, 600)
        radius = theme.display("radius", self._screen)
        side_room = 2 * radius if self._align == "left" else radius
        high = round(self._screen * (0.0926 if self._is_tall else 0.0815))
        ground = "accent_fill" if self._is_filled or self._is_chosen else "raised"
        self.setStyleSheet(
            f"QPushButton {{ background: {theme.css(ground)}; color: {theme.css('ink')};"
            f" border: none; border-radius: {radius}px; min-height: {high}px;"
            f" font-size: {font.pixelSize()}px;"
            f" font-weight: 600; padding: 0 {side_room}px; text-align: {self._align}; }}"
            f"QPushButton:pressed {{ background: {theme.css('accent_fill')}; }}"
            f"QPushButton:focus {{ border: 3px solid {theme.css('focus')}; }}"
            f"QPushButton:disabled {{ color: {theme.css('absent_mark')}; }}"
        )
        self.setMinimumHeight(high)
        if self._icon and not self._paints_itself:
            side = round(self._screen * 0.034)
            gap = theme.display("radius", self._screen) if self._words else 0
            picture = coloured_pixmap(self._icon, theme.colour("ink"), side)
            self.setIcon(_with_gap(picture, gap))
            self.setIconSize(QSize(side + gap, side))
        self._fit_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def set_chosen(self, is_chosen: bool) -> None:
        """Mark what the room sees now."""
        if is_chosen != self._is_chosen:
            self._is_chosen = is_chosen
            self._dress()

    def set_words(self, words: str) -> None:
        """Change the words."""
        self._words = words
        self.setAccessibleName(words)
        self._fit_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that have no room end in "…"."""
        super().resizeEvent(event)
        self._fit_words()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tall one has its icon over its words; another may have it after them."""
        super().paintEvent(event)
        if not self._paints_itself:
            return
        theme = panel_theme()
        font = theme.display_font("text_smallest", self._screen, 600)
        metrics, side = QFontMetrics(font), round(self._screen * 0.034)
        ink = theme.colour("ink" if self.isEnabled() else "absent_mark")
        middle, width = QRectF(self.rect()).center(), metrics.horizontalAdvance(self._shown)
        if self._is_tall:
            top = middle.y() - (side + metrics.height()) / 2
            picture = QRectF(middle.x() - side / 2, top, side, side)
            words = QRectF(0, top + side, self.width(), metrics.height())
        else:
            gap = theme.display("radius", self._screen)
            left = middle.x() - (width + gap + side) / 2
            picture = QRectF(left + width + gap, middle.y() - side / 2, side, side)
            words = QRectF(left, 0, width + 1, self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, self._icon, ink, picture, 2)
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._shown)
        painter.end()

    def _fit_words(self) -> None:
        font = panel_theme().display_font("text_smallest", self._screen, 600)
        paddings = 1 if self._is_tall else 4 if self._align == "left" else 2
        beside = paddings * panel_theme().display("radius", self._screen) + 8
        if self._icon and not self._is_tall:
            beside += (
                round(self._screen * 0.034) + 8 + panel_theme().display("radius", self._screen)
            )
        room = max(1, self.width() - beside)
        shown = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self._shown = shown
        self.setText("" if self._paints_itself else shown.replace("&", "&&"))


def _with_gap(picture: QPixmap, gap: int) -> QPixmap:
    """The icon with some room between it and the words."""
    if not gap:
        return picture
    ratio = picture.devicePixelRatio()
    wider = QPixmap(picture.width() + round(gap * ratio), picture.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return wider
