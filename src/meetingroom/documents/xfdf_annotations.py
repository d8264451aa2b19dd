"""The annotations of an XFDF file, as values; nothing in the file is trusted."""

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

from meetingroom.documents.foreign import Annotation, clean
from meetingroom.documents.pdf_annotations import letters_colour, moment_text
from meetingroom.documents.supplement import LIMIT
from meetingroom.documents.xfdf import SUPPLEMENT
from meetingroom.domain.errors import PaperError
from meetingroom.domain.outside_xml import BrokenXmlError, UnsafeXmlError, bare_name, tree_of

MAX_BYTES = 64 << 20
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
FLAGS = {"hidden": 2, "print": 4, "nozoom": 8, "norotate": 16, "noview": 32}


def read_xfdf(path: Path) -> list[Annotation]:
    """All annotations of a file.

    Raises PaperError: paper.missing, .unreadable, .empty, .huge, marks.not_xfdf, marks.unsafe.
    """
    root = _tree(_content(path), path.name)
    if bare_name(root) != "xfdf":
        raise PaperError("marks.not_xfdf", file=path.name)
    listed = next((one for one in root if bare_name(one) == "annots"), None)
    return [_annotation(one) for one in (listed if listed is not None else ())]


def xfdf_about(path: Path) -> str:
    """The name of the PDF that a file says it is about; empty if it says none."""
    root = _tree(_content(path), path.name)
    return next((one.get("href", "") for one in root if bare_name(one) == "f"), "")


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise PaperError("paper.huge", file=path.name)
        content = path.read_bytes() if path.is_file() else None
    except FileNotFoundError as error:
        raise PaperError("paper.missing", file=path.name) from error
    except OSError as error:
        raise PaperError("paper.unreadable", file=path.name) from error
    if content is None:
        raise PaperError("paper.unreadable", file=path.name)
    if not content.strip():
        raise PaperError("paper.empty", file=path.name)
    return content


def _tree(content: bytes, name: str) -> Xml.Element:
    try:
        return tree_of(content)
    except UnsafeXmlError as error:
        raise PaperError("marks.unsafe", file=name) from error
    except BrokenXmlError as error:
        raise PaperError("marks.not_xfdf", file=name) from error


def _annotation(row: Xml.Element) -> Annotation:
    kind, get = bare_name(row).casefold(), row.get
    look, style = _inner(row, "defaultappearance"), _inner(row, "defaultstyle")
    sizes = re.findall(r"([\d.]+)\s+Tf", look) or re.findall(r"font[^;]*?([\d.]+)pt", style)
    colour = letters_colour(style, look) if kind == "freetext" else ""
    file = get("file", "") if kind == "fileattachment" else get("icon", "")
    return Annotation(
        kind=kind,
        page=int(_first(get("page", ""), -1)),
        rect=_rect(_numbers(get("rect", ""))),
        rows=tuple(_rows(row, kind)),
        inset=tuple(_numbers(get("fringe", ""))),
        ends=(get("head", ""), get("tail", "")),
        text=clean(_inner(row, "contents") or _inner(row, "contents-richtext")),
        author=clean(get("title", ""), 200).replace("\n", " "),
        at=moment_text(get("creationdate", "") or get("date", "")),
        colour=colour or get("color", ""),
        name=clean(get("name", ""), 200),
        reply_to=clean(get("inreplyto", ""), 200) if get("replyType") != "group" else "",
        width=_first(get("width", ""), 1.0),
        size=_first(sizes[0], 12.0) if sizes else 12.0,
        flags=sum(FLAGS.get(one.strip(), 0) for one in set(get("flags", "").split(","))),
        icon=clean(file, 200),
        is_state=bool(get("statemodel")),
        supplement=get(SUPPLEMENT, "")[:LIMIT],
    )


def _inner(row: Xml.Element, tag: str) -> str:
    """All words within the first child of a name, a paragraph a line."""
    for child in row:
        if bare_name(child) == tag:
            paragraphs = [one for one in child.iter() if bare_name(one) == "p"]
            parts = paragraphs if len(paragraphs) > 1 else [child]
            return "\n".join("".join(part.itertext()) for part in parts)
    return ""


def _numbers(text: str) -> list[float]:
    found = [float(one) for one in NUMBER.findall(text)]
    return [one if math.isfinite(one) and abs(one) < 1e9 else 0.0 for one in found]


def _first(text: str, otherwise: float) -> float:
    found = _numbers(text)
    return found[0] if found else otherwise


def _rect(found: list[float]) -> tuple[float, float, float, float]:
    if len(found) < 4:
        return 0, 0, 0, 0
    x0, y0, x1, y1 = found[:4]
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _rows(row: Xml.Element, kind: str) -> Iterator[tuple[float, ...]]:
    if kind == "ink":
        yield from (tuple(_numbers(text)) for text in _texts(row, "gesture"))
    elif kind in ("polygon", "polyline"):
        yield from (tuple(_numbers(text)) for text in _texts(row, "vertices"))
    elif kind == "line":
        yield tuple(_numbers(row.get("start", "")) + _numbers(row.get("end", "")))
    else:
        flat = _numbers(row.get("coords", ""))
        yield from (tuple(flat[at : at + 8]) for at in range(0, len(flat) - 7, 8))


def _texts(row: Xml.Element, tag: str) -> Iterable[str]:
    return (one.text or "" for one in row.iter() if bare_name(one) == tag)
