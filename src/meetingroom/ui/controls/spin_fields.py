"""Numbers, times and dates to type or to step through.

Qt's styled spin boxes put their text at the very edge; these give it its margin.
"""

from PySide6.QtCore import QDate, QEvent, QRect, Qt, QTime
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QLineEdit, QSpinBox, QTimeEdit

from meetingroom.ui.theme import current_theme

_LEFT = 9


def _place_editor(box: QAbstractSpinBox) -> None:
    editor = box.findChild(QLineEdit)
    if editor is None:
        return
    bare = box.property("bare") == "true"
    left = 0 if bare else _LEFT
    right = 0 if bare else current_theme().scaled(16) + 12
    editor.setGeometry(QRect(left, 1, box.width() - left - right, box.height() - 2))


class NumberField(QSpinBox):
    """A whole number; `bare` has neither frame nor arrows."""

    def __init__(self, least: int = 0, most: int = 999, *, bare: bool = False) -> None:
        super().__init__()
        self.setRange(least, most)
        if bare:
            self.setProperty("bare", "true")
            self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the text."""
        super().resizeEvent(event)
        _place_editor(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Place the text."""
        super().showEvent(event)
        _place_editor(self)

    def changeEvent(self, event: QEvent) -> None:
        """Place the text for a new theme."""
        super().changeEvent(event)
        _place_editor(self)


class TimeField(QTimeEdit):
    """A time of day, hours and minutes."""

    def __init__(self, time: QTime | None = None) -> None:
        super().__init__(time or QTime(8, 0))
        self.setDisplayFormat("HH:mm")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the text."""
        super().resizeEvent(event)
        _place_editor(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Place the text."""
        super().showEvent(event)
        _place_editor(self)

    def changeEvent(self, event: QEvent) -> None:
        """Place the text for a new theme."""
        super().changeEvent(event)
        _place_editor(self)


class DateField(QDateEdit):
    """A day, with a calendar to pick from."""

    def __init__(self, date: QDate | None = None) -> None:
        super().__init__(date or QDate.currentDate())
        self.setDisplayFormat("dd/MM/yyyy")
        self.setCalendarPopup(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the text."""
        super().resizeEvent(event)
        _place_editor(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Place the text."""
        super().showEvent(event)
        _place_editor(self)

    def changeEvent(self, event: QEvent) -> None:
        """Place the text for a new theme."""
        super().changeEvent(event)
        _place_editor(self)
