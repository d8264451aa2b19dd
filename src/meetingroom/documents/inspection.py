"""What the program makes of a file, before anything is kept. Runs in a worker."""

import hashlib
import time
from pathlib import Path

import msgspec
import pymupdf

from meetingroom.documents.engine import MAX_PAGES, capped_scale, pixel_size
from meetingroom.documents.engines import DrawnPaper
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.pdfium import problem_by_pdfium, signature_count
from meetingroom.documents.sniffing import check_pdf
from meetingroom.documents.stamps import level_of, lines_of
from meetingroom.domain import secrecy
from meetingroom.domain.errors import PaperError
from meetingroom.domain.paper import Inspection

PICTURE_WIDTH, PICTURE_SIDE = 1000, 10_000  # pixels
COUNT_SECONDS = 12.0
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
    lines = lines_of(document)
    level = level_of(document, lines)
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
