"""Marks written out: real annotations where the page shows them, in every reader."""

import csv
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as Xml

import pymupdf
import pypdfium2
import pytest
from made_papers import (
    FORMS,
    SCALE,
    Form,
    changed_within,
    make_paper,
    picture,
    picture_by_mupdf,
    picture_by_poppler,
)

from meetingroom.documents.annotations import SIGNED_REMARK, write_annotated_pdf
from meetingroom.documents.table import write_table
from meetingroom.documents.xfdf import NAMESPACE, write_xfdf
from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect
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

NAME, WORDS = "Lý A Sùng", "Đề nghị nêu rõ nguồn số liệu"


def words_at(top: float) -> tuple[Quad, ...]:
    return (Quad.of(Rect(100, top, 180, top + 20)),)


STROKE = (InkPoint(90, 300), InkPoint(140, 330), InkPoint(200, 300))
SHAPES: dict[str, tuple[Shape, str]] = {
    "Highlight": (TextMark(quads=words_at(130)), "yellow"),
    "Underline": (TextMark(quads=words_at(170), style="underline"), "pink"),
    "StrikeOut": (TextMark(quads=words_at(210), style="strikeout"), "red"),
    "Ink": (Ink(strokes=(STROKE,)), "green"),
    "Text": (Note(at=Point(300, 60)), "red"),
    "FreeText": (FreeText(box=Rect(60, 50, 240, 100)), "blue"),
    "Square": (Box(box=Rect(230, 150, 330, 190)), "teal"),
    "Line": (Line(start=Point(230, 220), end=Point(330, 260), has_head=True), "purple"),
    "Stamp": (Stamp(box=Rect(210, 330, 340, 370)), "red"),
}
TURNED = [form for form in FORMS if form.is_cropped and form.origin] + [Form()]
READERS = {"pdfium": picture, "mupdf": picture_by_mupdf, "poppler": picture_by_poppler}


def mark(kind: str, number: int = 1) -> Mark:
    shape, colour = SHAPES[kind]
    return Mark(
        id=f"mark-{number}", author="person-1", at="2026-03-02T08:15:00.000Z", paper="paper-1",
        blob="blob-1", page=0, shape=shape, text=WORDS, colour=colour,
    )  # fmt: skip


def export(source: Path, *marks: Mark) -> Path:
    target = source.with_name("marked.pdf")
    assert write_annotated_pdf(source, target, marks, {"person-1": NAME}) == len(marks)
    return target


@pytest.mark.parametrize("form", TURNED, ids=str)
@pytest.mark.parametrize("reader", READERS)
def test_each_kind_lies_where_the_page_showed_it(tmp_path: Path, form: Form, reader: str) -> None:
    if reader == "poppler" and shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed")
    read = READERS[reader]
    source = make_paper(tmp_path / "paper.pdf", form, ())
    before, after = read(source), read(export(source, *(mark(kind) for kind in SHAPES)))
    for shape, _ in SHAPES.values():
        place = tuple(round(value * SCALE) for value in around(shape))
        seen = changed_within(before.crop(place), after.crop(place))
        assert seen is not None and seen.x1 - seen.x0 > 10, shape
        for image in (before, after):
            image.paste("white", place)
    assert changed_within(before, after) is None


def around(shape: Shape) -> tuple[float, float, float, float]:
    box = bounds(shape).grown(9)
    return box.x0, box.y0, box.x1, box.y1


@pytest.mark.parametrize("kind", SHAPES)
def test_author_time_and_words_are_in_the_annotation(tmp_path: Path, kind: str) -> None:
    target = export(make_paper(tmp_path / "paper.pdf", Form()), mark(kind))
    with pymupdf.open(target) as document:
        page = document[0]
        annotation = next(page.annots())
        assert annotation.type[1] == kind
        info = annotation.info
    assert (info["title"], info["content"], info["id"]) == (NAME, WORDS, "mark-1")
    assert info["creationDate"].startswith("D:20260302081500")
    assert info["modDate"].startswith("D:20260302081500")


def test_a_reader_of_another_family_reads_the_same(tmp_path: Path) -> None:
    marks = [mark(kind, number) for number, kind in enumerate(SHAPES)]
    document = pypdfium2.PdfDocument(export(make_paper(tmp_path / "paper.pdf", Form(90)), *marks))
    raw, page = pypdfium2.raw, document[0]
    read = []
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        read.append(tuple(string_of(annotation, key) for key in (b"T", b"Contents", b"NM")))
        raw.FPDFPage_CloseAnnot(annotation)
    document.close()
    assert sorted(row for row in read if row[2]) == [(NAME, WORDS, f"mark-{n}") for n in range(9)]


def string_of(annotation: object, key: bytes) -> str:
    raw = pypdfium2.raw
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[:-2].decode("utf-16-le")


def test_the_paper_itself_is_never_changed(tmp_path: Path) -> None:
    source = make_paper(tmp_path / "paper.pdf", Form())
    before, time = source.read_bytes(), source.stat().st_mtime_ns
    export(source, mark("Ink"))
    assert (source.read_bytes(), source.stat().st_mtime_ns) == (before, time)


def test_what_was_signed_stays_as_it_was_and_the_copy_says_so(corpus: Path, tmp_path: Path) -> None:
    signed = corpus / "pdf" / "vietnamese" / "diepxuan_49-2026-ND-CP.pdf"
    source = tmp_path / "paper.pdf"
    shutil.copyfile(signed, source)
    target = export(source, mark("Highlight"))
    assert target.read_bytes().startswith(signed.read_bytes())
    with pymupdf.open(target) as document:
        assert document.metadata["subject"] == SIGNED_REMARK
        page = document[0]
        assert NAME in [one.info["title"] for one in page.annots()]


@pytest.mark.parametrize("kind", ["Highlight", "Underline", "StrikeOut", "Ink"])
def test_xfdf_has_the_coordinates_of_the_annotation_itself(tmp_path: Path, kind: str) -> None:
    key, attribute = ("InkList", "") if kind == "Ink" else ("QuadPoints", "coords")
    for form in FORMS:
        source = make_paper(tmp_path / "paper.pdf", form)
        write_xfdf(source, tmp_path / "marks.xfdf", [mark(kind)], {"person-1": NAME})
        element = annotations(tmp_path / "marks.xfdf")[0]
        text = element.get(attribute) or "".join(element.itertext())
        with pymupdf.open(export(source, mark(kind))) as document:
            xref = document[0].annot_xrefs()[0][0]
            written = numbers(document.xref_get_key(xref, key)[1])
        assert numbers(text.replace(WORDS, "")) == pytest.approx(written, abs=0.02), str(form)


def numbers(text: str) -> list[float]:
    return [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", text)]


def parsed(file: Path) -> Xml.Element:
    return Xml.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - written a moment ago


def annotations(file: Path) -> list[Xml.Element]:
    return list(parsed(file).find(f"{{{NAMESPACE}}}annots") or [])


def test_xfdf_names_the_copy_the_author_the_time_and_the_words(tmp_path: Path) -> None:
    source, marks = make_paper(tmp_path / "paper.pdf", Form()), [mark(kind) for kind in SHAPES]
    target = tmp_path / "2.1 Báo cáo.xfdf"
    assert write_xfdf(source, target, marks, {"person-1": f"{NAME}\x0b & <con>"}) == len(SHAPES)
    rows = annotations(target)
    assert [row.tag.partition("}")[2] for row in rows] == [kind.lower() for kind in SHAPES]
    assert {row.get("title") for row in rows} == {f"{NAME}  & <con>"}
    assert {row.get("date") for row in rows} == {"D:20260302081500Z"}
    assert {row.findtext(f"{{{NAMESPACE}}}contents") for row in rows} == {WORDS}
    named = parsed(target).find(f"{{{NAMESPACE}}}f")
    assert named is not None and named.get("href") == "2.1 Báo cáo.pdf"


def test_the_table_opens_in_a_spreadsheet_with_vietnamese_letters(tmp_path: Path) -> None:
    row = ("2.1 Báo cáo", NAME, '=HYPERLINK("http://x") "trích",\nhai dòng', "-1 tỷ")
    header = ("Tài liệu", "Người ghi", "Nội dung", "Trích")
    assert write_table(tmp_path / "a.csv", header, [row]) == 1
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [tuple(line) for line in csv.reader(file)] == [
            header,
            (*row[:2], "'" + row[2], "'-1 tỷ"),
        ]
