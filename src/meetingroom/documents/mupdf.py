"""MuPDF as an engine: text and drawings, in place; it mends damaged files others refuse."""

import unicodedata
from pathlib import Path
from typing import Any

import pymupdf

from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.mupdf_file import open_in_mupdf
from meetingroom.documents.page_look import PageLook, look_at
from meetingroom.documents.placing import size_as_seen
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.paper import OutlineEntry, PaperShape

mupdf = pymupdf.mupdf
MAX_OUTLINE = 5000
PICTURES_KEPT = 96 << 20  # bytes of unpacked pictures MuPDF may keep for pages to come


class MupdfPaper:
    """A file open in MuPDF, measured and drawn as PDFium would; one thread only."""

    def __init__(self, path: Path, password: str = "", *, is_alone: bool = True) -> None:
        """`is_alone`: PDFium refused the file, so that its count of pages may be wrong."""
        self._document = open_in_mupdf(path, password)
        self._count = self._document.page_count
        if not is_alone:
            # Else it lists every page first: 20 ms in a paper of a thousand.
            mupdf.pdf_document_from_fz_document(
                self._document.this
            ).m_internal.use_page_tree_map = 0
        self._looks: dict[int, PageLook] = {}
        self._unpacked = 0

    @property
    def document(self) -> pymupdf.Document:
        """The open file, for what reads it: words, links, annotations."""
        return self._document

    def shape(self) -> PaperShape:
        sizes = tuple(self._size(page) for page in range(self._count))
        return PaperShape(pages=sizes, outline=self._outline())

    def look(self, page: int) -> PageLook:
        """What is on a page, without drawing it. Raises PaperError("paper.page_failed")."""
        if page not in self._looks:
            try:
                self._looks[page] = look_at(self._document, page)
            except FILE_AT_FAULT as error:
                raise PaperError("paper.page_failed", page=page) from error
        return self._looks[page]

    def draw(
        self, page: int, scale: float, clip: Rect | None, target: memoryview, stride: int
    ) -> None:
        try:
            look = self.look(page)
            opened = self._document[page]
            size = size_as_seen(opened)
            box = clip or Rect(0, 0, size.width, size.height)
            matrix = mupdf.FzMatrix(
                max(1, round(size.width * scale)) / opened.rect.width, 0, 0,
                max(1, round(size.height * scale)) / opened.rect.height,
                round(-box.x0 * scale), round(-box.y0 * scale),
            )  # fmt: skip
            if look.has_plain_group:
                # The group is in the colours of the screen, but MuPDF takes BGR for others:
                # it would draw the page apart and turn each of its pixels, ten times slower.
                mupdf.pdf_page_from_fz_page(opened.this).m_internal.transparency = 0
            _draw(opened.this, matrix, target, stride)
        except FILE_AT_FAULT as error:
            raise PaperError("paper.page_failed", page=page) from error
        self._bound_store(look)

    def close(self) -> None:
        self._document.close()

    def _bound_store(self, look: PageLook) -> None:
        """MuPDF keeps up to 256 MB of unpacked pictures, mostly of pages turned long ago."""
        self._unpacked += 4 * look.picture_pixels
        if self._unpacked > PICTURES_KEPT:
            mupdf.fz_empty_store()
            self._unpacked = 0

    def _size(self, page: int) -> Size:
        try:
            size = size_as_seen(self._document[page])
        except FILE_AT_FAULT:
            return Size(595.0, 842.0)
        return Size(max(1.0, size.width), max(1.0, size.height))

    def _outline(self) -> tuple[OutlineEntry, ...]:
        try:
            rows = self._document.get_toc()[:MAX_OUTLINE]
        except FILE_AT_FAULT:
            return ()
        return tuple(
            OutlineEntry(
                level=level - 1, title=unicodedata.normalize("NFC", title).strip(), page=page - 1
            )
            for level, title, page in rows
            if title.strip() and 0 < page <= self._count
        )


def _draw(page: Any, matrix: Any, target: memoryview, stride: int) -> None:
    """Onto white, in place; the fourth byte, MuPDF's alpha, is full everywhere."""
    columns, rows = stride // 4, len(target) // stride
    pixmap = mupdf.fz_new_pixmap_with_data(
        mupdf.FzColorspace(mupdf.FzColorspace.Fixed_BGR),
        columns, rows, mupdf.FzSeparations(), 1, stride, mupdf.python_buffer_data(target),
    )  # fmt: skip
    mupdf.fz_clear_pixmap_with_value(pixmap, 255)
    device = mupdf.fz_new_draw_device(mupdf.FzMatrix(), pixmap)
    try:
        mupdf.fz_run_page(page, device, matrix, mupdf.FzCookie())
    finally:
        mupdf.fz_close_device(device)
