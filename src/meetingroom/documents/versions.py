"""Two versions of a paper, and what is known of which part of one is which of the other."""

import heapq
import statistics
from bisect import bisect_left
from collections.abc import Callable, Sequence

from meetingroom.documents.aligning import Alignment
from meetingroom.documents.paper_text import Box, PaperText
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.marks import Certainty, Mark, Placement, Shape, TextMark, bounds, moved

AROUND = 6  # words of surroundings to each side
STILL = 1.5  # points: what has not moved more stands at its place
CLOSE_BY = 50.0  # points: where a mark's neighbours are looked for first
ROUND_IT = 8.0  # points around a mark that must look the same, too
IsSamePart = Callable[[int, int, Rect], bool]


class Versions:
    """`pages` has for each old page the new one; `is_same_part` compares pictures."""

    def __init__(
        self,
        old: PaperText,
        new: PaperText,
        words: Alignment,
        pages: Sequence[int | None],
        is_same_part: IsSamePart,
    ) -> None:
        self.old, self.new = old, new
        self.words, self.pages = words, pages
        self._is_same_part = is_same_part
        self._heights: dict[int, list[tuple[float, int]]] = {}
        self._places: tuple[dict[str, list[int]], dict[str, list[int]]] | None = None

    # --- words --------------------------------------------------------------------------

    def within(self, page: int, box: Rect) -> list[int]:
        """The words of an old page whose middle lies in a box."""
        rows = self._by_height(page)
        boxes = self.old.boxes
        low, high = bisect_left(rows, (box.y0,)), bisect_left(rows, (box.y1,))
        words = (word for _, word in rows[low:high])
        return sorted(w for w in words if box.x0 <= (boxes[w][0] + boxes[w][2]) / 2 <= box.x1)

    def covered(self, page: int, shape: TextMark) -> list[int]:
        """The words of an old page that a text mark covers."""
        quads = [quad.bounds().grown(0.5) for quad in shape.quads]
        return [
            word
            for word in self.within(page, bounds(shape).grown(0.5))
            if any(quad.contains(*_middle(self.old.boxes[word])) for quad in quads)
        ]

    def nearest(self, page: int, box: Rect, count: int, reach: float) -> list[int]:
        """The words of an old page nearest to a box, the nearest first."""
        near = self._near(page, box, CLOSE_BY)
        if len(near) < count and reach > CLOSE_BY:
            near = self._near(page, box, reach)
        return [word for _, word in heapq.nsmallest(count, near)]

    def _near(self, page: int, box: Rect, reach: float) -> list[tuple[float, int]]:
        """Words within reach, with how far they are: twice as far where not on its line."""
        rows = self._by_height(page)
        low = bisect_left(rows, (box.y0 - reach,))
        high = bisect_left(rows, (box.y1 + reach,))
        boxes = self.old.boxes
        near: list[tuple[float, int]] = []
        for _, word in rows[low:high]:
            x0, y0, x1, y1 = boxes[word]
            across = max(x0 - box.x1, box.x0 - x1, 0.0)
            far = across + 2 * max(y0 - box.y1, box.y0 - y1, 0.0)
            if far <= reach:
                near.append((far, word))
        return near

    def _by_height(self, page: int) -> list[tuple[float, int]]:
        """The words of an old page from the top."""
        if page not in self._heights:
            first, end = self.old.span(page)
            boxes = self.old.boxes
            rows = [((boxes[word][1] + boxes[word][3]) / 2, word) for word in range(first, end)]
            self._heights[page] = sorted(rows)
        return self._heights[page]

    def shift(self, word: int) -> tuple[float, float]:
        """How far a word that was found stands from its old place, in points."""
        there = self.new.boxes[self.words.to[word]]
        here = self.old.boxes[word]
        return there[0] - here[0], (there[1] + there[3] - here[1] - here[3]) / 2

    def is_trusted(self, first: int, last: int) -> bool:
        """Whether words that were found can be no others: by their run, or by surroundings
        that occur once in either version."""
        if self.words.sure[first] and self.words.sure[last]:
            return True
        old = self.old.words
        low, high = self.old.span(self.old.page_of(first))
        window = old[max(low, first - AROUND) : min(high, last + 1 + AROUND)]
        return self._count(window, 0) == 1 == self._count(window, 1)

    def _count(self, window: Sequence[str], which: int) -> int:
        words = (self.old, self.new)[which].words
        if self._places is None:
            self._places = _places(self.old.words), _places(self.new.words)
        places = self._places[which]
        rarest = min(range(len(window)), key=lambda n: len(places.get(window[n], ())))
        starts = (place - rarest for place in places.get(window[rarest], ()))
        return sum(words[at : at + len(window)] == window for at in starts if at >= 0)

    # --- outcomes -----------------------------------------------------------------------

    def still(self, mark: Mark, page: int, certainty: Certainty) -> Placement:
        """The mark as it was, on a page."""
        return self.at(mark, page, mark.shape, certainty)

    def at(self, mark: Mark, page: int, shape: Shape, certainty: Certainty) -> Placement:
        """A mark on a page, moved back onto it where it would lie beside; what was written
        beside the old page stays as far from the new page's edge."""
        was, size = self.old.sizes[mark.page], self.new.sizes[page]
        if bounds(mark.shape).x0 >= was.width:
            shape = moved(shape, size.width - was.width - _across(mark.shape, shape), 0)
            size = Size(bounds(shape).x1 + 1, size.height)
        return Placement(mark=mark.id, page=page, shape=_onto(shape, size), certainty=certainty)

    def by_picture(self, mark: Mark) -> Placement:
        """Where no words tell: its place, if the picture there is the same; else a guess."""
        page = self.pages[mark.page]
        if page is None:
            return self.unplaced(mark)
        part = bounds(mark.shape).grown(ROUND_IT)
        is_same = self._is_same_part(mark.page, page, part)
        return self.still(mark, page, "exact" if is_same else "look")

    def unplaced(self, mark: Mark) -> Placement:
        """Nowhere: listed beside the page that follows the nearest one before it."""
        before = [page for page in self.pages[: mark.page] if page is not None]
        page = min(before[-1] + 1 if before else 0, max(0, self.new.pages - 1))
        return Placement(mark=mark.id, page=page, shape=mark.shape, certainty="unplaced")


def middle_shift(shifts: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The median of some movements."""
    return (
        statistics.median(dx for dx, _ in shifts),
        statistics.median(dy for _, dy in shifts),
    )


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word, []).append(at)
    return places


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _across(old: Shape, new: Shape) -> float:
    """How far a shape went to the right."""
    return bounds(new).x0 - bounds(old).x0


def _onto(shape: Shape, size: Size) -> Shape:
    box = bounds(shape)
    dx = _back(box.x0, box.x1, size.width)
    dy = _back(box.y0, box.y1, size.height)
    return moved(shape, dx, dy) if dx or dy else shape


def _back(low: float, high: float, length: float) -> float:
    """How far a stretch wholly beyond a page's edge must go back to be seen."""
    if low >= length:
        return length - high if high - low <= length else -low
    return -low if high <= 0 else 0.0
