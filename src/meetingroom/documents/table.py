"""Marks as a table: CSV that spreadsheet programs open as it is."""

import csv
from collections.abc import Sequence
from pathlib import Path

from meetingroom.documents.whole_file import whole_file
from meetingroom.domain.paper import ExportedMark

COLUMNS = ("paper", "page", "author", "kind", "text", "quote", "audience", "at")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(target: Path, rows: Sequence[ExportedMark], header: Sequence[str] = COLUMNS) -> int:
    """Write one line a mark (page counts from 1); how many. UTF-8 with a byte order mark."""
    with whole_file(target) as new, new.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow(_harmless(getattr(row, column)) for column in COLUMNS)
    return len(rows)


def _harmless(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
