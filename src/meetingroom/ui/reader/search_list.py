"""The list of what was found: papers as headings, pages with the words around each hit."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from meetingroom.domain.search import Snippet, Span
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

Index = QModelIndex | QPersistentModelIndex
PADDING, GAP = 10, 2
HEADING, LINES = 34, 3
NO_WORDS = Snippet(text="")


@dataclass(frozen=True)
class Found:
    """A row: a heading (`hit` is -1), or hit number `hit` with where it is and its words."""

    words: str
    hit: int = -1
    snippet: Snippet = NO_WORDS


class FoundModel(QAbstractListModel):
    """Rows of the list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Found] = []

    def show(self, rows: list[Found]) -> None:
        """Other rows; those that stay at the top keep their place in the list."""
        kept = 0
        while kept < min(len(rows), len(self.rows)) and rows[kept] == self.rows[kept]:
            kept += 1
        if kept == 0:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        if kept < len(self.rows):
            self.beginRemoveRows(QModelIndex(), kept, len(self.rows) - 1)
            del self.rows[kept:]
            self.endRemoveRows()
        if kept < len(rows):
            self.beginInsertRows(QModelIndex(), kept, len(rows) - 1)
            self.rows = rows
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own way
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, and for those who listen where they stand."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words if row.hit < 0 else row.snippet.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.words if row.hit < 0 else f"{row.words}: {row.snippet.text}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings only part the hits."""
        both = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return both if self.rows[index.row()].hit >= 0 else Qt.ItemFlag.NoItemFlags


class FoundPainter(QStyledItemDelegate):
    """Paints a heading, or a page's number and its words with the hits in bold."""

    def __init__(self, view: "FoundList") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need, at most some lines."""
        row, theme = self._view.found.rows[index.row()], current_theme()
        width = self._view.viewport().width()
        if row.hit < 0:
            return QSize(width, theme.scaled(HEADING))
        layout = self._laid_out(row, width - 2 * PADDING)
        words = sum(layout.lineAt(n).height() for n in range(min(LINES, layout.lineCount())))
        caption = QFontMetrics(theme.font("caption", weight=600)).height()
        return QSize(width, round(words + caption + 2 * PADDING + GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row = self._view.found.rows[index.row()]
        painter.save()
        if row.hit < 0:
            self._paint_heading(painter, option.rect, row)
        else:
            self._paint_hit(painter, option, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, row: Found) -> None:
        theme = current_theme()
        painter.setFont(theme.font("caption", weight=600))
        painter.setPen(theme.colour("ink_soft"))
        room = rect.adjusted(PADDING, theme.scaled(6), -PADDING, 0)
        elide = Qt.TextElideMode.ElideRight
        words = painter.fontMetrics().elidedText(row.words, elide, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, row: Found) -> None:
        theme, rect = current_theme(), option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("desk"))
        painter.setClipRect(rect)
        painter.setFont(theme.font("caption", weight=600))
        painter.setPen(theme.colour("accent" if is_chosen else "ink_soft"))
        top = rect.y() + PADDING
        line = QRect(
            rect.x() + PADDING, top, rect.width() - 2 * PADDING, painter.fontMetrics().height()
        )
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), row.words)
        layout = self._laid_out(row, rect.width() - 2 * PADDING)
        painter.setPen(theme.colour("ink"))
        corner = QPointF(rect.x() + PADDING, line.bottom() + 1 + GAP)
        for number in range(min(LINES, layout.lineCount())):
            layout.lineAt(number).draw(painter, corner)

    def _laid_out(self, row: Found, width: int) -> QTextLayout:
        """The snippet in lines; its hits are bold."""
        theme = current_theme()
        layout = QTextLayout(row.snippet.text, theme.font("small"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([_bold(row.snippet.text, hit) for hit in row.snippet.hits])
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid() and layout.lineCount() <= LINES + 1:
            line.setLineWidth(max(40, width))
            line.setPosition(QPointF(0, y))
            y += line.height()
        layout.endLayout()
        return layout


def _bold(text: str, hit: Span) -> QTextLayout.FormatRange:
    """How a hit looks; Qt counts in units of UTF-16."""
    span = QTextLayout.FormatRange()
    look = QTextCharFormat()
    look.setFontWeight(700)
    look.setBackground(current_theme().colour("found"))
    look.setForeground(current_theme().colour("ink"))
    span.start = _units(text[: hit.start])
    span.length = _units(text[hit.start : hit.end])
    span.format = look
    return span


def _units(text: str) -> int:
    # The codec would be read from the disk just when somebody waits for what was found.
    return len(text) + sum(letter > "\uffff" for letter in text)


class FoundList(QListView):
    """`hit_chosen` carries a hit's number: by a click, a touch, Enter, or the arrow keys."""

    hit_chosen = Signal(int)
    end_reached = Signal()
    """Somebody looks at the last rows: there may be more."""
    left = Signal()
    """Escape was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = FoundModel()
        self.setModel(self.found)
        self.setItemDelegate(FoundPainter(self))
        self.setProperty("flat", "true")
        self.setAccessibleName(tr("What was found"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._on_index)
        self.activated.connect(self._on_index)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_rows(self, rows: list[Found]) -> None:
        """What was found now."""
        self.found.show(rows)

    def show_chosen(self, hit: int) -> None:
        """Mark a hit as the chosen one and bring it into view; -1 marks none."""
        numbers = [row.hit for row in self.found.rows]
        if hit < 0 or hit not in numbers:
            self.selectionModel().clear()
            return
        index = self.found.index(numbers.index(hit))
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next hit at once, over headings; Escape leaves."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_index(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths, other lines."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _step(self, delta: int) -> None:
        place = self.currentIndex().row() + delta
        rows = self.found.rows
        while 0 <= place < len(rows) and rows[place].hit < 0:
            place += delta
        if 0 <= place < len(rows):
            self._on_index(self.found.index(place))

    def _on_index(self, index: Index) -> None:
        if index.isValid() and self.found.rows[index.row()].hit >= 0:
            self.hit_chosen.emit(self.found.rows[index.row()].hit)

    def _on_scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() > 0 and value >= bar.maximum() - self.viewport().height():
            self.end_reached.emit()
