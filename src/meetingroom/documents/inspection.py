"""What the program makes of a file, before anything is kept. Runs in a worker."""

import contextlib
import hashlib
import html
import re
import time
from pathlib import Path
from typing import Any

import msgspec
import pymupdf

from meetingroom.documents.engine import MAX_PAGES, capped_scale, pixel_size
from meetingroom.documents.engines import DrawnPaper
from meetingroom.documents.legacy_fonts import LegacyFonts
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.pdfium import problem_by_pdfium, signature_count
from meetingroom.documents.placing import box_as_seen, to_seen
from meetingroom.documents.sniffing import check_pdf
from meetingroom.domain import secrecy
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Size
from meetingroom.domain.legacy_charsets import real_letters
from meetingroom.domain.paper import Inspection

PICTURE_WIDTH, PICTURE_SIDE = 1000, 10_000  # pixels
COUNT_SECONDS = 12.0
_XMP_TEXT = re.compile(r">([^<>]{1,200})<")
NOT_MARKUP = {pymupdf.PDF_ANNOT_LINK, pymupdf.PDF_ANNOT_POPUP, pymupdf.PDF_ANNOT_WIDGET}


def inspect_file(path: Path, picture: Path | None) -> Inspection:
    """Look at one file; a known error is the `problem`, a secret one leaves nothing."""
    start = time.perf_counter()
    try:
        seen = _inspect(path, picture)
    except PaperError as error:
        level = secrecy.level_of_name(path.name)
        is_secret = level not in ("none", "unknown")
        seen = Inspection(
            file=path.name,
            secrecy=level if is_secret else None,
            problem="paper.secret" if is_secret else error.code,
        )
    return _with_time(seen, start)


def _with_time(seen: Inspection, start: float) -> Inspection:
    values = {name: getattr(seen, name) for name in seen.__struct_fields__}
    return Inspection(**{**values, "seconds": round(time.perf_counter() - start, 3)})


def _open(path: Path) -> pymupdf.Document:
    check_pdf(path)
    try:
        # `needs_pass` before `page_count`: the other way round breaks decryption.
        document = pymupdf.open(path)
        if document.needs_pass:
            raise PaperError("paper.encrypted", file=path.name)
        count = document.page_count
    except FILE_AT_FAULT as error:
        raise PaperError(problem_by_pdfium(path), file=path.name) from error
    if count == 0:
        code = "paper.damaged" if document.is_repaired else "paper.no_pages"
        raise PaperError(code, file=path.name)
    if count > MAX_PAGES:
        raise PaperError("paper.huge", file=path.name)
    return document


def _inspect(path: Path, picture: Path | None) -> Inspection:
    named = secrecy.level_of_name(path.name)
    if named != "none":
        return _refused(path, named)
    with _open(path) as document:
        try:
            return _look(document, path, picture)
        except FILE_AT_FAULT as error:
            raise PaperError("paper.damaged", file=path.name) from error


def _look(document: pymupdf.Document, path: Path, picture: Path | None) -> Inspection:
    count = document.page_count  # a repair under way may forget pages later on
    lines = _lines(document)
    level = secrecy.worst(
        (
            secrecy.level_of_lines(lines),
            secrecy.level_of_properties(_properties(document)),
            secrecy.level_of_annotations(_notes(document)),
        )
    )
    if level != "none":
        return _refused(path, level)
    counts = _counts(document, count)
    if counts.read_pages == 0:
        raise PaperError("paper.damaged", file=path.name)
    if picture is not None:
        try:
            _draw(path, picture)
        except PaperError as error:
            if error.code != "paper.page_failed":
                raise  # a page that no engine draws has no picture; the paper stays readable
    return Inspection(
        file=path.name,
        sha256=_hash(path),
        size=path.stat().st_size,
        pages=count,
        words=counts.words if counts.is_whole else None,
        annotations=counts.annotations if counts.is_whole else None,
        # Some files show their signatures only to one of the engines.
        signatures=max(counts.signatures, signature_count(path)),
        secrecy="none" if lines else "unknown",
        handling=secrecy.handling_of_lines(lines),
    )


def _refused(path: Path, level: str) -> Inspection:
    return Inspection(file=path.name, secrecy=level, problem="paper.secret")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lines(document: pymupdf.Document) -> list[secrecy.Line]:
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


class _Counts(msgspec.Struct):
    words: int = 0
    annotations: int = 0
    signatures: int = 0
    read_pages: int = 0
    is_whole: bool = True


def _counts(document: pymupdf.Document, pages: int) -> _Counts:
    """Words and annotations of all pages, as far as there is time."""
    counts = _Counts()
    end = time.monotonic() + COUNT_SECONDS
    for number in range(pages):
        if time.monotonic() > end:
            counts.is_whole = False
            break
        try:
            page = document[number]
            counts.read_pages += 1
            counts.annotations += sum(one[1] not in NOT_MARKUP for one in page.annot_xrefs())
            counts.signatures += sum(
                bool(widget.is_signed)
                for widget in page.widgets(types=(pymupdf.PDF_WIDGET_TYPE_SIGNATURE,))
            )
            counts.words += len(page.get_text("words"))
        except (*FILE_AT_FAULT, AssertionError):
            continue  # a damaged page among good ones is shown as such when it is read
    return counts


def _draw(path: Path, picture: Path) -> None:
    """Page 1 as it is drawn on screen, as a PNG."""
    paper = DrawnPaper(path)
    try:
        size = paper.shape().pages[0]
        scale = PICTURE_WIDTH / size.width
        scale = min(capped_scale(size.width, size.height, scale), PICTURE_SIDE / size.height)
        width, height = pixel_size(size.width, size.height, scale)
        pixels = bytearray(width * height * 4)
        paper.draw(0, scale, None, memoryview(pixels), width * 4)
    finally:
        paper.close()
    rgb = bytearray(width * height * 3)
    rgb[0::3], rgb[1::3], rgb[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
    pixmap = pymupdf.Pixmap(pymupdf.csRGB, width, height, bytes(rgb), False)
    try:
        pixmap.save(picture)
    except FILE_AT_FAULT as error:
        raise PaperError("paper.no_picture", file=path.name) from error
