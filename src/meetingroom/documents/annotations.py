"""Marks as real annotations in a copy of a PDF: author, time, text; seen by any reader.

Each is written with its own appearance, so that no reader has to make one up.
"""

import mmap
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pymupdf

from meetingroom.documents.appearances import (
    Look,
    Place,
    box_around,
    corners_of,
    look_of,
    number,
    numbers,
)
from meetingroom.documents.colours import ink_colour
from meetingroom.documents.lettering import Lettered, Lettering
from meetingroom.documents.margins import make_room
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.pdf_words import pdf_text
from meetingroom.documents.placing import to_user_space
from meetingroom.documents.sniffing import check_pdf
from meetingroom.documents.supplement import KEY, supplement_of
from meetingroom.documents.whole_file import whole_file
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Rect
from meetingroom.domain.marks import Box, FreeText, Ink, Line, Mark, Note, Stamp, TextMark
from meetingroom.domain.records import moment_of

# In the copy's properties, whoever reads them, in whatever language the program speaks.
SIGNED_REMARK = (
    "Bản sao có ý kiến của văn bản đã ký số; chữ ký số chỉ có giá trị trên bản gốc. "
    "(Copy with marks of a signed paper; the signature holds for the original.)"
)
SUBTYPES = {"highlight": "Highlight", "underline": "Underline", "strikeout": "StrikeOut"}
PRINTED, UPRIGHT = 4, 28  # flags: is printed, too; and neither grows nor turns with the page
WASH = "/ExtGState<</Wash<</Type/ExtGState/BM/Multiply>>>>"


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
        count = document.page_count if document.is_pdf else 0
    except FILE_AT_FAULT as error:
        raise PaperError("paper.damaged", file=name) from error
    if count == 0:
        document.close()
        raise PaperError("paper.damaged", file=name)
    return document


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


# --- all of them ----------------------------------------------------------------------------


class Sheet:
    """One page of the copy: where its annotations go."""

    def __init__(self, document: pymupdf.Document, number: int) -> None:
        page = document[number]
        self.page, self.turn = page, int(page.rotation)
        matrix = to_user_space(page)

        def place(x: float, y: float) -> tuple[float, float]:
            point = pymupdf.Point(x, y) * matrix
            return float(point.x), float(point.y)

        self.place: Place = place


def _add_all(document: pymupdf.Document, marks: Sequence[Mark], names: dict[str, str]) -> int:
    sheets: dict[int, Sheet] = {}
    rows: list[tuple[Mark, int]] = []
    for mark in marks:
        if 0 <= mark.page < document.page_count:
            with _of_page(mark.page):
                if mark.page not in sheets:
                    sheets[mark.page] = Sheet(document, mark.page)
                rows.append((mark, int(document.get_new_xref())))
    forms = _lettered(document, [mark for mark, _ in rows], sheets)
    known = {mark.id: xref for mark, xref in rows}
    for mark, xref in rows:
        form = next(forms) if isinstance(mark.shape, FreeText | Stamp) else None
        with _of_page(mark.page):
            author = names.get(mark.author, mark.author)
            parts = _written(document, sheets[mark.page], mark, author, form)
            if known.get(mark.reply_to, xref) != xref:
                parts.append(f"/IRT {known[mark.reply_to]} 0 R/RT/R")
            document.update_object(xref, f"<<{''.join(parts)}>>")
    for at_page, sheet in sheets.items():
        with _of_page(at_page):
            _list(document, sheet.page.xref, [xref for mark, xref in rows if mark.page == at_page])
            make_room(sheet.page, [mark for mark, _ in rows if mark.page == at_page])
    return len(rows)


@contextmanager
def _of_page(page: int) -> Iterator[None]:
    try:
        yield
    except FILE_AT_FAULT as error:
        raise PaperError("paper.page_failed", page=page) from error


def _lettered(
    document: pymupdf.Document, marks: Sequence[Mark], sheets: Mapping[int, Sheet]
) -> Iterator[Lettered]:
    """The drawings of words, in the order of their marks."""
    lettering = Lettering()
    turns = []
    for mark in marks:
        if isinstance(mark.shape, FreeText | Stamp):
            lettering.add(mark)
            turns.append(sheets[mark.page].turn)
    return iter(lettering.carry_over(document, turns))


def _list(document: pymupdf.Document, page: int, annotations: Sequence[int]) -> None:
    """Add annotations to those a page has."""
    more = " ".join(f"{xref} 0 R" for xref in annotations)
    kind, value = document.xref_get_key(page, "Annots")
    if kind == "xref":
        holder = int(value.split()[0])
        text = document.xref_object(holder, compressed=True).strip()
        if text.startswith("["):
            document.update_object(holder, f"{text[:-1]} {more}]")
            return
        kind = "null"
    before = value.strip()[1:-1] if kind == "array" else ""
    document.xref_set_key(page, "Annots", f"[{before} {more}]")


# --- one of them ----------------------------------------------------------------------------


def _written(
    document: pymupdf.Document, sheet: Sheet, mark: Mark, author: str, form: Lettered | None
) -> list[str]:
    """The entries of an annotation, its appearance made."""
    look = look_of(mark, sheet.place)
    if look is not None:
        box, xref = look.box, _form(document, look)
    else:
        assert form is not None  # noqa: S101
        box, xref = _lettered_box(sheet, mark, form), form.xref
    quote = mark.shape.quote if isinstance(mark.shape, TextMark) else ""
    flags = UPRIGHT if isinstance(mark.shape, Note) else PRINTED
    date = pymupdf.get_pdf_str(_pdf_date(mark.at))
    return [
        f"/Type/Annot/Subtype/{_subtype(mark)}/Rect[{numbers(box)}]/F {flags}",
        f"/P {sheet.page.xref} 0 R/AP<</N {xref} 0 R>>/CA 1",
        f"/T{pdf_text(author)}/Contents{pdf_text(mark.text or quote)}",
        f"/M{date}/CreationDate{date}/NM{pymupdf.get_pdf_str(mark.id)}",
        f"/{KEY}{pdf_text(supplement_of(mark))}",
        *_own_keys(mark, sheet, box),
    ]


def _subtype(mark: Mark) -> str:
    match mark.shape:
        case TextMark() as shape:
            return SUBTYPES[shape.style]
        case Ink():
            return "Ink"
        case Note():
            return "Text"
        case FreeText():
            return "FreeText"
        case Box():
            return "Square"
        case Line():
            return "Line"
        case Stamp():
            return "Stamp"


def _form(document: pymupdf.Document, look: Look) -> int:
    """The appearance as a form of the document; its xref."""
    xref = int(document.get_new_xref())
    resources = f"<<{WASH}>>/Group<</S/Transparency/I false/K false>>" if look.is_wash else "<<>>"
    (left, bottom), (x0, y0, x1, y1) = look.start, look.box
    box = numbers((x0 - left, y0 - bottom, x1 - left, y1 - bottom))
    document.update_object(xref, f"<</Type/XObject/Subtype/Form/BBox[{box}]/Resources{resources}>>")
    document.update_stream(xref, look.content.encode("ascii"), compress=True)
    return xref


def _lettered_box(sheet: Sheet, mark: Mark, form: Lettered) -> tuple[float, float, float, float]:
    """Where words stand: their box, longer where they need more room than it has."""
    assert isinstance(mark.shape, FreeText | Stamp)  # noqa: S101
    box = mark.shape.box
    whole = Rect(box.x0, box.y0, box.x0 + form.width, box.y0 + form.height)
    return box_around(corners_of(whole, sheet.place))


def _own_keys(mark: Mark, sheet: Sheet, box: tuple[float, float, float, float]) -> Iterator[str]:
    """The keys of one kind of annotation."""
    place, is_wash = sheet.place, False
    match mark.shape:
        case TextMark() as shape:
            is_wash = shape.style == "highlight"
            corners = [c for quad in shape.quads for c in (quad.ul, quad.ur, quad.ll, quad.lr)]
            yield f"/QuadPoints[{numbers(v for c in corners for v in place(c.x, c.y))}]"
        case Ink() as shape:
            strokes = [[place(point.x, point.y) for point in stroke] for stroke in shape.strokes]
            lists = (numbers(v for pair in at_least_two(row) for v in pair) for row in strokes)
            yield f"/InkList[{''.join(f'[{row}]' for row in lists)}]"
            yield _border(shape.width)
        case Note():
            yield "/Name/Comment"
        case FreeText() as shape:
            rgb = numbers(ink_colour(mark.colour, is_wash=False))
            yield f"/DA(/Helv {number(shape.size)} Tf {rgb} rg)/Rotate {sheet.turn}"
            yield _border(0) + _difference(shape.box, box, place)
            return
        case Box() as shape:
            yield _border(shape.width) + _difference(shape.box, box, place)
        case Line() as shape:
            ends = (*place(shape.start.x, shape.start.y), *place(shape.end.x, shape.end.y))
            yield f"/L[{numbers(ends)}]/LE[/None/{'OpenArrow' if shape.has_head else 'None'}]"
            yield _border(shape.width)
        case Stamp():
            yield "/Name/Words"
    yield f"/C[{numbers(ink_colour(mark.colour, is_wash=is_wash))}]"


def _border(width: float) -> str:
    return f"/BS<</Type/Border/S/S/W {number(width)}>>"


def _difference(inner: Rect, box: tuple[float, float, float, float], place: Place) -> str:
    """How much smaller than its annotation a box is: left, top, right, bottom."""
    own = box_around(corners_of(inner, place))
    rows = (own[0] - box[0], box[3] - own[3], box[2] - own[2], own[1] - box[1])
    return f"/RD[{numbers(max(0.0, row) for row in rows)}]"


def at_least_two(stroke: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A dot is a stroke of two points: one alone draws nothing where a reader draws itself."""
    return stroke if len(stroke) > 1 else stroke * 2


def _pdf_date(at: str) -> str:
    return f"D:{moment_of(at):%Y%m%d%H%M%S}+00'00'"
