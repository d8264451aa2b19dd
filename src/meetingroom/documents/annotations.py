"""Marks as real annotations in a copy of a PDF: author, time, text; seen by any reader."""

import mmap
import shutil
from collections.abc import Sequence
from pathlib import Path

import pymupdf

from meetingroom.documents.colours import ink_colour
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.placing import from_seen
from meetingroom.documents.sniffing import check_pdf
from meetingroom.documents.whole_file import whole_file
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect
from meetingroom.domain.marks import Box, FreeText, Ink, Line, Mark, Note, Stamp, TextMark
from meetingroom.domain.records import moment_of

# In the copy's properties, whoever reads them, in whatever language the program speaks.
SIGNED_REMARK = (
    "Bản sao có ý kiến của văn bản đã ký số; chữ ký số chỉ có giá trị trên bản gốc. "
    "(Copy with marks of a signed paper; the signature holds for the original.)"
)


def is_signed(source: Path) -> bool:
    """Whether a file carries a digital signature; looks at its bytes, opens no engine."""
    with source.open("rb") as file:
        try:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # empty
            return False
        with content:
            return content.find(b"/ByteRange") >= 0


def write_annotated_pdf(
    source: Path, target: Path, marks: Sequence[Mark], names: dict[str, str]
) -> int:
    """Write a copy of `source` with the marks; how many were written.

    `names` maps authors to the names shown. The source is never changed. What was signed
    stays byte for byte in the copy, the marks come after it, and its properties say that it
    is a copy. Raises PaperError, StoreError("store.full" | "store.unwritable").
    """
    check_pdf(source)
    with whole_file(target, needed=2 * source.stat().st_size) as new:
        if is_signed(source):
            shutil.copyfile(source, new)
            new.chmod(0o644)
        with open_for_marks(new if new.is_file() else source, source.name) as document:
            written = _add_all(document, marks, names)
            _save(document, new)
    return written


def open_for_marks(path: Path, name: str) -> pymupdf.Document:
    """A paper with at least one page, open in MuPDF. Raises PaperError about `name`."""
    try:
        document = pymupdf.open(path, filetype="pdf")
        if document.needs_pass:
            raise PaperError("paper.encrypted", file=name)
        count = document.page_count
    except FILE_AT_FAULT as error:
        raise PaperError("paper.damaged", file=name) from error
    if count == 0:
        document.close()
        raise PaperError("paper.damaged", file=name)
    return document


def _add_all(document: pymupdf.Document, marks: Sequence[Mark], names: dict[str, str]) -> int:
    written = 0
    for mark in marks:
        if 0 <= mark.page < document.page_count:
            try:
                _add(document[mark.page], mark, names.get(mark.author, mark.author))
            except FILE_AT_FAULT as error:
                raise PaperError("paper.page_failed", page=mark.page) from error
            written += 1
    return written


def _save(document: pymupdf.Document, new: Path) -> None:
    if not new.is_file():
        document.save(new, garbage=1, deflate=True, encryption=pymupdf.PDF_ENCRYPT_NONE)
        return
    document.set_metadata({**(document.metadata or {}), "subject": SIGNED_REMARK})
    if document.can_save_incrementally():
        document.saveIncr()
        return
    whole = new.with_name(new.name + ".whole")
    try:
        document.save(whole, garbage=1, deflate=True, encryption=pymupdf.PDF_ENCRYPT_NONE)
        document.close()
        whole.replace(new)
    finally:
        whole.unlink(missing_ok=True)


def _add(page: pymupdf.Page, mark: Mark, author: str) -> None:
    annotation = _shape(page, mark)
    if annotation is None:
        raise PaperError("paper.page_failed", page=mark.page)
    annotation.set_info(
        title=author,
        content=mark.text or (mark.shape.quote if isinstance(mark.shape, TextMark) else ""),
        modDate=_pdf_date(mark.at),
        creationDate=_pdf_date(mark.at),
    )
    annotation.update()
    page.parent.xref_set_key(annotation.xref, "NM", pymupdf.get_pdf_str(mark.id))


def _shape(page: pymupdf.Page, mark: Mark) -> pymupdf.Annot | None:
    """The annotation, in its colour; None where MuPDF made none on a damaged page."""
    turn = from_seen(page)
    colour = ink_colour(mark.colour, is_wash=False)
    match mark.shape:
        case TextMark() as shape:
            quads = [_quad(quad, turn) for quad in shape.quads]
            add = {
                "highlight": page.add_highlight_annot,
                "underline": page.add_underline_annot,
                "strikeout": page.add_strikeout_annot,
            }[shape.style]
            annotation = add(quads)
            colour = ink_colour(mark.colour, is_wash=shape.style == "highlight")
        case Ink() as shape:
            strokes = [[_point(point, turn) for point in stroke] for stroke in shape.strokes]
            annotation = page.add_ink_annot([_at_least_two(stroke) for stroke in strokes])
            if annotation is not None:
                annotation.set_border(width=shape.width)
        case Note() as shape:
            annotation = page.add_text_annot(_point(shape.at, turn), mark.text, icon="Comment")
        case FreeText() as shape:
            return page.add_freetext_annot(
                _box(shape.box, turn),
                mark.text,
                fontsize=shape.size,
                text_color=colour,
                rotate=page.rotation,
            )
        case Box() | Line() as shape:
            annotation = _drawn(page, shape, turn)
        case Stamp() as shape:
            return page.add_freetext_annot(
                _box(shape.box, turn), mark.text, text_color=colour, rotate=page.rotation
            )
    if annotation is not None:
        annotation.set_colors(stroke=colour)
    return annotation


def _drawn(page: pymupdf.Page, shape: Box | Line, turn: pymupdf.Matrix) -> pymupdf.Annot | None:
    if isinstance(shape, Box):
        annotation = page.add_rect_annot(_box(shape.box, turn))
    else:
        annotation = page.add_line_annot(_point(shape.start, turn), _point(shape.end, turn))
    if annotation is None:
        return None
    annotation.set_border(width=shape.width)
    if isinstance(shape, Line) and shape.has_head:
        annotation.set_line_ends(pymupdf.PDF_ANNOT_LE_NONE, pymupdf.PDF_ANNOT_LE_OPEN_ARROW)
    return annotation


def _box(box: Rect, turn: pymupdf.Matrix) -> pymupdf.Rect:
    return pymupdf.Rect(box.x0, box.y0, box.x1, box.y1) * turn


def _at_least_two(stroke: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A dot is a stroke of two points: one alone draws nothing."""
    if len(stroke) > 1:
        return stroke
    x, y = stroke[0]
    return [(x, y), (x + 0.1, y)]


def _point(point: Point | InkPoint, turn: pymupdf.Matrix) -> tuple[float, float]:
    turned = pymupdf.Point(point.x, point.y) * turn
    return float(turned.x), float(turned.y)


def _quad(quad: Quad, turn: pymupdf.Matrix) -> pymupdf.Quad:
    corners = (quad.ul, quad.ur, quad.ll, quad.lr)
    return pymupdf.Quad(*(pymupdf.Point(corner.x, corner.y) * turn for corner in corners))


def _pdf_date(at: str) -> str:
    return f"D:{moment_of(at):%Y%m%d%H%M%S}+00'00'"
