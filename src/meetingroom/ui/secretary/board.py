"""The board of who has which paper: its values, its cells, its two headers."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.presence import ReceiptState
from meetingroom.ui.controls.labels import plain_tip
from meetingroom.ui.icons import paint_icon
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
SECOND = Qt.ItemDataRole.UserRole + 1
MOST_PICTURES = 400


@dataclass(frozen=True)
class Cell:
    """What one person has of one paper; `page` 0 where no page was read."""

    icon: str
    words: str
    ink: str
    ground: str
    page: int = 0


def cell_of(state: ReceiptState | None, paper: Paper) -> Cell:
    """A receipt as an icon and words: never colour alone."""
    if state is None or not state.is_verified:
        return Cell("circle-dashed", tr("not reached"), "ink_soft", "")
    if state.last_page >= paper.current.pages:
        return Cell("check-check", tr("read"), "good", "good_soft")
    if state.last_page:
        words = tr("read to page {0}").format(state.last_page)
        return Cell("eye", words, "accent", "accent_soft", state.last_page)
    if state.is_opened:
        return Cell("eye", tr("opened"), "accent", "accent_soft")
    return Cell("laptop", tr("on the laptop"), "ink_soft", "")


class Board(QAbstractTableModel):
    """A row a person, a column a paper: not reached, on the laptop, opened, read to page n."""

    def __init__(self) -> None:
        super().__init__()
        self._people: list[tuple[str, str, str]] = []
        self._papers: list[tuple[str, Paper]] = []
        self._states: dict[tuple[str, str], ReceiptState] = {}

    def show(self, meeting: Meeting, directory: Directory, only: set[str] | None = None) -> None:
        """Take a meeting's receipts in: the furthest of a person's devices counts.

        `only` names the people to list; None lists everybody.
        """
        people = [
            (p.person, p.name, _second(p.title, directory, p.person))
            for p in directory.in_protocol_order()
            if p.person in meeting.people and (only is None or p.person in only)
        ]
        papers = [(meeting.number_of(p.paper), p) for p in meeting.in_reading_order()]
        is_same = (people, papers) == (self._people, self._papers)
        if not is_same:
            self.beginResetModel()
        self._people, self._papers = people, papers
        self._states = furthest(meeting)
        if not is_same:
            self.endResetModel()
        elif people and papers:
            last = self.index(len(people) - 1, len(papers) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._people)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._papers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names with titles; numbers of papers with theirs."""
        if orientation == Qt.Orientation.Vertical:
            _, first, second = self._people[section]
        else:
            first, second = self._papers[section][0], self._papers[section][1].title
        if role == Qt.ItemDataRole.DisplayRole:
            return first
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{first} {second}".strip())
        return second if role == SECOND else None

    def cell(self, row: int, column: int) -> Cell:
        """What a cell says."""
        person, paper = self._people[row][0], self._papers[column][1]
        if paper.is_restricted and person not in paper.audience:
            return Cell("minus", tr("not for this person"), "ink_soft", "")
        return cell_of(self._states.get((person, paper.paper)), paper)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell itself for the painter; its words for tool tips and screen readers."""
        cell = self.cell(index.row(), index.column())
        if role == CELL:
            return cell
        name = self._people[index.row()][1]
        number, paper = self._papers[index.column()]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = f"{name}, {number} {paper.title}: {cell.words}"
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None


def _second(title: str, directory: Directory, person: str) -> str:
    if directory.devices_of(person):
        return title
    return f"{tr('no computer')}, {title}" if title else tr("no computer")


def furthest(meeting: Meeting) -> dict[tuple[str, str], ReceiptState]:
    """(person, paper) → the furthest receipt of the paper's newest version."""
    states: dict[tuple[str, str], ReceiptState] = {}
    for state in meeting.receipts.values():
        paper = meeting.papers.get(state.paper)
        if paper is None or paper.current.blob != state.blob:
            continue
        known = states.get((state.person, state.paper))
        if known is None or _rank(state) > _rank(known):
            states[state.person, state.paper] = state
    return states


def _rank(state: ReceiptState) -> tuple[bool, bool, int]:
    return (state.is_verified, state.is_opened, state.last_page)


class CellPainter(QStyledItemDelegate):
    """An icon on its ground in the middle of the cell, the page beside it.

    Hundreds of cells show a few pictures: each is drawn once for a size and kept.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme: object = None
        self._pictures: dict[tuple[Cell, int, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        theme, rect = current_theme(), option.rect
        if self._theme is not theme or len(self._pictures) > MOST_PICTURES:
            self._theme = theme
            self._pictures.clear()
        ratio = painter.device().devicePixelRatioF()
        key = (index.data(CELL), rect.width(), rect.height(), ratio)
        if key not in self._pictures:
            self._pictures[key] = _picture(*key)
        painter.drawPixmap(rect.topLeft(), self._pictures[key])
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(1, 1, -2, -2))


def _picture(cell: Cell, width: int, height: int, ratio: float) -> QPixmap:
    """A cell's picture, `width` × `height` px at `ratio` device pixels each."""
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        _paint_cell(painter, cell, QRect(0, 0, width, height))
    finally:
        painter.end()
    return picture


def _paint_cell(painter: QPainter, cell: Cell, rect: QRect) -> None:
    theme = current_theme()
    side = theme.scaled(18)
    font = theme.font("caption", weight=600, tabular=True)
    page = tr("p. {0}").format(cell.page) if cell.page else ""
    wide = side + (QFontMetrics(font).horizontalAdvance(page) + 4 if page else 0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    high = min(theme.scaled(28), rect.height() - 4)
    pill = QRectF(0, 0, max(wide + 12, theme.scaled(44)), high)
    pill.moveCenter(QRectF(rect).center())
    if cell.ground:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(cell.ground))
        painter.drawRoundedRect(pill, theme.radius("field"), theme.radius("field"))
    left = pill.center().x() - wide / 2
    box = QRectF(left, pill.center().y() - side / 2, side, side)
    ink = theme.colour(cell.ink)
    paint_icon(painter, cell.icon, ink, box, 2)
    if page:
        painter.setPen(ink)
        painter.setFont(font)
        beside = QRectF(box.right() + 4, pill.top(), pill.width(), pill.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, page)
    painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), theme.colour("line"))


class TwoLineHeader(QHeaderView):
    """A first line in strong words and a second in small ones."""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One person or one paper."""
        theme, model = current_theme(), self.model()
        is_names = self.orientation() == Qt.Orientation.Vertical
        align = Qt.AlignmentFlag.AlignLeft if is_names else Qt.AlignmentFlag.AlignHCenter
        painter.save()
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        inner = rect.adjusted(12 if is_names else 4, 3, -4, -4)
        half = inner.height() // 2
        first = model.headerData(section, self.orientation())
        second = model.headerData(section, self.orientation(), SECOND)
        for place, (words, role, ink) in enumerate(
            ((first, "small", "ink"), (second, "caption", "ink_soft"))
        ):
            font = theme.font(role, weight=600 if place == 0 else 400)
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            box = QRect(inner.left(), inner.top() + place * half, inner.width(), half)
            mode = Qt.TextElideMode.ElideRight
            shown = QFontMetrics(font).elidedText(str(words), mode, box.width())
            painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def sizeHint(self) -> QSize:
        """Names have a width of their own, papers a height."""
        theme = current_theme()
        high = theme.type_of("small")[1] + theme.type_of("caption")[1] + 8
        if self.orientation() == Qt.Orientation.Vertical:
            return QSize(theme.scaled(228), super().sizeHint().height())
        return QSize(super().sizeHint().width(), high)
