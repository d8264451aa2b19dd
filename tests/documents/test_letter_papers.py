"""Letters read by the engine: old fonts, the order of lines, and how far a hostile file comes."""

from pathlib import Path

import pymupdf
import pytest
from legacy_papers import legacy_paper

from meetingroom.documents.letter_layout import Row, text_of_page
from meetingroom.documents.letters import MAX_PAGES, LetterPapers
from meetingroom.documents.scanned_letters import Scan, words_of_scan
from meetingroom.domain.errors import PaperError


def rows(*lines: tuple[str, float, float]) -> list[Row]:
    """Lines of twelve points, seven to a letter."""
    return [Row(text, x, y, x + 7 * len(text), y + 12) for text, x, y in lines]


def test_words_in_old_vietnamese_fonts_are_letters(tmp_path: Path):
    paper = legacy_paper(tmp_path / "a.pdf", "C«ng b¸o".encode("latin-1"))
    letter = LetterPapers().pdf("a.pdf", paper.read_bytes())
    assert letter.parts[0].text == "Công báo"


def test_lines_of_two_columns_on_top_are_read_a_column_after_the_other():
    page = rows(
        ("UBND", 60, 50), ("CONG HOA XA HOI", 350, 50), ("So: 1", 60, 66), ("Doc lap", 380, 66),
        ("V/v moi hop", 60, 82), ("Kinh gui tat ca cac uy ban nhan dan cac xa va phuong", 90, 130),
    )  # fmt: skip
    head, country, rest = text_of_page(page, 595).split("\n\n")
    assert head.split("\n") == ["UBND", "So: 1", "V/v moi hop"]
    assert country.split("\n") == ["CONG HOA XA HOI", "Doc lap"]
    assert rest.startswith("Kinh gui")


def test_a_title_in_the_middle_is_of_no_column():
    page = rows(
        ("GIAY MOI", 270, 50), ("Du hop truc tuyen", 240, 70), ("Thoi gian: 8 gio", 80, 100)
    )
    assert text_of_page(page, 595).startswith("GIAY MOI\nDu hop")


def test_lines_written_up_and_down_the_page_are_put_in_order():
    page = rows(*[(f"dong {n}", 80, 700 - 40 * n) for n in range(10)])
    assert text_of_page(page, 595).split("\n\n") == [f"dong {n}" for n in range(9, -1, -1)]


def test_cells_of_a_row_are_apart_and_words_of_a_line_are_not():
    page = rows(("ID:", 80, 50), ("123", 200, 50), ("Ma", 80, 70), ("khau", 98, 70))
    assert text_of_page(page, 595) == "ID:\t123\nMa khau"


def test_of_a_paper_of_thousands_of_pages_the_first_are_read(tmp_path: Path):
    with pymupdf.open() as document:
        for number in range(3000):
            document.new_page().insert_text((72, 72), f"page {number}")
        document.save(tmp_path / "a.pdf")
    letter = LetterPapers().pdf("a.pdf", (tmp_path / "a.pdf").read_bytes())
    assert 0 < len(letter.parts) <= MAX_PAGES


@pytest.mark.parametrize("data", [b"%PDF-1.7 nothing", b"%PDF-1.4\n" + b"\xff" * 5000])
def test_what_only_begins_as_a_pdf_is_damaged(data: bytes):
    with pytest.raises(PaperError, match=r"paper\.(damaged|no_pages)"):
        LetterPapers().pdf("a.pdf", data)


def table(path: Path, turn: int = 0) -> Path:
    """A week as a ruled table, its first column merged over two rows."""
    across, down = (50, 110, 160, 400, 545), (100, 120, 160, 200)
    cells = (
        ("Day", "Hour", "What", "Where"),
        ("Monday", "8h", "Meeting\nof all", "Hall"), ("", "14h", "Online", "Room"),
    )  # fmt: skip
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((200, 60), "THE WEEK")
        for x in across:
            page.draw_line((x, down[0]), (x, down[-1]))
        for number, y in enumerate(down):
            page.draw_line((across[1 if number == 2 else 0], y), (across[-1], y))
        for y, row in zip(down, cells, strict=False):
            for x, cell in zip(across, row, strict=False):
                page.insert_text((x + 3, y + 13), cell, fontsize=10)
        page.insert_text((60, 300), "Signed")
        if turn:
            with pymupdf.open() as turned:
                sheet = turned.new_page(width=842, height=595)
                sheet.show_pdf_page(sheet.rect, document, 0, rotate=turn)
                sheet.set_rotation(turn)
                turned.save(path)
        else:
            document.save(path)
    return path


@pytest.mark.parametrize("turn", [0, 90])
def test_a_row_of_a_ruled_table_is_one_line(tmp_path: Path, turn: int):
    letter = LetterPapers().pdf("a.pdf", table(tmp_path / "a.pdf", turn).read_bytes())
    assert [row for row in letter.parts[0].text.split("\n") if row] == [
        "THE WEEK", "Day\tHour\tWhat\tWhere", "Monday\t8h\tMeeting of all\tHall",
        "\t14h\tOnline\tRoom", "Signed",
    ]  # fmt: skip


def test_an_empty_scan_is_seen_to_be_empty_before_anybody_tries_to_read_it(tmp_path: Path):
    with pymupdf.open() as document:
        page = document.new_page()
        grey = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 400, 600), False)
        grey.clear_with(240)
        page.insert_image(page.rect, pixmap=grey)
        document.save(tmp_path / "a.pdf")
    # Without Tesseract's data reading would fail.
    scan = Scan((tmp_path / "a.pdf").read_bytes(), 0, is_pdf=True)
    assert words_of_scan(scan, "a.pdf", str(tmp_path / "nowhere")) == ()
