"""The run of pages: found by their numbers, in rows that never mix papers."""

from hypothesis import given
from hypothesis import strategies as st

from meetingroom.ui.page.roll import Roll
from meetingroom.ui.page.sheet import Leaf

RUNS = st.lists(st.integers(1, 9), min_size=1, max_size=6).map(
    lambda counts: [(f"blob{n}", count) for n, count in enumerate(counts)]
)


@given(runs=RUNS, columns=st.integers(1, 2))
def test_rows_hold_every_page_once_and_never_two_papers(runs, columns):
    roll = Roll(runs)
    row = roll.row(0, columns)
    seen: list[Leaf] = []
    while row is not None:
        leaves = [roll.leaf(at) for at in row]
        assert len({leaf.blob for leaf in leaves}) == 1 and len(leaves) <= columns
        seen += leaves
        row = roll.row_after(row, columns)
    assert seen == [Leaf(blob, page) for blob, pages in runs for page in range(pages)]


@given(runs=RUNS, columns=st.integers(1, 2), at=st.integers(0, 53))
def test_the_row_before_the_row_after_is_the_row(runs, columns, at):
    roll = Roll(runs)
    row = roll.row(at % len(roll), columns)
    after = roll.row_after(row, columns)
    assert after is None or roll.row_before(after, columns) == row


@given(runs=RUNS, at=st.integers(0, 53))
def test_a_page_is_found_by_what_it_is(runs, at):
    roll = Roll(runs)
    at %= len(roll)
    assert roll.find(roll.leaf(at)) == at
    assert roll.find(Leaf("other", 0)) is None and roll.find(Leaf("blob0", 99)) is None


def test_a_file_that_lies_in_two_items_is_found_where_one_is():
    roll = Roll([("a", 2), ("b", 1), ("a", 2)])
    assert roll.find(Leaf("a", 1), near=4) == 4
    assert roll.find(Leaf("a", 1), near=2) == 1
