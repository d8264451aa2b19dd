"""A clock that a test moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from meetingroom.domain.clock import tell_time_by


class ToldTime:
    """It is as late as the test says, and goes on from there."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def be(self, moment: datetime) -> None:
        """Let it be this moment."""
        self.ahead = moment.astimezone(UTC) - datetime.now(UTC)


@contextmanager
def told_time() -> Iterator[ToldTime]:
    """For the whole process, until the block ends."""
    made = ToldTime()
    tell_time_by(made.now)
    try:
        yield made
    finally:
        tell_time_by(lambda: datetime.now(UTC))
