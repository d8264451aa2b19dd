"""Ruled tables of a letter's page: a row of cells is one line, as whoever reads it takes it."""

from collections.abc import Sequence
from typing import Any

import pymupdf

from meetingroom.documents.letter_layout import Row
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.domain.legacy_charsets import real_letters

LEAST_LINES, MOST_LINES = 8, 3_000  # drawn on the page: with fewer there is no table of any use
LEAST_COLUMNS = 3  # a table of two is a name and what it says: its lines are read as they are
MOST_TABLES, MOST_ROWS = 6, 300
# What the library raises on drawings that make no sense, besides what the engine does.
ODD = (*FILE_AT_FAULT, TypeError, KeyError, AttributeError, ZeroDivisionError, AssertionError)


def with_tables(page: pymupdf.Page, rows: Sequence[Row]) -> list[Row]:
    """The lines of a page, those in a table replaced by a line for each of its rows."""
    if not LEAST_LINES <= _lines(page) <= MOST_LINES:
        return list(rows)
    try:
        tables = [_rows(table) for table in page.find_tables().tables[:MOST_TABLES]]
    except ODD:
        return list(rows)
    for table in tables:
        rows = _replaced(rows, table)
    return list(rows)


def _lines(page: pymupdf.Page) -> int:
    try:
        return sum(one[0] in ("stroke-path", "fill-path") for one in page.get_bboxlog())
    except FILE_AT_FAULT:
        return 0


def _rows(table: Any) -> list[Row]:
    if table.col_count < LEAST_COLUMNS or not 1 < table.row_count <= MOST_ROWS:
        return []
    made = []
    for row, cells in zip(table.rows, table.extract(), strict=False):
        words = [" ".join(real_letters(cell or "").split()) for cell in cells]
        if any(words):
            x0, y0, x1, y1 = row.bbox
            made.append(Row("\t".join(words), x0, y0, x1, y1, is_row=True))
    return made


def _replaced(rows: Sequence[Row], table: Sequence[Row]) -> list[Row]:
    """The table stands where the first of its lines stood."""
    if not table:
        return list(rows)
    x0, y0 = min(row.x0 for row in table), min(row.y0 for row in table)
    x1, y1 = max(row.x1 for row in table), max(row.y1 for row in table)
    kept: list[Row] = []
    is_in = False
    for row in rows:
        across, down = (row.x0 + row.x1) / 2, (row.y0 + row.y1) / 2
        if x0 <= across <= x1 and y0 <= down <= y1:
            kept += () if is_in else table
            is_in = True
        else:
            kept.append(row)
    return kept
