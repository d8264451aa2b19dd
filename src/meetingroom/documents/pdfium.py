"""PDFium as an engine: opens fastest, draws scans fastest, never hung when measured."""

import contextlib
import ctypes
import logging
import unicodedata
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from meetingroom.documents.engine import MAX_PAGES
from meetingroom.documents.pdfium_lists import annotations_by_pdfium, links_by_pdfium
from meetingroom.documents.pdfium_words import words_by_pdfium
from meetingroom.documents.sniffing import check_pdf
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.paper import FileAnnotation, Link, OutlineEntry, PaperShape, Word

MAX_OUTLINE = 5000
MAX_LISTED = 500  # pages of a damaged paper
# It warns of forms and outlines that are only shown plainly.
logging.getLogger("pypdfium2").setLevel(logging.ERROR)


class PdfiumPaper:
    """A file open in PDFium; one thread only."""

    def __init__(self, path: Path, password: str = "") -> None:
        check_pdf(path)
        try:
            self._document = pypdfium2.PdfDocument(path, password or None)
        except pypdfium2.PdfiumError as error:
            raise _known(error, path, password) from error
        self._count = len(self._document)
        self._page: tuple[int, pypdfium2.PdfPage] | None = None
        if not 0 < self._count <= MAX_PAGES:
            self._document.close()
            code = "paper.huge" if self._count else "paper.damaged"
            raise PaperError(code, file=path.name)
        if self._document.get_formtype() != raw.FORMTYPE_NONE:
            self._document.init_forms()

    def shape(self) -> PaperShape:
        sizes = tuple(self._size(page) for page in range(self._count))
        return PaperShape(pages=sizes, labels=self._labels(), outline=self._outline())

    def draw(
        self, page: int, scale: float, clip: Rect | None, target: memoryview, stride: int
    ) -> None:
        opened = self._opened(page)
        width, height = opened.get_size()
        box = clip or Rect(0, 0, width, height)
        columns, rows = stride // 4, len(target) // stride
        buffer = (ctypes.c_ubyte * len(target)).from_buffer(target)
        bitmap = raw.FPDFBitmap_CreateEx(columns, rows, raw.FPDFBitmap_BGRx, buffer, stride)
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
            place = (
                round(-box.x0 * scale),
                round(-box.y0 * scale),
                max(1, round(width * scale)),
                max(1, round(height * scale)),
            )
            raw.FPDF_RenderPageBitmap(bitmap, opened, *place, 0, raw.FPDF_ANNOT)
            if self._document.formenv is not None:
                raw.FPDF_FFLDraw(self._document.formenv, bitmap, opened, *place, 0, raw.FPDF_ANNOT)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
            del buffer

    def words(self, page: int) -> tuple[Word, ...]:
        """The words of a page. Raises PaperError("paper.page_failed")."""
        return words_by_pdfium(self._opened(page))

    def links(self, page: int) -> tuple[Link, ...]:
        """The links of a page. Raises PaperError("paper.page_failed")."""
        return links_by_pdfium(self._document, self._opened(page))

    def annotations(self) -> tuple[FileAnnotation, ...]:
        """What somebody wrote on the paper, as far as its pages can be read."""
        found: list[FileAnnotation] = []
        for page in range(min(self._count, MAX_LISTED)):
            with contextlib.suppress(PaperError):
                found += annotations_by_pdfium(self._opened(page), page)
        return tuple(found)

    def close(self) -> None:
        self._page = None
        self._document.close()

    def _opened(self, page: int) -> pypdfium2.PdfPage:
        if self._page is None or self._page[0] != page:
            try:
                self._page = (page, self._document[page])
            except (pypdfium2.PdfiumError, IndexError) as error:
                raise PaperError("paper.page_failed", page=page) from error
        return self._page[1]

    def _size(self, page: int) -> Size:
        try:
            width, height = self._document.get_page_size(page)
        except pypdfium2.PdfiumError:
            # A page that cannot even be measured still has a place among its neighbours.
            width, height = 595.0, 842.0
        return Size(max(1.0, width), max(1.0, height))

    def _labels(self) -> tuple[str, ...]:
        # A paper that numbers its pages must begin with the first (ISO 32000-1, 12.4.2).
        if not self._document.get_page_label(0):
            return ()
        return tuple(self._document.get_page_label(page) or "" for page in range(self._count))

    def _outline(self) -> tuple[OutlineEntry, ...]:
        entries: list[OutlineEntry] = []
        for bookmark in self._document.get_toc(max_depth=8):
            target = bookmark.get_dest()
            page = target.get_index() if target is not None else None
            title = unicodedata.normalize("NFC", bookmark.get_title() or "").strip()
            if page is not None and title and 0 <= page < self._count:
                entries.append(OutlineEntry(level=bookmark.level, title=title, page=page))
            if len(entries) >= MAX_OUTLINE:
                break
        return tuple(entries)


def problem_by_pdfium(path: Path) -> str:
    """Why a file cannot be opened, as PDFium sees it: locked or damaged."""
    try:
        pypdfium2.PdfDocument(path).close()
    except pypdfium2.PdfiumError as error:
        return _known(error, path).code
    return "paper.damaged"


def signature_count(path: Path) -> int:
    """How many signatures PDFium finds in a file, seen or unseen."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return 0
    try:
        found = (
            raw.FPDF_GetSignatureObject(document, number)
            for number in range(raw.FPDF_GetSignatureCount(document))
        )
        # A field that waits for its signature has no contents.
        return sum(raw.FPDFSignatureObj_GetContents(one, None, 0) > 0 for one in found)
    finally:
        document.close()


def _known(error: pypdfium2.PdfiumError, path: Path, password: str = "") -> PaperError:
    if not any(word in str(error).lower() for word in ("password", "security")):
        return PaperError("paper.damaged", file=path.name)
    return PaperError("paper.password_wrong" if password else "paper.encrypted", file=path.name)
