"""The words of a letter that is a picture, whichever way up it lies. Runs in a worker."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import pymupdf

from meetingroom.documents import letter_pictures
from meetingroom.documents.letter_layout import Row, text_of_page
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.mupdf_file import open_bytes_in_mupdf
from meetingroom.documents.page_texts import words_in_picture
from meetingroom.domain import secrecy
from meetingroom.domain.errors import PaperError
from meetingroom.domain.geometry import Rect, Size
from meetingroom.domain.invitation import Part
from meetingroom.domain.paper import Word
from meetingroom.domain.vietnamese import share_of_words

SCAN_SIDE = 2340  # pixels: the longer side of A4 at 200 dots an inch
LEAST_SIDE = 1600  # a smaller picture is drawn larger: letters need some pixels
LOOK_SIDE = 600
LEAST_CONTRAST = 40  # of 255: what is paler than that on its paper nobody reads
FEW = 6  # words: a picture of something else, whichever way up
APART = 1.4  # of a line's height: words further apart stand in columns of their own
UPRIGHT, LIKELY = 0.6, 0.3  # of what is read are words


class Scan(NamedTuple):
    """A page that is a picture."""

    data: bytes
    page: int
    is_pdf: bool


def words_of_scan(scan: Scan, name: str, data: str) -> tuple[Part, ...]:
    """The words of a scan as a part. Raises PaperError: "paper.secret", "paper.page_failed"."""
    try:
        pixmap = _pixmap(scan, name)
        if _is_blank(pixmap):
            return ()
        words, size = _best_way_up(pixmap, data)
    except FILE_AT_FAULT as error:
        raise PaperError("paper.page_failed", page=scan.page) from error
    rows = _rows(words)
    if scan.page == 0:
        _refuse_secret(rows, size, name)
    text = text_of_page(rows, size.width)
    return (Part(text=text, page=scan.page + 1, how="scan"),) if text else ()


def _pixmap(scan: Scan, name: str) -> pymupdf.Pixmap:
    if scan.is_pdf:
        with open_bytes_in_mupdf(scan.data, name) as document:
            page = document[scan.page]
            scale = SCAN_SIDE / max(page.rect.width, page.rect.height, 1.0)
            return page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), annots=True)
    with letter_pictures.open_picture(name, scan.data) as pictures:
        pixels = letter_pictures.pixels_of(pictures, scan.page, scan.data)
        page = pictures[scan.page]
        side = max(LEAST_SIDE, min(SCAN_SIDE, max(pixels)))
        scale = side / max(page.rect.width, page.rect.height, 1.0)
        return page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB)


def _is_blank(pixmap: pymupdf.Pixmap) -> bool:
    """Whether nothing stands out; the engine's own look goes pixel by pixel, for many seconds."""
    grey = pymupdf.Pixmap(pymupdf.csGRAY, pixmap).samples
    return bool(max(grey) - min(grey) < LEAST_CONTRAST)


def _best_way_up(pixmap: pymupdf.Pixmap, data: str) -> tuple[tuple[Word, ...], Size]:
    """The words as they are read from the side from which they are words."""
    ways = (90, 270, 0, 180) if _lies(pixmap) else (0, 180, 90, 270)
    read: list[tuple[float, tuple[Word, ...], Size]] = []
    for angle in ways:
        if len(read) == 2 and max(row[0] for row in read) >= LIKELY:
            break
        turned = _turned(pixmap, angle)
        size = Size(turned.width, turned.height)
        words = words_in_picture(turned, size, data)
        share = share_of_words(word.text for word in words)
        read.append((share, words, size))
        if share >= UPRIGHT or len(words) < FEW:
            break
    _, words, size = max(read, key=lambda row: row[0])
    return words, size


def _turned(pixmap: pymupdf.Pixmap, angle: int) -> pymupdf.Pixmap:
    if not angle:
        return pixmap
    with pymupdf.open() as sheet:
        wide, high = pixmap.width, pixmap.height
        page = sheet.new_page(width=wide, height=high)
        page.insert_image(page.rect, pixmap=pixmap)
        page.set_rotation(angle)
        return page.get_pixmap()


def _lies(pixmap: pymupdf.Pixmap) -> bool:
    """Whether the lines of a picture go up and down: its columns differ more than its rows."""
    grey = pymupdf.Pixmap(pymupdf.csGRAY, pixmap)
    step = max(1, max(grey.width, grey.height) // LOOK_SIDE)
    while step > 1:
        grey.shrink(1)
        step //= 2
    wide, high, samples = grey.width, grey.height, grey.samples
    stride = grey.stride
    rows = [sum(samples[y * stride : y * stride + wide]) / wide for y in range(high)]
    columns = [sum(samples[x::stride]) / high for x in range(wide)]
    return _unrest(columns) > _unrest(rows)


def _unrest(sums: Sequence[float]) -> float:
    """How sharply neighbours differ, without the margins: there is the scanner's lid."""
    inner = sums[len(sums) // 16 : len(sums) - len(sums) // 16]
    return sum((one - other) ** 2 for one, other in pairwise(inner)) / max(1, len(inner))


def _rows(words: Sequence[Word]) -> list[Row]:
    """Words of a line that stand together, in the picture's pixels."""
    rows: list[Row] = []
    line = -1
    for word in words:
        if not any(map(str.isalnum, word.text)) and not word.text.isascii():
            continue  # a speck taken for a mark
        box = word.quad.bounds()
        if word.line == line and rows and box.x0 - rows[-1].x1 < APART * rows[-1].height:
            before = rows[-1]
            rows[-1] = Row(
                f"{before.text} {word.text}", before.x0, min(before.y0, box.y0),
                max(before.x1, box.x1), max(before.y1, box.y1),
            )  # fmt: skip
        else:
            rows.append(Row(word.text, box.x0, box.y0, box.x1, box.y1))
        line = word.line
    return rows


def _refuse_secret(rows: Sequence[Row], size: Size, name: str) -> None:
    lines = [
        secrecy.Line(
            text=row.text,
            box=Rect(row.x0, row.y0, row.x1, row.y1),
            width=size.width,
            height=size.height,
        )
        for row in rows
    ]
    if secrecy.level_of_lines(lines) != "none":
        raise PaperError("paper.secret", file=name)
