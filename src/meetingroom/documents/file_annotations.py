"""What was written on a paper in other programs, as its file has it, by MuPDF's own list."""

import contextlib
import time
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pymupdf

from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.pdf_words import as_words
from meetingroom.documents.placing import page_size_as_seen
from meetingroom.domain.geometry import Rect, rounded
from meetingroom.domain.paper import FileAnnotation
from meetingroom.domain.records import utc_text

mupdf = pymupdf.mupdf
MOST = 5000
SECONDS = 20.0  # a long paper's last pages may wait for another day
LONGEST = 20_000  # letters
KINDS = {
    mupdf.PDF_ANNOT_TEXT: "note",
    mupdf.PDF_ANNOT_FREE_TEXT: "text",
    mupdf.PDF_ANNOT_LINE: "line",
    mupdf.PDF_ANNOT_SQUARE: "box",
    mupdf.PDF_ANNOT_CIRCLE: "circle",
    mupdf.PDF_ANNOT_POLYGON: "polygon",
    mupdf.PDF_ANNOT_POLY_LINE: "polyline",
    mupdf.PDF_ANNOT_HIGHLIGHT: "highlight",
    mupdf.PDF_ANNOT_UNDERLINE: "underline",
    mupdf.PDF_ANNOT_SQUIGGLY: "squiggly",
    mupdf.PDF_ANNOT_STRIKE_OUT: "strikeout",
    mupdf.PDF_ANNOT_REDACT: "redact",
    mupdf.PDF_ANNOT_STAMP: "stamp",
    mupdf.PDF_ANNOT_CARET: "caret",
    mupdf.PDF_ANNOT_INK: "ink",
    mupdf.PDF_ANNOT_FILE_ATTACHMENT: "file",
}
NOBODY_WROTE = {mupdf.PDF_ANNOT_LINK, mupdf.PDF_ANNOT_POPUP, mupdf.PDF_ANNOT_WIDGET}
UNSEEN = mupdf.PDF_ANNOT_IS_HIDDEN | mupdf.PDF_ANNOT_IS_NO_VIEW


def annotations_of(document: pymupdf.Document) -> tuple[FileAnnotation, ...]:
    """All annotations a reader would show, page by page; a damaged page has none."""
    found: list[FileAnnotation] = []
    end = time.monotonic() + SECONDS
    for number in range(document.page_count):
        if len(found) >= MOST or time.monotonic() > end:
            break
        with contextlib.suppress(*FILE_AT_FAULT):
            found += _on_page(document, number)
    return tuple(found[:MOST])


def _on_page(document: pymupdf.Document, number: int) -> Iterator[FileAnnotation]:
    page = mupdf.pdf_load_page(mupdf.pdf_document_from_fz_document(document.this), number)
    one = mupdf.pdf_first_annot(page)
    if not one.m_internal:
        return
    size, bound = page_size_as_seen(document, number)
    across, down = size.width / bound.width, size.height / bound.height
    for _ in range(MOST):
        if not one.m_internal:
            return
        kind = mupdf.pdf_annot_type(one)
        if kind not in NOBODY_WROTE and not mupdf.pdf_annot_flags(one) & UNSEEN:
            box = mupdf.pdf_bound_annot(one)
            seen = (box.x0 * across, box.y0 * down, box.x1 * across, box.y1 * down)
            yield _described(one, KINDS.get(kind, "other"), number, seen)
        one = mupdf.pdf_next_annot(one)


def _described(
    annotation: Any, kind: str, page: int, box: tuple[float, float, float, float]
) -> FileAnnotation:
    content = mupdf.pdf_annot_obj(annotation)
    return FileAnnotation(
        kind=kind,
        page=page,
        box=Rect(*(rounded(value) for value in box)),
        author=_text(content, "T"),
        text=_text(content, "Contents"),
        at=_date(content, "M") or _date(content, "CreationDate"),
    )


def _text(content: Any, key: str) -> str:
    text = mupdf.pdf_dict_get_text_string(content, mupdf.pdf_new_name(key)) or ""
    return unicodedata.normalize("NFC", as_words(text)).strip()[:LONGEST]


def _date(content: Any, key: str) -> str:
    seconds = mupdf.pdf_dict_get_date(content, mupdf.pdf_new_name(key))
    if seconds <= 0:
        return ""
    try:
        return utc_text(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return ""
