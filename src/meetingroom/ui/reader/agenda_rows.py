"""Rows of the agenda: a number, words over as many lines as they need, more at the right."""

from datetime import timedelta
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from meetingroom.domain.meeting import Meeting
from meetingroom.ui.icons import STROKE, paint_icon
from meetingroom.ui.stage.moments import local
from meetingroom.ui.theme import current_theme

LINE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
EDGE, GAP, ICON = 8, 8, 16
NOW = "now"  # a filled dot instead of an icon
ABOVE_ITEM, ABOVE_PAPER = 9, 6
WRAPPED = int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
RIGHT = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)


class AgendaLine(NamedTuple):
    """What a row shows; `icon` has a name (or `NOW`) and a colour's role, "" for none."""

    number: str
    words: str
    right: str = ""
    icon: str = ""
    role: str = "ink_soft"
    is_item: bool = False
    is_strong: bool = False


def start_times(meeting: Meeting) -> dict[str, str]:
    """When each item begins by the agenda, "08:10"."""
    issued = meeting.issued
    if issued is None or not issued.starts_at:
        return {}
    at, found = local(issued.starts_at), {}
    for row in issued.agenda:
        found[row.item] = f"{at:%H:%M}"
        at += timedelta(minutes=row.minutes)
    return found


class AgendaRows(QStyledItemDelegate):
    """Paints rows that carry an `AgendaLine`; others as Qt does."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words."""
        line = index.data(LINE)
        view = option.widget
        if not isinstance(line, tuple) or not isinstance(view, QAbstractItemView):
            return super().sizeHint(option, index)
        row = AgendaLine(*line)
        wide = view.viewport().width()
        box = self._words_box(row, QRect(0, 0, wide, 0))
        metrics = QFontMetrics(_font(row))
        high = metrics.boundingRect(QRect(0, 0, box.width(), 10_000), WRAPPED, row.words).height()
        above = ABOVE_ITEM if row.is_item else ABOVE_PAPER
        return QSize(wide, max(current_theme().scaled(34), high + 2 * above))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE)
        if not isinstance(line, tuple):
            super().paint(painter, option, index)
            return
        row, theme = AgendaLine(*line), current_theme()
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        box = self._words_box(row, option.rect)
        font = _font(row)
        painter.save()
        painter.setFont(font)
        painter.setPen(theme.colour("live" if row.role == "live" else "ink"))
        left = option.rect.left() + EDGE
        if row.is_item:
            painter.drawText(QRect(left, box.top(), _number_width(), box.height()), WRAPPED,
                             row.number)  # fmt: skip
        if row.icon:
            side, high = theme.scaled(ICON), QFontMetrics(font).height()
            x = box.left() - side - GAP + 2
            icon_box = QRectF(x, box.top() + (high - side) / 2, side, side)
            _paint_sign(painter, row, icon_box)
        painter.drawText(box, WRAPPED, row.words)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink_soft"))
        room = QRect(box.right(), box.top() + 1, option.rect.right() - EDGE - box.right(), 100)
        painter.drawText(room, RIGHT, row.right)
        painter.restore()

    def _words_box(self, row: AgendaLine, whole: QRect) -> QRect:
        theme = current_theme()
        left = EDGE + _number_width()
        if row.icon:
            left += theme.scaled(ICON) + GAP - 2
        caption = QFontMetrics(theme.font("caption"))
        right = caption.horizontalAdvance(row.right) + GAP if row.right else 0
        above = ABOVE_ITEM if row.is_item else ABOVE_PAPER
        return whole.adjusted(left, above, -right - EDGE, 0)


def _paint_sign(painter: QPainter, row: AgendaLine, box: QRectF) -> None:
    colour = current_theme().colour(row.role)
    if row.icon != NOW:
        paint_icon(painter, row.icon, colour, box, STROKE)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(box.center(), box.width() / 4, box.height() / 4)
    painter.restore()


def _font(row: AgendaLine) -> QFont:
    theme = current_theme()
    if not row.is_item:
        return theme.font("small")
    return theme.font("strong") if row.is_strong else theme.font("body", weight=500)


def _number_width() -> int:
    """Room for an item's number; papers stand under the item's words."""
    return QFontMetrics(current_theme().font("strong")).horizontalAdvance("00") + 4
