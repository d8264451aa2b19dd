"""Marks as XFDF (ISO 19444-1): the text form of PDF annotations other programs read.

Coordinates are the page's own user space: points from the bottom left, before rotation.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree as Xml

import pymupdf

from meetingroom.documents.annotations import open_for_marks
from meetingroom.documents.colours import hex_colour
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.placing import from_seen, user_unit
from meetingroom.documents.sniffing import check_pdf
from meetingroom.documents.whole_file import whole_file
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Point, Rect
from meetingroom.domain.marks import Box, FreeText, Ink, Line, Mark, Note, Stamp, TextMark, bounds
from meetingroom.domain.records import moment_of

NAMESPACE = "http://ns.adobe.com/xfdf/"
Place = Callable[[float, float], tuple[float, float]]
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS = {"highlight": "highlight", "underline": "underline", "strikeout": "strikeout"}


def write_xfdf(source: Path, target: Path, marks: Sequence[Mark], names: dict[str, str]) -> int:
    """Write the marks on one paper; how many were written. Raises PaperError."""
    check_pdf(source)
    Xml.register_namespace("", NAMESPACE)
    root = Xml.Element(f"{{{NAMESPACE}}}xfdf", {"xml:space": "preserve"})
    # The copy beside it; the source has no name that a person would know.
    Xml.SubElement(root, f"{{{NAMESPACE}}}f", {"href": target.with_suffix(".pdf").name})
    annots = Xml.SubElement(root, f"{{{NAMESPACE}}}annots")
    with open_for_marks(source, source.name) as document:
        for mark in marks:
            if 0 <= mark.page < document.page_count:
                to_pdf = _places_on(document, mark.page)
                _element(annots, mark, names.get(mark.author, mark.author), to_pdf)
    with whole_file(target) as new, new.open("wb") as file:
        Xml.ElementTree(root).write(file, encoding="UTF-8", xml_declaration=True)
    return len(annots)


def _places_on(document: pymupdf.Document, number: int) -> Place:
    try:
        return _places(document[number])
    except FILE_AT_FAULT as error:
        raise PaperError("paper.page_failed", page=number) from error


def _legal(text: str) -> str:
    """Without the control characters that XML cannot hold (a line break of Word is one)."""
    return _NO_XML.sub(" ", text)


def _places(page: pymupdf.Page) -> Place:
    matrix, unit = from_seen(page), user_unit(page)
    left, top = page.cropbox.x0, page.mediabox.y1 - page.cropbox.y0

    def place(x: float, y: float) -> tuple[float, float]:
        turned = pymupdf.Point(x, y) * matrix
        return round(left + turned.x / unit, 2), round(top - turned.y / unit, 2)

    return place


def _numbers(places: Sequence[tuple[float, float]]) -> str:
    return ",".join(f"{value:g}" for place in places for value in place)


def _box(box: Rect, to_pdf: Place) -> str:
    corners = [to_pdf(box.x0, box.y0), to_pdf(box.x1, box.y1)]
    xs, ys = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
    return _numbers([(xs[0], ys[0]), (xs[1], ys[1])])


def _element(annots: Xml.Element, mark: Mark, author: str, to_pdf: Place) -> None:
    is_wash = isinstance(mark.shape, TextMark) and mark.shape.style == "highlight"
    attributes = {
        "page": str(mark.page),
        "rect": _box(bounds(mark.shape), to_pdf),
        "name": mark.id,
        "title": _legal(author),
        "date": f"D:{moment_of(mark.at):%Y%m%d%H%M%S}Z",
        "color": hex_colour(mark.colour, is_wash=is_wash),
        "flags": "print",
    }
    element = _tagged(annots, mark, attributes, to_pdf)
    if mark.text:
        Xml.SubElement(element, f"{{{NAMESPACE}}}contents").text = _legal(mark.text)


def _tagged(
    annots: Xml.Element, mark: Mark, attributes: dict[str, str], to_pdf: Place
) -> Xml.Element:
    match mark.shape:
        case TextMark() as shape:
            corners: list[Point] = [
                c for quad in shape.quads for c in (quad.ul, quad.ur, quad.ll, quad.lr)
            ]
            attributes["coords"] = _numbers([to_pdf(c.x, c.y) for c in corners])
            return _sub(annots, _TAGS[shape.style], attributes)
        case Ink() as shape:
            attributes["width"] = f"{shape.width:g}"
            element = _sub(annots, "ink", attributes)
            gestures = Xml.SubElement(element, f"{{{NAMESPACE}}}inklist")
            for stroke in shape.strokes:
                gesture = Xml.SubElement(gestures, f"{{{NAMESPACE}}}gesture")
                pairs = [to_pdf(point.x, point.y) for point in stroke]
                gesture.text = ";".join(f"{x:g},{y:g}" for x, y in pairs)
            return element
        case Note():
            attributes["icon"] = "Comment"
            return _sub(annots, "text", attributes)
        case FreeText() | Stamp():
            return _sub(annots, "freetext", attributes)
        case Box() as shape:
            attributes["width"] = f"{shape.width:g}"
            return _sub(annots, "square", attributes)
        case Line() as shape:
            attributes["width"] = f"{shape.width:g}"
            attributes["start"] = _numbers([to_pdf(shape.start.x, shape.start.y)])
            attributes["end"] = _numbers([to_pdf(shape.end.x, shape.end.y)])
            if shape.has_head:
                attributes["tail"] = "OpenArrow"
            return _sub(annots, "line", attributes)


def _sub(annots: Xml.Element, tag: str, attributes: dict[str, str]) -> Xml.Element:
    return Xml.SubElement(annots, f"{{{NAMESPACE}}}{tag}", attributes)
