"""The annotations of an XFDF file, as values; nothing in the file is trusted.

A document type, and with it every entity, is refused before anything of it is read; depth,
size and number of elements are bounded.
"""

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml
from xml.parsers import expat

from meetingroom.documents.foreign import Annotation, clean
from meetingroom.documents.pdf_annotations import letters_colour, moment_text
from meetingroom.documents.supplement import LIMIT
from meetingroom.documents.xfdf import SUPPLEMENT
from meetingroom.domain.errors import PaperError

MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS = 64 << 20, 200, 400_000
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
FLAGS = {"hidden": 2, "print": 4, "nozoom": 8, "norotate": 16, "noview": 32}


def read_xfdf(path: Path) -> list[Annotation]:
    """All annotations of a file.

    Raises PaperError: paper.missing, .unreadable, .empty, .huge, marks.not_xfdf, marks.unsafe.
    """
    root = _tree(_content(path), path.name)
    if _tag(root) != "xfdf":
        raise PaperError("marks.not_xfdf", file=path.name)
    listed = next((one for one in root if _tag(one) == "annots"), None)
    return [_annotation(one) for one in (listed if listed is not None else ())]


def xfdf_about(path: Path) -> str:
    """The name of the PDF that a file says it is about; empty if it says none."""
    root = _tree(_content(path), path.name)
    return next((one.get("href", "") for one in root if _tag(one) == "f"), "")


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
    """The file as a tree, without whatever could read or swell."""
    builder, depth, count = Xml.TreeBuilder(), 0, 0

    def refuse(*_: object) -> None:
        raise PaperError("marks.unsafe", file=name)

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            refuse()
        builder.start(_named(tag), {_named(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(tag))

    parser: Any = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError, AssertionError) as error:
        raise PaperError("marks.not_xfdf", file=name) from error


def _named(tag: str) -> str:
    return f"{{{tag}" if "}" in tag else tag


def _tag(element: Xml.Element) -> str:
    """The name without its namespace: some programs write none."""
    return str(element.tag).rpartition("}")[2]


def _annotation(row: Xml.Element) -> Annotation:
    kind, get = _tag(row).casefold(), row.get
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
        if _tag(child) == tag:
            paragraphs = [one for one in child.iter() if _tag(one) == "p"]
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
    return (one.text or "" for one in row.iter() if _tag(one) == tag)
