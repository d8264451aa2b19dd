"""The second engine: MuPDF. It mends damaged files that the first one refuses."""

import unicodedata
from pathlib import Path

import pymupdf

from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.mupdf_file import open_in_mupdf
from meetingroom.documents.placing import size_as_seen
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.paper import OutlineEntry, PaperShape

MAX_OUTLINE = 5000


class MupdfPaper:
    """A file open in MuPDF, measured and drawn as the first engine would; one thread only."""

    def __init__(self, path: Path, password: str = "") -> None:
        self._document = open_in_mupdf(path, password)
        self._count = self._document.page_count

    def shape(self) -> PaperShape:
        sizes = tuple(self._size(page) for page in range(self._count))
        return PaperShape(pages=sizes, outline=self._outline())

    def draw(
        self, page: int, scale: float, clip: Rect | None, target: memoryview, stride: int
    ) -> None:
        columns, rows = stride // 4, len(target) // stride
        try:
            opened = self._document[page]
            size = size_as_seen(opened)
            box = clip or Rect(0, 0, size.width, size.height)
            zoom = scale * size.width / opened.rect.width
            left, top = round(box.x0 * scale), round(box.y0 * scale)
            window = pymupdf.IRect(left, top, left + columns, top + rows)
            pixmap = pymupdf.Pixmap(pymupdf.csRGB, window, False)
            pixmap.clear_with(255)
            matrix = pymupdf.Matrix(zoom, zoom)
            shown = opened.get_displaylist().get_pixmap(matrix=matrix, clip=window * ~matrix)
            pixmap.copy(shown, shown.irect)
        except FILE_AT_FAULT as error:
            raise PaperError("paper.page_failed", page=page) from error
        samples = pixmap.samples_mv
        for to, source in ((0, 2), (1, 1), (2, 0)):
            target[to::4] = samples[source::3]

    def close(self) -> None:
        self._document.close()

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
