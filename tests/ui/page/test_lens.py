"""Where the page lies under the glass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from meetingroom.domain.geometry import Rect, Size
from meetingroom.ui.page.lens import FULL, LEAST, MOST, Fit, Lens
from meetingroom.ui.page.roll import Roll
from meetingroom.ui.page.sheet import Leaf

A4 = Size(595, 842)


def lens(width: float = 800, height: float = 600, ratio: float = 1.0, page: Size = A4) -> Lens:
    made = Lens(lambda _leaf: page)
    made.set_view(width, height, ratio)
    made.set_roll(Roll.of_leaf(Leaf("b", 0)))
    return made


@given(
    factor=st.floats(0.5, 2.0),
    x=st.floats(100, 700),
    y=st.floats(100, 500),
    ratio=st.sampled_from([1.0, 1.25, 1.5, 2.0]),
)
def test_what_lies_under_the_pointer_stays_under_it_when_zooming(factor, x, y, ratio):
    glass = lens(ratio=ratio)
    glass.zoom(3.0, QPointF(400, 300))  # larger than the view in both directions
    glass.scroll_to(400, 700)
    anchor = QPointF(x, y)
    before = glass.page_place(anchor)
    glass.zoom(max(2.0, 3.0 * factor), anchor)
    after = glass.page_place(anchor)
    assert abs(after.x - before.x) * glass.scale <= 1.5
    assert abs(after.y - before.y) * glass.scale <= 1.5


@given(scale=st.floats(0.01, 50), ratio=st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_a_scale_is_within_25_and_400_per_cent_and_can_be_drawn_exactly(scale, ratio):
    glass = lens(ratio=ratio)
    glass.zoom(scale, QPointF(0, 0))
    assert LEAST * 0.95 <= glass.scale <= MOST
    steps = glass.scale * ratio * 64
    assert abs(steps - round(steps)) < 1e-6


@pytest.mark.parametrize("fit", [Fit.WIDTH, Fit.PAGE, Fit.READING])
def test_a_fit_is_kept_when_the_window_changes(fit):
    glass = lens()
    glass.set_fit(fit)
    glass.set_view(500, 900, 1.0)
    assert glass.box().width() <= 500 - 2 * 16
    assert fit is not Fit.PAGE or glass.box().height() <= 900 - 2 * 16


@given(dx=st.floats(-5000, 5000), dy=st.floats(-5000, 5000))
def test_scrolling_never_loses_the_page(dx, dy):
    glass = lens()
    glass.zoom(2.5, QPointF(0, 0))
    glass.scroll_by(dx, dy)
    seen = glass.visible()
    assert seen.x1 - seen.x0 > 200 and seen.y1 - seen.y0 > 150


def test_at_the_end_nothing_moves_any_more():
    glass = lens()
    glass.scroll_to(0, 1e9)
    assert not glass.scroll_by(0, 100)
    assert glass.scroll_by(0, -100)


def test_a_box_of_the_page_is_brought_into_view_and_no_further():
    glass = lens()
    glass.zoom(FULL * 2, QPointF(0, 0))
    glass.reveal(Rect(400, 700, 500, 720))
    seen = glass.view_rect(Rect(400, 700, 500, 720))
    assert seen.top() >= 0 and seen.bottom() <= 600
    before = glass.scrolled
    glass.reveal(Rect(400, 700, 500, 720))
    assert glass.scrolled == before
