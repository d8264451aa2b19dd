"""While a call has the room's screen: a narrow bar in room of its own, never over the call."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette, QScreen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from meetingroom.ui.controls import ElidedLabel
from meetingroom.ui.display.edges import reserve
from meetingroom.ui.display.touch import SMALLEST, TouchButton, panel_theme
from meetingroom.wording import tr


def _nothing() -> None:
    """No room was taken."""


class CallBar(QWidget):
    """The way back, the papers, and what one types at the service's door, to be copied."""

    back_pressed = Signal()
    papers_pressed = Signal()
    number_pressed = Signal()
    passcode_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(
            None,
            Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        # A call over the whole screen covers the bar.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDock)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(tr("Back to the meeting"))
        self._give_back: Callable[[], None] = _nothing
        row = QHBoxLayout(self)
        self.words = ElidedLabel("", "body")
        self.back = TouchButton(tr("Back", "out of a call"), "arrow-left", is_filled=True)
        self.papers = TouchButton(tr("Papers", "of the meeting"), "file-text")
        self.number = TouchButton(tr("Meeting ID", "to copy"), "copy")
        self.passcode = TouchButton(tr("Passcode", "to copy"), "copy")
        for widget, share in ((self.back, 3), (self.papers, 3), (self.words, 6),
                              (self.number, 3), (self.passcode, 3)):  # fmt: skip
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the call keeps the keyboard
            row.addWidget(widget, share)
        self.back.clicked.connect(self.back_pressed)
        self.papers.clicked.connect(self.papers_pressed)
        self.number.clicked.connect(self.number_pressed)
        self.passcode.clicked.connect(self.passcode_pressed)

    def dress(self, height: int, title: str, *, has_number: bool) -> None:
        """Take the sizes for a screen of this height, and say which call it is."""
        theme = panel_theme()
        gap = round(height * 0.006)
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made above
        layout.setContentsMargins(3 * gap, gap, 3 * gap, gap)
        layout.setSpacing(2 * gap)
        for button in (self.back, self.papers, self.number, self.passcode):
            button.set_screen(height)
        self.words.setText(title)
        self.words.setFont(theme.display_font("text_smallest", height, 600))
        self.words.setStyleSheet(
            f"color: {theme.css('ink')}; font-size: {theme.display('text_smallest', height)}px;"
        )
        self.words.setMinimumWidth(1)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.colour("surface")))
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.number.setVisible(has_number)
        self.passcode.hide()  # until it is known that there is one

    def show_on(self, screen: QScreen) -> bool:
        """At the screen's edge, in room reserved for it; whether there is such room."""
        high = max(round(screen.geometry().height() * SMALLEST), self.sizeHint().height())
        give_back = reserve(self, screen, high)
        if give_back is None:
            return False
        self._give_back = give_back
        self.setFixedHeight(high)
        self.show()
        return True

    def take_away(self) -> None:
        """Give the room back."""
        self._give_back()
        self.hide()
        self.deleteLater()
