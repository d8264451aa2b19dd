"""Workbooks, read back from their XML, without a library for it."""

import io
import re
import zipfile
from xml.etree import ElementTree

from hypothesis import example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from meetingroom.domain.sheets import Chart, Column, Sheet
from meetingroom.office.workbook import write_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SHEET = Sheet(
    name="Theo tháng",
    title="Họp trực tuyến năm 2026",
    columns=(
        Column(head="Tháng"),
        Column(head="Tỉnh", shape="count"),
        Column(head="Giờ", shape="hours"),
    ),
    rows=(("Tháng 1", 2, 3.5), ("Tháng 2", 4, 1.5)),
    has_total=True,
    chart=Chart(title="Họp trực tuyến", series=(1,)),
    notes=("Tính theo ngày họp.",),
)  # fmt: skip


class Book:
    """What a program sees that opens it."""

    def __init__(self, written: bytes) -> None:
        self.files = zipfile.ZipFile(io.BytesIO(written))
        shared = self.xml("xl/sharedStrings.xml")
        self.words = ["".join(one.itertext()) for one in shared.iter(f"{MAIN}si")]

    def xml(self, name: str):
        return ElementTree.fromstring(self.files.read(name))  # noqa: S314 - our own file

    def cells(self, number: int = 1) -> dict[str, object]:
        page = self.xml(f"xl/worksheets/sheet{number}.xml")
        return {cell.get("r"): self._value(cell) for cell in page.iter(f"{MAIN}c")}

    def _value(self, cell) -> object:
        value = cell.findtext(f"{MAIN}v")
        if value is None:
            return None
        return self.words[int(value)] if cell.get("t") == "s" else float(value)

    def names(self) -> list[str]:
        book = self.xml("xl/workbook.xml")
        return [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]


def test_title_heads_rows_and_notes_stand_where_they_belong() -> None:
    cells = Book(write_workbook([SHEET])).cells()
    assert cells["A1"] == "Họp trực tuyến năm 2026"
    assert [cells[at] for at in ("A3", "B3", "C3")] == ["Tháng", "Tỉnh", "Giờ"]
    assert [cells[at] for at in ("A4", "B4", "C4")] == ["Tháng 1", 2.0, 3.5]
    assert "Tính theo ngày họp." in cells.values()


def test_the_sums_are_formulas_with_their_values() -> None:
    book = Book(write_workbook([SHEET]))
    page = book.files.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r"<f>SUM\(B4:B5\)</f><v>6</v>", page)
    assert book.cells()["C6"] == 5.0


def test_the_chart_is_excels_own_and_points_at_the_rows() -> None:
    book = Book(write_workbook([SHEET]))
    chart = book.xml("xl/charts/chart1.xml")
    assert chart.find(f".//{DRAWN}barChart") is not None
    told = [one.text for one in chart.iter(f"{DRAWN}f")]
    assert "'Theo tháng'!$B$4:$B$5" in told and "'Theo tháng'!$A$4:$A$5" in told


def test_words_that_look_like_formulas_or_links_stay_words() -> None:
    words = ("=1+1", "https://x/y", "+84", "@a", "-1")
    sheet = Sheet(
        name="x", title="=2+2", columns=(Column(head="=3"),), rows=tuple((one,) for one in words)
    )
    book = Book(write_workbook([sheet]))
    page = book.files.read("xl/worksheets/sheet1.xml").decode()
    assert set(words) <= set(book.words) and "<f>" not in page and "hyperlink" not in page


def test_a_sheet_without_rows_is_whole() -> None:
    empty = Sheet(name="x", title="t", columns=SHEET.columns, rows=(), has_total=True,
                  chart=SHEET.chart)  # fmt: skip
    assert Book(write_workbook([empty, SHEET])).names() == ["x", "Theo tháng"]


@example("00" + "\U0001d400" * 15, "")
@hypothesis(max_examples=25)
@given(st.text(max_size=60), st.text(max_size=400))
def test_any_letters_make_a_workbook_that_opens(name: str, words: str) -> None:
    sheet = Sheet(name=name, title=words, columns=(Column(head="a"),), rows=((words,),))
    book = Book(write_workbook([sheet]))
    assert len(book.names()) == 1 and len(book.names()[0]) <= 31
