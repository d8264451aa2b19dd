"""What the first run can do; the window of an enrolled computer needs no more of it."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from meetingroom.domain.facts import PersonSet

if TYPE_CHECKING:
    from meetingroom.services.founding import Charter


@dataclass(frozen=True)
class FirstSteps:
    """What the first run can do; `desktop` fills it. Everything slow returns a Future."""

    is_enrolled: Callable[[], bool]
    join: "Callable[[str, str], Future[str]]"
    """(code, address or "") → the person's name."""
    found: "Callable[[Charter], Future[str]]"
    """The recovery key's text."""
    find_offices: "Callable[[], Future[list[str]]]"
    read_people: "Callable[[Path], Future[list[PersonSet]]]"
    keep_language: Callable[[str], None]
