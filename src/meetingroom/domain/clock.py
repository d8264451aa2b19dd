"""The one place that asks what time it is, so that a played meeting can have its own time."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now by this computer's clock, in UTC."""
    return datetime.now(UTC)


class _Told:
    by: Clock = staticmethod(system_clock)


def utc_now() -> datetime:
    """Now, in UTC: by this computer's clock unless another was named."""
    return _Told.by()


def tell_time_by(clock: Clock) -> None:
    """Name the clock of this process: a played meeting passes two hours in minutes."""
    _Told.by = staticmethod(clock)
