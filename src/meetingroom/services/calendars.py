"""Meetings in other calendars: as a file, and as a subscription of one person's at the hub."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Protocol

from meetingroom.domain.directory import Directory
from meetingroom.domain.errors import CallError
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.office_week import Engagement, engagements_of
from meetingroom.domain.ports import Secrets
from meetingroom.services.desk import Desk
from meetingroom.wording import tr

SUBSCRIPTION = "calendar-subscription"


class WriteCalendar(Protocol):
    """Meetings to the bytes of a calendar file: `office` names it, `name` is for people."""

    def __call__(self, rows: Sequence[Engagement], office: str, name: str) -> bytes: ...


KeepFile = Callable[[Path, bytes], None]
"""Write a whole file. Raises StoreError."""


def own_engagements(
    meetings: Sequence[Meeting], directory: Directory, person: str
) -> list[Engagement]:
    """The meetings somebody takes part in today."""
    return engagements_of([row for row in meetings if person in row.people], directory)


def calendar_name(directory: Directory, office_name: str) -> str:
    """What calendar programs call it."""
    name = directory.office.name if directory.office else office_name
    return tr("Meetings, {0}").format(name)


class Calendars:
    """Everything runs on the desk's thread and returns Futures."""

    def __init__(self, desk: Desk, write: WriteCalendar, keep: KeepFile, secrets: Secrets) -> None:
        self._desk, self._write, self._keep, self._secrets = desk, write, keep, secrets

    def save(self, path: Path, meeting: str = "") -> "Future[int]":
        """Write a calendar file of all own meetings, or of one; how many are in it.

        Fails with CallError("meeting.unknown") or StoreError.
        """
        return self._desk.run(lambda: self.save_now(path, meeting))

    def save_now(self, path: Path, meeting: str = "") -> int:
        """The same at once; off the interface's thread."""
        rows = self.rows(meeting)
        if meeting and not rows:
            raise CallError("meeting.unknown")
        self._keep(path, self._write(rows, self._desk.profile.office, self._name()))
        return len(rows)

    def rows(self, meeting: str) -> list[Engagement]:
        """All own meetings, or one; from any thread."""
        desk = self._desk
        if meeting:  # a secretary's list may have one that they do not attend
            known = desk.meeting(meeting)
            return engagements_of([known] if known else [], desk.directory)
        return own_engagements(list(desk.meetings.values()), desk.directory, desk.person)

    def _name(self) -> str:
        return calendar_name(self._desk.directory, self._desk.profile.office_name)

    # --- the subscription -----------------------------------------------------------------

    def address(self) -> "Future[str]":
        """The address made on this computer, "" without one."""
        return self._desk.run(lambda: self._secrets.get(SUBSCRIPTION) or "")

    def subscribe(self) -> "Future[str]":
        """A fresh address at the hub; one from before ends. Fails as a request to the hub does,
        or with CallError("calendar.no_port") where the hub serves no telephones."""
        return self._asked("calendar.make", self._made)

    def _made(self, answer: dict[str, Any]) -> str:
        address = str(answer["address"])
        if not address:
            raise CallError("calendar.no_port")
        self._secrets.set(SUBSCRIPTION, address)
        return address

    def stop(self) -> "Future[str]":
        """The address is good no more, anywhere."""
        return self._asked("calendar.stop", self._stopped)

    def _stopped(self, _answer: dict[str, Any]) -> str:
        self._secrets.set(SUBSCRIPTION, None)
        return ""

    def _asked(self, name: str, then: Callable[[dict[str, Any]], str]) -> "Future[str]":
        told: Future[str] = Future()

        def answered(asked: "Future[dict[str, Any]]") -> None:
            self._desk.run(lambda: finish(asked))  # the keyring takes its time

        def finish(asked: "Future[dict[str, Any]]") -> None:
            try:
                told.set_result(then(asked.result()))
            except Exception as error:  # handed on whole to who waits
                told.set_exception(error)

        self._desk.ask(name, {}).add_done_callback(answered)
        return told
