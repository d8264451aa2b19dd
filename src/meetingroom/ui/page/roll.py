"""The run of pages one scrolls through: all pages of all papers, in rows of one or two."""

from collections.abc import Sequence

from meetingroom.ui.page.sheet import Leaf


class Roll:
    """Pages in reading order, by their number from 0; a row never holds pages of two papers."""

    def __init__(self, runs: Sequence[tuple[str, int]] = ()) -> None:
        """`runs` are files with their numbers of pages, as they follow one another."""
        self.runs = tuple(runs)
        self._leaves = [Leaf(blob, page) for blob, pages in runs for page in range(pages)]
        self._starts: dict[str, int] = {}
        self._run_starts: list[int] = []
        at = 0
        for blob, pages in runs:
            self._starts.setdefault(blob, at)
            self._run_starts += [at] * pages
            at += pages

    @classmethod
    def of_leaf(cls, leaf: Leaf) -> "Roll":
        """One page alone."""
        roll = cls()
        roll._leaves, roll._starts, roll._run_starts = [leaf], {leaf.blob: -leaf.page}, [0]
        return roll

    def __len__(self) -> int:
        return len(self._leaves)

    def leaf(self, index: int) -> Leaf:
        """The page with this number."""
        return self._leaves[index]

    def find(self, leaf: Leaf, near: int | None = None) -> int | None:
        """A page's number; `near` is where it is thought to be (a file may lie in two items)."""
        if near is not None and 0 <= near < len(self) and self._leaves[near] == leaf:
            return near
        start = self._starts.get(leaf.blob)
        at = start + leaf.page if start is not None else -1
        return at if 0 <= at < len(self) and self._leaves[at] == leaf else None

    def row(self, index: int, columns: int) -> range:
        """The row a page lies in."""
        start = self._run_starts[index]
        first = index - (index - start) % columns
        last = first
        while last + 1 < min(first + columns, len(self)) and self._run_starts[last + 1] == start:
            last += 1
        return range(first, last + 1)

    def row_after(self, row: range, columns: int) -> range | None:
        """The next row, None after the last."""
        return self.row(row.stop, columns) if row.stop < len(self) else None

    def row_before(self, row: range, columns: int) -> range | None:
        """The row before, None before the first."""
        return self.row(row.start - 1, columns) if row.start > 0 else None
