"""Where MuPDF's coordinates lie on the page as seen: the one geometry for words and marks.

MuPDF gives and takes text and annotations on the page as it was before rotation, in the
page's user unit; everything that is kept is in points as seen, as the first engine draws.
"""

import pymupdf

from meetingroom.domain.geometry import Rect, Size


def user_unit(page: pymupdf.Page) -> float:
    """How many points one unit of the page is; 1 but on very large sheets."""
    kind, value = page.parent.xref_get_key(page.xref, "UserUnit")
    unit = float(value) if kind in ("int", "float", "real") else 1.0
    return unit if unit > 0 else 1.0


def size_as_seen(page: pymupdf.Page) -> Size:
    """Width and height as the first engine measures them: it knows no user unit."""
    unit = user_unit(page)
    return Size(page.rect.width / unit, page.rect.height / unit)


def page_size_as_seen(document: pymupdf.Document, number: int) -> tuple[Size, Size]:
    """A page's size in points as seen, and its size in MuPDF, never without extent."""
    page = document[number]
    bound = Size(max(1.0, page.rect.width), max(1.0, page.rect.height))
    unit = user_unit(page)
    return Size(bound.width / unit, bound.height / unit), bound


def to_seen(page: pymupdf.Page, size: Size) -> pymupdf.Matrix:
    """From MuPDF's place before rotation to points as seen on a page of this size."""
    width, height = page.rect.width, page.rect.height
    turned = {
        0: pymupdf.Matrix(1, 0, 0, 1, 0, 0),
        90: pymupdf.Matrix(0, 1, -1, 0, width, 0),
        180: pymupdf.Matrix(-1, 0, 0, -1, width, height),
        270: pymupdf.Matrix(0, -1, 1, 0, 0, height),
    }[page.rotation]
    across = size.width / width if width else 1.0
    down = size.height / height if height else 1.0
    return turned * pymupdf.Matrix(across, down)


def from_seen(page: pymupdf.Page) -> pymupdf.Matrix:
    """From points as seen to where MuPDF puts an annotation."""
    return ~to_seen(page, size_as_seen(page))


def to_user_space(page: pymupdf.Page) -> pymupdf.Matrix:
    """From points as seen to the page's own user space: from the bottom left, before rotation.

    This is what annotations in a PDF and in XFDF are written in.
    """
    unit = user_unit(page)
    left, top = page.cropbox.x0, page.mediabox.y1 - page.cropbox.y0
    return from_seen(page) * pymupdf.Matrix(1 / unit, 0, 0, -1 / unit, left, top)


def box_as_seen(box: tuple[float, float, float, float], seen: pymupdf.Matrix) -> Rect:
    """An upright box before rotation as the upright box it is seen as."""
    turned = pymupdf.Rect(box) * seen
    return Rect(turned.x0, turned.y0, turned.x1, turned.y1)
