"""Parts of a page nearer than its whole width: plain rectangles in points of the page."""

from meetingroom.domain.geometry import Rect, Size
from meetingroom.ui.stage.steps import first_view, visible_height

MOST = 6.0
STEP = 1.25
NEARLY = 0.99  # of the width: as good as all of it


def is_near(size: Size, view: Rect | None) -> bool:
    """Whether less than the page's width is shown."""
    return view is not None and view.x1 - view.x0 < size.width * NEARLY


def zoomed(
    size: Size, view: Rect | None, factor: float, at: tuple[float, float] | None = None
) -> Rect:
    """Nearer (factor over 1) or further; the place `at` (else the middle) stays where it is."""
    now = view if view is not None else first_view(size)
    wide = now.x1 - now.x0
    x, y = at if at is not None else ((now.x0 + now.x1) / 2, (now.y0 + now.y1) / 2)
    width = min(size.width, max(size.width / MOST, wide / factor))
    if width >= size.width * NEARLY:
        width = size.width
    share = width / wide
    return _within(size, x - (x - now.x0) * share, y - (y - now.y0) * share, width)


def panned(size: Size, view: Rect, across: float, down: float) -> Rect:
    """The same part moved by so many points, never off the page."""
    return _within(size, view.x0 + across, view.y0 + down, view.x1 - view.x0)


def _within(size: Size, left: float, top: float, width: float) -> Rect:
    height = visible_height(Size(width, size.height))
    left = min(max(0.0, left), size.width - width)
    top = min(max(0.0, top), max(0.0, size.height - height))
    return Rect(
        round(left, 2), round(top, 2), round(left + width, 2),
        round(min(size.height, top + height), 2),
    )  # fmt: skip
