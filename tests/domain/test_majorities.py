"""What a motion needs to pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.majorities import MAJORITIES, is_passed, needed

NUMBERS = st.integers(min_value=0, max_value=500)


@pytest.mark.parametrize(
    ("rule", "in_favour", "says"),
    [
        ("half_members", 12, True),
        ("half_members", 11, False),
        ("half_present", 10, True),
        ("half_present", 9, False),
        ("two_thirds_members", 16, True),
        ("two_thirds_members", 15, False),
        ("two_thirds_present", 12, True),
        ("two_thirds_present", 11, False),
        ("none", 23, None),
        ("", 23, None),
    ],
)
def test_a_motion_passes_by_its_rule_of_23_members_18_present(rule, in_favour, says) -> None:
    assert is_passed(rule, in_favour, 23, 18) is says


@given(st.sampled_from(MAJORITIES), NUMBERS, NUMBERS, NUMBERS)
def test_one_vote_more_never_makes_a_motion_fail(rule, in_favour, members, present) -> None:
    if is_passed(rule, in_favour, members, present):
        assert is_passed(rule, in_favour + 1, members, present)


@given(st.sampled_from(MAJORITIES), NUMBERS, NUMBERS)
def test_what_is_needed_is_the_fewest_that_pass(rule, members, present) -> None:
    fewest = needed(rule, members, present)
    if fewest is not None:
        assert is_passed(rule, fewest, members, present)
        assert fewest == 0 or not is_passed(rule, fewest - 1, members, present)
