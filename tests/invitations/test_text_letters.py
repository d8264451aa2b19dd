"""Texts become letters, whatever they are written in and were copied from."""

import csv
import unicodedata
from pathlib import Path

import pytest

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter
from meetingroom.domain.legacy_charsets import TCVN3
from meetingroom.invitations.files import read_letter_bytes, read_letter_file

TEXT = (
    "Kính gửi: Ủy ban nhân dân xã Nậm Chạc. Đúng 08 giờ 00, ngày 25/11/2026 họp trực tuyến, "
    "điểm cầu: trụ sở xã. https://zoom.us/j/123456789"
)


def read(data: bytes, name: str = "a.txt") -> Letter:
    return read_letter_bytes(name, data, None)


def words(letter: Letter) -> str:
    return "\n".join(part.text for part in letter.parts if part.how != "link")


def links(letter: Letter) -> dict[str, str]:
    return {part.text: part.shown for part in letter.parts if part.how == "link"}


def in_1258(text: str) -> bytes:
    """Windows-1258: letters with their mark, tones after them."""
    made = b""
    for letter in text:
        pieces = unicodedata.normalize("NFD", letter)
        tones = "".join(one for one in pieces if one in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(one for one in pieces if one not in tones))
        made += (base + tones).encode("cp1258")
    return made


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_in_any_form_is_read(charset: str):
    assert words(read(TEXT.encode(charset))) == TEXT


def test_both_byte_orders_of_utf16_are_told_by_their_mark():
    assert words(read(b"\xff\xfe" + TEXT.encode("utf-16-le"))) == TEXT
    assert words(read(b"\xfe\xff" + TEXT.encode("utf-16-be"))) == TEXT


def test_windows_1258_is_told_by_its_words():
    assert words(read(in_1258(TEXT))) == TEXT


def test_tcvn3_is_told_by_its_words_as_bytes_and_as_letters_taken_for_latin():
    codes = {letter: code for code, letter in TCVN3.items()}
    plain = TEXT.replace("Ủ", "U")  # its capitals with tones are those of another font
    latin = "".join(codes.get(one, one) for one in plain)
    assert words(read(latin.encode("latin-1"))) == plain
    assert words(read(latin.encode())) == plain


def test_vni_is_told_by_its_words():
    vni = "Kính göûi: UÛy ban nhaân daân xaõ, hoïp tröïc tuyeán taïi ñieåm caàu xaõ luùc 8 giôø"
    want = "Kính gửi: Ủy ban nhân dân xã, họp trực tuyến tại điểm cầu xã lúc 8 giờ"
    assert words(read(vni.encode("latin-1"))) == want
    assert words(read(vni.encode())) == want


def test_utf8_that_was_read_as_latin_is_mended():
    assert words(read(TEXT.encode().decode("latin-1").encode())) == TEXT


def test_text_of_other_languages_stays_as_it_is():
    for text, charset in (
        ("Réunion à Genève, déjà prévue à l'été", "cp1252"),
        ("Straße, Größe, für Übung", "utf-8"),
        ("Join the meeting at 9", "ascii"),
    ):
        assert words(read(text.encode(charset))) == text


def test_the_corpus_of_legacy_texts_is_read(corpus: Path):
    want = (corpus / "text" / "tcvn3_demo1_utf8.txt").read_text("utf-8")
    assert words(read_letter_file(corpus / "text" / "tcvn3_demo1.txt", None)) == want
    latin = words(read_letter_file(corpus / "text" / "uchardet_vi_windows-1258.txt", None))
    assert "chữ viết thống nhất chính thức hiện nay của tiếng Việt" in latin


def test_html_gives_its_blocks_and_the_addresses_behind_words():
    letter = read(
        b"<!doctype html><html><head><title>Gi&#7845;y m&#7901;i</title><style>p {}</style></head>"
        b"<body><p>H&#7885;p <b>l&uacute;c 8</b> gi&#7901;</p><table><tr><td>ID</td><td>123</td>"
        b"</tr></table><a href='https://zoom.us/j/1?a=1&amp;b=2'>V&#224;o <i>h&#7885;p</i></a>"
        b"<p><a href='mailto:a@b.vn'>a</a></p><script>var no</script></body></html>"
    )
    assert letter.subject == "Giấy mời"
    assert words(letter) == "Họp lúc 8 giờ\n\nID\t123\n\nVào họp\n\na"
    assert links(letter) == {"https://zoom.us/j/1?a=1&b=2": "Vào họp"}


def test_html_says_its_charset_or_is_guessed():
    body = "<html><meta charset={}><p>Họp trực tuyến, điểm cầu xã</p></html>"
    for charset in ("utf-8", "utf-16"):
        assert words(read(body.format(charset).encode(charset))) == "Họp trực tuyến, điểm cầu xã"
    assert words(read(in_1258(body.format("utf-8")))) == "Họp trực tuyến, điểm cầu xã"


def test_a_text_with_tags_keeps_its_lines():
    letter = read("Mời họp<br>Phòng: <a href='https://meet.jit.si/xa'>vào</a>\nID: 1".encode())
    assert words(letter) == "Mời họp\nPhòng: vào\nID: 1"
    assert links(letter) == {"https://meet.jit.si/xa": "vào"}


def test_addresses_in_angle_brackets_are_no_html():
    text = "Click here<https://teams.microsoft.com/l/meetup-join/x>\n+1 412<tel:+1412>"
    assert words(read(text.encode())) == text


def test_rows_copied_out_of_a_calendar_are_read(corpus: Path):
    with (corpus / "invitations" / "meeting_links.tsv").open(encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file, delimiter="\t", quoting=3)}
    for name in ("d061", "d062", "d070", "d071", "d072"):
        text = rows[name]["text"].encode().decode("unicode_escape").encode("latin-1")
        letter = read(text)
        assert letter.events, name
        assert any(rows[name]["url"] in part.text for part in letter.parts), name


def test_a_text_that_only_looks_like_a_calendar_in_one_line_stays_whole():
    text = "LOCATION: hội trường\nXin mời các đồng chí dự họp đông đủ"
    assert words(read(text.encode())) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TỈNH ỦY LÀO CAI\nMẬT\nGiấy mời họp", "a.txt"),
        ("<p>TỐI MẬT</p><p>Giấy mời</p>", "a.html"),
        ("Giấy mời họp", "Giấy mời TUYỆT MẬT.txt"),
    ],
)
def test_a_secret_letter_is_refused(text: str, name: str):
    with pytest.raises(PaperError, match=r"paper\.secret"):
        read(text.encode(), name)


def test_a_letter_that_speaks_of_passwords_and_secrets_is_none():
    text = "UBND XÃ\nThực hiện Luật Bảo vệ bí mật nhà nước\nMẬT KHẨU: 123\nMật khẩu: abc"
    assert words(read(text.encode(), "bảo mật.txt")) == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "paper.empty"),
        (b" \r\n\0", "paper.empty"),
        (bytes(range(256)) * 8, "letter.unknown_kind"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "letter.packed"),
        (b"<html><body></body></html>", "letter.no_words"),
        (b"word " * (1 << 20), "letter.huge"),
    ],
)
def test_what_is_no_letter_is_a_known_error(data: bytes, code: str):
    with pytest.raises(PaperError) as caught:
        read(data)
    assert caught.value.code == code


def test_a_folder_and_a_file_that_is_gone_are_known_errors(tmp_path: Path):
    for path, code in ((tmp_path, "letter.folder"), (tmp_path / "no", "paper.missing")):
        with pytest.raises(PaperError) as caught:
            read_letter_file(path, None)
        assert caught.value.code == code
