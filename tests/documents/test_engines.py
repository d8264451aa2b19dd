"""Two engines: which draws a page, that both lie on one geometry, that each stands in."""

import random
import statistics
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from bad_papers import write_good
from made_papers import FORMS, LARGE_UNITS, Form, edges, ink_within, make_paper
from PIL import Image

from meetingroom.documents.engine import OpenPaper
from meetingroom.documents.engines import DrawnPaper
from meetingroom.documents.mupdf import MupdfPaper
from meetingroom.documents.pdfium import PdfiumPaper
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Quad, Rect, Size
from meetingroom.domain.paper import Word

SCALE = 2.0
BOTH = (PdfiumPaper, MupdfPaper)
DRAWINGS = {  # what a page holds → the engine that draws it faster
    "text": "mupdf",
    "logo": "mupdf",
    "scan": "pdfium",
    "scan under text": "pdfium",
    "layers": "pdfium",
    "print colours": "pdfium",
    "screen colours": "mupdf",
    "plan": "pdfium",
    "table": "mupdf",
    "note": "pdfium",
    "link": "mupdf",
}


def shown(paper: OpenPaper, page: int, scale: float = SCALE, clip: Rect | None = None) -> Image:
    """The page as an engine draws it."""
    size = paper.shape().pages[page]
    box = clip or Rect(0, 0, size.width, size.height)
    width, height = round((box.x1 - box.x0) * scale), round((box.y1 - box.y0) * scale)
    pixels = bytearray(width * height * 4)
    paper.draw(page, scale, clip, memoryview(pixels), width * 4)
    return Image.frombytes("RGB", (width, height), bytes(pixels), "raw", "BGRX")


def with_engine(engine: Callable[[Path], OpenPaper], path: Path, page: int = 0) -> Image:
    paper = engine(path)
    picture = shown(paper, page)
    paper.close()
    return picture


def write_page(path: Path, holds: str) -> Path:
    """One page of a kind."""
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        page.insert_text((80, 400), "Báo cáo", fontsize=20)
        sheet = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 300, 400), False)
        sheet.clear_with(200)
        if holds.startswith("scan"):
            page.insert_image(page.rect, pixmap=sheet, overlay="under" not in holds)
        if holds == "logo":
            page.insert_image((20, 20, 90, 90), pixmap=sheet)
        if holds == "layers":
            with pymupdf.open() as other:
                other.new_page().insert_text((80, 400), "Đè lên")
                page.show_pdf_page(page.rect, other, 0)
            group = "<< /S /Transparency /CS /DeviceRGB >>"
            document.xref_set_key(page.get_xobjects()[0][0], "Group", group)
        if holds.endswith("colours"):
            space = "DeviceCMYK" if "print" in holds else "DeviceRGB"
            group = f"<< /S /Transparency /I true /CS /{space} >>"
            document.xref_set_key(page.xref, "Group", group)
        if holds == "plan":
            draw_plan(page)
        if holds == "table":
            for line in range(40):
                page.draw_line((50, 20 * line), (500, 20 * line))
        if holds == "note":
            page.add_text_annot((90, 90), "Ý kiến")
        if holds == "link":
            page.insert_link({"kind": 2, "from": pymupdf.Rect(9, 9, 90, 30), "uri": "https://a.vn"})
        document.save(path)
    return path


def draw_plan(page: pymupdf.Page) -> None:
    """Roads here and there, as on a map."""
    shape, dice = page.new_shape(), random.Random(7)  # noqa: S311 - no secrets here
    for _ in range(100):
        road = [(dice.uniform(40, 550), dice.uniform(40, 800)) for _ in range(13)]
        shape.draw_polyline(road)
        shape.finish(color=(0, 0.3, 0.5), closePath=False)
    shape.commit()


@pytest.mark.parametrize(("holds", "engine"), DRAWINGS.items())
def test_the_engine_is_chosen_by_what_is_on_the_page(
    tmp_path: Path, holds: str, engine: str
) -> None:
    paper = DrawnPaper(write_page(tmp_path / "a.pdf", holds))
    assert paper.engine(0) == engine
    paper.close()


@pytest.mark.parametrize("holds", DRAWINGS)
def test_a_page_is_the_chosen_engines_at_every_zoom_and_in_every_piece(
    tmp_path: Path, holds: str
) -> None:
    path = write_page(tmp_path / "a.pdf", holds)
    paper = DrawnPaper(path)
    own = {"pdfium": PdfiumPaper, "mupdf": MupdfPaper}[paper.engine(0)](path)
    for scale, clip in ((0.3, None), (1.7, None), (6.0, Rect(70, 380, 180, 410))):
        assert shown(paper, 0, scale, clip).tobytes() == shown(own, 0, scale, clip).tobytes()
    paper.close()
    own.close()


@pytest.mark.parametrize("holds", DRAWINGS)
def test_both_engines_show_the_same_page(tmp_path: Path, holds: str) -> None:
    path = write_page(tmp_path / "a.pdf", holds)
    first, second = (with_engine(engine, path) for engine in BOTH)
    assert first.size == second.size
    assert max(edges(ink(first), ink(second))) <= 1
    assert difference(first, second) < 3


@pytest.mark.parametrize("form", [*FORMS, *LARGE_UNITS], ids=str)
def test_both_engines_measure_and_place_a_page_alike(tmp_path: Path, form: Form) -> None:
    path = make_paper(tmp_path / "a.pdf", form)
    sizes = [paper.shape().pages[0] for paper in (engine(path) for engine in BOTH)]
    assert max(differing(*sizes)) < 0.01
    first, second = (with_engine(engine, path) for engine in BOTH)
    assert max(edges(ink(first), ink(second))) <= 1


@pytest.mark.parametrize("form", [*FORMS, *LARGE_UNITS], ids=str)
def test_the_words_of_both_engines_lie_on_the_same_places(tmp_path: Path, form: Form) -> None:
    paper = DrawnPaper(make_paper(tmp_path / "a.pdf", form))
    one = paper.words(0, paper.shape().pages[0])
    other = paper._by_pdfium().words(0)
    assert [word.text for word in one] == [word.text for word in other] == ["one", "two", "three"]
    for first, second in zip(one, other, strict=True):
        assert max(edges(first.quad.bounds(), second.quad.bounds())) < 6


@pytest.mark.parametrize(
    "name",
    [
        "ok/pdfbox_rotation.pdf",
        "ok/pdfium_cropped_text.pdf",
        "ok/pdfium_rotated_text_90.pdf",
        "ok/qpdf_rotated.pdf",
        "ok/pypdf_habibi-rotated.pdf",
        "ok/qpdf_fxo-red-rotate.pdf",
        "ok/pdfbox_AngledExample.pdf",
        "vietnamese/phamquocdow_file_1.pdf",
        "vietnamese/ntu_Thesis_template_for_Nha_Trang_University.pdf",
    ],
)
def test_both_engines_lay_a_real_paper_alike(corpus: Path, name: str) -> None:
    path = corpus / "pdf" / name
    papers = [engine(path) for engine in BOTH]
    shapes = [paper.shape() for paper in papers]
    assert len(shapes[0].pages) == len(shapes[1].pages)
    for page in range(min(4, len(shapes[0].pages))):
        assert max(differing(*(shape.pages[page] for shape in shapes))) < 0.01
        first, second = (shown(paper, page) for paper in papers)
        if (box := ink_within(first, SCALE)) is not None:
            assert max(edges(box, ink(second))) <= 2
    for paper in papers:
        paper.close()


@pytest.mark.parametrize(
    "name", ["phamquocdow_file_1", "diepxuan_49-2026-ND-CP", "phamquocdow_file_2"]
)
def test_the_words_of_a_real_paper_lie_on_its_ink(corpus: Path, name: str) -> None:
    paper = DrawnPaper(corpus / "pdf" / "vietnamese" / f"{name}.pdf")
    size = paper.shape().pages[0]
    page, words = shown(paper, 0), paper.words(0, size)
    inked = [word for word in words if has_ink(page, word)]
    paper.close()
    assert len(words) > 20
    assert len(inked) == len(words)


def test_pages_that_only_pdfium_reads_have_words_too(corpus: Path) -> None:
    read = []
    for path in sorted((corpus / "pdf" / "hostile").glob("*.pdf")):
        try:
            MupdfPaper(path).close()
        except PaperError as refused:
            if refused.code == "paper.damaged":
                read += words_of(path)
    assert read


def words_of(path: Path) -> tuple[Word, ...]:
    try:
        paper = DrawnPaper(path)
    except PaperError:
        return ()
    try:
        return paper.words(0, paper.shape().pages[0])
    except PaperError:
        return ()
    finally:
        assert paper.engine(0) == "pdfium"
        paper.close()


def test_where_one_engine_refuses_a_page_the_other_draws_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_good(tmp_path / "a.pdf")

    def refuses(_self: object, page: int, *_rest: object) -> None:
        raise PaperError("paper.page_failed", page=page)

    for engine, other in (BOTH, BOTH[::-1]):
        with monkeypatch.context() as patch:
            patch.setattr(engine, "draw", refuses)
            assert with_engine(DrawnPaper, path).tobytes() == with_engine(other, path).tobytes()


def ink(picture: Image) -> Rect:
    box = ink_within(picture, SCALE)
    assert box is not None
    return box


def difference(first: Image, second: Image) -> float:
    """How far two pictures are apart, in steps of 255, on the whole."""
    pairs = zip(first.convert("L").tobytes(), second.convert("L").tobytes(), strict=True)
    return statistics.fmean(abs(one - other) for one, other in pairs)


def differing(first: Size, second: Size) -> tuple[float, float]:
    return abs(first.width - second.width), abs(first.height - second.height)


def has_ink(page: Image, word: Word) -> bool:
    """Whether there is something to see in the box of a word."""
    quad: Quad = word.quad
    box = quad.bounds()
    corners = (box.x0 * SCALE, box.y0 * SCALE, box.x1 * SCALE + 1, box.y1 * SCALE + 1)
    return page.crop(tuple(round(corner) for corner in corners)).convert("L").getextrema()[0] < 160
