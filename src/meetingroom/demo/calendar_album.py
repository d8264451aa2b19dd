"""The chapter of the album about the week, calendars and figures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Do = Callable[..., Any]
Shoot = Callable[..., None]


class CalendarChapter:
    """`do` has a computer act, `shoot` takes a picture; files go under `folder`."""

    def __init__(self, do: Do, shoot: Shoot, folder: Path) -> None:
        self._do, self._shoot, self._folder = do, shoot, folder

    def on_the_wall(self) -> None:
        """The display while there is no meeting: as it is, and in a full week."""
        self._do("display", "see_idle")
        self._shoot("display", "display-idle")
        self._do("display", "see_sample_week", folder=str(self._folder))
        self._shoot("display", "display-week")
        self._do("display", "see_own_week")

    def on_the_desk(self) -> None:
        """A schedule that is read in, the week with it, the figures of a year."""
        self._do("secretary", "see_week")
        self._shoot("secretary", "secretary-week-read-in", "sample-week")
        self._do("secretary", "take_sample_week", folder=str(self._folder))
        self._shoot("secretary", "secretary-week")
        self._do("secretary", "give_up_drafts")
        self._do("secretary", "see_figures")
        self._shoot("secretary", "secretary-figures")

    def at_home(self) -> None:
        """One's meetings in one's own calendar."""
        self._do("deputy", "see_calendar")
        self._shoot("deputy", "calendar-elsewhere", "my-calendar")
