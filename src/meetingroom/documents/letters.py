"""Letters as PDFs and pictures: words by page, addresses behind words, QR codes, scans.

Runs in a worker. What is secret is refused before anything of it is told.
"""

import logging
import time
import unicodedata
from collections.abc import Iterator

import pymupdf

from meetingroom.documents import letter_pictures, stamps
from meetingroom.documents.legacy_fonts import LegacyFonts
from meetingroom.documents.letter_layout import Row, text_of_page
from meetingroom.documents.letter_tables import with_tables
from meetingroom.documents.links import page_links
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.mupdf_file import open_bytes_in_mupdf
from meetingroom.documents.page_texts import SCAN_SHARE, is_picture
from meetingroom.documents.placing import box_as_seen, from_seen, size_as_seen, to_seen
from meetingroom.documents.scanned_letters import Scan, words_of_scan
from meetingroom.domain import secrecy
from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter, Part
from meetingroom.domain.legacy_charsets import real_letters
from meetingroom.domain.vietnamese import likeness

log = logging.getLogger(__name__)
MAX_PAGES, MAX_SCANS, MAX_LINKS = 20, 5, 500
SECONDS = 3.0  # after which no further page is begun: what was read by then is the answer
FEW_WORDS = 25  # letters and digits: a page with fewer and a picture is a scan with a number on it
LEAST_VIETNAMESE = 0.15  # of the words: in ordinary letters more than half are
WHOLE_PAGE = 0.85
_NOWHERE = ("mailto:", "tel:", "#", "javascript:", "file:", "data:")


class LetterPapers:
    """Implements the port `PaperWords` for one file and all that is enclosed in it."""

    def __init__(self) -> None:
        self._end = time.monotonic() + SECONDS
        self._scans: list[Scan] = []

    def pdf(self, name: str, data: bytes) -> Letter:
        with open_bytes_in_mupdf(data, name) as document:
            try:
                return self._letter(document, name, data)
            except FILE_AT_FAULT as error:
                raise PaperError("paper.damaged", file=name) from error

    def picture(self, name: str, data: bytes, *, is_enclosed: bool = False) -> Letter:
        parts: list[Part] = []
        with letter_pictures.open_picture(name, data) as pictures:
            for number in range(min(pictures.page_count, MAX_PAGES)):
                if self._is_late:
                    break
                parts += self._of_picture(pictures, name, number, data, is_enclosed=is_enclosed)
        return Letter(parts=tuple(parts))

    def scan(self, name: str, number: int, data: str) -> tuple[Part, ...]:
        """The words of a part that stands in a picture; `data` is where Tesseract's lies."""
        return words_of_scan(self._scans[number], name, data)

    # --- PDF ------------------------------------------------------------------------------

    def _letter(self, document: pymupdf.Document, name: str, data: bytes) -> Letter:
        level = stamps.level_of(document, stamps.lines_of(document))
        if level != "none":
            raise PaperError("paper.secret", file=name)
        fonts, parts = LegacyFonts(document), list[Part]()
        for number in range(min(document.page_count, MAX_PAGES)):
            if self._is_late:
                break
            try:
                parts += self._of_page(document, fonts, number, data)
            except FILE_AT_FAULT as error:
                log.debug("page %d of a letter cannot be read: %r", number + 1, error)
        return Letter(parts=tuple(parts), subject=_title(document))

    def _of_page(
        self, document: pymupdf.Document, fonts: LegacyFonts, number: int, data: bytes
    ) -> Iterator[Part]:
        fonts.mend(number)
        page = document[number]
        text = _words(page)
        if text:
            yield Part(text=text, page=number + 1)
        if _is_scan(page, text):
            yield from self._to_scan(Scan(data, number, is_pdf=True))
        yield from _links(page, number)
        yield from letter_pictures.codes_of_page(page, number)

    # --- pictures -------------------------------------------------------------------------

    def _of_picture(
        self, pictures: pymupdf.Document, name: str, number: int, data: bytes, *, is_enclosed: bool
    ) -> Iterator[Part]:
        try:
            page = pictures[number]
            pixels = letter_pictures.pixels_of(pictures, number, data)
            letter_pictures.refuse_too_large(name, *pixels)
            codes = letter_pictures.codes_in_picture(page, number, pixels)
        except FILE_AT_FAULT as error:
            raise PaperError("paper.damaged", file=name) from error
        if not is_enclosed or letter_pictures.is_as_large_as_a_page(*pixels):
            yield from self._to_scan(Scan(data, number, is_pdf=False))
        yield from codes

    def _to_scan(self, scan: Scan) -> Iterator[Part]:
        """A part whose words are read afterwards."""
        if len(self._scans) < MAX_SCANS:
            self._scans.append(scan)
            number = len(self._scans) - 1
            yield Part(text="", page=scan.page + 1, how="scan", shown=str(number))

    @property
    def _is_late(self) -> bool:
        return time.monotonic() > self._end


def _words(page: pymupdf.Page) -> str:
    """The words of a page as they are read."""
    size = size_as_seen(page)
    seen = to_seen(page, size)
    blocks = page.get_text("dict", flags=pymupdf.TEXTFLAGS_TEXT)["blocks"]
    rows: list[Row] = []
    for block in blocks:
        for line in block.get("lines", ()):
            text = real_letters("".join(span["text"] for span in line["spans"]))
            if text.strip():
                box = box_as_seen(line["bbox"], seen)
                rows.append(Row(text, box.x0, box.y0, box.x1, box.y1))
    return text_of_page(with_tables(page, rows), size.width)


def _links(page: pymupdf.Page, number: int) -> Iterator[Part]:
    """Addresses behind words; one whose words are broken over lines counts once."""
    links: dict[str, list[str]] = {}
    size = size_as_seen(page)
    unseen = from_seen(page)
    text = page.get_textpage(flags=pymupdf.TEXTFLAGS_TEXT)
    for one in page_links(page.parent, number, size)[:MAX_LINKS]:
        address = one.uri.strip()
        if not address or address.lower().startswith(_NOWHERE):
            continue
        box = pymupdf.Rect(one.box.x0, one.box.y0, one.box.x1, one.box.y1) * unseen
        inner = (box.x0 - 1, box.y0 + 1, box.x1 + 1, box.y1 - 1)
        shown = real_letters(page.get_textbox(inner, textpage=text))
        links.setdefault(address, []).append(" ".join(shown.split()))
    for address, words in links.items():
        yield Part(text=address, page=number + 1, how="link", shown=" ".join(words).strip()[:500])


def _is_scan(page: pymupdf.Page, text: str) -> bool:
    """Whether words are to be read off a page's picture, as there are next to none; or as there
    are only those that a scanner's program without Vietnamese took the picture for.
    """
    if sum(map(str.isalnum, text)) < FEW_WORDS:
        share = SCAN_SHARE
    elif likeness(text) < len(text.split()) * LEAST_VIETNAMESE:
        share = WHOLE_PAGE
    else:
        return False
    # One that only says that it is enormous is left alone.
    largest = max((one["width"] * one["height"] for one in page.get_image_info()), default=0)
    return largest <= letter_pictures.MAX_PIXELS and is_picture(page, share)


def _title(document: pymupdf.Document) -> str:
    """What the file's properties call it, unless that is a file's name or a program's."""
    title = unicodedata.normalize("NFC", str((document.metadata or {}).get("title") or "")).strip()
    is_name = "." in title.rpartition(" ")[2] or title.lower().startswith("microsoft")
    return "" if is_name or secrecy.level_of_name(title) != "none" else title[:500]
