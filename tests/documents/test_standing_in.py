"""What PDFium lists where MuPDF refuses a paper is what MuPDF lists of a sound one."""

from pathlib import Path

import pytest
from made_papers import edges

from meetingroom.documents.engines import DrawnPaper
from meetingroom.documents.pdfium import PdfiumPaper
from meetingroom.domain.errors import PaperError

WRITTEN_ON = (
    "pdfbox_AnnotationTypes",
    "pdfjs_annotation-square-circle",
    "pdfjs_stamps",
    "pdfium_annots",
    "pdfjs_rotated_ink",
)
LINKED = ("annotated/pdfium_annots", "ok/pdfjs_page_with_number_and_link", "ok/pypdf_multicolumn")


@pytest.mark.parametrize("name", WRITTEN_ON)
def test_annotations_are_the_same(corpus: Path, name: str) -> None:
    path = corpus / "pdf" / "annotated" / f"{name}.pdf"
    one, other = DrawnPaper(path).annotations(), PdfiumPaper(path).annotations()
    assert one
    assert [(a.kind, a.page, a.author, a.text, a.at) for a in one] == [
        (a.kind, a.page, a.author, a.text, a.at) for a in other
    ]
    for first, second in zip(one, other, strict=True):
        assert max(edges(first.box, second.box)) < 12  # MuPDF's hold the width of lines


@pytest.mark.parametrize("name", LINKED)
def test_links_are_the_same(corpus: Path, name: str) -> None:
    path = corpus / "pdf" / f"{name}.pdf"
    drawn, pdfium = DrawnPaper(path), PdfiumPaper(path)
    for page, size in enumerate(drawn.shape().pages[:4]):
        one, other = drawn.links(page, size), pdfium.links(page)
        assert [(link.page, link.uri) for link in one] == [(link.page, link.uri) for link in other]
        for first, second in zip(one, other, strict=True):
            assert max(edges(first.box, second.box)) < 1
    drawn.close()
    pdfium.close()


def test_what_mupdf_refuses_pdfium_reads(corpus: Path) -> None:
    path = corpus / "pdf" / "annotated" / "pdfium_annots.pdf"
    paper, pdfium = DrawnPaper(path), PdfiumPaper(path)
    size = paper.shape().pages[0]
    paper._mupdf_refuses = PaperError("paper.damaged")
    assert paper.words(0, size) == pdfium.words(0) != ()
    assert paper.links(0, size) == pdfium.links(0) != ()
    assert paper.annotations() == pdfium.annotations() != ()
    assert paper.engine(0) == "pdfium"
    paper.close()
    pdfium.close()
