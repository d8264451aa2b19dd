"""Which engine draws a page.

By what is on the page (`page_look`), so that it looks the same at every zoom, in every worker
and on every computer; measured with both engines in place on pages of 250 real papers:

- PDFium draws pages that are mostly pictures: JPEG, JBIG2, G4 and JPX scans take MuPDF 1.3
  to 4 times as long. `PICTURES` is where the two are equal.
- PDFium draws what lies in layers (form groups, soft masks, page groups in print colours)
  and pages somebody wrote on (annotations, form fields): MuPDF takes up to 10 times as long.
- PDFium draws maps and plans of hundreds of long lines: MuPDF takes up to twice as long.
- MuPDF draws all other text and drawings, in about half of PDFium's time.

What PDFium refuses, file or page, MuPDF draws, and the other way round.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from meetingroom.documents.engine import OpenPaper
from meetingroom.documents.pdfium import PdfiumPaper
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.paper import FileAnnotation, Link, PaperShape, Word

if TYPE_CHECKING:
    from meetingroom.documents.mupdf import MupdfPaper

PICTURES = 0.25  # of a page's area
REFUSED = ("paper.damaged", "paper.encrypted", "paper.password_wrong", "paper.page_failed")
NOT_LOADED = "paper.too_big"  # a computer so short of memory that it loads no second engine
Read = TypeVar("Read")
PDFIUM, MUPDF = "pdfium", "mupdf"


class DrawnPaper:
    """A file open for drawing by the engine that is the faster one for each page.

    Raises PaperError: paper.damaged, .encrypted, .password_wrong, .huge, and what
    `check_pdf` says.
    """

    def __init__(self, path: Path, password: str = "") -> None:
        self._path, self._password = path, password
        self._mupdf: MupdfPaper | None = None
        self._mupdf_refuses: PaperError | None = None
        self._chosen: dict[int, str] = {}
        try:
            self._pdfium: PdfiumPaper | None = PdfiumPaper(path, password)
        except PaperError as error:
            if error.code not in REFUSED:
                raise
            self._pdfium = None
            self._mupdf = _open_mupdf(path, password, is_alone=True)

    def shape(self) -> PaperShape:
        return self._alone().shape()

    def engine(self, page: int) -> str:
        """The engine that draws a page: "pdfium" or "mupdf"."""
        if page not in self._chosen:
            self._chosen[page] = self._choose(page)
        return self._chosen[page]

    def draw(
        self,
        page: int,
        scale: float,
        clip: Rect | None,
        target: memoryview,
        stride: int,
        *,
        by_other: bool = False,
    ) -> None:
        """As `OpenPaper.draw`; `by_other`: the chosen engine took too long with this page."""
        engines: list[Callable[[], OpenPaper]] = [self._by_pdfium, self._by_mupdf]
        if (self.engine(page) == MUPDF) != by_other:
            engines.reverse()
        try:
            engines[0]().draw(page, scale, clip, target, stride)
        except PaperError as error:
            if error.code not in (*REFUSED, NOT_LOADED) or by_other:
                raise
            try:
                engines[1]().draw(page, scale, clip, target, stride)
            except PaperError:
                raise PaperError("paper.page_failed", page=page) from error

    # What is read, by MuPDF where it does not refuse.

    def words(self, page: int, size: Size) -> tuple[Word, ...]:
        """The words of a page of this size in points. Raises PaperError."""
        return self._read(
            page,
            lambda: reading().page_words(self._document()[page], size),
            lambda pdfium: pdfium.words(page),
        )

    def links(self, page: int, size: Size) -> tuple[Link, ...]:
        """The links of a page of this size in points. Raises PaperError."""
        return self._read(
            page,
            lambda: reading().page_links(self._document(), page, size),
            lambda pdfium: pdfium.links(page),
        )

    def annotations(self) -> tuple[FileAnnotation, ...]:
        """What somebody wrote on the paper in another program. Raises PaperError."""
        return self._read(
            0,
            lambda: reading().annotations_of(self._document()),
            lambda pdfium: pdfium.annotations(),
        )

    def _read(
        self, page: int, by_mupdf: Callable[[], Read], by_pdfium: Callable[[PdfiumPaper], Read]
    ) -> Read:
        try:
            return by_mupdf()
        except (PaperError, *reading().FILE_AT_FAULT) as error:
            if self._pdfium is None:
                raise PaperError("paper.page_failed", page=page) from error
        return by_pdfium(self._pdfium)

    def _document(self) -> Any:
        return self._by_mupdf().document

    def close(self) -> None:
        for paper in (self._pdfium, self._mupdf):
            if paper is not None:
                with contextlib.suppress(PaperError):
                    paper.close()

    def _choose(self, page: int) -> str:
        if self._pdfium is None:
            return MUPDF
        try:
            look = self._by_mupdf().look(page)
        except PaperError:
            return PDFIUM
        is_slow = look.is_layered or look.is_line_drawing or look.is_written_on
        return PDFIUM if is_slow or look.picture_share >= PICTURES else MUPDF

    def _alone(self) -> OpenPaper:
        return self._by_mupdf() if self._pdfium is None else self._pdfium

    def _by_pdfium(self) -> OpenPaper:
        if self._pdfium is None:
            raise PaperError("paper.damaged", file=self._path.name)
        return self._pdfium

    def _by_mupdf(self) -> "MupdfPaper":
        if self._mupdf_refuses is not None:
            raise self._mupdf_refuses
        if self._mupdf is None:
            try:
                self._mupdf = _open_mupdf(self._path, self._password, is_alone=False)
            except PaperError as error:
                self._mupdf_refuses = error
                raise
        return self._mupdf


def warm_up() -> None:
    """Load MuPDF while nobody waits: 0.1 s."""
    with contextlib.suppress(PaperError):
        reading()


def reading() -> Any:
    """What reads with MuPDF, imported when needed: opening a file need not wait for it.

    Raises PaperError where a computer is too short of memory to load it.
    """
    try:
        from meetingroom.documents import mupdf_reading  # noqa: PLC0415
    except (ImportError, MemoryError) as error:
        raise PaperError(NOT_LOADED, file="MuPDF") from error
    return mupdf_reading


def _open_mupdf(path: Path, password: str, *, is_alone: bool) -> "MupdfPaper":
    paper: MupdfPaper = reading().MupdfPaper(path, password, is_alone=is_alone)
    return paper
