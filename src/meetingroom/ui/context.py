"""What a window of an enrolled computer works with; `desktop` fills it.

Its types are only named here: a window on one file loads none of the services.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting
    from meetingroom.domain.ports import Pages
    from meetingroom.services.calendars import Calendars
    from meetingroom.services.call_checking import CallChecking
    from meetingroom.services.calling import Calling
    from meetingroom.services.carrying import Carrying
    from meetingroom.services.cue_notes import CueNotes
    from meetingroom.services.desk import Desk
    from meetingroom.services.drafting import Drafting
    from meetingroom.services.following import Following
    from meetingroom.services.hub_watch import HubWatch
    from meetingroom.services.importing import Taken
    from meetingroom.services.inviting import Inviting
    from meetingroom.services.issuing import Issuing
    from meetingroom.services.leading import Leading
    from meetingroom.services.marking import Marking
    from meetingroom.services.online_figures import OnlineFigures
    from meetingroom.services.opinions import Opinions
    from meetingroom.services.personal_backup import BackedUp, Restored
    from meetingroom.services.purging import Purging
    from meetingroom.services.reading import Reading
    from meetingroom.services.rehearsing import Rehearsing
    from meetingroom.services.replacing import Replacing
    from meetingroom.services.retelling import Retelling
    from meetingroom.services.room_ink import RoomInk
    from meetingroom.services.schedules import Schedules
    from meetingroom.services.searching import Searching
    from meetingroom.services.speaking import Speaking
    from meetingroom.services.taking_over import TakingOver
    from meetingroom.services.voting import Voting
    from meetingroom.services.week_reading import WeekReading
    from meetingroom.settings import Settings
    from meetingroom.ui.bridge import Bridge


@dataclass(frozen=True)
class Preferences:
    """The door to what a person may change on this computer."""

    read: Callable[[], Future[Settings]]
    keep: Callable[[dict[str, object]], Future[None]]
    """Keep new values by the names of `Settings`; fails with StoreError."""
    sources: Path
    """The folder this program's source code lies in."""
    show_sources: Callable[[], None] = lambda: None
    """Open that folder in the system's file manager."""
    has_hub: bool = False
    """Whether this computer is the office's hub."""


@dataclass(frozen=True)
class Safekeeping:
    """The door to backups of the own marks; fails with StoreError or CallError."""

    state: Callable[[], Future[tuple[BackedUp | None, str]]]
    """The last backup, and the folder where one keeps itself up ("" for none)."""
    back_up: Callable[[Path, str, bool], Future[BackedUp]]
    """Into a folder, with a passphrase; whether one is to keep itself up there."""
    restore: Callable[[Path, str], Future[Restored]]
    stop: Callable[[], Future[None]]
    """Keep none up by itself any more."""


@dataclass(frozen=True)
class DeskContext:
    """Services and doors a window may use. Everything that takes time returns a Future."""

    desk: Desk
    marking: Marking
    reading: Reading
    leading: Leading
    bridge: Bridge
    pages: Pages
    carrying: Carrying | None = None
    replacing: Replacing | None = None
    drafting: Drafting | None = None
    issuing: Issuing | None = None
    export: Callable[[Meeting, Path, set[str]], Future[dict[str, Any]]] | None = None
    """Write marks of a meeting to a folder, formats of {"pdf", "xfdf", "csv"}."""
    import_marks: Callable[[str, Path, str], Future[Taken]] | None = None
    """Take in the marks of a file: a meeting, the file, the paper to try first."""
    save_copy: Callable[[str, str, Path, bool], Future[None]] | None = None
    """Save a version of a paper: a meeting, the version's blob, the file, whether with marks."""
    open_address: Callable[[str], None] = lambda _address: None
    """Open a web or mail address in the right program."""
    preferences: Preferences | None = None
    safekeeping: Safekeeping | None = None
    searching: Searching | None = None
    voting: Voting | None = None
    call_checking: CallChecking | None = None
    calling: Calling | None = None
    opinions: Opinions | None = None
    retelling: Retelling | None = None
    cues: CueNotes | None = None
    purging: Purging | None = None
    speaking: Speaking | None = None
    hub_watch: HubWatch | None = None
    room_ink: RoomInk | None = None
    following: Following | None = None
    rehearsing: Rehearsing | None = None
    taking_over: TakingOver | None = None
    calendars: Calendars | None = None
    inviting: Inviting | None = None
    schedules: Schedules | None = None
    figures: OnlineFigures | None = None
    week_reading: WeekReading | None = None

    @property
    def me(self) -> str:
        """The principal whose desk this is."""
        return self.desk.person

    @property
    def is_secretary(self) -> bool:
        """Whether this person prepares meetings in this office."""
        return self.desk.directory.has_right(self.me, "secretary")

    @property
    def is_administrator(self) -> bool:
        return self.desk.directory.has_right(self.me, "administrator")
