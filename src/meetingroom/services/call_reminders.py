"""Reminders of online meetings on the laptops of who leads: once each, also after a restart."""

from concurrent.futures import Future
from datetime import datetime

import msgspec

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import is_later, reminder
from meetingroom.domain.records import moment_of
from meetingroom.domain.ruling import leads
from meetingroom.services.desk import Desk

NAME = "call-reminder:"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The last reminder that was shown of a meeting at this time."""

    starts_at: str
    reminder: str


class CallReminders:
    """Knows what was told; nothing of it leaves this computer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._told: dict[str, Told] = {}
        self.read = desk.run(self._read)
        """Done once what was told before is known."""

    def _read(self) -> None:
        for name, raw in self._desk.log.values(NAME).items():
            self._told.setdefault(name.removeprefix(NAME), msgspec.json.decode(raw, type=Told))

    def due(self, now: datetime) -> tuple[Meeting, str] | None:
        """The meeting and the reminder to show now, None for none; of several the nearest."""
        if not self.read.done():
            return None
        found = [
            (meeting, which)
            for meeting in list(self._desk.meetings.values())
            if (which := self._due_of(meeting, now))
        ]
        return min(found, key=lambda one: _starts(one[0]), default=None)

    def _due_of(self, meeting: Meeting, now: datetime) -> str:
        issued = meeting.issued
        is_near = issued is not None and bool(issued.links) and meeting.state in ("issued", "open")
        if issued is None or not is_near or not leads(self._desk.person, meeting):
            return ""
        which = reminder(_starts(meeting), now)
        if which == "now" and (meeting.scene.join or any(c.is_in for c in meeting.calls.values())):
            return ""  # they are in already
        told = self._told.get(meeting.id)
        before = told.reminder if told and told.starts_at == issued.starts_at else ""
        return which if which and is_later(which, before) else ""

    def note(self, meeting: Meeting, which: str) -> "Future[None]":
        """It was shown: not again for this time of the meeting."""
        starts_at = meeting.issued.starts_at if meeting.issued else ""
        told = self._told[meeting.id] = Told(starts_at=starts_at, reminder=which)
        raw = msgspec.json.encode(told)
        return self._desk.run(lambda: self._desk.log.set_value(NAME + meeting.id, raw))


def _starts(meeting: Meeting) -> datetime:
    return moment_of(meeting.issued.starts_at if meeting.issued else "")
