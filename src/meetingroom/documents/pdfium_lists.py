"""Links and annotations of a page by PDFium, for what MuPDF refuses."""

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pypdfium2
from pypdfium2 import raw

from meetingroom.documents.pdfium_words import seen_place
from meetingroom.domain.geometry import Rect
from meetingroom.domain.paper import FileAnnotation, Link, leads_outside
from meetingroom.domain.records import utc_text

MOST = 2000  # of one page
KINDS = {
    raw.FPDF_ANNOT_TEXT: "note",
    raw.FPDF_ANNOT_FREETEXT: "text",
    raw.FPDF_ANNOT_LINE: "line",
    raw.FPDF_ANNOT_SQUARE: "box",
    raw.FPDF_ANNOT_CIRCLE: "circle",
    raw.FPDF_ANNOT_POLYGON: "polygon",
    raw.FPDF_ANNOT_POLYLINE: "polyline",
    raw.FPDF_ANNOT_HIGHLIGHT: "highlight",
    raw.FPDF_ANNOT_UNDERLINE: "underline",
    raw.FPDF_ANNOT_SQUIGGLY: "squiggly",
    raw.FPDF_ANNOT_STRIKEOUT: "strikeout",
    raw.FPDF_ANNOT_REDACT: "redact",
    raw.FPDF_ANNOT_STAMP: "stamp",
    raw.FPDF_ANNOT_CARET: "caret",
    raw.FPDF_ANNOT_INK: "ink",
    raw.FPDF_ANNOT_FILEATTACHMENT: "file",
}
NOBODY_WROTE = {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_WIDGET}
UNSEEN = 2 | 32  # hidden, or not for the screen
_DATE = re.compile(r"(?:D:)?(\d{14})(?:([+-])(\d\d)'?(\d\d))?")


def links_by_pdfium(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> tuple[Link, ...]:
    """The links of a page; a link to a page leads to its top."""
    links: list[Link] = []
    place, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(MOST):
        if not raw.FPDFLink_Enumerate(page, place, link):
            break
        box, uri = raw.FS_RECTF(), _address(document, link)
        if not raw.FPDFLink_GetAnnotRect(link, box):
            continue
        if leads_outside(uri):
            links.append(Link(box=_seen(page, box), uri=uri))
        elif 0 <= (target := _target(document, link)) < len(document):
            links.append(Link(box=_seen(page, box), page=target))
    return tuple(links)


def annotations_by_pdfium(page: pypdfium2.PdfPage, number: int) -> Iterator[FileAnnotation]:
    """What somebody wrote on a page whose number is `number`."""
    for place in range(min(MOST, raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        if not annotation:
            continue
        try:
            kind, box = raw.FPDFAnnot_GetSubtype(annotation), raw.FS_RECTF()
            if kind in NOBODY_WROTE or raw.FPDFAnnot_GetFlags(annotation) & UNSEEN:
                continue
            raw.FPDFAnnot_GetRect(annotation, box)
            yield FileAnnotation(
                kind=KINDS.get(kind, "other"),
                page=number,
                box=_seen(page, box),
                author=_value(annotation, b"T"),
                text=_value(annotation, b"Contents"),
                at=_moment(_value(annotation, b"M") or _value(annotation, b"CreationDate")),
            )
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _address(document: pypdfium2.PdfDocument, link: object) -> str:
    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def _target(document: pypdfium2.PdfDocument, link: object) -> int:
    """The page a link leads to, -1 where it leads nowhere."""
    target = raw.FPDFLink_GetDest(document, link)
    if not target:
        action = raw.FPDFLink_GetAction(link)
        is_inside = action and raw.FPDFAction_GetType(action) == raw.PDFACTION_GOTO
        target = raw.FPDFAction_GetDest(document, action) if is_inside else None
    return int(raw.FPDFDest_GetDestPageIndex(document, target)) if target else -1


def _seen(page: pypdfium2.PdfPage, box: "raw.FS_RECTF") -> Rect:
    first, second = (
        seen_place(page, box.left, box.top),
        seen_place(page, box.right, box.bottom),
    )
    xs, ys = sorted((first[0], second[0])), sorted((first[1], second[1]))
    return Rect(xs[0], ys[0], xs[1], ys[1])


def _value(annotation: object, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (raw.FPDF_WCHAR * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    text = bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")
    return unicodedata.normalize("NFC", text).strip()


def _moment(text: str) -> str:
    """A PDF's date as ISO 8601, "" where it is none."""
    found = _DATE.match(text)
    if found is None:
        return ""
    try:
        moment = datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if found[2]:
            ahead = timedelta(hours=int(found[3]), minutes=int(found[4]))
            moment -= ahead if found[2] == "+" else -ahead
    except (ValueError, OverflowError):
        return ""
    return utc_text(moment)
