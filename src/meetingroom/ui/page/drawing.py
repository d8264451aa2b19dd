"""Boxes, lines, arrows and stamps: drawn from one place to another, or put by a press."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from meetingroom.domain.geometry import Point, Rect, rounded
from meetingroom.domain.marks import Box, Line, Mark, Shape, Stamp, bounds
from meetingroom.domain.reshaping import squared, straightened
from meetingroom.ui.page.grip import Grip, Touch
from meetingroom.ui.page.painting import STAMP_FILL, STAMP_LETTERS, colours_of, paint_mark
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.theme import current_theme

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView

BOX_SIZE = (140.0, 60.0)  # points, of one that is put by a press or a key
LINE_LENGTH = 120.0
STAMP_HEIGHT = 28.0


def stamp_of(words: str, middle: Point) -> Stamp:
    """A stamp as wide as its words, around a place."""
    font = QFont(current_theme().font("section"))
    font.setPixelSize(100)
    across = QFontMetricsF(font).horizontalAdvance(words) / 100
    wide = across * STAMP_HEIGHT * STAMP_LETTERS / STAMP_FILL + 4
    x0, y0 = middle.x - wide / 2, middle.y - STAMP_HEIGHT / 2
    corners = (x0, y0, x0 + wide, y0 + STAMP_HEIGHT)
    return Stamp(box=Rect(*map(rounded, corners)))


class Previewed(Grip):
    """Shows what it makes while the hand moves."""

    _shape: Shape | None = None
    _words = ""

    def show(self, shape: Shape | None) -> None:
        """Another shape under way; only where the old and the new one are is painted."""
        for one in (self._shape, shape):
            if one is not None:
                self.view.update(self.view.lens.view_rect(self._edge(one)).toAlignedRect())
        self._shape = shape

    def _edge(self, shape: Shape) -> Rect:
        return bounds(shape).grown(3)

    def keep(self) -> None:
        """Make a mark of it, taken up so that it can be moved and resized."""
        shape, words = self._shape, self._words
        self.show(None)
        if shape is not None:
            self.view.picks.choose([self.view.make(shape, text=words)])

    def cancel(self) -> None:
        self.show(None)

    def paint(self, painter: QPainter, damaged: QRect) -> None:
        sheet = self.view.lens.sheet()
        if self._shape is None or sheet is None:
            return
        mark = Mark(
            id="", author=self.view.me, paper="", blob="", page=0, shape=self._shape,
            text=self._words, colour=self.view.line_colour,
        )  # fmt: skip
        painter.save()
        painter.setTransform(sheet.transform(), combine=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, mark, colours_of(mark, self.view.me, 0))
        painter.restore()


class DrawnGrip(Previewed):
    """A box, an arrow or a line from where the hand is pressed to where it lets go.

    A press alone puts one of the usual size. Shift makes boxes square and lines straight.
    """

    def __init__(self, view: "PageView", tool: Tool) -> None:
        super().__init__(view)
        self._tool = tool
        self._start: Touch | None = None

    def press(self, touch: Touch) -> None:
        self._start = touch
        self.view.picks.clear()

    def move(self, touch: Touch) -> None:
        if self._start is not None and (
            self._shape is not None or not touch.is_click_after(self._start)
        ):
            self.show(self._between(self._start.at, touch.at, is_even=touch.is_shifted))

    def release(self) -> None:
        start, self._start = self._start, None
        if self._shape is None and start is not None:
            self.show(self._usual(start.at))
        self.keep()

    def use(self) -> bool:
        self.show(self._usual(self.view.lens.page_place(self.middle())))
        self.keep()
        return True

    def _usual(self, middle: Point) -> Shape:
        if self._tool is Tool.BOX:
            wide, high = BOX_SIZE
        else:
            wide, high = LINE_LENGTH, 0.0
        start = Point(middle.x - wide / 2, middle.y - high / 2)
        return self._between(start, Point(start.x + wide, start.y + high), is_even=False)

    def _between(self, start: Point, end: Point, *, is_even: bool) -> Shape:
        width = max(1.0, self.view.pen_width * 0.8)
        if self._tool is Tool.BOX:
            end = squared(start, end) if is_even else end
            (x0, x1), (y0, y1) = sorted((start.x, end.x)), sorted((start.y, end.y))
            return Box(box=Rect(*map(rounded, (x0, y0, x1, y1))), width=width)
        end = straightened(start, end) if is_even else end
        end = Point(rounded(end.x), rounded(end.y))
        return Line(start=start, end=end, width=width, has_head=self._tool is Tool.ARROW)


class StampGrip(Previewed):
    """A stamp lies under the hand until it lets go. Without ready words it asks for them."""

    def press(self, touch: Touch) -> None:
        self.view.picks.clear()
        self._words = self.view.stamp_words
        if self._words:
            self.move(touch)
        else:
            self._ask(touch.where)

    def move(self, touch: Touch) -> None:
        if self._words:
            self.show(stamp_of(self._words, touch.at))

    def release(self) -> None:
        self.keep()

    def use(self) -> bool:
        self._words = self.view.stamp_words
        where = self.middle()
        if not self._words:
            self._ask(where)
            return True
        self.show(stamp_of(self._words, self.view.lens.page_place(where)))
        self.keep()
        return True

    def _ask(self, where: QPointF) -> None:
        self.view.ask_words(where, stamp_of("", self.view.lens.page_place(where)))
