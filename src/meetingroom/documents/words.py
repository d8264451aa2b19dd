"""Words of a page with their boxes, by MuPDF, in the same coordinates the pixels have."""

import unicodedata

import pymupdf

from meetingroom.domain.geometry import Point, Quad, Size, rounded
from meetingroom.domain.paper import Word


def page_words(page: pymupdf.Page, size: Size) -> tuple[Word, ...]:
    """The words of a page in reading order, NFC.

    `size` is the page as the drawing engine measures it; where the two differ (a page with
    a user unit) the boxes are brought to it, so that there is one geometry.
    """
    across = size.width / page.rect.width if page.rect.width else 1.0
    down = size.height / page.rect.height if page.rect.height else 1.0
    words: list[Word] = []
    lines: dict[tuple[int, int], int] = {}
    for x0, y0, x1, y1, text, block, line, _ in page.get_text("words"):
        number = lines.setdefault((block, line), len(lines))
        box = (x0 * across, y0 * down, x1 * across, y1 * down)
        left, top, right, bottom = (rounded(value) for value in box)
        quad = Quad(Point(left, top), Point(right, top), Point(left, bottom), Point(right, bottom))
        words.append(Word(unicodedata.normalize("NFC", text), quad, number))
    return tuple(words)
