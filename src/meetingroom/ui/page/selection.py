"""Words between two places on a page, line by line, as quads and as text."""

import unicodedata
from collections.abc import Sequence

from meetingroom.domain.geometry import Point, Quad, Rect
from meetingroom.domain.marks import TextMark
from meetingroom.domain.paper import Word

AROUND = 40  # characters kept before and after a quote
QUOTED = 2000
REACH = 200.0


class PageWords:
    """The words of one page in reading order, ready to be found by place."""

    def __init__(self, words: Sequence[Word] = ()) -> None:
        self.words = tuple(words)
        self._boxes = [word.quad.bounds() for word in self.words]

    def at(self, x: float, y: float) -> int | None:
        """The index of the word at, or nearest on the line of, a place; None far from all."""
        best, found = REACH, None
        for index, box in enumerate(self._boxes):
            outside = 4 * max(box.y0 - y, 0.0, y - box.y1) + max(box.x0 - x, 0.0, x - box.x1)
            if outside < best:
                best, found = outside, index
        return found

    def first_in(self, part: Rect) -> int:
        """The first word that begins in a part of the page; 0 if none does."""
        for index, box in enumerate(self._boxes):
            if part.contains(box.x0, box.y0):
                return index
        return 0

    def beside(self, index: int, lines: int) -> int:
        """The word above (-1) or below (1) a word, as near to its column as can be."""
        box = self._boxes[index]
        rows = sorted({word.line for word in self.words})
        line = rows.index(self.words[index].line) + lines
        if not 0 <= line < len(rows):
            return index
        same = [at for at, word in enumerate(self.words) if word.line == rows[line]]
        return min(same, key=lambda at: abs(self._boxes[at].x0 - box.x0))

    def box(self, index: int) -> Rect:
        """Where a word stands."""
        return self._boxes[index]

    def text(self, first: int, last: int) -> str:
        """The words from one to another as text (NFC), a line of the page a line."""
        lines: dict[int, list[str]] = {}
        for word in self._between(first, last):
            lines.setdefault(word.line, []).append(word.text)
        return unicodedata.normalize("NFC", "\n".join(" ".join(row) for row in lines.values()))

    def quads(self, first: int, last: int) -> list[Quad]:
        """One quad a line, from its first chosen word to its last."""
        return line_quads(self._between(first, last))

    def mark(self, first: int, last: int, style: str) -> TextMark | None:
        """The mark over the words from one to another."""
        return text_mark(self.words, first, last, style)

    def _between(self, first: int, last: int) -> tuple[Word, ...]:
        return self.words[min(first, last) : max(first, last) + 1]


def text_mark(words: Sequence[Word], first: int, last: int, style: str) -> TextMark | None:
    """The mark over words `first` to `last`; None where there are none."""
    first, last = min(first, last), max(first, last)
    chosen = words[first : last + 1]
    if not chosen:
        return None
    return TextMark(
        style=style,  # type: ignore[arg-type]
        quads=tuple(line_quads(chosen)),
        quote=" ".join(word.text for word in chosen)[:QUOTED],
        before=" ".join(word.text for word in words[:first])[-AROUND:],
        after=" ".join(word.text for word in words[last + 1 :])[:AROUND],
    )


def line_quads(words: Sequence[Word]) -> list[Quad]:
    """One quad a line, from its first chosen word to its last."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    quads: list[Quad] = []
    for row in lines.values():
        boxes = [word.quad.bounds() for word in row]
        left, right = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
        top, bottom = min(b.y0 for b in boxes), max(b.y1 for b in boxes)
        quads.append(
            Quad(Point(left, top), Point(right, top), Point(left, bottom), Point(right, bottom))
        )
    return quads
