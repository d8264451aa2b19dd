"""Small pictures of every page of the pack, to find one's way by eye."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing
from meetingroom.domain.ports import Pixels
from meetingroom.services.news import PaperGone
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls.labels import plain_tip
from meetingroom.ui.stage.pages import StagePages
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

Index = QModelIndex | QPersistentModelIndex
KEPT_BYTES = 32 << 20
UNDER_WAY = 3  # the crew has more urgent things to do
URGENCY = 2
COLUMNS = 2
PICTURE = QSize(98, 132)
PADDING, LABEL, HEADER = 6, 20, 34
Key = tuple[str, int, int]


@dataclass(frozen=True)
class Row:
    """A page of the pack, or (page -1) the head of a paper."""

    paper: str
    blob: str
    page: int
    words: str
    spoken: str


class SmallPictures(QObject):
    """Draws small pictures when they are seen, a few at a time, from the top of what is seen."""

    ready = Signal(str, int)

    def __init__(self, context: DeskContext, pages: StagePages, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._pages = context, pages
        self._kept: OrderedDict[Key, QImage] = OrderedDict()
        self._wanted: OrderedDict[Key, None] = OrderedDict()
        self._under_way: set[Key] = set()
        self._failed: set[Key] = set()
        context.bridge.paper_gone.connect(self.on_paper_gone)

    def on_paper_gone(self, what: PaperGone) -> None:
        """Nothing of a paper this person may not read any more stays."""
        for kept in (self._kept, self._wanted):
            for key in [key for key in kept if key[0] == what.blob]:
                del kept[key]

    @property
    def kept_bytes(self) -> int:
        return sum(image.sizeInBytes() for image in self._kept.values())

    def picture(self, blob: str, page: int, box: QSize, ratio: float) -> QImage | None:
        """The page as large as fits a box of px; asks for it if it is not there."""
        size = self._pages.size(blob, page)
        if size is None:
            return None
        scale = min(box.width() / size.width, box.height() / size.height) * ratio
        key = (blob, page, max(1, int(scale * STEPS_PER_POINT)))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._under_way and key not in self._failed:
            self._wanted[key] = None
            self._go_on()
        return None

    def forget_wishes(self) -> None:
        """What was asked for is not in sight any more."""
        self._wanted.clear()

    def _go_on(self) -> None:
        while self._wanted and len(self._under_way) < UNDER_WAY:
            key, _ = self._wanted.popitem(last=False)
            self._under_way.add(key)
            wish = Drawing(blob=key[0], page=key[1], step=key[2], urgency=URGENCY)
            self._context.bridge.when_done(
                self._context.pages.draw(wish), partial(self._drawn, key), partial(self._fail, key)
            )

    def _drawn(self, key: Key, pixels: Pixels) -> None:
        if self._pages.size(key[0], key[1]) is None:  # the paper went meanwhile
            pixels.release()
            self._under_way.discard(key)
            return
        shared = QImage(
            pixels.buffer, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32
        )
        self._kept[key] = shared.copy()
        del shared
        pixels.release()
        while self.kept_bytes > KEPT_BYTES:
            self._kept.popitem(last=False)
        self._under_way.discard(key)
        self.ready.emit(key[0], key[1])
        self._go_on()

    def _fail(self, key: Key, _error: MeetingError) -> None:
        self._failed.add(key)
        self._under_way.discard(key)
        self.ready.emit(key[0], key[1])
        self._go_on()


class PackModel(QAbstractListModel):
    """All pages of a meeting's papers in order, each paper under its title."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._at: dict[tuple[str, int], int] = {}

    def show(self, meeting: Meeting) -> None:
        """Take the papers in; nothing happens while they are the same."""
        rows: list[Row] = []
        for paper in meeting.in_reading_order():
            blob, name = paper.current.blob, f"{meeting.number_of(paper.paper)} {paper.title}"
            rows.append(Row(paper.paper, blob, -1, name, name))
            for page in range(paper.current.pages):
                spoken = f"{name}, {tr('page {0}').format(page + 1)}"
                rows.append(Row(paper.paper, blob, page, str(page + 1), spoken))
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self._at = {(row.paper, row.page): place for place, row in enumerate(rows)}
            self.endResetModel()

    def row_of(self, paper: str, page: int) -> int:
        """The row of a page; -1 if there is none."""
        return self._at.get((paper, page), -1)

    def at(self, index: Index) -> Row:
        """What a row shows."""
        return self._rows[index.row()]

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the eye and for a screen reader."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            is_tip = role == Qt.ItemDataRole.ToolTipRole
            return plain_tip(row.spoken) if is_tip else row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles only part the pages."""
        is_page = self._rows[index.row()].page >= 0
        both = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return both if is_page else Qt.ItemFlag.NoItemFlags


class Painter(QStyledItemDelegate):
    """Paints a page's picture with its number, or a paper's title across."""

    def __init__(self, view: "Thumbnails") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two pages side by side; a title has a line to itself."""
        theme, room = current_theme(), self._view.room()
        if self._view.model_row(index).page < 0:
            return QSize(room, theme.scaled(HEADER))
        height = PICTURE.height() + theme.scaled(LABEL) + 2 * PADDING
        return QSize(room // COLUMNS, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row = self._view.model_row(index)
        painter.save()
        if row.page < 0:
            self._paint_title(painter, option.rect, row)
        else:
            self._paint_page(painter, option, row)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme = current_theme()
        painter.setFont(theme.font("caption", weight=600))
        painter.setPen(theme.colour("ink_soft"))
        room = rect.adjusted(PADDING, 0, -PADDING, 0)
        words = painter.fontMetrics().elidedText(
            row.words, Qt.TextElideMode.ElideRight, room.width()
        )
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(room, flags, words)

    def _paint_page(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        theme, rect = current_theme(), option.rect
        is_open = self._view.is_open(row)
        if not is_open and option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("desk"))
        sheet, image = self._view.sheet_of(row, rect)
        painter.fillRect(sheet, theme.colour("paper"))
        if image is not None:
            painter.drawImage(sheet, image)
        ink, width = ("accent", 3) if is_open else ("line_strong", 1)
        painter.setPen(QPen(theme.colour(ink), width))
        painter.drawRect(sheet.adjusted(-1, -1, 0, 0))
        painter.setFont(theme.font("caption", weight=700 if is_open else 400))
        painter.setPen(theme.colour("accent" if is_open else "ink_soft"))
        label = QRect(rect.x(), sheet.bottom() + 2, rect.width(), rect.bottom() - sheet.bottom())
        words = f"{row.words} •" if self._view.is_marked(row) else row.words
        painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), words)


class Thumbnails(QListView):
    """`place_requested` carries a paper's id and a page; arrows move, Enter or a click goes."""

    place_requested = Signal(str, int)

    def __init__(
        self, context: DeskContext, pages: StagePages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.pack = PackModel()
        self.pictures = SmallPictures(context, pages, self)
        self._pages = pages
        self._place: tuple[str, int] = ("", -1)
        self._marked: set[tuple[str, int]] = set()
        self.setModel(self.pack)
        self.setItemDelegate(Painter(self))
        self.setProperty("flat", "true")
        self.setAccessibleName(tr("Pages of all papers"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)
        self.pictures.ready.connect(self._on_ready)
        pages.shape_known.connect(lambda _blob: self.viewport().update())
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_meeting(self, meeting: Meeting) -> None:
        """All pages of a meeting's papers, those not here yet as empty sheets."""
        self.pack.show(meeting)
        self.show_place(*self._place)

    def show_place(self, paper: str, page: int) -> None:
        """Mark the page that is open, and bring it into view."""
        self._place = (paper, page)
        row = self.pack.row_of(paper, page)
        if row >= 0:
            index = self.pack.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index, QListView.ScrollHint.EnsureVisible)
        self.viewport().update()

    def show_marked(self, marked: set[tuple[str, int]]) -> None:
        """Pages (paper, page) that have marks."""
        if marked != self._marked:
            self._marked = marked
            self.viewport().update()

    # --- for the painter ----------------------------------------------------------------------

    def room(self) -> int:
        """The width rows share, in px."""
        return max(COLUMNS * (PICTURE.width() + 2 * PADDING), self.viewport().width()) - COLUMNS

    def model_row(self, index: Index) -> Row:
        return self.pack.at(index)

    def is_open(self, row: Row) -> bool:
        return (row.paper, row.page) == self._place

    def is_marked(self, row: Row) -> bool:
        return (row.paper, row.page) in self._marked

    def sheet_of(self, row: Row, rect: QRect) -> tuple[QRect, QImage | None]:
        """Where the page's sheet lies in a row's box, and its picture if it is there."""
        size = self._pages.size(row.blob, row.page)
        box = QSize(PICTURE)
        if size is not None:
            scale = min(box.width() / size.width, box.height() / size.height)
            box = QSize(round(size.width * scale), round(size.height * scale))
        left = rect.x() + (rect.width() - box.width()) // 2
        top = rect.y() + PADDING + (PICTURE.height() - box.height()) // 2
        image = self.pictures.picture(row.blob, row.page, PICTURE, self.devicePixelRatioF())
        return QRect(left, top, box.width(), box.height()), image

    # --- inside -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out for the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_scrolled(self) -> None:
        """Only what is seen now is still wanted; painting asks for it."""
        self.pictures.forget_wishes()
        self.viewport().update()

    def _on_ready(self, blob: str, page: int) -> None:
        del blob, page
        self.viewport().update()

    def _on_chosen(self, index: QModelIndex) -> None:
        row = self.pack.at(index)
        if row.page >= 0:
            self.place_requested.emit(row.paper, row.page)
