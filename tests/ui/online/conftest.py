"""An online meeting with a clock the test moves."""

from collections.abc import Iterator

import pytest
from told_time import ToldTime, told_time


@pytest.fixture
def time() -> Iterator[ToldTime]:
    """The process's clock."""
    with told_time() as made:
        yield made
