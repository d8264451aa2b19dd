"""Room beside the page for what was written there: the copy's page grows, its words stay."""

from collections.abc import Sequence

import pymupdf

from meetingroom.documents.appearances import box_around, corners_of, numbers
from meetingroom.documents.placing import size_as_seen, to_user_space
from meetingroom.domain.marks import Mark, bounds

LEAST = 1.0  # points; what sticks out less is the thickness of a line
MOST = 2_000.0  # points


def make_room(page: pymupdf.Page, marks: Sequence[Mark]) -> None:
    """Grow a page of a copy until all its marks lie on it; they keep their places."""
    size, matrix = size_as_seen(page), to_user_space(page)
    boxes = [bounds(mark.shape) for mark in marks]
    out = [
        box
        for box in boxes
        if box.x0 < -LEAST or box.y0 < -LEAST
        or box.x1 > size.width + LEAST or box.y1 > size.height + LEAST
    ]  # fmt: skip
    if not out:
        return

    def place(x: float, y: float) -> tuple[float, float]:
        x = max(-MOST, min(size.width + MOST, x))
        y = max(-MOST, min(size.height + MOST, y))
        point = pymupdf.Point(x, y) * matrix
        return float(point.x), float(point.y)

    pairs = [place(0, 0), place(size.width, size.height)]
    pairs += [pair for box in out for pair in corners_of(box, place)]
    wanted = f"[{numbers(box_around(pairs))}]"
    document = page.parent
    media = page.mediabox  # a crop box never reaches beyond it
    whole = box_around([*pairs, (media.x0, media.y0), (media.x1, media.y1)])
    document.xref_set_key(page.xref, "MediaBox", f"[{numbers(whole)}]")
    document.xref_set_key(page.xref, "CropBox", wanted)
