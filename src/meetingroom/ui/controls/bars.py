"""Bars at the edges of a window: below the status line, on top what happened."""

from typing import Literal

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.ui.controls.buttons import Button
from meetingroom.ui.controls.cards import HairLine, Panel
from meetingroom.ui.controls.labels import ElidedLabel, IconLabel, Label, repolish
from meetingroom.ui.controls.scrolled_column import empty
from meetingroom.ui.theme import current_theme

InfoRole = Literal["attention", "live", "good"]

_INFO_ICONS = {"attention": "triangle-alert", "live": "circle-alert", "good": "check"}
_INFO_INKS = {"attention": "attention_ink", "live": "live", "good": "good"}
_UNBOUNDED = 16777215
GOOD_NEWS_MS = 8000  # as long as an undo toast


class _Segment(QWidget):
    """An icon and words of the status line."""

    def __init__(self, icon: str, words: str, role: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.picture = IconLabel(icon, role, 16)
        self.label = ElidedLabel(words, "caption", role, weight=500 if role != "ink_soft" else 400)
        row.addWidget(self.picture)
        row.addWidget(self.label)
        self.say(icon, words, role)

    def say(self, icon: str, words: str, role: str) -> None:
        """Show another state."""
        self.picture.set_icon(icon, role)
        self.label.set_ink(role)
        self.label.setText(words)
        self.setAccessibleName(words)


class StatusLine(Panel):
    """The line at the bottom of a window: states as icon and words, kept by a key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bottom_bar", parent)
        theme = current_theme()
        self._segments: dict[str, _Segment] = {}
        self.setMinimumHeight(theme.size("control.status_line"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 16, 2)
        row.setSpacing(16)
        self._left = QHBoxLayout()
        self._left.setSpacing(16)
        row.addLayout(self._left)
        row.addStretch(1)
        self.right_label = Label("", "caption", "ink_soft", tabular=True)
        row.addWidget(self.right_label)

    def set_segment(self, key: str, icon: str, words: str, role: str = "ink_soft") -> None:
        """Show a state, in the place of the one with the same key if there is one."""
        if key in self._segments:
            self._segments[key].say(icon, words, role)
            return
        if self._segments:
            line = HairLine(upright=True)
            line.setFixedHeight(current_theme().scaled(14))
            self._left.addWidget(line)
        self._segments[key] = _Segment(icon, words, role)
        self._left.addWidget(self._segments[key])

    def words_of(self, key: str) -> str:
        """The words of a segment."""
        return self._segments[key].label.text()

    def set_right(self, words: str) -> None:
        """Words at the right end."""
        self.right_label.setText(words)


class InfoBar(Panel):
    """A quiet bar under the top bar: what happened, what is safe, what to do.

    `tell` pushes it in, `withdraw` takes it out; buttons answer with their key. Short good
    news without buttons or advice goes by itself.
    """

    action_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("info", parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        self.picture = IconLabel("triangle-alert", "attention", 20)
        self.title_label = Label("", "strong", "attention_ink", wraps=True)
        self.advice_label = Label("", "body", "attention_ink", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title_label)
        words.addWidget(self.advice_label)
        row.addWidget(self.picture)
        row.addLayout(words, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        row.addLayout(self._buttons)
        self._slide = QPropertyAnimation(self, b"maximumHeight", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._settle)
        self._leaving = False
        self.staying = QTimer(self)
        self.staying.setSingleShot(True)
        self.staying.setInterval(GOOD_NEWS_MS)
        self.staying.timeout.connect(self.withdraw)
        self.hide()

    def tell(
        self,
        role: InfoRole,
        title: str,
        advice: str = "",
        actions: tuple[tuple[str, str], ...] = (),
        icon: str = "",
    ) -> None:
        """Show a message; `actions` are up to two pairs of words and key."""
        self.setProperty("role", role)
        repolish(self)
        self.picture.set_icon(icon or _INFO_ICONS[role], role)
        for label, words in ((self.title_label, title), (self.advice_label, advice)):
            label.set_ink(_INFO_INKS[role])
            label.setText(words)
            label.setVisible(bool(words))
        self.setAccessibleName(f"{title} {advice}".strip())
        self._set_buttons(actions)
        self._leaving = False
        if role == "good" and not actions and not advice:
            self.staying.start()
        else:
            self.staying.stop()
        if self.isHidden():
            self.show()
            self._move(0, self.sizeHint().height())

    def withdraw(self) -> None:
        """Take the bar away."""
        if not self.isHidden():
            self._leaving = True
            self._move(self.height(), 0)

    def _set_buttons(self, actions: tuple[tuple[str, str], ...]) -> None:
        empty(self._buttons)
        for place, (words, key) in enumerate(actions):
            button = Button(words, "outlined" if place == 0 else "plain", extent="small")
            button.clicked.connect(lambda _checked=False, key=key: self._request(key))
            self._buttons.addWidget(button)

    def _move(self, start: int, end: int) -> None:
        self._slide.stop()
        duration = current_theme().motion("panel")
        if not duration:
            self._settle()
            return
        self._slide.setDuration(duration)
        self._slide.setStartValue(start)
        self._slide.setEndValue(end)
        self._slide.start()

    def _settle(self) -> None:
        self.setMaximumHeight(_UNBOUNDED)
        if self._leaving:
            self.hide()

    def _request(self, key: str) -> None:
        self.action_requested.emit(key)
