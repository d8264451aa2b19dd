"""Where on a page the words that were looked for stand."""

from bisect import bisect_right
from collections.abc import Sequence

from meetingroom.domain.geometry import Quad, Rect
from meetingroom.domain.paper import Word
from meetingroom.domain.search import Query

HitPlace = tuple[Quad, ...]


def hit_places(words: Sequence[Word], query: Query) -> tuple[HitPlace, ...]:
    """Each hit's quads, one for each line it stands on, in reading order."""
    starts, place = [], 0
    for word in words:
        starts.append(place)
        place += len(word.text) + 1
    spans = query.spans(" ".join(word.text for word in words))
    return tuple(_place(words, starts, span.start, span.end) for span in spans)


def _place(words: Sequence[Word], starts: Sequence[int], start: int, end: int) -> HitPlace:
    first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
    lines: dict[int, list[Rect]] = {}
    for number in range(first, last + 1):
        begin = max(0, start - starts[number])
        finish = min(len(words[number].text), end - starts[number])
        lines.setdefault(words[number].line, []).append(_part(words[number], begin, finish))
    return tuple(_around(boxes) for boxes in lines.values())


def _part(word: Word, begin: int, finish: int) -> Rect:
    """The part of a word's box that some of its letters take, as if all were equally wide."""
    box, count = word.quad.bounds(), len(word.text)
    if (begin, finish) == (0, count) or box.y1 - box.y0 > box.x1 - box.x0:
        return box
    wide = (box.x1 - box.x0) / count
    return Rect(box.x0 + begin * wide, box.y0, box.x0 + finish * wide, box.y1)


def _around(boxes: Sequence[Rect]) -> Quad:
    return Quad.of(
        Rect(
            min(box.x0 for box in boxes),
            min(box.y0 for box in boxes),
            max(box.x1 for box in boxes),
            max(box.y1 for box in boxes),
        )
    )
