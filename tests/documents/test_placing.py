"""One geometry: words and marks lie where the page shows them, however the page is turned."""

import shutil
from pathlib import Path

import pymupdf
import pytest
from made_papers import (
    FORMS,
    LARGE_UNITS,
    Form,
    changed_within,
    edges,
    ink_within,
    make_paper,
    picture,
    picture_by_mupdf,
    picture_by_poppler,
)

from meetingroom.documents.annotations import write_annotated_pdf
from meetingroom.documents.pdfium import PdfiumPaper
from meetingroom.documents.words import page_words
from meetingroom.domain.geometry import Quad
from meetingroom.domain.marks import Mark, TextMark
from meetingroom.domain.paper import Word

PERSON = "person-1"
AT = "2026-03-02T08:00:00.000Z"


def words_of(path: Path) -> tuple[Word, ...]:
    paper = PdfiumPaper(path)
    size = paper.shape().pages[0]
    paper.close()
    with pymupdf.open(path) as document:
        return page_words(document[0], size)


def mark_on(quad: Quad) -> Mark:
    return Mark(
        id="mark-1", author=PERSON, at=AT, paper="paper-1", blob="blob-1", page=0,
        shape=TextMark(quads=(quad,)), text="đúng chỗ",
    )  # fmt: skip


@pytest.mark.parametrize("form", [*FORMS, *LARGE_UNITS], ids=str)
def test_each_words_box_holds_the_words_ink_and_nothing_else(tmp_path: Path, form: Form) -> None:
    for word in ("one", "two", "three"):
        alone = picture(make_paper(tmp_path / "alone.pdf", form, (word,)))
        found = words_of(tmp_path / "alone.pdf")
        ink = ink_within(alone)
        assert ink is not None
        assert [row.text for row in found] == [word]
        box = found[0].quad.bounds()
        assert box.x0 - 2 <= ink.x0
        assert box.y0 - 2 <= ink.y0
        assert ink.x1 <= box.x1 + 2
        assert ink.y1 <= box.y1 + 2


@pytest.mark.parametrize("form", [*FORMS, *LARGE_UNITS], ids=str)
def test_an_exported_highlight_lies_on_its_word_in_every_reader(tmp_path: Path, form: Form) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed")
    source = make_paper(tmp_path / "paper.pdf", form)
    target = tmp_path / "marked.pdf"
    word = words_of(source)[1]
    written = write_annotated_pdf(source, target, [mark_on(word.quad)], {PERSON: "Lý A Sùng"})
    assert written == 1
    readers = [picture, picture_by_mupdf] + ([] if form.unit != 1 else [picture_by_poppler])
    for reader in readers:
        scale = 2.0 / form.unit if reader is picture_by_mupdf else 2.0
        washed = changed_within(reader(source, 0, scale), reader(target, 0, scale))
        assert washed is not None, reader.__name__
        # MuPDF rounds the ends of a wash: a third of the height of the line at most.
        assert max(edges(washed, word.quad.bounds())) < 9, reader.__name__
