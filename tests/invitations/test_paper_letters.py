"""PDFs and pictures of letters: words in the order they are read, links, codes, scans."""

from pathlib import Path

import pymupdf
import pytest
from made_letters import (
    BODY,
    LEFT,
    LINK,
    RIGHT,
    code_picture,
    letter,
    photographed,
    put,
    scanned,
    write_head,
)
from PIL import Image

from meetingroom.documents.scan_data import scan_data
from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter, Part
from meetingroom.domain.invitation_port import LetterReader
from meetingroom.invitations.files import read_letter_bytes, read_letter_file

needs_scan_data = pytest.mark.skipif(scan_data() is None, reason="no Tesseract data for Vietnamese")


def of_kind(letter: Letter, how: str) -> list[Part]:
    return [part for part in letter.parts if part.how == how]


def text_of(letter: Letter, how: str = "text") -> str:
    return "\n".join(part.text for part in of_kind(letter, how))


def code_of(path: Path, reader: LetterReader) -> str:
    with pytest.raises(PaperError) as caught:
        read_letter_file(path, reader)
    return caught.value.code


def test_the_heads_two_columns_are_read_one_after_the_other(reader: LetterReader, tmp_path: Path):
    text = text_of(read_letter_file(letter(tmp_path / "a.pdf"), reader))
    rows = [row for row in text.splitlines() if row.strip()]
    assert rows[:6] == [*LEFT, *RIGHT]
    assert rows[6:12] == list(BODY)


def test_an_address_behind_words_comes_with_the_words(reader: LetterReader, tmp_path: Path):
    (link,) = of_kind(read_letter_file(letter(tmp_path / "a.pdf"), reader), "link")
    assert (link.text, link.page) == (LINK, 1)
    assert link.shown == "vào phòng họp"


def test_an_address_whose_words_are_broken_over_lines_counts_once(
    reader: LetterReader, tmp_path: Path
):
    with pymupdf.open() as document:
        page = document.new_page()
        for row, words in enumerate(("Bấm vào đây để", "vào phòng họp")):
            put(page, 85, 100 + 20 * row, words)
            place = pymupdf.Rect(85, 88 + 20 * row, 300, 104 + 20 * row)
            page.insert_link({"kind": pymupdf.LINK_URI, "from": place, "uri": LINK})
        document.save(tmp_path / "a.pdf")
    (link,) = of_kind(read_letter_file(tmp_path / "a.pdf", reader), "link")
    assert link.shown == "Bấm vào đây để vào phòng họp"


def test_every_page_says_its_number(reader: LetterReader, tmp_path: Path):
    read = read_letter_file(letter(tmp_path / "a.pdf", pages=3), reader)
    assert [part.page for part in of_kind(read, "text")] == [1, 2, 3]


def test_cells_of_a_row_are_apart(reader: LetterReader, tmp_path: Path):
    with pymupdf.open() as document:
        page = document.new_page()
        for row, (left, right) in enumerate((("ID phòng họp:", "123 456"), ("Mật khẩu:", "abc"))):
            put(page, 85, 100 + 20 * row, left)
            put(page, 300, 100 + 20 * row, right)
        put(page, 85, 200, "Đề nghị các đồng chí dự họp đầy đủ, đúng thành phần, đúng giờ.")
        document.save(tmp_path / "a.pdf")
    text = text_of(read_letter_file(tmp_path / "a.pdf", reader))
    assert "123 456" in text
    assert "Mật khẩu:" in text


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(reader: LetterReader, tmp_path: Path, turn: int):
    letter(tmp_path / "a.pdf")
    with pymupdf.open(tmp_path / "a.pdf") as document:
        page = document.new_page(width=842, height=595)
        page.show_pdf_page(page.rect, pymupdf.open(tmp_path / "a.pdf"), 0, rotate=turn)
        page.set_rotation(turn)
        document.delete_page(0)
        document.save(tmp_path / "b.pdf")
    assert BODY[0] in text_of(read_letter_file(tmp_path / "b.pdf", reader))


def test_a_code_in_a_letter_is_read(reader: LetterReader, tmp_path: Path):
    (code,) = of_kind(read_letter_file(letter(tmp_path / "a.pdf"), reader), "code")
    assert (code.text, code.page) == (LINK, 1)


def test_a_code_drawn_with_lines_is_read(reader: LetterReader, tmp_path: Path):
    import segno

    with pymupdf.open() as document:
        page = document.new_page()
        put(page, 85, 100, "Quét mã để vào họp trực tuyến với điểm cầu tỉnh")
        for y, row in enumerate(segno.make(LINK).matrix):
            for x, dark in enumerate(row):
                if dark:
                    page.draw_rect((100 + 2 * x, 200 + 2 * y, 102 + 2 * x, 202 + 2 * y), fill=(0,))
        document.save(tmp_path / "a.pdf")
    assert text_of(read_letter_file(tmp_path / "a.pdf", reader), "code") == LINK


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_a_code_in_a_scan_is_read_whichever_way_up(
    reader: LetterReader, tmp_path: Path, turn: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("meetingroom.documents.letter_hand.scan_data", lambda: None)
    scan = scanned(tmp_path / "b.pdf", letter(tmp_path / "a.pdf"), turn)
    assert text_of(read_letter_file(scan, reader), "code") == LINK


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP"])
def test_a_code_in_a_picture_is_read(
    reader: LetterReader, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("meetingroom.documents.letter_hand.scan_data", lambda: None)
    photo = photographed(tmp_path / "a", letter(tmp_path / "a.pdf"), kind=kind)
    assert text_of(read_letter_file(photo, reader), "code") == LINK


def test_a_small_code_from_the_clipboard_is_read(reader: LetterReader):
    read = read_letter_bytes("", code_picture(LINK, scale=2), reader)
    assert text_of(read, "code") == LINK


def test_a_scan_without_data_to_read_it_says_so(
    reader: LetterReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("meetingroom.documents.letter_hand.scan_data", lambda: None)
    scan = scanned(tmp_path / "b.pdf", letter(tmp_path / "a.pdf", code=False), dpi=60)
    assert code_of(scan, reader) == "letter.scan"


@needs_scan_data
@pytest.mark.parametrize("turn", [0, 90, 180])
def test_words_are_read_off_a_scan_whichever_way_up(
    reader: LetterReader, tmp_path: Path, turn: int
):
    scan = scanned(tmp_path / "b.pdf", letter(tmp_path / "a.pdf", code=False), turn)
    (part,) = read_letter_file(scan, reader).parts
    assert (part.how, part.page) == ("scan", 1)
    for words in ("123/GM-UBND", "kính mời các đồng chí dự họp trực tuyến", "987 6543 2101"):
        assert words in part.text
    assert part.text.index("123/GM-UBND") < part.text.index("Độc lập")


@needs_scan_data
def test_words_are_read_off_a_photograph_that_says_how_it_was_held(
    reader: LetterReader, tmp_path: Path
):
    held = Image.Exif()
    held[0x0112] = 6  # to be turned to the right
    source = letter(tmp_path / "a.pdf", code=False)
    photo = photographed(tmp_path / "a.jpg", source, turn=90, exif=held)
    assert "kính mời các đồng chí" in text_of(read_letter_file(photo, reader), "scan")


@needs_scan_data
def test_a_stamp_seen_on_a_scan_has_it_refused(reader: LetterReader, tmp_path: Path):
    with pymupdf.open() as document:
        page = document.new_page()
        write_head(page)
        put(page, 90, 140, "TUYỆT MẬT", 16)
        for number, row in enumerate(BODY):
            put(page, 85, 200 + 20 * number, row)
        document.save(tmp_path / "a.pdf")
    assert code_of(scanned(tmp_path / "b.pdf", tmp_path / "a.pdf"), reader) == "paper.secret"


def test_a_stamped_letter_is_refused(reader: LetterReader, tmp_path: Path):
    with pymupdf.open() as document:
        write_head(document.new_page(), stamp="MẬT")
        document.save(tmp_path / "a.pdf")
    assert code_of(tmp_path / "a.pdf", reader) == "paper.secret"


def test_a_letter_whose_name_says_secret_is_refused_unread(reader: LetterReader, tmp_path: Path):
    path = letter(tmp_path / "CV 12 TỐI MẬT.pdf")
    assert code_of(path, reader) == "paper.secret"


def test_a_letter_with_a_password_says_what_to_do(reader: LetterReader, tmp_path: Path):
    with pymupdf.open(letter(tmp_path / "a.pdf")) as document:
        document.save(
            tmp_path / "b.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="a", owner_pw="b"
        )
    assert code_of(tmp_path / "b.pdf", reader) == "paper.encrypted"


def test_a_letter_enclosed_in_a_message_is_read(reader: LetterReader, tmp_path: Path):
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = "Giấy mời"
    message.set_content("Xem tệp gửi kèm")
    data = letter(tmp_path / "a.pdf").read_bytes()
    message.add_attachment(data, "application", "pdf", filename="Giấy mời.pdf")
    message.add_attachment(code_picture(LINK), "image", "png", filename="qr.png")
    read = read_letter_bytes("a.eml", message.as_bytes(), reader)
    assert BODY[3] in text_of(read)
    assert [part.text for part in of_kind(read, "code")] == [LINK, LINK]


@needs_scan_data
def test_what_a_scanners_program_took_a_letter_for_gives_way(reader: LetterReader, tmp_path: Path):
    scan = scanned(tmp_path / "b.pdf", letter(tmp_path / "a.pdf", code=False))
    with pymupdf.open(scan) as document:
        for number, words in enumerate(
            ("Kinh gui Uy ban nhan dan cac xa", "hop trurc tuyen Iuc 8 g")
        ):
            place = (85, 180 + 20 * number)
            document[0].insert_text(place, words, render_mode=3)  # not seen
        document.saveIncr()
    (part,) = read_letter_file(scan, reader).parts
    assert part.how == "scan"
    assert "kính mời các đồng chí" in part.text


def test_typed_words_over_a_picture_stay_where_no_picture_is_read(
    reader: LetterReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("meetingroom.documents.letter_hand.scan_data", lambda: None)
    scan = scanned(tmp_path / "b.pdf", letter(tmp_path / "a.pdf", code=False))
    with pymupdf.open(scan) as document:
        document[0].insert_text((85, 180), "Kinh gui Uy ban nhan dan cac xa", render_mode=3)
        document.saveIncr()
    assert text_of(read_letter_file(scan, reader)) == "Kinh gui Uy ban nhan dan cac xa"
