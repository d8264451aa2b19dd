"""Words set in fonts from before Unicode come out as Vietnamese, and right ones stay."""

import csv
from pathlib import Path

import pytest
from legacy_papers import legacy_composite, legacy_paper, to_unicode

from meetingroom.documents.bench import Bench
from meetingroom.documents.inspection import inspect_file
from meetingroom.domain.legacy_charsets import charset_of, real_letters

TCVN3 = "®Çu t­ c«ng, ®­îc n¨m 2010-2015".encode("latin-1")
UNICODE = "đầu tư công, được năm 2010-2015"


def words(path: Path) -> str:
    bench = Bench()
    size = bench.open(str(path)).pages[0]
    return " ".join(word.text for word in bench.words(str(path), 0, size))


@pytest.mark.parametrize(
    ("encoding", "is_embedded"),
    [("/WinAnsiEncoding", True), ("/WinAnsiEncoding", False), ("", True), ("", False)],
)
def test_tcvn3_is_read_however_its_font_is_declared(
    tmp_path: Path, encoding: str, is_embedded: bool
):
    paper = legacy_paper(tmp_path / "a.pdf", TCVN3, encoding=encoding, is_embedded=is_embedded)
    assert words(paper) == UNICODE


def test_a_capital_font_shows_capitals(tmp_path: Path):
    assert words(legacy_paper(tmp_path / "a.pdf", TCVN3, "/.VnTimeH#2CBold")) == UNICODE.upper()


def test_a_table_that_only_repeats_the_codes_is_not_believed(tmp_path: Path):
    table = to_unicode({code: chr(code) for code in TCVN3})
    assert words(legacy_paper(tmp_path / "a.pdf", TCVN3, table=table)) == UNICODE


def test_a_table_of_all_of_latin_1_is_not_believed(tmp_path: Path):
    table = to_unicode({code: chr(code) for code in range(0x20, 0x100)})
    assert words(legacy_paper(tmp_path / "a.pdf", TCVN3, table=table)) == UNICODE


def test_a_right_table_is_believed_whatever_the_font_is_named(tmp_path: Path):
    table = to_unicode({code: real_letters(charset_of(".VnTime").letter(chr(code)))
                        for code in TCVN3})  # fmt: skip
    assert words(legacy_paper(tmp_path / "a.pdf", TCVN3, table=table)) == UNICODE


def test_a_right_table_without_rare_letters_is_believed(tmp_path: Path):
    """Neither đ nor ư is in these words: each letter could be a legacy code."""
    codes = "C«ng b¸o".encode("latin-1")
    table = to_unicode({code: charset_of(".VnTime").letter(chr(code)) for code in codes})
    assert words(legacy_paper(tmp_path / "a.pdf", codes, table=table)) == "Công báo"


def test_unicode_words_in_a_font_named_so_stay(tmp_path: Path):
    text = "Hà Nội, Công báo"
    codes = b"".join(number.to_bytes(2, "big") for number in range(1, len(text) + 1))
    table = to_unicode(dict(enumerate(text, 1)), 2)
    assert words(legacy_composite(tmp_path / "a.pdf", codes, table)) == text


@pytest.mark.parametrize("shift", [0, 0xF000])
def test_two_byte_codes_are_read_by_what_their_table_says(tmp_path: Path, shift: int):
    legacy = TCVN3.decode("latin-1")
    codes = b"".join(number.to_bytes(2, "big") for number in range(1, len(legacy) + 1))
    told = {number: chr(ord(one) + (shift if ord(one) > 0x7F else 0))
            for number, one in enumerate(legacy, 1)}  # fmt: skip
    paper = legacy_composite(tmp_path / "a.pdf", codes, to_unicode(told, 2))
    assert words(paper) == UNICODE


def test_vni_marks_join_their_letters(tmp_path: Path):
    codes = "Toâi ñi hoïc, BAÙO CAÙO kinh teá Ñöôïc".encode("latin-1")
    paper = legacy_paper(tmp_path / "a.pdf", codes, "/VNI-Times")
    assert words(paper) == "Tôi đi học, BÁO CÁO kinh tế Được"


def test_names_of_glyphs_say_which_letters_are_meant(tmp_path: Path):
    encoding = "<</Type/Encoding/Differences[65/registered/Ccedilla/u]>>"
    assert words(legacy_paper(tmp_path / "a.pdf", b"ABC", encoding=encoding)) == "đầu"


def test_latin_words_in_other_fonts_stay(tmp_path: Path):
    codes = "façade naïve ®".encode("latin-1")
    assert words(legacy_paper(tmp_path / "a.pdf", codes, "/Arial")) == "façade naïve ®"


@pytest.mark.parametrize("column", ["vni", "tcvn3"])
def test_every_letter_of_the_tables_is_read(corpus: Path, column: str):
    charset = charset_of({"vni": "VNI-Times", "tcvn3": ".VnTime"}[column])
    with (corpus / "text" / "legacy_charset_table.tsv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t")
                if column == "vni" or len(row[column]) == 1]  # fmt: skip
    read = {row["unicode"]: real_letters("".join(map(charset.letter, row[column]))) for row in rows}
    assert len(rows) > 70
    assert read == {letter: letter for letter in read}


def test_a_real_tcvn3_text_reads_as_its_unicode_twin(corpus: Path):
    raw = (corpus / "text" / "tcvn3_demo1.txt").read_bytes().decode("latin-1")
    twin = (corpus / "text" / "tcvn3_demo1_utf8.txt").read_text(encoding="utf-8")
    charset = charset_of(".VnTime")
    assert "".join(map(charset.letter, raw)).split() == real_letters(twin).split()


def test_a_secrecy_stamp_in_a_legacy_font_is_seen(tmp_path: Path):
    paper = legacy_paper(tmp_path / "a.pdf", "tuyÖt mËt".encode("latin-1"), "/.VnTimeH")
    assert inspect_file(paper, None).problem == "paper.secret"


@pytest.mark.parametrize("name", ["VnNimbusRomanNo9L", "VNTT12", "VNITT10", "Arial", "Vnurled"])
def test_other_fonts_are_no_legacy_fonts(name: str):
    assert charset_of(f"ABCDEF+{name}") is None
