"""One page as it lies under the glass: where, how large, which way up."""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from meetingroom.domain.geometry import Point, Rect, Size, rounded


class Leaf(NamedTuple):
    """A page of a file; counts from 0."""

    blob: str
    page: int


@dataclass(frozen=True)
class Sheet:
    """A page's place in a view: px from the view's top left; places of the page are points.

    `size` is the paper as it is, `whole` with the room to write in beside it. `turn` is how
    far it is turned clockwise for reading: 0, 90, 180 or 270 degrees. `is_known` is false
    where the size is a guess, while the paper is not open.
    """

    leaf: Leaf
    origin: QPointF
    scale: float
    size: Size
    whole: Size
    turn: int = 0
    is_known: bool = True

    @property
    def box(self) -> QRectF:
        """All of it, the room beside the paper too."""
        wide, high = turned(self.whole, self.turn)
        return QRectF(self.origin.x(), self.origin.y(), wide * self.scale, high * self.scale)

    @property
    def paper(self) -> QRectF:
        """The paper alone."""
        return self.to_view(Rect(0, 0, self.size.width, self.size.height))

    def transform(self) -> QTransform:
        """From points of the page to px of the view."""
        to_view = QTransform()
        to_view.translate(self.origin.x(), self.origin.y())
        to_view.scale(self.scale, self.scale)
        wide, high = self.whole.width, self.whole.height
        corner = {0: (0.0, 0.0), 90: (high, 0.0), 180: (wide, high), 270: (0.0, wide)}[self.turn]
        to_view.translate(*corner)
        to_view.rotate(self.turn)
        return to_view

    def to_page(self, where: QPointF) -> Point:
        """The place of the page under a place of the view."""
        if self.turn == 0:
            x = (where.x() - self.origin.x()) / self.scale
            y = (where.y() - self.origin.y()) / self.scale
        else:
            place = self.transform().inverted()[0].map(where)
            x, y = place.x(), place.y()
        return Point(rounded(x), rounded(y))

    def to_view(self, box: Rect) -> QRectF:
        """Where a box of the page lies in the view."""
        if self.turn == 0:
            x, y, scale = self.origin.x(), self.origin.y(), self.scale
            wide, high = (box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale
            return QRectF(x + box.x0 * scale, y + box.y0 * scale, wide, high)
        return self.transform().mapRect(QRectF(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0))

    def seen(self, view: QRectF) -> Rect:
        """The part of the paper that lies within a view, in points."""
        part = self.paper.intersected(view)
        corners = (self.to_page(part.topLeft()), self.to_page(part.bottomRight()))
        xs, ys = sorted(c.x for c in corners), sorted(c.y for c in corners)
        return Rect(xs[0], ys[0], xs[1], ys[1])


def turned(size: Size, turn: int) -> tuple[float, float]:
    """Width and height of a page that is turned."""
    is_across = turn in (90, 270)
    return (size.height, size.width) if is_across else (size.width, size.height)
