"""Bad papers: each is met with its own known error, and what can be read is read."""

import os
from pathlib import Path

import pytest
from bad_papers import (
    LOCKED,
    write_bad_papers,
    write_good,
    write_with_a_huge_page,
    write_with_many_pages,
)
from PIL import Image

from meetingroom.documents.engines import DrawnPaper
from meetingroom.documents.inspection import inspect_file
from meetingroom.domain.errors import PaperError


def test_each_bad_paper_is_met_with_its_own_error(tmp_path: Path) -> None:
    bad = write_bad_papers(tmp_path)
    met = {code: inspect_file(file, None) for code, file in bad.items()}
    assert {code: seen.problem for code, seen in met.items()} == {code: code for code in bad}
    assert {(seen.pages, seen.sha256) for seen in met.values()} == {(None, None)}


def test_a_picture_under_a_papers_name_is_no_pdf(tmp_path: Path) -> None:
    write_bad_papers(tmp_path)
    assert inspect_file(tmp_path / "ảnh.pdf", None).problem == "paper.not_pdf"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "ống.pdf")
    assert inspect_file(tmp_path / "ống.pdf", None).problem == "paper.unreadable"


def test_a_paper_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    file = write_good(tmp_path / "chỉ đọc.pdf", user_pw="", **LOCKED)
    seen = inspect_file(file, tmp_path / "page.png")
    assert (seen.pages, seen.problem) == (1, None)
    assert (tmp_path / "page.png").is_file()


def test_more_pages_than_any_meeting_reads_are_refused(tmp_path: Path) -> None:
    assert inspect_file(write_with_many_pages(tmp_path / "a.pdf", 900), None).pages == 900
    many = write_with_many_pages(tmp_path / "b.pdf", 20_001)
    assert inspect_file(many, None).problem == "paper.huge"


@pytest.mark.parametrize(("width", "height"), [(40_000, 40_000), (3, 90_000), (900_000, 2)])
def test_the_picture_of_a_huge_page_stays_small(tmp_path: Path, width: int, height: int) -> None:
    file = write_with_a_huge_page(tmp_path / "bản đồ.pdf", width, height)
    seen = inspect_file(file, tmp_path / "page.png")
    assert (seen.pages, seen.problem) == (1, None)
    with Image.open(tmp_path / "page.png") as picture:
        assert max(picture.size) <= 10_000


@pytest.mark.parametrize("name", ["qpdf_bad7", "pdfjs_Brotli-Prototype-FileA", "qpdf_fuzz_71624"])
def test_a_file_the_first_engine_refuses_is_drawn_by_the_second(corpus: Path, name: str) -> None:
    paper = DrawnPaper(corpus / "pdf" / "hostile" / f"{name}.pdf")
    size = paper.shape().pages[0]
    width, height = round(size.width), round(size.height)
    pixels = bytearray(width * height * 4)
    paper.draw(0, 1.0, None, memoryview(pixels), width * 4)
    paper.close()
    assert set(pixels[0::4]) != {0}  # drawn onto white, not left as it was


def test_a_page_neither_engine_draws_is_a_known_error(corpus: Path) -> None:
    paper = DrawnPaper(corpus / "pdf" / "hostile" / "pyhanko_circular-page-tree.pdf")
    with pytest.raises(PaperError, match=r"paper\.page_failed"):
        paper.draw(1, 1.0, None, memoryview(bytearray(400)), 40)
    paper.close()


def test_a_damaged_page_among_good_ones_does_not_refuse_the_paper(corpus: Path) -> None:
    seen = inspect_file(corpus / "pdf" / "hostile" / "pyhanko_circular-page-tree.pdf", None)
    assert (seen.pages, seen.problem) == (3, None)


def test_signatures_no_page_shows_are_counted(corpus: Path) -> None:
    name = "pyhanko_pades-lta-dss-indirect-arrs-test.pdf"
    assert inspect_file(corpus / "pdf" / "signed" / name, None).signatures == 2


def test_a_paper_locked_with_a_certificate_is_said_to_be_locked(corpus: Path) -> None:
    file = corpus / "pdf" / "hostile" / "pyhanko_pubkey-ecc-test.pdf"
    assert inspect_file(file, None).problem == "paper.encrypted"
