"""Signs beside marks: whose they are, and which one the list of marks points at."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QToolTip

from meetingroom.domain.geometry import Rect
from meetingroom.domain.ids import is_room
from meetingroom.domain.marks import Mark, Note, Shape, bounds
from meetingroom.ui.page.painting import colours_of
from meetingroom.ui.theme import current_theme

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView
    from meetingroom.ui.page.sheet import Sheet

HIGH, LEAST = 12.0, 15.0  # points of a page, px on the screen: as high as it needs to be read
FINER = 4
POINTS_MS = 1800
AROUND = 4.0


class MarkSigns(QObject):
    """Other people's initials at their marks, and a frame around a mark for a moment.

    The room's ink is everybody's and has none.

    `initials_of` and `name_of` give a person's words; both may change while one reads.
    """

    def __init__(self, view: "PageView", mine: str, order_of: Callable[[str], int]) -> None:
        super().__init__(view)
        self._view, self._mine, self._order_of = view, mine, order_of
        self.initials_of: Callable[[str], str] = lambda _person: ""
        self.name_of: Callable[[str], str] = lambda _person: ""
        self._boxes: dict[tuple[str, str], tuple[Shape, Rect]] = {}
        self._pointed = ""
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(POINTS_MS)
        self._end.timeout.connect(lambda: self.point_at(""))

    @property
    def pointed(self) -> str:
        """The mark that is framed now, "" if none."""
        return self._pointed

    def point_at(self, mark: str) -> None:
        """Frame a mark for a moment."""
        self._pointed = mark
        if mark:
            self._end.start()
        self._view.update()

    def tip(self, mark: Mark) -> str:
        """Who else wrote a mark, and its words."""
        name = self.name_of(mark.author) if mark.author != self._mine else ""
        return "\n".join(part for part in (name, mark.text) if part)

    def say(self, mark: Mark) -> None:
        """Show who wrote a mark beside it, where there is no list to show it in."""
        corner = self._view.lens.view_rect(self._box(mark)).bottomLeft().toPoint()
        QToolTip.showText(self._view.mapToGlobal(corner), self.tip(mark), self._view)

    def paint(self, painter: QPainter, sheet: "Sheet", marks: list[Mark], damaged: QRect) -> None:
        """The signs of a page's marks; the painter is in points of the page."""
        high = max(HIGH, LEAST / sheet.scale)
        font = QFont(current_theme().font("caption", weight=600))
        font.setPixelSize(round(high * 0.75 * FINER))
        metrics = QFontMetricsF(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in marks:
            if mark.id == self._pointed:
                self._paint_frame(painter, self._box(mark))
            is_signed = mark.author != self._mine and not is_room(mark.author)
            letters = self.initials_of(mark.author) if is_signed else ""
            if not letters:
                continue
            wide = metrics.horizontalAdvance(letters) / FINER + high / 2
            place = self._sign(mark, wide, high, sheet.size.width)
            if sheet.to_view(place.grown(1)).toAlignedRect().intersects(damaged):
                self._paint_letters(painter, place, letters, mark, font)

    def _box(self, mark: Mark) -> Rect:
        # A mark stands elsewhere on another version, under the same name.
        known = self._boxes.get((mark.id, mark.blob))
        if known is not None and known[0] is mark.shape:
            return known[1]
        box = bounds(mark.shape)
        self._boxes[mark.id, mark.blob] = mark.shape, box
        return box

    def _sign(self, mark: Mark, wide: float, high: float, width: float) -> Rect:
        """Where the initials stand: before the mark's first line, or on it where no room is.

        A note at the right of a page (as wide as `width`) has them over it: words stand before.
        """
        box = self._box(mark)
        if isinstance(mark.shape, Note) and box.x0 > width / 2:
            return Rect(box.x1 - wide, box.y0 - high - 1, box.x1, box.y0 - 1)
        left = max(1.0, box.x0 - wide - 1)
        return Rect(left, box.y0, left + wide, box.y0 + high)

    def _paint_letters(
        self, painter: QPainter, place: Rect, letters: str, mark: Mark, font: QFont
    ) -> None:
        colours = colours_of(mark, self._mine, self._order_of(mark.author))
        box = QRectF(place.x0, place.y0, place.x1 - place.x0, place.y1 - place.y0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.ink)
        painter.drawRoundedRect(box, box.height() / 3, box.height() / 3)
        painter.save()
        painter.translate(box.topLeft())
        painter.scale(1 / FINER, 1 / FINER)  # letters of few points are placed badly
        painter.setFont(font)
        painter.setPen(current_theme().colour("paper"))
        inner = QRectF(0, 0, box.width() * FINER, box.height() * FINER)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), letters)
        painter.restore()

    def _paint_frame(self, painter: QPainter, box: Rect) -> None:
        edge = box.grown(AROUND)
        painter.setPen(QPen(current_theme().colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            QRectF(edge.x0, edge.y0, edge.x1 - edge.x0, edge.y1 - edge.y0), 3, 3
        )
