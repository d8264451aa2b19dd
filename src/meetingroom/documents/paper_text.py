"""The words of a whole paper, as light as can be: for matching two versions, not for showing."""

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

import pymupdf

from meetingroom.documents.legacy_fonts import LegacyFonts
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.placing import size_as_seen, to_seen
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Point, Quad, Rect, Size, rounded
from meetingroom.domain.legacy_charsets import real_letters

Box = tuple[float, float, float, float]
UNKNOWN = Size(595.0, 842.0)


class PaperText:
    """All words of all pages in one row; `starts` has each page's first, and the end."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.boxes: list[Box] = []
        self.lines: list[int] = []
        self.starts: list[int] = [0]
        self.sizes: list[Size] = []

    @property
    def pages(self) -> int:
        return len(self.sizes)

    def add_page(self, size: Size, rows: Sequence[tuple[str, Box, int]]) -> None:
        """One more page: its words in reading order, each with its box and line."""
        first = self.lines[-1] + 1 if self.lines else 0
        self.words += [row[0] for row in rows]
        self.boxes += [row[1] for row in rows]
        self.lines += [first + row[2] for row in rows]
        self.starts.append(len(self.words))
        self.sizes.append(size)

    def span(self, page: int) -> tuple[int, int]:
        """The first word of a page, and the first after it."""
        return self.starts[page], self.starts[page + 1]

    def page_of(self, word: int) -> int:
        """The page a word stands on."""
        return bisect_right(self.starts, word) - 1

    def quads(self, words: Sequence[int]) -> tuple[Quad, ...]:
        """One quad for each stretch of neighbours on one line; `words` rise."""
        stretches: list[list[Box]] = []
        last = -2
        for word in words:
            if word != last + 1 or self.lines[word] != self.lines[last]:
                stretches.append([])
            stretches[-1].append(self.boxes[word])
            last = word
        return tuple(_quad(boxes) for boxes in stretches)


def _quad(boxes: Sequence[Box]) -> Quad:
    x0, y0 = rounded(min(b[0] for b in boxes)), rounded(min(b[1] for b in boxes))
    x1, y1 = rounded(max(b[2] for b in boxes)), rounded(max(b[3] for b in boxes))
    return Quad(Point(x0, y0), Point(x1, y0), Point(x0, y1), Point(x1, y1))


def open_document(path: Path) -> pymupdf.Document:
    """A paper open for its words. Raises PaperError: paper.damaged, .encrypted."""
    try:
        document = pymupdf.open(path)
        is_locked = bool(document.needs_pass)
    except FILE_AT_FAULT as error:
        raise PaperError("paper.damaged", file=path.name) from error
    if is_locked:
        document.close()
        raise PaperError("paper.encrypted", file=path.name)
    return document


def read_text(document: pymupdf.Document) -> PaperText:
    """All words of a paper, in points as seen; a page that cannot be read has none."""
    text, fonts = PaperText(), LegacyFonts(document)
    for number in range(document.page_count):
        try:
            fonts.mend(number)
            page = document[number]
            size = size_as_seen(page)
            text.add_page(size, _rows(page, size))
        except FILE_AT_FAULT:
            text.add_page(UNKNOWN, ())
    return text


def _rows(page: pymupdf.Page, size: Size) -> list[tuple[str, Box, int]]:
    turn = to_seen(page, size)
    is_plain = turn == pymupdf.Identity
    rows: list[tuple[str, Box, int]] = []
    lines: dict[tuple[int, int], int] = {}
    # Without the checks `get_text` makes: this reads whole papers while somebody waits.
    for x0, y0, x1, y1, word, block, line, _ in page.get_textpage(
        flags=pymupdf.TEXTFLAGS_WORDS
    ).extractWORDS():
        number = lines.setdefault((block, line), len(lines))
        text = word if word.isascii() else real_letters(word)
        rows.append((text, (x0, y0, x1, y1) if is_plain else _turned(x0, y0, x1, y1, turn), number))
    return rows


def _turned(x0: float, y0: float, x1: float, y1: float, turn: pymupdf.Matrix) -> Box:
    box = pymupdf.Rect(x0, y0, x1, y1) * turn
    return (box.x0, box.y0, box.x1, box.y1)


def rect(box: Box) -> Rect:
    """A word's box as a value of the domain."""
    return Rect(*box)
