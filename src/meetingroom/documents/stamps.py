"""Where a PDF may say that it is secret: the lines of page 1, its properties, its notes."""

import contextlib
import html
import re
from typing import Any

import pymupdf

from meetingroom.documents.legacy_fonts import LegacyFonts
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.placing import box_as_seen, to_seen
from meetingroom.domain import secrecy
from meetingroom.domain.geometry import Size
from meetingroom.domain.legacy_charsets import real_letters

_XMP_TEXT = re.compile(r">([^<>]{1,200})<")


def level_of(document: pymupdf.Document, lines: list[secrecy.Line]) -> str:
    """The level a document's `lines`, properties or notes name; "none" where none does."""
    return secrecy.worst(
        (
            secrecy.level_of_lines(lines),
            secrecy.level_of_properties(_properties(document)),
            secrecy.level_of_annotations(_notes(document)),
        )
    )


def lines_of(document: pymupdf.Document) -> list[secrecy.Line]:
    """The lines of page 1; none where it cannot be read, so that a person is asked."""
    # Without the pictures: decoding those of one hostile page takes half a minute.
    flags = pymupdf.TEXTFLAGS_TEXT
    try:
        LegacyFonts(document).mend(0)
        page = document[0]
        seen = to_seen(page, Size(page.rect.width, page.rect.height))
        blocks: list[dict[str, Any]] = page.get_text("dict", flags=flags)["blocks"]
    except FILE_AT_FAULT:
        return []
    return [
        secrecy.Line(
            text=real_letters("".join(span["text"] for span in line["spans"])),
            box=box_as_seen(line["bbox"], seen),
            width=page.rect.width,
            height=page.rect.height,
        )
        for block in blocks
        for line in block.get("lines", ())
        if any(span["text"].strip() for span in line["spans"])
    ]


def _properties(document: pymupdf.Document) -> list[str]:
    """Title, subject, keywords, the office's own fields, and what stands in the XMP."""
    names = ("title", "subject", "keywords")
    metadata = document.metadata or {}
    values = [str(metadata.get(name) or "") for name in names]
    try:
        kind, reference = document.xref_get_key(-1, "Info")
        info = int(reference.split()[0]) if kind == "xref" else 0
        keys = document.xref_get_keys(info) if info else ()
    except FILE_AT_FAULT:
        keys, info = (), 0
    for key in keys:
        # TypeError: a key whose bytes are no letters.
        with contextlib.suppress(*FILE_AT_FAULT, TypeError):
            kind, value = document.xref_get_key(info, key)
            values += [value] if kind == "string" else []
    with contextlib.suppress(*FILE_AT_FAULT):
        values += [html.unescape(text) for text in _XMP_TEXT.findall(document.get_xml_metadata())]
    return values


def _notes(document: pymupdf.Document) -> list[str]:
    """What the annotations of page 1 say: stamps, notes, text put on."""
    texts: list[str] = []
    try:
        for annotation in document[0].annots():
            info = annotation.info
            texts += [str(info.get(name) or "") for name in ("content", "subject", "name")]
    except (*FILE_AT_FAULT, AssertionError):
        return texts
    return texts
