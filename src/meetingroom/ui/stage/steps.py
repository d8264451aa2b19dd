"""Screenfuls of a page: on a wide display a page is read in steps as wide as the screen."""

from meetingroom.domain.geometry import Rect, Size

STRIP = 0.0741  # of the screen's height, under the page
WIDE = 16 / 9
OVERLAP = 0.12  # of a screenful, so that no line is lost between two


def visible_height(size: Size, aspect: float = WIDE) -> float:
    """How many points of a page's height a display as wide as the page shows."""
    return size.width / aspect * (1 - STRIP)


def first_view(size: Size) -> Rect:
    """The top of a page."""
    return Rect(0, 0, size.width, min(size.height, visible_height(size)))


def last_view(size: Size) -> Rect:
    """The bottom of a page."""
    top = max(0.0, size.height - visible_height(size))
    return Rect(0, top, size.width, size.height)


def view_after(size: Size, view: Rect | None) -> Rect | None:
    """The next screenful of the same page; None at its end."""
    if view is None or view.y1 >= size.height - 1:
        return None
    height = visible_height(Size(view.x1 - view.x0, size.height))
    top = min(view.y0 + height * (1 - OVERLAP), max(0.0, size.height - height))
    return Rect(view.x0, round(top, 2), view.x1, round(min(size.height, top + height), 2))


def view_before(size: Size, view: Rect | None) -> Rect | None:
    """The screenful before; None at the page's top."""
    if view is None or view.y0 <= 1:
        return None
    height = visible_height(Size(view.x1 - view.x0, size.height))
    top = max(0.0, view.y0 - height * (1 - OVERLAP))
    return Rect(view.x0, round(top, 2), view.x1, round(min(size.height, top + height), 2))
