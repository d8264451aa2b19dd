"""What the program makes of a file, before anything is kept. Runs in a worker."""

import hashlib
import time
from pathlib import Path
from typing import Any

import pymupdf

from meetingroom.documents import secrecy
from meetingroom.documents.engine import MAX_PAGES
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.placing import box_as_seen, to_seen
from meetingroom.documents.sniffing import check_pdf
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Size
from meetingroom.domain.paper import Inspection

PICTURE_WIDTH = 1000
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
        raise PaperError("paper.damaged", file=path.name) from error
    if count == 0:
        raise PaperError("paper.damaged", file=path.name)
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
    lines = _lines(document)
    level = secrecy.worst(
        (
            secrecy.level_of_lines(lines),
            secrecy.level_of_properties(_properties(document)),
            secrecy.level_of_stamps(_stamps(document)),
        )
    )
    if level != "none":
        return _refused(path, level)
    words, annotations, signatures = _counts(document)
    if picture is not None:
        _draw(document, picture)
    return Inspection(
        file=path.name,
        sha256=_hash(path),
        size=path.stat().st_size,
        pages=document.page_count,
        words=words,
        annotations=annotations,
        signatures=signatures,
        secrecy="none" if lines else "unknown",
        handling=secrecy.handling_of_lines(lines),
    )


def _refused(path: Path, level: str) -> Inspection:
    return Inspection(file=path.name, secrecy=level, problem="paper.secret")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lines(document: pymupdf.Document) -> list[secrecy.Line]:
    page = document[0]
    seen = to_seen(page, Size(page.rect.width, page.rect.height))
    # Without the pictures: decoding those of one hostile page takes half a minute.
    flags = pymupdf.TEXTFLAGS_TEXT
    blocks: list[dict[str, Any]] = page.get_text("dict", flags=flags)["blocks"]
    return [
        secrecy.Line(
            text="".join(span["text"] for span in line["spans"]),
            box=box_as_seen(line["bbox"], seen),
            width=page.rect.width,
            height=page.rect.height,
        )
        for block in blocks
        for line in block.get("lines", ())
        if any(span["text"].strip() for span in line["spans"])
    ]


def _properties(document: pymupdf.Document) -> list[str]:
    names = ("title", "subject", "keywords")
    metadata = document.metadata or {}
    return [str(metadata.get(name) or "") for name in names]


def _stamps(document: pymupdf.Document) -> list[str]:
    texts: list[str] = []
    for annotation in document[0].annots(
        types=(pymupdf.PDF_ANNOT_FREE_TEXT, pymupdf.PDF_ANNOT_STAMP)
    ):
        info = annotation.info
        texts += [str(info.get(name) or "") for name in ("content", "subject", "name")]
    return texts


def _counts(document: pymupdf.Document) -> tuple[int, int, int]:
    words = annotations = signatures = 0
    for page in document:
        try:
            words += len(page.get_text("words"))
            annotations += sum(one[1] not in NOT_MARKUP for one in page.annot_xrefs())
            signatures += sum(
                bool(widget.is_signed)
                for widget in page.widgets(types=(pymupdf.PDF_WIDGET_TYPE_SIGNATURE,))
            )
        except (*FILE_AT_FAULT, AssertionError):
            continue  # a damaged page among good ones is shown as such when it is read
    return words, annotations, signatures


def _draw(document: pymupdf.Document, picture: Path) -> None:
    page = document[0]
    zoom = PICTURE_WIDTH / max(1.0, page.rect.width)
    try:
        pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom))
        pixmap.save(picture)
    except FILE_AT_FAULT as error:
        raise PaperError("paper.page_failed", page=0) from error
