"""The week of the office, or of one of its bodies, on screen and as an official document."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from meetingroom.domain.bodies import body_name
from meetingroom.domain.clock import utc_now
from meetingroom.domain.directory import Directory
from meetingroom.domain.errors import CallError
from meetingroom.domain.office_schedule import ScheduleForm, form_for, is_one_of
from meetingroom.domain.office_week import USUAL, Engagement, Week, week_of, with_rows, zone_of
from meetingroom.domain.records import moment_of
from meetingroom.services.calendars import KeepFile
from meetingroom.services.desk import Desk
from meetingroom.services.drafting import Draft


class WriteSchedule(Protocol):
    """A week to the bytes of its document."""

    def __call__(self, week: Week, form: ScheduleForm) -> bytes: ...


class Drafts(Protocol):
    """What a secretary prepares."""

    @property
    def drafts(self) -> Mapping[str, Draft]: ...


class Schedules:
    """What it shows are the meetings this person may read."""

    def __init__(
        self,
        desk: Desk,
        write: WriteSchedule,
        keep: KeepFile,
        drafting: Callable[[], Drafts | None] = lambda: None,
    ) -> None:
        self._desk, self._write, self._keep, self._drafting = desk, write, keep, drafting

    def today(self) -> date:
        """The day it is at the office."""
        return utc_now().astimezone(zone_of(self._desk.directory)).date()

    def week(self, day: date, body: str = "") -> Week:
        """The issued meetings of a week; from any thread."""
        return week_of(self._desk.meetings.values(), self._desk.directory, day, body)

    def week_in_preparation(self, day: date, body: str = "") -> Week:
        """The same with the drafts of new meetings among them, whose state is "draft"."""
        drafting, directory = self._drafting(), self._desk.directory
        drafts = list(drafting.drafts.values()) if drafting is not None else []
        rows = (_drafted(one, directory) for one in drafts if not one.base)
        more = [row for row in rows if row is not None and body in ("", row.body)]
        return with_rows(self.week(day, body), more)

    def save(
        self, path: Path, day: date, body: str = "", *, replaces_invitations: bool = False
    ) -> "Future[int]":
        """Write the week's document; how many meetings are in it.

        Fails with CallError("body.unknown") or StoreError.
        """
        return self._desk.run(
            lambda: self.save_now(path, day, body, replaces_invitations=replaces_invitations)
        )

    def save_now(
        self, path: Path, day: date, body: str = "", *, replaces_invitations: bool = False
    ) -> int:
        """The same at once; off the interface's thread."""
        directory = self._desk.directory
        if not is_one_of(directory, body):
            raise CallError("body.unknown", name=body)
        week = self.week(day, body)
        form = form_for(directory, body, self.today(), replaces_invitations=replaces_invitations)
        self._keep(path, self._write(week, form))
        return sum(not row.is_cancelled for row in week.engagements)


def week_file_name(week: Week) -> str:
    """The usual name of the document."""
    last = week.monday + timedelta(days=6)
    return f"Lịch công tác tuần {week.number:02d} ({week.monday:%d.%m}-{last:%d.%m.%Y}).docx"


def _drafted(draft: Draft, directory: Directory) -> Engagement | None:
    """A draft as the week shows it; None where it has no hour yet."""
    if not draft.starts_at:
        return None
    starts = moment_of(draft.starts_at).astimezone(zone_of(directory))
    minutes = sum(max(0, item.minutes) for item in draft.items)
    return Engagement(
        meeting=draft.meeting,
        title=draft.title,
        starts_at=starts,
        ends_at=starts + (timedelta(minutes=minutes) or USUAL),
        place=draft.place,
        body=draft.body,
        body_name=body_name(directory, draft.body),
        chair=directory.people.get(draft.chair),
        state="draft",
        revision=0,
    )
