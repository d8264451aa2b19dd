"""The process's clock can be another one than the computer's."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from meetingroom.domain import clock


@pytest.fixture(autouse=True)
def _back_to_the_computers() -> Iterator[None]:
    yield
    clock.tell_time_by(lambda: datetime.now(UTC))


def test_unless_another_is_named_the_computers_clock_tells_the_time() -> None:
    assert abs(clock.utc_now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_named_clock_tells_the_time_to_whoever_asks_later() -> None:
    eight = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    clock.tell_time_by(lambda: eight)

    assert clock.utc_now() == eight
