"""Whatever the window, who accompanies sees the part, and finds the own place again."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from meetingroom.domain.geometry import Rect, Size
from meetingroom.ui.page.company import AccompanyingLens
from meetingroom.ui.page.lens import FULL, Fit
from meetingroom.ui.page.roll import Roll
from meetingroom.ui.stage.steps import first_view, view_after
from meetingroom.ui.stage.zooming import panned, zoomed

A4 = Size(595, 842)
sizes = st.tuples(st.integers(360, 2600), st.integers(300, 1600), st.sampled_from([1.0, 1.25, 2.0]))
turns = st.sampled_from([0, 90, 180, 270])


def lens_of(size, fit=Fit.READING, turn=0, page=1) -> AccompanyingLens:
    lens = AccompanyingLens(lambda _leaf: A4)
    lens.set_view(*size)
    lens.set_roll(Roll([("paper", 5)]))
    lens.set_fit(fit)
    lens.set_turn("paper", turn)
    lens.show(page)
    return lens


def sees(lens: AccompanyingLens, part: Rect) -> bool:
    seen = lens.visible().grown(2)
    return seen.contains(part.x0, part.y0) and seen.contains(part.x1, part.y1)


@given(sizes, st.sampled_from(Fit), turns, st.floats(1.3, 6), st.floats(0, 1), st.floats(0, 1))
def test_what_is_near_is_seen_whole(size, fit, turn, factor, across, down):
    lens = lens_of(size, fit, turn)
    part = zoomed(A4, None, factor)
    part = panned(A4, part, across * A4.width, down * A4.height)
    lens.show_part(part, lens.stand(), is_near=True)
    assert lens.index == 1 and sees(lens, part)


@given(sizes, st.sampled_from(Fit))
def test_a_screenful_is_seen_whole_wherever_it_can_be_read(size, fit):
    lens = lens_of(size, fit)
    own = lens.stand()
    part: Rect | None = first_view(A4)
    while part is not None:
        lens.show_part(part, own, is_near=False)
        is_low = size[1] / (part.y1 - part.y0) < 0.85 * FULL
        assert is_low or sees(lens, part) or size[0] < part.x1 * 0.85 * FULL
        part = view_after(A4, part)


@given(sizes, st.sampled_from(Fit), turns, st.floats(0, 900), st.floats(0.3, 4))
def test_the_own_place_is_found_again_exactly(size, fit, turn, down, scale):
    lens = lens_of(size, fit, turn, page=2)
    if fit is Fit.FREE:
        lens.zoom(scale * FULL, QPointF(size[0] / 2, size[1] / 2))
    lens.scroll_by(0, down)
    index, own, seen = lens.index, lens.stand(), lens.visible()
    lens.show(4)
    lens.show_part(Rect(100, 100, 300, 204), own, is_near=True)
    lens.show(index)
    lens.return_to(own)
    assert (lens.index, lens.visible()) == (index, seen)
    assert lens.stand() == own
