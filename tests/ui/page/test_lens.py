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
def test_a_scale_is_within_25_and_800_per_cent_and_can_be_drawn_exactly(scale, ratio):
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


# --- a run of pages ---------------------------------------------------------------------

SIZES = st.lists(
    st.tuples(st.floats(100, 1300), st.floats(100, 1700)).map(lambda pair: Size(*pair)),
    min_size=1,
    max_size=9,
)


def lens_on(sizes: list[Size], columns: int = 1, width: float = 800, height: float = 600) -> Lens:
    """A lens on one paper with pages of these sizes."""
    made = Lens(lambda leaf: sizes[leaf.page])
    made.set_view(width, height, 1.0)
    made.set_roll(Roll([("b", len(sizes))]))
    made.set_columns(columns)
    return made


@given(sizes=SIZES, columns=st.integers(1, 2))
def test_scrolling_on_comes_by_every_row_in_order_to_the_last(sizes, columns):
    glass = lens_on(sizes, columns)
    rows = [glass.index]
    if not glass.scroll_by(0, 1):
        return  # all of it is in sight
    while glass.scroll_by(0, 40):
        if glass.index != rows[-1]:
            rows.append(glass.index)
        assert glass.sheets(), "something is always in sight"
    assert rows == sorted(rows) and rows[0] == 0
    assert glass.index in glass.roll.row(len(sizes) - 1, columns)


@given(sizes=SIZES, far=st.floats(1, 4000))
def test_what_was_scrolled_down_is_scrolled_up_again(sizes, far):
    glass = lens_on(sizes)
    glass.scroll_by(0, far)
    middle = _places(glass)
    glass.scroll_by(0, 37)
    went = glass.scroll_by(0, 100)
    glass.scroll_by(0, 1e6)
    glass.scroll_by(0, -1e6)
    assert glass.index == 0 and (went or middle)
    glass.scroll_by(0, far)
    assert _near(_places(glass), middle)


@given(sizes=SIZES, far=st.floats(0, 3000), y=st.floats(0, 600))
def test_taking_another_page_in_sight_moves_nothing(sizes, far, y):
    glass = lens_on(sizes)
    glass.scroll_by(0, far)
    before = _places(glass)
    sheet = glass.sheet_at(QPointF(400, y))
    if sheet is not None and glass.take_at(QPointF(400, y)):
        assert glass.leaf == sheet.leaf
        assert _near(_places(glass), before)


def _places(glass: Lens) -> dict[Leaf, tuple[float, float]]:
    return {sheet.leaf: (sheet.origin.x(), sheet.origin.y()) for sheet in glass.sheets()}


def _near(one: dict[Leaf, tuple[float, float]], other: dict[Leaf, tuple[float, float]]) -> bool:
    both = one.keys() & other.keys()
    return bool(both) and all(
        abs(one[leaf][0] - other[leaf][0]) <= 1 and abs(one[leaf][1] - other[leaf][1]) <= 1
        for leaf in both
    )


@given(
    turn=st.sampled_from([0, 90, 180, 270]),
    x=st.floats(0, 595),
    y=st.floats(0, 842),
    has_room=st.booleans(),
)
def test_a_place_of_a_turned_page_is_found_under_where_it_is_seen(turn, x, y, has_room):
    glass = lens_on([A4, A4])
    glass.set_turn("b", turn)
    glass.set_room(has_room=has_room)
    sheet = glass.sheet()
    assert sheet is not None
    seen = sheet.to_view(Rect(x, y, x, y)).topLeft()
    assert sheet.paper.adjusted(-1, -1, 1, 1).contains(seen)
    back = sheet.to_page(seen)
    assert abs(back.x - x) < 0.02 and abs(back.y - y) < 0.02


def test_two_pages_lie_beside_each_other_and_fit():
    glass = lens_on([A4] * 5, columns=2)
    glass.set_fit(Fit.PAGE)
    first, second = glass.sheets()[:2]
    assert first.box.right() < second.box.left() and second.box.right() <= 800
    assert glass.neighbour(1) == 2 and glass.neighbour(2) == 4 and glass.neighbour(3) is None


def test_page_by_page_one_page_alone_is_in_sight():
    glass = lens_on([A4] * 3)
    glass.set_continuous(is_continuous=False)
    glass.scroll_to(0, 1e9)
    assert [sheet.leaf.page for sheet in glass.sheets()] == [0]
    assert not glass.scroll_by(0, 100)


def test_the_scroll_bar_reaches_every_page():
    glass = lens_on([A4] * 400)
    glass.scroll_to(0, glass.scroll_range().height())
    assert glass.index == 399
    glass.scroll_to(0, 0)
    assert glass.index == 0
