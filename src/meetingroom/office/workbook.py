"""Tables as an Excel workbook, with a chart of its own that Excel draws."""

import io
from collections.abc import Sequence
from typing import Any

from meetingroom.domain.plain_words import one_line
from meetingroom.domain.sheets import Cell, Column, Sheet

FORMATS = {"text": "@", "count": "0", "hours": "0.0", "number": "#,##0"}
HEAD_ROW = 2  # rows are counted from 0: a title, an empty row, the heads
COLOURS = ("#1D4ED8", "#0F766E", "#B45309", "#6B7280")
LONGEST = 30_000  # letters Excel takes in a cell are a few more
LONGEST_NAME, BAD_IN_NAMES = 31, "[]:*?/\\'"


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of the workbook. Words stay words, whatever they begin with."""
    import xlsxwriter  # noqa: PLC0415 - seldom needed

    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False})
    for sheet in sheets:
        _sheet(book, sheet)
    book.close()
    return written.getvalue()


def _sheet(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(_name(sheet.name))
    page.write_string(0, 0, one_line(sheet.title), book.add_format({"bold": True, "font_size": 14}))
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.wide)
        page.write_string(HEAD_ROW, place, column.head, _head_format(book))
    for number, row in enumerate(sheet.rows):
        for place, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _cell(page, HEAD_ROW + 1 + number, place, cell, _format(book, column))
    last = HEAD_ROW + len(sheet.rows)
    if sheet.has_total and sheet.rows:
        last += 1
        _total(book, page, sheet, last)
    for number, note in enumerate(sheet.notes, 2):
        page.write_string(last + number, 0, one_line(note))
    page.freeze_panes(HEAD_ROW + 1, 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    if sheet.chart is not None and sheet.rows:
        _chart(book, page, sheet, last + len(sheet.notes) + 4)


def _name(name: str) -> str:
    plain = "".join(" " if c in BAD_IN_NAMES else c for c in one_line(name))
    while len(plain.encode("utf-16-le")) > 2 * LONGEST_NAME:  # Excel counts as Windows does
        plain = plain[:-1]
    return plain or "1"


def _head_format(book: Any) -> Any:
    look = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF2F7"}
    return book.add_format(look)


def _format(book: Any, column: Column, *, bold: bool = False) -> Any:
    return book.add_format({"num_format": FORMATS[column.shape], "bold": bold, "top": int(bold)})


def _cell(page: Any, row: int, place: int, cell: Cell, look: Any) -> None:
    if isinstance(cell, str):
        page.write_string(row, place, one_line(cell)[:LONGEST], look)
    else:
        page.write_number(row, place, cell, look)


def _total(book: Any, page: Any, sheet: Sheet, at: int) -> None:
    """Sums that Excel reckons again when a figure is corrected."""
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 - as above

    for place, column in enumerate(sheet.columns):
        look = _format(book, column, bold=True)
        if column.shape == "text":
            page.write_string(at, place, "Σ" if place == 0 else "", look)
            continue
        first = xl_rowcol_to_cell(HEAD_ROW + 1, place)
        last = xl_rowcol_to_cell(at - 1, place)
        value = sum(row[place] for row in sheet.rows if not isinstance(row[place], str))  # type: ignore[misc]
        page.write_formula(at, place, f"=SUM({first}:{last})", look, value)


def _chart(book: Any, page: Any, sheet: Sheet, at: int) -> None:
    assert sheet.chart is not None  # noqa: S101
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    first, last = HEAD_ROW + 1, HEAD_ROW + len(sheet.rows)
    name = page.get_name()
    for number, place in enumerate(sheet.chart.series):
        chart.add_series(
            {
                "name": [name, HEAD_ROW, place],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, place, last, place],
                "fill": {"color": COLOURS[number % len(COLOURS)]},
            }
        )
    chart.set_title({"name": one_line(sheet.chart.title)})
    chart.set_x_axis({"name": sheet.chart.across})
    chart.set_y_axis({"name": sheet.chart.up, "major_gridlines": {"visible": True}})
    chart.set_legend({"position": "bottom"})
    page.insert_chart(at, 0, chart, {"x_scale": 1.8, "y_scale": 1.2})
