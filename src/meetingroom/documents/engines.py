"""Which engine draws a page: the first that does not refuse it."""

import contextlib
from pathlib import Path

from meetingroom.documents.engine import OpenPaper
from meetingroom.documents.pdfium import PdfiumPaper
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Rect
from meetingroom.domain.paper import PaperShape


def _second(path: Path, password: str) -> OpenPaper:
    # Imported when needed: MuPDF takes 0.1 s that good files need not wait for.
    from meetingroom.documents.mupdf import MupdfPaper  # noqa: PLC0415

    return MupdfPaper(path, password)


class DrawnPaper:
    """A file open for drawing: PDFium, and MuPDF for what PDFium refuses, file or page.

    Raises PaperError: paper.damaged, .encrypted, .password_wrong, .huge, and what
    `check_pdf` says.
    """

    def __init__(self, path: Path, password: str = "") -> None:
        self._path, self._password = path, password
        self._stand_in: OpenPaper | None = None
        try:
            self._first: OpenPaper = PdfiumPaper(path, password)
        except PaperError as error:
            if error.code not in ("paper.damaged", "paper.encrypted", "paper.password_wrong"):
                raise
            self._first = self._stand_in = _second(path, password)

    def shape(self) -> PaperShape:
        return self._first.shape()

    def draw(
        self, page: int, scale: float, clip: Rect | None, target: memoryview, stride: int
    ) -> None:
        try:
            self._first.draw(page, scale, clip, target, stride)
        except PaperError as error:
            if error.code != "paper.page_failed" or self._first is self._stand_in:
                raise
            self._draw_again(page, scale, clip, target, stride, error)

    def _draw_again(
        self,
        page: int,
        scale: float,
        clip: Rect | None,
        target: memoryview,
        stride: int,
        error: PaperError,
    ) -> None:
        try:
            if self._stand_in is None:
                self._stand_in = _second(self._path, self._password)
        except PaperError:
            raise error from None
        self._stand_in.draw(page, scale, clip, target, stride)

    def close(self) -> None:
        self._first.close()
        if self._stand_in is not None and self._stand_in is not self._first:
            with contextlib.suppress(PaperError):
                self._stand_in.close()
