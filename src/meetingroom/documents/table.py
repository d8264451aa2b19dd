"""A table as CSV that spreadsheet programs open as it is."""

import csv
from collections.abc import Sequence
from pathlib import Path

from meetingroom.documents.whole_file import whole_file

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(target: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Write the header and the lines; how many lines. UTF-8 with a byte order mark."""
    with whole_file(target) as new, new.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return len(rows)


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
