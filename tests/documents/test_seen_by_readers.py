"""What poppler, pdfium and pdf.js make of marks exported from real papers."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from made_papers import changed_within, picture, picture_by_poppler

from meetingroom.documents.annotations import write_annotated_pdf
from meetingroom.documents.pdfium import PdfiumPaper
from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect, Size
from meetingroom.domain.marks import (
    Box,
    FreeText,
    Ink,
    Line,
    Mark,
    Note,
    Shape,
    Stamp,
    TextMark,
    bounds,
)

ROOT = Path(__file__).resolve().parents[2]
PAPERS = (
    "vietnamese/diepxuan_49-2026-ND-CP.pdf",  # signed
    "annotated/qpdf_annotations-rotated-90.pdf",
    "annotated/pdfjs_comments.pdf",
    "annotated/pdfjs_annotation-square-circle.pdf",
)
KINDS = ("Highlight", "Underline", "StrikeOut", "Ink", "Text", "FreeText", "Square", "Line",
         "Line", "Stamp")  # fmt: skip
NAME, WORDS = "Nguyễn Thị Hằng", "Đề nghị làm rõ số liệu"


def marks_for(size: Size) -> Iterator[Mark]:
    """One mark of each kind, in rows down the page, the last an answer to the first."""
    step, left = size.height / 12, size.width * 0.2
    for number in range(len(KINDS)):
        box = Rect(left, step * (number + 1), left + size.width * 0.4, step * (number + 1.6))
        yield Mark(
            id=f"mark-{number}", author="person-1", paper="paper-1", blob="b" * 64, page=0,
            shape=shape_in(number, box), text=WORDS, colour="red",
            at="2026-03-02T08:15:00.000Z", reply_to="mark-0" if number == 4 else "",
        )  # fmt: skip


def shape_in(number: int, box: Rect) -> Shape:
    styles = ("highlight", "underline", "strikeout")
    start, end = Point(box.x0, box.y0), Point(box.x1, box.y1)
    pen = (InkPoint(box.x0, box.y0, 0.1), InkPoint(box.x1, box.y1, 0.9), InkPoint(box.x1, box.y0))
    others: list[Shape] = [
        Ink(strokes=(pen,)), Note(at=start), FreeText(box=box), Box(box=box),
        Line(start=start, end=end), Line(start=start, end=end, has_head=True), Stamp(box=box),
    ]  # fmt: skip
    if number < len(styles):
        return TextMark(style=styles[number], quads=(Quad.of(box),))  # type: ignore[arg-type]
    return others[number - len(styles)]


@pytest.fixture(params=PAPERS)
def exported(
    request: pytest.FixtureRequest, corpus: Path, tmp_path: Path
) -> tuple[Path, Path, list[Mark]]:
    """A real paper, its copy with marks, and the marks."""
    source = tmp_path / "paper.pdf"
    shutil.copyfile(corpus / "pdf" / request.param, source)
    paper = PdfiumPaper(source)
    marks = list(marks_for(paper.shape().pages[0]))
    paper.close()
    assert write_annotated_pdf(source, tmp_path / "marked.pdf", marks, {"person-1": NAME}) == 10
    return source, tmp_path / "marked.pdf", marks


@pytest.mark.parametrize("reader", [picture, picture_by_poppler])
def test_every_mark_changes_the_picture_where_it_stands(exported, reader) -> None:
    if reader is picture_by_poppler and shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed")
    source, marked, marks = exported
    before, after = reader(source), reader(marked)
    for mark in marks:
        place = tuple(round(2 * value) for value in grown(bounds(mark.shape)))
        seen = changed_within(before.crop(place), after.crop(place))
        assert seen is not None and seen.x1 - seen.x0 > 5, mark.shape


def grown(box: Rect) -> tuple[float, float, float, float]:
    box = box.grown(2)
    return box.x0, box.y0, box.x1, box.y1


def test_pdfium_lists_every_kind_with_its_author(exported) -> None:
    _, marked, marks = exported
    raw, document = pypdfium2.raw, pypdfium2.PdfDocument(marked)
    page, kinds = document[0], {}
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        row = raw.FPDFPage_GetAnnot(page, number)
        if said(row, b"T") == NAME and said(row, b"Contents") == WORDS:
            kinds[said(row, b"NM")] = raw.FPDFAnnot_GetSubtype(row)
        raw.FPDFPage_CloseAnnot(row)
    document.close()
    numbers = {
        "Text": 1, "FreeText": 3, "Line": 4, "Square": 5, "Highlight": 9, "Underline": 10,
        "StrikeOut": 12, "Stamp": 13, "Ink": 15,
    }  # fmt: skip
    wanted = (numbers[kind] for kind in KINDS)
    assert kinds == dict(zip((mark.id for mark in marks), wanted, strict=True))


def said(annotation: object, key: bytes) -> str:
    raw = pypdfium2.raw
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[:-2].decode("utf-16-le")


def seen_by_pdfjs(file: Path) -> list[dict[str, object]]:
    """What pdf.js sees; skips where it is not installed (`packaging/dev.py test` does that)."""
    default = ROOT / "build" / "pdfjs" / "node_modules" / "pdfjs-dist"
    folder = Path(os.environ.get("MEETINGROOM_PDFJS", default))
    node = shutil.which("node")
    if node is None or not (folder / "package.json").is_file():
        pytest.skip("node, or pdfjs-dist, is not installed: npm install --prefix build/pdfjs")
    script = Path(__file__).with_name("seen_by_pdfjs.mjs")
    command = [node, "--no-warnings", str(script), str(folder), str(file)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    return json.loads(told.stdout)


def test_pdfjs_sees_and_draws_every_mark(exported) -> None:
    _, marked, _ = exported
    rows = [row for row in seen_by_pdfjs(marked) if row["author"] == NAME]
    assert sorted(str(row["kind"]) for row in rows) == sorted(KINDS)
    assert {row["text"] for row in rows} == {WORDS}
    answers = [row for row in rows if row["answers"]]
    assert [row["kind"] for row in answers] == ["Text"]
    first = next(row for row in rows if row["kind"] == "Highlight")
    assert answers[0]["answers"] == first["id"]
    assert [row["kind"] for row in rows if not row["is_drawn"]] == []
