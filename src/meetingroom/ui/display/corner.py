"""While a video call has the room's screen: one button in its corner leads back."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meetingroom.ui.display.touch import TouchButton
from meetingroom.wording import tr

WIDE, HIGH, AWAY = 0.3, 0.1, 0.02  # of the screen's height


class Corner(QWidget):
    """Stays above the call, at the upper right where a call's own buttons seldom are."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        # The call keeps the keyboard.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(tr("Back to the meeting"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.back = TouchButton(tr("Back to the meeting"), "arrow-left", is_filled=True)
        self.back.clicked.connect(self.pressed)
        column.addWidget(self.back)

    def show_on(self, screen: QRect) -> None:
        """At the corner of a screen that has this place."""
        side, away = screen.height(), round(screen.height() * AWAY)
        wide = round(side * WIDE)
        self.back.set_screen(side)
        self.setGeometry(
            screen.right() - wide - away, screen.top() + away, wide, round(side * HIGH)
        )
        self.show()
