"""The run of pages one scrolls through: all pages of all papers, in rows of one or two."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from meetingroom.ui.page.sheet import Leaf


class Roll:
    """Pages in reading order, by their number from 0; a row never holds pages of two papers.

    Made anew at every turn of a page, so it knows only where each file begins.
    """

    def __init__(self, runs: Sequence[tuple[str, int]] = (), *, first: int = 0) -> None:
        """`runs` are files with their numbers of pages, as they follow one another.

        `first` is the page the first file begins with.
        """
        self.runs = tuple(run for run in runs if run[1] > 0)
        self._first = first
        self._starts = [0, *accumulate(pages for _, pages in self.runs)]

    @classmethod
    def of_leaf(cls, leaf: Leaf) -> "Roll":
        """One page alone."""
        return cls([(leaf.blob, 1)], first=leaf.page)

    def __len__(self) -> int:
        return self._starts[-1]

    def leaf(self, index: int) -> Leaf:
        """The page with this number."""
        run = self._run(index)
        return Leaf(self.runs[run][0], index - self._starts[run] + self._first)

    def find(self, leaf: Leaf, near: int | None = None) -> int | None:
        """A page's number; `near` is where it is thought to be (a file may lie in two items)."""
        if near is not None and 0 <= near < len(self) and self.leaf(near) == leaf:
            return near
        for run, (blob, pages) in enumerate(self.runs):
            if blob == leaf.blob:
                inside = leaf.page - self._first
                return self._starts[run] + inside if 0 <= inside < pages else None
        return None

    def row(self, index: int, columns: int) -> range:
        """The row a page lies in."""
        run = self._run(index)
        start, end = self._starts[run], self._starts[run + 1]
        first = index - (index - start) % columns
        return range(first, min(first + columns, end))

    def row_after(self, row: range, columns: int) -> range | None:
        """The next row, None after the last."""
        return self.row(row.stop, columns) if row.stop < len(self) else None

    def row_before(self, row: range, columns: int) -> range | None:
        """The row before, None before the first."""
        return self.row(row.start - 1, columns) if row.start > 0 else None

    def _run(self, index: int) -> int:
        return bisect_right(self._starts, index) - 1
