"""What the rules of who may write are made of: their form, and who leads a meeting."""

from collections.abc import Callable

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import Head

Refusal = str | None
Rule = Callable[[str, Head, facts.Fact, Directory, Meeting], Refusal]


def leads(actor: str, meeting: Meeting) -> bool:
    """Whether a person is the meeting's chair or one of its secretaries."""
    return meeting.is_chair(actor) or meeting.is_secretary(actor)


def lead(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """The rule for what leads a meeting: chair and secretaries, until it is closed."""
    if not leads(actor, meeting):
        return "no_right"
    if meeting.state in ("closed", "cancelled") and not isinstance(fact, facts.MeetingOpened):
        return "closed"
    return None
