"""Whether two pages, or two parts of pages, look the same; small gray pictures are compared.

A picture drawn by another program differs a little along its edges: only what is clearly
lighter or darker over some points counts.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence

import pymupdf

from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.placing import size_as_seen
from meetingroom.domain.geometry import Quad, Rect, Size, rounded

SCALE = 0.5  # pixels a point, then averaged by four
CELL = 8  # pixels of a cell of such a picture, for boxes
CLEARLY = 40  # of 255: a pen stroke, averaged
PART_SCALE = 1.0  # pixels a point of a part of a page, then averaged
FEW = 0.0005  # of a picture's pixels may differ
KEPT = 64


class Gray:
    """A small gray picture: one byte a pixel."""

    def __init__(self, width: int, height: int, stride: int, samples: bytes) -> None:
        self.width, self.height, self.stride, self.samples = width, height, stride, samples

    def row(self, y: int) -> bytes:
        return self.samples[y * self.stride : y * self.stride + self.width]

    def has_near(self, x: int, y: int, value: int) -> bool:
        """Whether a pixel beside a place is about as dark: an edge may lie a little aside."""
        near = [
            value_there
            for row in range(max(0, y - 1), min(self.height, y + 2))
            for value_there in self.row(row)[max(0, x - 1) : x + 2]
        ]
        return min(near, default=0) - CLEARLY <= value <= max(near, default=255) + CLEARLY


class Pictures:
    """Pages of two documents as small pictures; what was drawn last is kept."""

    def __init__(self, old: pymupdf.Document, new: pymupdf.Document) -> None:
        self._documents = (old, new)
        self._pages: OrderedDict[tuple[int, int], Gray | None] = OrderedDict()
        self._prints: dict[tuple[int, int], bytes] = {}

    def is_same_page(self, old: int, new: int) -> bool:
        """Whether two pages look the same."""
        first, second = self._print(0, old), self._print(1, new)
        if first and first == second:
            return True
        return is_alike(self._page(0, old), self._page(1, new))

    def differences(self, old: int, new: int) -> tuple[Quad, ...]:
        """Boxes around what two pages of one size differ in; a box around all where sizes do."""
        one, other = self._page(0, old), self._page(1, new)
        first, second = self._print(0, old), self._print(1, new)
        if one is None or other is None or (first and first == second):
            return ()
        if not _is_one_size(one, other):
            size = self._size(1, new)
            return (Quad.of(Rect(0, 0, rounded(size.width), rounded(size.height))),)
        return tuple(Quad.of(box) for box in _boxes(one, other, 1 / SCALE))

    def is_same_part(self, old: int, new: int, part: Rect) -> bool:
        """Whether a part of two pages, in points, looks the same."""
        first = self._drawn(0, old, PART_SCALE, part)
        return is_alike(first, self._drawn(1, new, PART_SCALE, part))

    # --- inside -------------------------------------------------------------------------

    def _page(self, which: int, page: int) -> Gray | None:
        key = (which, page)
        if key not in self._pages:
            self._pages[key] = self._drawn(which, page, SCALE * 2, None)
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        return self._pages[key]

    def _drawn(self, which: int, page: int, scale: float, part: Rect | None) -> Gray | None:
        """A page or a part of it, averaged; None where it cannot be drawn."""
        try:
            opened = self._documents[which][page]
            unit = opened.rect.width / size_as_seen(opened).width
            zoom, clip = scale / unit, None
            if part is not None:
                clip = pymupdf.Rect(part.x0, part.y0, part.x1, part.y1) * pymupdf.Matrix(unit, unit)
            drawn = opened.get_pixmap(
                matrix=pymupdf.Matrix(zoom, zoom),
                colorspace=pymupdf.csGRAY,
                clip=clip,
                annots=False,
            )
            if min(drawn.width, drawn.height) >= 4:
                drawn.shrink(1)
        except FILE_AT_FAULT:
            return None
        return Gray(drawn.width, drawn.height, drawn.stride, bytes(drawn.samples))

    def _size(self, which: int, page: int) -> Size:
        return size_as_seen(self._documents[which][page])

    def _print(self, which: int, page: int) -> bytes:
        """The bytes a page is drawn from, hashed: the same bytes draw the same picture."""
        key = (which, page)
        if key not in self._prints:
            self._prints[key] = _drawn_from(self._documents[which], page)
        return self._prints[key]


def _drawn_from(document: pymupdf.Document, page: int) -> bytes:
    """A hash of a page's size, content and pictures; empty where it draws with more than that."""
    try:
        opened = document[page]
        if opened.get_fonts() or opened.get_xobjects():
            return b""
        digest = hashlib.sha256(repr((tuple(opened.rect), opened.rotation)).encode())
        digest.update(opened.read_contents())
        for picture in opened.get_images():
            digest.update(repr(picture[2:9]).encode())
            digest.update(document.xref_stream_raw(picture[0]) or b"")
    except FILE_AT_FAULT:
        return b""
    return digest.digest()


def is_alike(one: Gray | None, other: Gray | None) -> bool:
    """Whether two pictures differ in no more than what another program's edges would."""
    if one is None or other is None or not _is_one_size(one, other):
        return False
    allowed = FEW * one.width * one.height
    return all(number <= allowed for number, _ in enumerate(_differing(one, other)))


def _differing(one: Gray, other: Gray) -> Iterator[tuple[int, int]]:
    """The pixels that are clearly lighter or darker in one picture."""
    for y in range(min(one.height, other.height)):
        first, second = one.row(y), other.row(y)
        if first == second:
            continue
        for x, (a, b) in enumerate(zip(first, second, strict=False)):
            is_clear = abs(a - b) > CLEARLY
            if is_clear and not (other.has_near(x, y, a) and one.has_near(x, y, b)):
                yield x, y


def _is_one_size(one: Gray, other: Gray) -> bool:
    return abs(one.width - other.width) <= 1 and abs(one.height - other.height) <= 1


def _boxes(one: Gray, other: Gray, points: float) -> list[Rect]:
    """Boxes in points around neighbouring cells that differ; `points` a pixel."""
    cells = {(x // CELL, y // CELL) for x, y in _differing(one, other)}
    side = CELL * points
    return [
        Rect(
            rounded(min(x for x, _ in group) * side),
            rounded(min(y for _, y in group) * side),
            rounded((max(x for x, _ in group) + 1) * side),
            rounded((max(y for _, y in group) + 1) * side),
        )
        for group in _groups(cells)
    ]


def _groups(cells: set[tuple[int, int]]) -> list[Sequence[tuple[int, int]]]:
    """Cells that touch, together."""
    left, groups = set(cells), []
    while left:
        todo, group = [left.pop()], []
        while todo:
            x, y = todo.pop()
            group.append((x, y))
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
            left -= near
            todo += near
        groups.append(group)
    return sorted(groups, key=lambda group: min((y, x) for x, y in group))
