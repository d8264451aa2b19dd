"""What an act has at hand: the window, its desk, and how long it stalled."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from meetingroom.demo.hands import wait_for
from meetingroom.desktop import OpenDesk
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.records import moment_of
from meetingroom.services.desk import Desk
from meetingroom.ui.context import DeskContext
from meetingroom.ui.desk_window import DeskWindow
from meetingroom.ui.display.room_display import RoomDisplay
from meetingroom.ui.stalls import StallWatch


class Opens(Protocol):
    """Where addresses go that were opened."""

    opened: list[str]


@dataclass
class Actor:
    """One window of the story."""

    desk: DeskWindow
    browser: Opens
    stalls: StallWatch
    display: RoomDisplay | None = None
    opened: OpenDesk | None = None
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def context(self) -> DeskContext:
        """The desk's context; waits until the desk is open."""
        if self.opened is not None:
            return self.opened.context
        return wait_for(lambda: self.desk.context, "the desk opens")

    @property
    def office(self) -> Desk:
        return self.context.desk

    @property
    def room(self) -> RoomDisplay:
        """The room display's window."""
        return wait_for(lambda: self.display, "the display opens")

    def meeting(self) -> Meeting:
        """The meeting this desk knows that starts last."""
        meetings = wait_for(lambda: self.office.meetings, "a meeting")
        return max(meetings.values(), key=_start)

    def paper(self, number: str) -> Paper:
        """A paper of the meeting by its number."""
        meeting = self.meeting()
        found = [p for p in meeting.in_reading_order() if meeting.number_of(p.paper) == number]
        return found[0]


def _start(meeting: Meeting) -> datetime:
    return (
        moment_of(meeting.issued.starts_at) if meeting.issued else datetime.min.replace(tzinfo=UTC)
    )
