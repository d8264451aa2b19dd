"""Tables of a workbook, whatever they are about."""

from typing import Literal

import msgspec

Cell = str | int | float
Shape = Literal["text", "count", "hours", "number"]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column's head, what its cells are, and how wide it is in letters."""

    head: str
    shape: Shape = "text"
    wide: int = 14


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """Stacked columns over the rows: a series for each of these columns (from 0)."""

    title: str
    series: tuple[int, ...]
    across: str = ""
    up: str = ""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A table; with `has_total` a row of sums under it, with a chart beside it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False
    chart: Chart | None = None
    notes: tuple[str, ...] = ()
