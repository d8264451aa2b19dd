"""Links of a page, by MuPDF's own list: PyMuPDF's takes longer with the square of their number."""

import math
from collections.abc import Iterator
from typing import Any

import pymupdf

from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.placing import page_size_as_seen
from meetingroom.domain.geometry import Point, Rect, Size, rounded
from meetingroom.domain.paper import Link, leads_outside

mupdf = pymupdf.mupdf
MAX_LINKS = 2000


def page_links(document: pymupdf.Document, number: int, size: Size) -> tuple[Link, ...]:
    """The links of a page whose size in points is `size`; those that lead nowhere left out.

    Raises what MuPDF raises of a damaged page.
    """
    page = mupdf.fz_load_page(document.this, number)
    bound = mupdf.fz_bound_page(page)
    across = size.width / max(1.0, bound.x1 - bound.x0)
    down = size.height / max(1.0, bound.y1 - bound.y0)
    links: list[Link] = []
    for one in _all(page):
        box = one.rect()
        seen = Rect(
            rounded(box.x0 * across),
            rounded(box.y0 * down),
            rounded(box.x1 * across),
            rounded(box.y1 * down),
        )
        link = _leading(document, seen, one.uri() or "")
        if link is not None:
            links.append(link)
    return tuple(links)


def _all(page: Any) -> Iterator[Any]:
    link = mupdf.fz_load_links(page)
    for _ in range(MAX_LINKS):
        if not link.m_internal:
            return
        yield link
        link = link.next()


def _leading(document: pymupdf.Document, box: Rect, uri: str) -> Link | None:
    if mupdf.fz_is_external_link(uri):
        return Link(box=box, uri=uri) if leads_outside(uri) else None
    try:
        place, x, y = mupdf.fz_resolve_link(document.this, uri)
        page = int(mupdf.fz_page_number_from_location(document.this, place))
        if not 0 <= page < document.page_count:
            return None
        return Link(box=box, page=page, at=_place(document, page, x, y))
    except FILE_AT_FAULT:
        return None


def _place(document: pymupdf.Document, page: int, x: float, y: float) -> Point | None:
    """A place on the page a link leads to, in points as seen."""
    if not (math.isfinite(x) and math.isfinite(y)) or (x, y) == (0, 0):
        return None
    size, bound = page_size_as_seen(document, page)
    return Point(rounded(x * size.width / bound.width), rounded(y * size.height / bound.height))
