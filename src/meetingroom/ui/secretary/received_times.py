"""A time and a day to type, as people write them; both may still be empty."""

import re
from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from meetingroom.ui.controls import Label, repolish
from meetingroom.ui.stage.moments import ZONE, local, now, weekday
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

TIME_WIDTH, DATE_WIDTH = 110, 156  # for what is typed
AROUND = 40  # of a field beside its words
_DIGITS = re.compile(r"\d+")
_CENTURY = 2000


def typed_time(words: str) -> time | None:
    """ "8", "8h30", "08:30", "8 giờ 30" or "0830"; None where it is no time of day."""
    digits = _DIGITS.findall(words)
    if len(digits) == 1 and len(digits[0]) in (3, 4):
        digits = [digits[0][:-2], digits[0][-2:]]
    try:
        return time(int(digits[0]), int(digits[1]) if len(digits) > 1 else 0)
    except (IndexError, ValueError):
        return None


def typed_date(words: str, today: date) -> date | None:
    """ "25/11/2026", "25.11.26", "25/11" or "25112026"; without a year the next such day."""
    digits = _DIGITS.findall(words)
    if len(digits) == 1 and len(digits[0]) in (6, 8):
        digits = [digits[0][:2], digits[0][2:4], digits[0][4:]]
    try:
        day, month = int(digits[0]), int(digits[1])
        if len(digits) > 2:
            year = int(digits[2])
            return date(year + _CENTURY if year < 100 else year, month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    except (IndexError, ValueError):
        return None


def _wide(asked: str, least: int) -> int:
    """Room for what a field asks for, in whatever language and size of letters."""
    theme = current_theme()
    words = QFontMetrics(theme.font("body")).horizontalAdvance(asked)
    return max(theme.scaled(least), words + theme.scaled(AROUND))


class MomentField(QWidget):
    """`moment` is ISO 8601 with offset, "" while time or day is missing or none."""

    moment_changed = Signal()
    edited = Signal()
    """Somebody typed another time or day and went on."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.time, self.date = QLineEdit(), QLineEdit()
        self.time.setPlaceholderText(tr("hour:minute"))
        self.date.setPlaceholderText(tr("day/month/year"))
        for editor, width in ((self.time, TIME_WIDTH), (self.date, DATE_WIDTH)):
            editor.setFixedWidth(_wide(editor.placeholderText(), width))
        self.day_words = Label("", "body", "ink_soft", wraps=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.time)
        row.addWidget(self.date)
        row.addWidget(self.day_words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        self.setFocusProxy(self.time)
        self.setAccessibleName(name)
        for editor in (self.time, self.date):
            editor.textChanged.connect(self._changed)
            editor.editingFinished.connect(self._tidy)

    def setAccessibleName(self, name: str) -> None:
        """Both parts are told apart."""
        super().setAccessibleName(name)
        self.time.setAccessibleName(f"{name}: {tr('time')}")
        self.date.setAccessibleName(f"{name}: {tr('day')}")

    @property
    def moment(self) -> str:
        day, hour = typed_date(self.date.text(), now().date()), typed_time(self.time.text())
        if day is None or hour is None:
            return ""
        return datetime.combine(day, hour, ZONE).isoformat()

    @property
    def is_empty(self) -> bool:
        return not (self.time.text().strip() or self.date.text().strip())

    def set_moment(self, moment: str) -> None:
        """Show a moment, or nothing."""
        if not moment:
            self.time.clear()
            self.date.clear()
            return
        shown = local(moment)
        self.time.setText(f"{shown:%H:%M}")
        self.date.setText(f"{shown:%d/%m/%Y}")

    def set_state(self, state: str) -> None:
        """ "error" for what is missing or cannot be."""
        for editor in (self.time, self.date):
            editor.setProperty("state", state)
            repolish(editor)

    def _changed(self) -> None:
        day = typed_date(self.date.text(), now().date())
        self.day_words.setText(weekday(datetime.combine(day, time(), ZONE)) if day else "")
        self.moment_changed.emit()

    def _tidy(self) -> None:
        """As it was understood: "8h" becomes "08:00"."""
        hour, day = typed_time(self.time.text()), typed_date(self.date.text(), now().date())
        if hour is not None:
            self.time.setText(f"{hour:%H:%M}")
        if day is not None:
            self.date.setText(f"{day:%d/%m/%Y}")
        self.edited.emit()
