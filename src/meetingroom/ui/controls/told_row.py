"""What was looked at, under its sign: what is so, and below it what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.ui.controls.labels import IconLabel, Label


def told_row(icon: str, role: str, said: str, advice: str, size: int) -> QWidget:
    """A row with an icon of `size` pixels; without advice only what was said."""
    told = QWidget()
    row = QHBoxLayout(told)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel(icon, role, size), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(said, "body", wraps=True))
    if advice:
        words.addWidget(Label(advice, "small", "ink_soft", wraps=True))
    words.addStretch(1)
    row.addLayout(words, 1)
    return told
