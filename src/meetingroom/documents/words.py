"""Words of a page with their boxes, by MuPDF, in the same coordinates the pixels have."""

import pymupdf

from meetingroom.documents.placing import box_as_seen, to_seen
from meetingroom.domain.geometry import Quad, Rect, Size, rounded
from meetingroom.domain.legacy_charsets import real_letters
from meetingroom.domain.paper import Word


def page_words(page: pymupdf.Page, size: Size) -> tuple[Word, ...]:
    """The words of a page in reading order, NFC.

    `size` is the page as the drawing engine measures it; where the two differ (a page with
    a user unit) the boxes are brought to it, so that there is one geometry.
    """
    seen = to_seen(page, size)
    words: list[Word] = []
    lines: dict[tuple[int, int], int] = {}
    for x0, y0, x1, y1, text, block, line, _ in page.get_text("words"):
        number = lines.setdefault((block, line), len(lines))
        box = box_as_seen((x0, y0, x1, y1), seen)
        kept = Rect(rounded(box.x0), rounded(box.y0), rounded(box.x1), rounded(box.y1))
        words.append(Word(real_letters(text), Quad.of(kept), number))
    return tuple(words)
