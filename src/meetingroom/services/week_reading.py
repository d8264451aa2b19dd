"""A weekly schedule of somebody else's becomes drafts: those a person wants, all at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path

import msgspec

from meetingroom.domain.ids import new_id
from meetingroom.domain.office_week import Engagement, Week
from meetingroom.domain.records import moment_of
from meetingroom.domain.week_lines import PlannedMeeting, WeekLine, planned
from meetingroom.services.desk import Desk
from meetingroom.services.drafting import Draft, Drafting, DraftItem, DraftLink
from meetingroom.services.errands import Errands
from meetingroom.services.schedules import Schedules

USUAL_MINUTES, MOST_MINUTES = 60, 480
ReadLines = Callable[[Path], Sequence[WeekLine]]
"""The lines of a file. Raises PaperError, "week.none" where it is no schedule."""


class WeekReading:
    """Files are read on a thread of its own; nothing of them is kept but what becomes a draft."""

    def __init__(
        self, desk: Desk, drafting: Drafting, schedules: Schedules, read: ReadLines
    ) -> None:
        self._desk, self._drafting, self._schedules = desk, drafting, schedules
        self._read = read
        self._errands = Errands("weeks")
        desk.before_closing(self._errands.close)

    def read(self, file: Path) -> "Future[tuple[PlannedMeeting, ...]]":
        """The meetings a schedule tells of, and which are here already. Fails with PaperError."""
        return self._errands.run(lambda: self.read_now(file))

    def read_now(self, file: Path) -> tuple[PlannedMeeting, ...]:
        """The same at once; off the interface's thread."""
        lines = self._read(file)
        return planned(lines, self._here(lines), self._desk.directory)

    def _here(self, lines: Sequence[WeekLine]) -> list[Engagement]:
        """What is here in the weeks of these lines, drafts too."""
        days = {moment_of(line.starts_at).date() for line in lines}
        weeks: dict[object, Week] = {}
        for day in days:
            week = self._schedules.week_in_preparation(day)
            weeks[week.monday] = week
        return [row for week in weeks.values() for row in week.engagements]

    def make(self, chosen: Sequence[PlannedMeeting], base: Draft) -> "Future[list[Draft]]":
        """A draft of each, on top of what a new meeting begins with. Fails with StoreError."""
        drafts = [drafted(one, base) for one in chosen]
        return self._errands.run(lambda: [self._drafting.adopt(one).result() for one in drafts])


def drafted(one: PlannedMeeting, base: Draft) -> Draft:
    """A new meeting's draft with what the schedule says."""
    line = one.line
    item = DraftItem(item=new_id("item"), title=line.title, minutes=_minutes(line))
    link = DraftLink(
        link=new_id("link"), title=line.title, url="", organiser=line.organiser, site=line.site
    )
    return msgspec.structs.replace(
        base,
        meeting=new_id("meeting"),
        title=line.title,
        starts_at=line.starts_at,
        place=line.place or base.place,
        chair=one.chair or base.chair,
        members=one.people or base.members,
        items=(item,),
        links=(link,) if line.organiser else (),
    )


def _minutes(line: WeekLine) -> int:
    if not line.ends_at:
        return USUAL_MINUTES
    minutes = round((moment_of(line.ends_at) - moment_of(line.starts_at)) / timedelta(minutes=1))
    return min(minutes, MOST_MINUTES) if minutes > 0 else USUAL_MINUTES
