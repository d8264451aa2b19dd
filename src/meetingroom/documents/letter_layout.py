"""The lines of a letter in the order they are read, its head of two columns told apart.

On top of a Vietnamese letter the office, its number and the subject stand on the left, the
country's name and the date on the right: read line by line they would be one muddle.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

ASIDE_LEFT, ASIDE_RIGHT = 0.42, 0.58  # of the width: where the middle of a column's line is
LEFT_ENDS, RIGHT_BEGINS = 0.56, 0.33
SAME_ROW, WIDE, PARAGRAPH = 0.5, 1.5, 0.9  # of a line's height
HEAD_GAP = 1.6  # of a line's height: what stands lower is below the head
UPWARDS = 0.25  # of the lines: with more, the order they were written in is none


class Row(NamedTuple):
    """A line with its box, in units of a page `width` wide."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    is_row: bool = False  # of a table: its cells are apart by tabs

    @property
    def height(self) -> float:
        return max(1.0, self.y1 - self.y0)


def text_of_page(rows: Sequence[Row], width: float) -> str:
    """The words of a page: one line a line, cells of a row apart by tabs."""
    left, right, rest = _apart(rows, width)
    rest = _in_order(rest)
    return "\n\n".join(one for one in (_joined(left), _joined(right), _joined(rest)) if one)


def _apart(
    rows: Sequence[Row], width: float
) -> tuple[list[Row], list[Row], list[Row]]:  # fmt: skip
    """The left and right lines above the first one that goes across, and all others."""
    by_height = sorted(rows, key=lambda row: (row.y0, row.x0))
    left: list[Row] = []
    right: list[Row] = []
    bottom = by_height[0].y1 if by_height else 0.0
    for row in by_height:
        side = _side(row, width)
        if not side or row.y0 - bottom > HEAD_GAP * row.height:
            break
        bottom = max(bottom, row.y1)
        (left if side < 0 else right).append(row)
    if not left or not right:
        return [], [], list(rows)
    taken = {id(row) for row in (*left, *right)}
    return left, right, [row for row in rows if id(row) not in taken]


def _side(row: Row, width: float) -> int:
    """-1 for a line of the left column, 1 for one of the right, 0 for one across."""
    middle = (row.x0 + row.x1) / 2
    if row.is_row:
        return 0
    if middle <= ASIDE_LEFT * width and row.x1 <= LEFT_ENDS * width:
        return -1
    if middle >= ASIDE_RIGHT * width and row.x0 >= RIGHT_BEGINS * width:
        return 1
    return 0


def _in_order(rows: list[Row]) -> list[Row]:
    """As they were written, unless that goes up and down the page."""
    ups = sum(row.y1 < before.y0 for before, row in pairwise(rows))
    if ups <= max(2, len(rows) * UPWARDS):
        return rows
    return sorted(rows, key=lambda row: (round(row.y0 / (row.height / 2)), row.x0))


def _joined(rows: Sequence[Row]) -> str:
    pieces: list[str] = []
    before: Row | None = None
    for row in rows:
        if before is not None:
            pieces.append(_between(before, row))
        pieces.append(row.text if row.is_row else row.text.strip())
        before = row
    return "".join(pieces)


def _between(before: Row, row: Row) -> str:
    if before.is_row or row.is_row:
        return "\n"
    shared = min(before.y1, row.y1) - max(before.y0, row.y0)
    if shared > SAME_ROW * min(before.height, row.height) and row.x0 >= before.x1 - 1:
        return "\t" if row.x0 - before.x1 > WIDE * row.height else " "
    far = row.y0 - before.y1 > PARAGRAPH * min(before.height, row.height)
    return "\n\n" if far else "\n"
