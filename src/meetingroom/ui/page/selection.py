"""Words between two places on a page, line by line, as quads and as text."""

from collections.abc import Sequence

from meetingroom.domain.geometry import Point, Quad
from meetingroom.domain.marks import TextMark
from meetingroom.domain.paper import Word

AROUND = 40  # characters kept before and after a quote


def word_at(words: Sequence[Word], x: float, y: float) -> int | None:
    """The index of the word at, or nearest on the line of, a place."""
    best: tuple[float, int] | None = None
    for index, word in enumerate(words):
        box = word.quad.bounds()
        outside_y = max(box.y0 - y, 0.0, y - box.y1)
        outside_x = max(box.x0 - x, 0.0, x - box.x1)
        distance = outside_y * 4 + outside_x
        if best is None or distance < best[0]:
            best = (distance, index)
    return best[1] if best is not None and best[0] < 200 else None


def text_mark(words: Sequence[Word], first: int, last: int, style: str) -> TextMark | None:
    """The mark over words `first` to `last`; None where there are none."""
    first, last = min(first, last), max(first, last)
    chosen = words[first : last + 1]
    if not chosen:
        return None
    return TextMark(
        style=style,  # type: ignore[arg-type]
        quads=tuple(line_quads(chosen)),
        quote=" ".join(word.text for word in chosen)[:2000],
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
