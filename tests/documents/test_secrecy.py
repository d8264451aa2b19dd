"""The secrecy guard: a stamp is found wherever it stands; words that only sound like it are not."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from meetingroom.documents.inspection import inspect_file
from meetingroom.domain.secrecy import level_of_name
from meetingroom.resources import resource

FONT = str(resource("fonts", "BeVietnamPro_400Regular.ttf"))
Draw = Callable[[pymupdf.Page], object]


def put(page: pymupdf.Page, x: float, y: float, text: str) -> None:
    page.insert_text((x, y), text, fontsize=13, fontname="F0", fontfile=FONT)


def letter(path: Path, draw: Draw) -> Path:
    """A letter as an office writes it, with something more."""
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        put(page, 60, 60, "ỦY BAN NHÂN DÂN")
        put(page, 60, 110, "Số: 12/BC-UBND")
        put(page, 60, 400, "Về bảo mật, mật khẩu và mật độ dân cư; bí mật kinh doanh.")
        draw(page)
        document.save(path)
    return path


def set_property(page: pymupdf.Page, name: str, value: str) -> None:
    page.parent.set_metadata({name: value})


def set_own_property(page: pymupdf.Page, value: str) -> None:
    document = page.parent
    document.set_metadata({"title": "Báo cáo"})
    info = int(document.xref_get_key(-1, "Info")[1].split()[0])
    document.xref_set_key(info, "DoMat", pymupdf.get_pdf_str(value))


def spread(page: pymupdf.Page) -> None:
    """Letters set one by one, far apart."""
    for place, one in enumerate("MẬT"):
        put(page, 80 + 30 * place, 140, one)


STAMPED: dict[str, tuple[Draw, str]] = {
    "a line": (lambda page: put(page, 80, 140, "MẬT"), "mat"),
    "between other words": (
        lambda page: (put(page, 60, 140, "MẬT"), put(page, 330, 140, "Mẫu Sơn, ngày 2")),
        "mat",
    ),
    "spaced letters": (lambda page: put(page, 80, 140, "M Ậ T"), "mat"),
    "letters set one by one": (spread, "mat"),
    "two spaced words": (lambda page: put(page, 80, 140, "T Ố I   M Ậ T"), "toi_mat"),
    "in a frame of dashes": (lambda page: put(page, 80, 140, "- TUYỆT MẬT -"), "tuyet_mat"),
    "decomposed": (
        lambda page: put(page, 80, 140, unicodedata.normalize("NFD", "TUYỆT MẬT")),
        "tuyet_mat",
    ),
    "a line that names the level": (lambda page: put(page, 300, 700, "Độ mật: Tối mật"), "toi_mat"),
    "text put on": (lambda page: page.add_freetext_annot((80, 120, 160, 150), "MẬT"), "mat"),
    "a stamp": (
        lambda page: page.add_stamp_annot((80, 120, 160, 150)).set_info(content="TỐI MẬT"),
        "toi_mat",
    ),
    "a sticky note": (lambda page: page.add_text_annot((80, 700), "MẬT"), "mat"),
    "the title": (lambda page: set_property(page, "title", "TUYỆT MẬT - Kế hoạch"), "tuyet_mat"),
    "the subject": (lambda page: set_property(page, "subject", "Độ mật: Mật"), "mat"),
    "one of the keywords": (lambda page: set_property(page, "keywords", "báo cáo; Mật"), "mat"),
    "a property of the office's own": (lambda page: set_own_property(page, "Tối mật"), "toi_mat"),
    "what may not be copied": (lambda page: put(page, 60, 140, "KHÔNG ĐƯỢC PHÉP SAO, CHỤP"), "mat"),
}


@pytest.mark.parametrize("where", STAMPED)
def test_a_stamp_is_found(tmp_path: Path, where: str) -> None:
    draw, level = STAMPED[where]
    seen = inspect_file(letter(tmp_path / "bao-cao.pdf", draw), tmp_path / "page.png")
    assert (seen.secrecy, seen.problem) == (level, "paper.secret")
    assert (seen.sha256, seen.pages, seen.words, seen.size) == (None, None, None, None)
    assert not (tmp_path / "page.png").exists()


@pytest.mark.parametrize(
    "text",
    ["Mật", "BẢO MẬT", "MẬT KHẨU", "MẬT ĐỘ", "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC", "MẮT", "MAT", "MÁT"],
)
def test_words_that_are_no_stamp_pass(tmp_path: Path, text: str) -> None:
    file = letter(tmp_path / "bao-cao.pdf", lambda page: put(page, 80, 140, text))
    assert (inspect_file(file, None).secrecy, inspect_file(file, None).problem) == ("none", None)


def test_a_stamp_far_from_where_stamps_are_is_only_a_word(tmp_path: Path) -> None:
    file = letter(tmp_path / "mẫu.pdf", lambda page: put(page, 400, 600, "MẬT"))
    assert inspect_file(file, None).secrecy == "none"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("BC_MẬT.pdf", "mat"),
        ("Kế hoạch (MẬT) 2026.pdf", "mat"),
        ("M Ậ T.pdf", "mat"),
        ("tối mật - phương án.pdf", "toi_mat"),
        ("TUYET MAT phuong an.pdf", "tuyet_mat"),
        ("12-KH_TUYỆT-MẬT.PDF", "tuyet_mat"),
        ("mật khẩu.pdf", "none"),
        ("MẬT KHẨU MÁY TÍNH.pdf", "none"),
        ("BÁO CÁO BẢO MẬT.pdf", "none"),
        ("MẬT ĐỘ DÂN SỐ.pdf", "none"),
        ("Luật BÍ MẬT NHÀ NƯỚC.pdf", "none"),
        ("toi mat.pdf", "none"),
        ("CHAT MAT.pdf", "none"),
    ],
)
def test_a_files_name_speaks_of_its_level(name: str, level: str) -> None:
    assert level_of_name(name) == level
    assert level_of_name(unicodedata.normalize("NFD", name)) == level


def test_a_secret_name_is_refused_even_of_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "MẬT.pdf").write_bytes(b"%PDF-1.7 broken")
    assert inspect_file(tmp_path / "MẬT.pdf", None).problem == "paper.secret"


@pytest.mark.parametrize("text", ["HOẢ TỐC", "HỎA TỐC"])
def test_both_spellings_of_the_most_urgent_are_known(tmp_path: Path, text: str) -> None:
    file = letter(tmp_path / "a.pdf", lambda page: put(page, 80, 140, text))
    assert inspect_file(file, None).handling == "flash"


def test_no_paper_of_the_corpus_is_taken_for_a_secret_one(corpus: Path) -> None:
    papers = sorted((corpus / "pdf" / "vietnamese").glob("*.pdf"))
    assert [file.name for file in papers if inspect_file(file, None).secrecy != "none"] == []
