"""Texts of pages for the search, and words off pictures of pages. Runs in a worker."""

import pymupdf

from meetingroom.documents.legacy_fonts import LegacyFonts
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.placing import size_as_seen
from meetingroom.documents.scan_data import LANGUAGE
from meetingroom.domain.geometry import Quad, Rect, Size, rounded
from meetingroom.domain.legacy_charsets import real_letters
from meetingroom.domain.paper import Word
from meetingroom.domain.search_ports import PageText

SCAN_SHARE = 0.3  # a picture that covers less of a page is an ornament
SCAN_DPI, SCAN_PIXELS = 200, 16_000_000
APART = 0.05  # of a letter's height: letters further apart are of two words
MAX_TEXT = 200_000  # characters of one page


def page_texts(
    document: pymupdf.Document, fonts: LegacyFonts, first: int, count: int
) -> tuple[PageText, ...]:
    """The texts of so many pages; a page that cannot be read is empty."""
    last = min(first + count, document.page_count)
    return tuple(_page_text(document, fonts, page) for page in range(first, last))


def _page_text(document: pymupdf.Document, fonts: LegacyFonts, number: int) -> PageText:
    try:
        fonts.mend(number)
        page = document[number]
        text = page.get_text("text", flags=pymupdf.TEXTFLAGS_TEXT)
        if not text.strip():
            return PageText("", is_scan=is_picture(page))
    except FILE_AT_FAULT:
        return PageText("")
    return PageText(real_letters(text[:MAX_TEXT]).rstrip())


def is_picture(page: pymupdf.Page, share: float = SCAN_SHARE) -> bool:
    """Whether pictures cover so much of a page."""
    whole = abs(page.rect)
    shown = sum(abs(pymupdf.Rect(one["bbox"]) & page.rect) for one in page.get_image_info())
    return bool(whole) and shown >= share * whole


# --- pictures ------------------------------------------------------------------------------


def scanned_words(page: pymupdf.Page, data: str) -> tuple[Word, ...]:
    """The words on a page's picture in reading order, in points as seen; takes seconds."""
    area = max(1.0, page.rect.width * page.rect.height) / 72**2
    dpi = max(36, int(min(SCAN_DPI, (SCAN_PIXELS / area) ** 0.5)))
    return words_in_picture(page.get_pixmap(dpi=dpi, annots=False), size_as_seen(page), data)


def words_in_picture(pixmap: pymupdf.Pixmap, size: Size, data: str) -> tuple[Word, ...]:
    """The words a picture shows, with their places on a page of this size; takes seconds."""
    read = pixmap.pdfocr_tobytes(language=LANGUAGE, tessdata=data, compress=False)
    across, down = size.width / pixmap.width, size.height / pixmap.height
    with pymupdf.open("pdf", read) as document:
        sheet = document[0]
        across *= pixmap.width / sheet.rect.width
        down *= pixmap.height / sheet.rect.height
        return _placed(_runs(sheet), across, down)


def _runs(sheet: pymupdf.Page) -> list[tuple[str, pymupdf.Rect]]:
    """Words with their boxes: each is written alone, its letters side by side.

    The engine's own division into words loses spaces here: letters have no shapes.
    """
    runs: list[tuple[str, pymupdf.Rect]] = []
    for trace in sheet.get_texttrace():
        end = None
        for code, _, _, box in trace["chars"]:
            if end is None or abs(box[0] - end) > APART * trace["size"]:
                runs.append(("", pymupdf.Rect(box)))
            text, around = runs[-1]
            runs[-1] = text + chr(code), around | pymupdf.Rect(box)
            end = box[2]
    return [(text.strip(), box) for text, box in runs if text.strip()]


def _placed(
    runs: list[tuple[str, pymupdf.Rect]], across: float, down: float
) -> tuple[Word, ...]:  # fmt: skip
    words: list[Word] = []
    line, before = 0, None
    for text, box in runs:
        middle = (box.y0 + box.y1) / 2
        if before is not None and (box.x0 < before.x0 or not before.y0 < middle < before.y1):
            line += 1
        before = box
        kept = Rect(
            rounded(box.x0 * across), rounded(box.y0 * down),
            rounded(box.x1 * across), rounded(box.y1 * down),
        )  # fmt: skip
        words.append(Word(real_letters(text), Quad.of(kept), line))
    return tuple(words)
