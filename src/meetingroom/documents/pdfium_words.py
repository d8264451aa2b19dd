"""Words of a page by PDFium, for what MuPDF refuses; places as `page_words` gives them."""

import ctypes
import unicodedata
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from meetingroom.domain.geometry import Quad, Rect, bounds_of, rounded
from meetingroom.domain.paper import Word

MOST = 200_000  # letters of one page
FINE = 64  # steps a point is told in


def words_by_pdfium(page: pypdfium2.PdfPage) -> tuple[Word, ...]:
    """The words of a page in the order of the file, NFC."""
    text = raw.FPDFText_LoadPage(page)
    if not text:
        return ()
    try:
        return tuple(_words(page, text))
    finally:
        raw.FPDFText_ClosePage(text)


def _words(page: pypdfium2.PdfPage, text: object) -> Iterator[Word]:
    letters, boxes, line = "", [], 0
    for number in range(min(MOST, raw.FPDFText_CountChars(text))):
        letter = chr(raw.FPDFText_GetUnicode(text, number))
        if not letter.isspace() and letter.isprintable():
            letters += letter
            boxes.append(_box(page, text, number))
            continue
        if letters:
            yield _word(letters, boxes, line)
        letters, boxes = "", []
        line += letter == "\n"
    if letters:
        yield _word(letters, boxes, line)


def _word(letters: str, boxes: list[Rect], line: int) -> Word:
    corners = [corner for box in boxes for corner in (Quad.of(box).ul, Quad.of(box).lr)]
    return Word(unicodedata.normalize("NFC", letters), Quad.of(bounds_of(corners)), line)


def _box(page: pypdfium2.PdfPage, text: object, number: int) -> Rect:
    """A letter's box in points as seen."""
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, number, box):
        return Rect(0, 0, 0, 0)
    first, second = seen_place(page, box.left, box.top), seen_place(page, box.right, box.bottom)
    xs, ys = sorted((first[0], second[0])), sorted((first[1], second[1]))
    return Rect(xs[0], ys[0], xs[1], ys[1])


def seen_place(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A place in the page's own space, in points as seen."""
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    size = (round(width * FINE), round(height * FINE))
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return rounded(across.value / FINE), rounded(down.value / FINE)
