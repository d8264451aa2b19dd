"""Marks as XFDF (ISO 19444-1): the text form of PDF annotations other programs read.

Coordinates are the page's own user space: points from the bottom left, before rotation.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree as Xml

import pymupdf

from meetingroom.documents.annotations import at_least_two, open_for_marks
from meetingroom.documents.appearances import Place, box_around, corners_of, number
from meetingroom.documents.colours import hex_colour, ink_colour
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.placing import to_user_space
from meetingroom.documents.sniffing import check_pdf
from meetingroom.documents.supplement import supplement_of
from meetingroom.documents.whole_file import whole_file
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Point, Rect
from meetingroom.domain.marks import Box, FreeText, Ink, Line, Mark, Note, Stamp, TextMark, bounds
from meetingroom.domain.records import moment_of

NAMESPACE = "http://ns.adobe.com/xfdf/"
OURS = "urn:meetingroom:marks:1"  # for what no annotation has a place for; others pass it over
SUPPLEMENT = f"{{{OURS}}}mark"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_xfdf(source: Path, target: Path, marks: Sequence[Mark], names: dict[str, str]) -> int:
    """Write the marks on one paper; how many were written. Raises PaperError."""
    check_pdf(source)
    Xml.register_namespace("", NAMESPACE)
    Xml.register_namespace("meetingroom", OURS)
    root = Xml.Element(f"{{{NAMESPACE}}}xfdf", {"xml:space": "preserve"})
    # The copy beside it; the source has no name that a person would know.
    Xml.SubElement(root, f"{{{NAMESPACE}}}f", {"href": target.with_suffix(".pdf").name})
    annots = Xml.SubElement(root, f"{{{NAMESPACE}}}annots")
    written = {mark.id for mark in marks}
    with open_for_marks(source, source.name) as document:
        for mark in marks:
            if 0 <= mark.page < document.page_count:
                place, turn = _places_on(document, mark.page)
                element = _element(annots, mark, place, turn)
                element.set("title", legal(names.get(mark.author, mark.author)))
                if mark.reply_to in written:
                    element.attrib |= {"inreplyto": mark.reply_to, "replyType": "reply"}
    with whole_file(target) as new, new.open("wb") as file:
        Xml.ElementTree(root).write(file, encoding="UTF-8", xml_declaration=True)
    return len(annots)


def _places_on(document: pymupdf.Document, at_page: int) -> tuple[Place, int]:
    """Where places as seen lie on a page, and how it is turned."""
    try:
        page = document[at_page]
        matrix, turn = to_user_space(page), int(page.rotation)
    except FILE_AT_FAULT as error:
        raise PaperError("paper.page_failed", page=at_page) from error

    def place(x: float, y: float) -> tuple[float, float]:
        point = pymupdf.Point(x, y) * matrix
        return float(point.x), float(point.y)

    return place, turn


def legal(text: str) -> str:
    """Without the control characters that XML cannot hold (a line break of Word is one)."""
    return _NO_XML.sub(" ", text)


def _numbers(values: Iterable[float]) -> str:
    return ",".join(number(value) for value in values)


def _places(points: Iterable[Point], place: Place) -> str:
    return _numbers(value for point in points for value in place(point.x, point.y))


def _box(box: Rect, place: Place) -> str:
    return _numbers(box_around(corners_of(box, place)))


def _element(annots: Xml.Element, mark: Mark, place: Place, turn: int) -> Xml.Element:
    is_wash = isinstance(mark.shape, TextMark) and mark.shape.style == "highlight"
    attributes = {
        "page": str(mark.page),
        "rect": _box(bounds(mark.shape), place),
        "name": mark.id,
        "date": f"D:{moment_of(mark.at):%Y%m%d%H%M%S}Z",
        "creationdate": f"D:{moment_of(mark.at):%Y%m%d%H%M%S}Z",
        "color": hex_colour(mark.colour, is_wash=is_wash),
        "flags": "print",
        SUPPLEMENT: legal(supplement_of(mark)),
    }
    element = _tagged(annots, mark, attributes, place, turn)
    if mark.text:
        Xml.SubElement(element, f"{{{NAMESPACE}}}contents").text = legal(mark.text)
    return element


def _tagged(
    annots: Xml.Element, mark: Mark, attributes: dict[str, str], place: Place, turn: int
) -> Xml.Element:
    match mark.shape:
        case TextMark() as shape:
            corners = [c for quad in shape.quads for c in (quad.ul, quad.ur, quad.ll, quad.lr)]
            attributes["coords"] = _places(corners, place)
            return _sub(annots, shape.style, attributes)
        case Ink() as shape:
            attributes["width"] = number(shape.width)
            element = _sub(annots, "ink", attributes)
            gestures = Xml.SubElement(element, f"{{{NAMESPACE}}}inklist")
            for stroke in shape.strokes:
                gesture = Xml.SubElement(gestures, f"{{{NAMESPACE}}}gesture")
                pairs = at_least_two([place(point.x, point.y) for point in stroke])
                gesture.text = ";".join(_numbers(pair) for pair in pairs)
            return element
        case Note() as shape:
            left, top = place(shape.at.x, shape.at.y)
            attributes["rect"] = _numbers((left, top - 20, left + 20, top))
            attributes |= {"icon": "Comment", "flags": "print,nozoom,norotate"}
            return _sub(annots, "text", attributes)
        case FreeText() as shape:
            return _free_text(annots, mark, shape.size, attributes, turn)
        case Stamp():
            return _sub(annots, "stamp", {**attributes, "icon": "Words"})
        case Box() as shape:
            edge = number(shape.width / 2)
            attributes |= {"width": number(shape.width), "fringe": ",".join([edge] * 4)}
            attributes["rect"] = _box(shape.box.grown(shape.width / 2), place)
            return _sub(annots, "square", attributes)
        case Line() as shape:
            attributes["width"] = number(shape.width)
            attributes["start"] = _places([shape.start], place)
            attributes["end"] = _places([shape.end], place)
            if shape.has_head:
                attributes["tail"] = "OpenArrow"
            return _sub(annots, "line", attributes)


def _free_text(
    annots: Xml.Element, mark: Mark, size: float, attributes: dict[str, str], turn: int
) -> Xml.Element:
    """Its colour is that of its letters: "color" would fill the box."""
    code = attributes.pop("color")
    element = _sub(annots, "freetext", {**attributes, "width": "0", "rotation": str(turn)})
    rgb = " ".join(number(value) for value in ink_colour(mark.colour, is_wash=False))
    default = Xml.SubElement(element, f"{{{NAMESPACE}}}defaultappearance")
    default.text = f"/Helv {number(size)} Tf {rgb} rg"
    style = Xml.SubElement(element, f"{{{NAMESPACE}}}defaultstyle")
    style.text = f"font: {number(size)}pt sans-serif; color: {code}"
    return element


def _sub(annots: Xml.Element, tag: str, attributes: dict[str, str]) -> Xml.Element:
    return Xml.SubElement(annots, f"{{{NAMESPACE}}}{tag}", attributes)
