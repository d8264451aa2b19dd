"""The agenda as a bar: how long each item is, when it starts, when all ends."""

from datetime import timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meetingroom.services.drafting import Draft
from meetingroom.ui.controls import Card, Label
from meetingroom.ui.stage.moments import local
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr


def clocks_of(draft: Draft) -> list[str]:
    """When each item starts, "–" where the meeting has no time yet."""
    if not draft.starts_at:
        return ["–" for _ in draft.items]
    at = local(draft.starts_at)
    clocks: list[str] = []
    for row in draft.items:
        clocks.append(f"{at:%H:%M}")
        at += timedelta(minutes=row.minutes)
    return clocks


class AgendaClock(Card):
    """Counts and the expected end, over a bar with a part for each item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=12, parent=parent)
        column = QVBoxLayout()
        column.setSpacing(8)
        self.summary = Label("", "section", wraps=True)
        self.bar = ItemBar()
        column.addWidget(self.summary)
        column.addWidget(self.bar)
        self.body.addLayout(column)

    def show_draft(self, draft: Draft) -> None:
        """The draft's items."""
        total = sum(row.minutes for row in draft.items)
        words = tr("{0} items, {1} papers, {2} minutes").format(
            len(draft.items), len(draft.papers), total
        )
        if draft.starts_at:
            ends = local(draft.starts_at) + timedelta(minutes=total)
            words = tr("{0}; expected to end at {1}").format(words, f"{ends:%H:%M}")
        self.summary.setText(words)
        self.bar.show_draft(draft)


class ItemBar(QWidget):
    """A part for each item, as wide as it is long; its start below."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[int, str]] = []
        self.setAccessibleName(tr("Time of the items"))

    def show_draft(self, draft: Draft) -> None:
        """The draft's items."""
        clocks = clocks_of(draft) if draft.starts_at else [""] * len(draft.items)
        parts = [(row.minutes, clock) for row, clock in zip(draft.items, clocks, strict=True)]
        if parts != self._parts:
            self._parts = parts
            self.setAccessibleDescription(", ".join(clock for _, clock in parts))
            self.update()

    def sizeHint(self) -> QSize:
        """A bar and a line of clocks."""
        theme = current_theme()
        return QSize(200, theme.scaled(10) + theme.type_of("caption")[1] + 4)

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The parts and, where there is room, when each starts."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font("caption", tabular=True)
        painter.setFont(font)
        total = sum(max(1, minutes) for minutes, _ in self._parts) or 1
        gap, high = 3.0, theme.scaled(8)
        room = self.width() - gap * max(0, len(self._parts) - 1)
        left, free = 0.0, 0.0
        for minutes, clock in self._parts:
            wide = room * max(1, minutes) / total
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_line"))
            painter.drawRoundedRect(QRectF(left, 0, wide, high), high / 2, high / 2)
            needed = QFontMetrics(font).horizontalAdvance(clock) + 6
            if left >= free and left + needed <= self.width() + 6:
                painter.setPen(theme.colour("ink_soft"))
                below = QRectF(left, high + 4, needed, self.height() - high - 4)
                painter.drawText(below, Qt.AlignmentFlag.AlignLeft, clock)
                free = left + needed
            left += wide + gap
        painter.end()
