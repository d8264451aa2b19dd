"""A big pad of digits for the chair's PIN, to be touched."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from meetingroom.ui.controls import Label
from meetingroom.ui.display.touch import TouchButton
from meetingroom.wording import tr

DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
LEAST, LONGEST = 4, 8


class PinPad(QWidget):
    """Shows dots for digits; `pin_entered` when OK is pressed with at least four."""

    pin_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pin = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.dots = Label("", "figure")
        self.dots.setAccessibleName(tr("PIN"))
        self.dots.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence = Label("", "body", "attention", wraps=True)
        column.addWidget(self.dots)
        column.addWidget(self.sentence)
        grid = QGridLayout()
        grid.setSpacing(10)
        for place, digit in enumerate(DIGITS):
            grid.addWidget(self._button(digit), place // 3, place % 3)
        wipe = TouchButton(tr("Delete"))
        wipe.clicked.connect(self.wipe)
        self.enter = TouchButton(tr("Unlock"), is_filled=True)
        self.enter.clicked.connect(self.on_enter)
        grid.addWidget(wipe, 3, 0)
        grid.addWidget(self._button("0"), 3, 1)
        grid.addWidget(self.enter, 3, 2)
        column.addLayout(grid)
        column.addStretch(1)
        self._show()

    def _button(self, digit: str) -> TouchButton:
        button = TouchButton(digit)
        button.clicked.connect(lambda _checked=False, digit=digit: self.add(digit))
        return button

    def add(self, digit: str) -> None:
        """One more digit."""
        self._pin = (self._pin + digit)[:LONGEST]
        self._show()

    def wipe(self) -> None:
        """Take the last digit away."""
        self._pin = self._pin[:-1]
        self._show()

    def tell(self, sentence: str) -> None:
        """Why a PIN was not taken; starts anew."""
        self._pin = ""
        self._show()
        self.sentence.setText(sentence)

    def take_key(self, key: int, text: str) -> bool:
        """Type with a keyboard; whether the key was one of the pad's."""
        if text.isdecimal():
            self.add(text)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.wipe()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.on_enter()
        else:
            return False
        return True

    def on_enter(self) -> None:
        """Send the PIN."""
        if len(self._pin) >= LEAST:
            self.sentence.setText("")
            pin, self._pin = self._pin, ""
            self._show()
            self.pin_entered.emit(pin)

    def _show(self) -> None:
        missing = max(0, LEAST - len(self._pin))
        self.dots.setText(" ".join("●" * len(self._pin) + "○" * missing))
        self.enter.setEnabled(len(self._pin) >= LEAST)
