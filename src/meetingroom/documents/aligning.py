"""Which word of an old version is which word of the new one.

Runs of words that occur equally often in both are paired in order, the longest chain of such
pairs holds the versions together (so inserted and deleted pages and reflow do not matter), and
the gaps between them are filled with shorter runs. Words of a block that was moved elsewhere
are found afterwards.
"""

import difflib
from bisect import bisect_left
from collections.abc import Iterator, Sequence

RUN = 5  # words that tell a place apart
SURE = 40  # so many words in a row are beyond chance, even if nothing in them is unique
SHORTER = (3, 2, 1)
SMALL = 40_000  # pairs of words that are compared one by one
SIDE = 12  # a lone word counts only within so short a gap

Span = tuple[int, int, int, int]
Places = dict[tuple[int, ...], list[int]]


class Alignment:
    """`to` has the new place of each old word, -1 for none; `sure` whether by an own run."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        numbers: dict[str, int] = {}
        self._old = [numbers.setdefault(word, len(numbers)) for word in old]
        self._new = [numbers.setdefault(word, len(numbers)) for word in new]
        self.to = [-1] * len(old)
        self.sure = bytearray(len(old))
        self.back = [-1] * len(new)
        if self._old == self._new:
            self._pair(0, 0, len(old), is_sure=True)
            return
        runs = _places(self._old, RUN), _places(self._new, RUN)
        unique = _unique(*runs)
        whole = (0, len(old), 0, len(new))
        for gap in self._take(_longest_rising(_equally_often(*runs)), whole):
            self._fill(gap)
        self._find_moved(unique)
        self._judge(unique)

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Stretches of words that stand side by side in both: old, new, length."""
        start = 0
        for at in range(1, len(self.to) + 1):
            if at < len(self.to) and self.to[at] >= 0 and self.to[at] == self.to[at - 1] + 1:
                continue
            if self.to[start] >= 0:
                yield start, self.to[start], at - start
            start = at

    # --- inside -------------------------------------------------------------------------

    def _pair(self, old: int, new: int, length: int, *, is_sure: bool = False) -> None:
        self.to[old : old + length] = range(new, new + length)
        self.back[new : new + length] = range(old, old + length)
        if is_sure:
            self.sure[old : old + length] = b"\x01" * length

    def _fill(self, span: Span) -> None:
        """Pair what is left in a gap by shorter and shorter runs."""
        todo: list[tuple[Span, tuple[int, ...]]] = [(span, SHORTER)]
        while todo:
            (a0, a1, b0, b1), left = todo.pop()
            a0, a1, b0, b1 = self._trim(a0, a1, b0, b1)
            if a0 == a1 or b0 == b1:
                continue
            if not left or (a1 - a0) * (b1 - b0) <= SMALL:
                self._compare(a0, a1, b0, b1)
                continue
            pairs = self._chain(a0, a1, b0, b1, left[0])
            todo += [(gap, left[1:]) for gap in self._take(pairs, (a0, a1, b0, b1))]

    def _trim(self, a0: int, a1: int, b0: int, b1: int) -> Span:
        """Pair what is equal at both ends of a gap; what is left."""
        old, new = self._old, self._new
        first = a0
        while a0 < a1 and b0 < b1 and old[a0] == new[b0]:
            a0, b0 = a0 + 1, b0 + 1
        self._pair(first, b0 - (a0 - first), a0 - first)
        last = a1
        while a0 < a1 and b0 < b1 and old[a1 - 1] == new[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
        self._pair(a1, b1, last - a1)
        return a0, a1, b0, b1

    def _chain(self, a0: int, a1: int, b0: int, b1: int, length: int) -> list[tuple[int, int]]:
        """The longest chain of runs that occur equally often in both parts, in order."""
        old, new = _places(self._old[a0:a1], length), _places(self._new[b0:b1], length)
        return _longest_rising([(a0 + a, b0 + b) for a, b in _equally_often(old, new)])

    def _take(self, pairs: list[tuple[int, int]], span: Span) -> list[Span]:
        """Pair the chain, each link grown to both sides; the gaps that are left."""
        a0, a1, b0, b1 = span
        gaps: list[Span] = []
        for a, b in pairs:
            if a < a0 or b < b0:
                continue
            first = 0
            while a - first > a0 and b - first > b0 and self._is_same(a - first - 1, b - first - 1):
                first += 1
            last = 0
            while a + last < a1 and b + last < b1 and self._is_same(a + last, b + last):
                last += 1
            self._pair(a - first, b - first, first + last)
            gaps.append((a0, a - first, b0, b - first))
            a0, b0 = a + last, b + last
        return [*gaps, (a0, a1, b0, b1)]

    def _is_same(self, old: int, new: int) -> bool:
        return self._old[old] == self._new[new]

    def _compare(self, a0: int, a1: int, b0: int, b1: int) -> None:
        """Word by word, where that is cheap; a common word or two by chance is no match."""
        if (a1 - a0) * (b1 - b0) > SMALL:
            return
        old, new = self._old[a0:a1], self._new[b0:b1]
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        is_short = max(len(old), len(new)) <= SIDE
        for block in matcher.get_matching_blocks():
            if block.size > 1 or (block.size and is_short):
                self._pair(a0 + block.a, b0 + block.b, block.size)

    def _find_moved(self, unique_runs: Sequence[tuple[int, int]]) -> None:
        """Unique runs that the chain left out: blocks that stand elsewhere now."""
        for a, b in unique_runs:
            if any(self.to[a + n] >= 0 or self.back[b + n] >= 0 for n in range(RUN)):
                continue
            length = RUN
            while self._is_free(a + length, b + length):
                length += 1
            before = 0
            while self._is_free(a - before - 1, b - before - 1):
                before += 1
            self._pair(a - before, b - before, before + length)

    def _is_free(self, a: int, b: int) -> bool:
        if not (0 <= a < len(self.to) and 0 <= b < len(self.back)):
            return False
        return self.to[a] < 0 and self.back[b] < 0 and self._is_same(a, b)

    def _judge(self, unique_runs: Sequence[tuple[int, int]]) -> None:
        """A stretch is sure by a run that occurs nowhere else, or by its sheer length."""
        unique = bytearray(len(self.to))
        for a, b in unique_runs:
            if self.to[a] == b:
                unique[a] = 1
        for old, _new, length in list(self.runs()):
            if length >= SURE or unique.find(1, old, old + length) >= 0:
                self.sure[old : old + length] = b"\x01" * length


def _unique(old: Places, new: Places) -> list[tuple[int, int]]:
    """Runs that occur once in both versions: (old, new)."""
    return [
        (places[0], new[run][0])
        for run, places in old.items()
        if len(places) == 1 and len(new.get(run, ())) == 1
    ]


def _equally_often(old: Places, new: Places) -> list[tuple[int, int]]:
    """Runs that occur so often in one as in the other, paired in order: (old, new), sorted."""
    pairs: list[tuple[int, int]] = []
    for run, places in old.items():
        others = new.get(run)
        if others is not None and len(others) == len(places):
            pairs += zip(places, others, strict=True)
    return sorted(pairs)


def _places(words: Sequence[int], length: int) -> Places:
    """Where each run of so many words begins."""
    places: Places = {}
    for at, run in enumerate(zip(*(words[n:] for n in range(length)), strict=False)):
        places.setdefault(run, []).append(at)
    return places


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs sorted by their first whose seconds rise, too."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, new) in enumerate(pairs):
        place = bisect_left(tails, new)
        if place:
            before[at] = ends[place - 1]
        if place == len(tails):
            tails.append(new)
            ends.append(at)
        else:
            tails[place], ends[place] = new, at
    chain: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
