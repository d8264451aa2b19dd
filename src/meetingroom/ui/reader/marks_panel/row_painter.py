"""Paints the rows of the list of marks."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from meetingroom.domain.marks import Mark, Note
from meetingroom.ui.icons import STROKE, paint_icon
from meetingroom.ui.page.mark_layer import is_wash
from meetingroom.ui.reader.marks_panel.measuring import Letters, line_height, paint_lines
from meetingroom.ui.reader.marks_panel.row_model import Index, RowModel
from meetingroom.ui.reader.marks_panel.row_words import RowWords, said_in
from meetingroom.ui.reader.marks_panel.rows import Row
from meetingroom.ui.theme import MarkColour, current_theme

QUOTE_LINES, WORD_LINES, WARNING_LINES = 2, 3, 3
PADDING, BAR, GAP, ICON, INDENT = 8, 4, 8, 16, 18
ColourOf = Callable[[Mark], MarkColour]
WIDEST = Qt.TextElideMode.ElideRight


class RowPainter(QStyledItemDelegate):
    """Each row: where and for whom, what is quoted and written, who wrote when."""

    def __init__(self, model: RowModel, colour_of: ColourOf, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._colour_of = model, colour_of
        self._heights: dict[str, tuple[Row, int]] = {}
        self._width = 0
        self._dress()

    def set_width(self, width: int) -> None:
        """Rows are so many px wide, and their text as large as the theme's now."""
        self._dress()
        self._width = width
        self._heights = {}

    def _dress(self) -> None:
        theme = current_theme()
        self.fonts = {
            "caption": theme.font("caption"),
            "bold": theme.font("caption", weight=600),
            "small": theme.font("small"),
        }
        self._small, self._caption = Letters(self.fonts["small"]), Letters(self.fonts["caption"])

    # --- sizes ----------------------------------------------------------------------------

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words."""
        return QSize(self._width, self.height_of(self._model.rows[index.row()]))

    def height_of(self, row: Row) -> int:
        """A row's height in px."""
        known = self._heights.get(row.key)
        if known is None or known[0] is not row:
            known = self._heights[row.key] = (row, self._measured(row))
        return known[1]

    def _measured(self, row: Row) -> int:
        caption = line_height(self.fonts["caption"])
        if row.kind in ("group", "gone"):
            return round(caption + 2 * PADDING)
        quote, said, warning = self._lines(row)
        text = line_height(self.fonts["small"]) * (quote + said)
        is_offline = row.mark is not None and row.mark.was_offline
        return round(caption * (2 + is_offline + warning) + text + 2 * PADDING + 2)

    def _lines(self, row: Row) -> tuple[int, int, int]:
        """The lines of what is quoted, of what is written, and of what is wrong."""
        room = self._room(row)
        quote, said, warning = said_in(row)
        return (
            self._small.lines(quote, room, QUOTE_LINES),
            self._small.lines(said, room, WORD_LINES),
            self._caption.lines(warning, room, WARNING_LINES),
        )

    def _left(self, row: Row) -> int:
        return PADDING + (INDENT if row.kind == "reply" else 0)

    def _room(self, row: Row) -> float:
        return self._width - self._left(row) - BAR - GAP - PADDING

    # --- painting -------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row = self._model.rows[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind == "group":
            self._paint_group(painter, option.rect, row)
        else:
            self._paint_ground(painter, option)
            if row.kind == "gone":
                self._paint_gone(painter, option.rect, row)
            else:
                self._paint_row(painter, option.rect, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, rect = current_theme(), option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("desk"))
        painter.setPen(QPen(theme.colour("line"), theme.line_width))
        painter.drawLine(rect.left() + PADDING, rect.bottom(), rect.right(), rect.bottom())
        if is_chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _paint_group(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme = current_theme()
        painter.fillRect(rect, theme.colour("desk"))
        painter.setFont(theme.font("caption", weight=600))
        painter.setPen(theme.colour("ink"))
        room = rect.adjusted(PADDING, 0, -PADDING, 0)
        count = str(row.count)
        right = painter.fontMetrics().horizontalAdvance(count) + GAP
        words = painter.fontMetrics().elidedText(row.title, WIDEST, room.width() - right)
        painter.drawText(room, _LEFT, words)
        painter.setPen(theme.colour("ink_soft"))
        painter.drawText(room, _RIGHT, count)

    def _paint_gone(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme = current_theme()
        font = theme.font("caption")
        font.setItalic(True)
        painter.setFont(font)
        painter.setPen(theme.colour("ink_soft"))
        room = rect.adjusted(PADDING + BAR + GAP, 0, -PADDING, 0)
        words = painter.fontMetrics().elidedText(f"{row.place}  {row.title}", WIDEST, room.width())
        painter.drawText(room, _LEFT, words)

    def _paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme, words = current_theme(), self._model.words(row)
        left, top = rect.x() + self._left(row), float(rect.y() + PADDING)
        caption = line_height(self.fonts["caption"])
        self._paint_bar(painter, QRectF(left, top, BAR, rect.height() - 2 * PADDING), row)
        inner = QRectF(left + BAR + GAP, top, self._room(row), caption)
        self._paint_head(painter, inner, words)
        top += caption
        quote, said, warning = self._lines(row)
        small = line_height(self.fonts["small"])
        for text, lines, ink in ((words.quote, quote, "ink_soft"), (words.words, said, "ink")):
            painter.setFont(self.fonts["small"])
            painter.setPen(theme.colour(ink))
            paint_lines(painter, QRectF(inner.x(), top, inner.width(), 0), text, lines)
            top += small * lines
        self._paint_meta(painter, QRectF(inner.x(), top + 2, inner.width(), caption), row, words)
        top += 2 + caption
        if words.offline:
            self._paint_offline(painter, QRectF(inner.x(), top, inner.width(), caption), words)
            top += caption
        painter.setFont(self.fonts["caption"])
        painter.setPen(theme.colour("attention"))
        paint_lines(painter, QRectF(inner.x(), top, inner.width(), 0), words.warning, warning)

    def _paint_offline(self, painter: QPainter, box: QRectF, words: RowWords) -> None:
        theme = current_theme()
        side = float(theme.scaled(ICON))
        paint_icon(painter, "wifi-off", theme.colour("ink_soft"), _icon(box.x(), box, side), STROKE)
        painter.setFont(self.fonts["caption"])
        painter.setPen(theme.colour("ink_soft"))
        painter.drawText(box.adjusted(side + 6, 0, 0, 0), _LEFT, words.offline)

    def _paint_dot(self, painter: QPainter, box: QRectF, row: Row) -> None:
        """The person's colour; a ring for oneself, whose marks have any colour."""
        assert row.mark is not None  # noqa: S101
        if self._is_mine(row):
            painter.setPen(QPen(current_theme().colour("ink_soft"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_seen(self._colour_of(row.mark)))
        painter.drawEllipse(box)

    def _is_mine(self, row: Row) -> bool:
        marks = self._model.marks
        return marks is not None and row.mark is not None and row.mark.author == marks.me

    def _paint_bar(self, painter: QPainter, box: QRectF, row: Row) -> None:
        """The colour the mark has on the page."""
        theme = current_theme()
        if row.mark is None:
            painter.fillRect(box, theme.colour("line_strong"))
            return
        colours = self._colour_of(row.mark)
        is_light = self._is_mine(row) and (is_wash(row.mark) or isinstance(row.mark.shape, Note))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.wash if is_light else _seen(colours))
        painter.drawRoundedRect(box, 2, 2)

    def _paint_head(self, painter: QPainter, box: QRectF, words: RowWords) -> None:
        """Where it stands and of what kind at the left, for whom at the right."""
        theme = current_theme()
        side, left = float(theme.scaled(ICON)), box.x()
        if words.place:
            painter.setFont(self.fonts["bold"])
            painter.setPen(theme.colour("ink"))
            painter.drawText(box, _LEFT, words.place)
            left += painter.fontMetrics().horizontalAdvance(words.place) + GAP
        paint_icon(
            painter, words.kind_icon, theme.colour("ink_soft"), _icon(left, box, side), STROKE
        )
        left += side + GAP
        if not words.audience:
            return
        painter.setFont(self.fonts["caption"])
        painter.setPen(theme.colour("ink_soft"))
        room = box.right() - left - side - 4
        shown = painter.fontMetrics().elidedText(words.audience, WIDEST, int(room))
        wide = painter.fontMetrics().horizontalAdvance(shown)
        painter.drawText(box, _RIGHT, shown)
        spot = _icon(box.right() - wide - side - 4, box, side)
        paint_icon(painter, words.audience_icon, theme.colour("ink_soft"), spot, STROKE)

    def _paint_meta(self, painter: QPainter, box: QRectF, row: Row, words: RowWords) -> None:
        """Who wrote it and when, where it is, how many answers it has."""
        theme = current_theme()
        side = float(theme.scaled(ICON))
        painter.setFont(self.fonts["caption"])
        right = box.right()
        if row.replies:
            count = str(row.replies)
            painter.setPen(theme.colour("accent"))
            painter.drawText(QRectF(box.x(), box.y(), right - box.x(), box.height()), _RIGHT, count)
            right -= painter.fontMetrics().horizontalAdvance(count) + side + 4
            paint_icon(
                painter, "message-square", theme.colour("accent"), _icon(right, box, side), STROKE
            )
            right -= GAP
        if words.state is not None:
            right -= side
            spot = _icon(right, box, side)
            paint_icon(painter, words.state.icon, theme.colour(words.state.role), spot, 2)
            right -= GAP
        left = box.x()
        if row.mark is not None:
            dot = theme.scaled(8)
            self._paint_dot(
                painter, QRectF(left, box.y() + (box.height() - dot) / 2, dot, dot), row
            )
            left += dot + 6
        told = " · ".join(part for part in (words.author, words.meta) if part)
        painter.setPen(theme.colour("ink_soft"))
        shown = painter.fontMetrics().elidedText(told, WIDEST, int(right - left))
        painter.drawText(QRectF(QPointF(left, box.y()), box.bottomRight()), _LEFT, shown)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _icon(left: float, line: QRectF, side: float) -> QRectF:
    return QRectF(left, line.y() + (line.height() - side) / 2, side, side)


def _seen(colours: MarkColour) -> QColor:
    """The one of a person's colours that is seen on the list's ground, dark or light."""
    is_dark = current_theme().colour("surface").lightness() < 128
    return colours.wash if is_dark else colours.ink
