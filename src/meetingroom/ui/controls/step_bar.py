"""The steps of one meeting, left to right."""

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from meetingroom.ui.controls.cards import Panel
from meetingroom.ui.controls.labels import IconLabel
from meetingroom.ui.icons import paint_icon
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

StepState = Literal["todo", "done", "missing"]
_PADDING = 4


class StepButton(QAbstractButton):
    """One step: a number or a state, words, and a line below when it is the current one."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__()
        self._number, self._words = number, words
        self._state: StepState = "todo"
        self._missing = 0
        self._short = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_state("todo", 0)

    def set_state(self, state: StepState, missing: int) -> None:
        """What is known of the step; `missing` counts what must be solved."""
        self._state, self._missing = state, missing
        spoken = {"todo": "", "done": tr("done"), "missing": tr("{0} to solve").format(missing)}
        self.setAccessibleName(self.words())
        self.setAccessibleDescription(spoken[state])
        self.updateGeometry()
        self.update()

    def is_in(self, state: StepState, missing: int) -> bool:
        """Whether just this is shown already."""
        return (self._state, self._missing) == (state, missing)

    def nextCheckState(self) -> None:
        """A press only asks; the screen says which step is the current one."""

    def words(self) -> str:
        """The words with the count of what is missing."""
        counted = self._state == "missing" and self._missing
        return f"{self._words} ({self._missing})" if counted else self._words

    def set_short(self, short: bool) -> None:
        """Only the icon, unless it is the current step."""
        self._short = short
        self.setToolTip(self.words() if short else "")
        self.updateGeometry()

    def width_with_words(self) -> int:
        """How wide it would be with words."""
        theme = current_theme()
        advance = QFontMetrics(self._font(bold=True)).horizontalAdvance(self.words())
        return theme.scaled(20) + theme.scaled(8) + advance + 2 * _PADDING

    def sizeHint(self) -> QSize:
        """As wide as its words, or as its icon."""
        theme = current_theme()
        with_words = not self._short or self.isChecked()
        width = self.width_with_words() if with_words else theme.scaled(20) + 2 * _PADDING
        return QSize(width, theme.size("control.step_bar") - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Circle, words, line."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.scaled(20)
        box = QRectF(_PADDING, (self.height() - side) / 2, side, side)
        self._paint_mark(painter, box)
        current = self.isChecked()
        if current:
            line = QRectF(0, self.height() - 3, self.width(), 3)
            painter.fillRect(line, theme.colour("accent"))
        if self._short and not current:
            return
        calm = self._state == "todo" and not self.underMouse()
        painter.setPen(theme.colour("accent" if current else "ink_soft" if calm else "ink"))
        painter.setFont(self._font(bold=current))
        left = round(box.right()) + theme.scaled(8)
        area = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.words())

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        theme = current_theme()
        if not self.isChecked() and self._state != "todo":
            name, role = ("circle-check", "good")
            if self._state == "missing":
                name, role = ("circle-alert", "live")
            paint_icon(painter, name, theme.colour(role), box, 2)
            return
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_fill"))
        else:
            painter.setPen(theme.colour("line_strong"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(theme.colour("on_accent" if self.isChecked() else "ink_soft"))
        painter.setFont(theme.font("caption", weight=600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _font(self, *, bold: bool) -> QFont:
        return current_theme().font("body", weight=600 if bold else 500)


class StepBar(Panel):
    """Steps (key, words) with chevrons between; arrow keys move, Enter opens.

    When the words have no room only the current step keeps them.
    """

    step_requested = Signal(str)

    def __init__(
        self,
        steps: tuple[tuple[str, str], ...],
        accessible_name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("top_bar", parent)
        self.setAccessibleName(accessible_name)
        self._keys = [key for key, _ in steps]
        self._buttons: dict[str, StepButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(8)
        for number, (key, words) in enumerate(steps, start=1):
            if number > 1:
                self._row.addWidget(IconLabel("chevron-right", "icon_disabled", 16))
            button = StepButton(number, words)
            button.clicked.connect(lambda _on=False, key=key: self._request(key))
            self._buttons[key] = button
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.setMinimumHeight(current_theme().size("control.step_bar"))
        self.set_current(self._keys[0])

    def set_current(self, key: str) -> None:
        """Mark a step as the one shown."""
        for each, button in self._buttons.items():
            button.setChecked(each == key)
            button.updateGeometry()
        self._fit()

    def current_key(self) -> str:
        """The step shown."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_state(self, key: str, state: StepState, missing: int = 0) -> None:
        """What is known of a step: "todo", "done" or "missing" with a count."""
        if self._buttons[key].is_in(state, missing):
            return
        self._buttons[key].set_state(state, missing)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The icons are enough."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop or show the words."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Take the sizes of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self.setMinimumHeight(current_theme().size("control.step_bar"))
            self._fit()

    def _fit(self) -> None:
        between = current_theme().scaled(16) + 2 * self._row.spacing()
        words = sum(button.width_with_words() for button in self._buttons.values())
        margins = self._row.contentsMargins()
        needed = words + between * (len(self._keys) - 1) + margins.left() + margins.right()
        for button in self._buttons.values():
            button.set_short(needed > self.width())

    def _request(self, key: str) -> None:
        self.step_requested.emit(key)
