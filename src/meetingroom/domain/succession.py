"""Who may take over a hub, and which computers keep a copy of it for that."""

from collections.abc import Iterable

from meetingroom.domain.directory import Directory
from meetingroom.domain.ids import is_person
from meetingroom.domain.meeting import Meeting

OVER = ("closed", "cancelled")


def standbys(directory: Directory, meetings: Iterable[Meeting]) -> tuple[str, ...]:
    """The active computers that keep a copy of the hub.

    Those the administrator named; else the room displays and the chairs' computers.
    """
    devices = directory.devices.values()
    if directory.standbys is not None:
        return tuple(d.device for d in devices if d.is_active and d.device in directory.standbys)
    chairs = {
        row.issued.chair for row in meetings if row.issued is not None and row.state not in OVER
    }
    return tuple(
        d.device
        for d in devices
        if d.is_active and (d.principal in directory.rooms or d.principal in chairs)
    )


def may_take_over(principal: str, directory: Directory, meetings: Iterable[Meeting]) -> bool:
    """Administrators, secretaries, and who leads a meeting that is not over."""
    return right_to_take_over(principal, directory, meetings) is not None


def right_to_take_over(
    principal: str, directory: Directory, meetings: Iterable[Meeting]
) -> str | None:
    """Whence somebody may: "" for a right of the office, else a meeting; None for nothing."""
    if has_office_right(principal, directory):
        return ""
    if principal not in directory.people:
        return None
    return next((row.id for row in meetings if leads_running(principal, row)), None)


def has_office_right(principal: str, directory: Directory) -> bool:
    """Whether a person is an administrator or a secretary of the office."""
    person = directory.people.get(principal)
    known = {"administrator", "secretary"}
    return person is not None and is_person(principal) and bool(known & {*person.rights})


def leads_running(principal: str, meeting: Meeting) -> bool:
    """Whether somebody chairs or keeps a meeting that is not over."""
    if meeting.issued is None or meeting.state in OVER:
        return False
    return meeting.is_chair(principal) or meeting.is_secretary(principal)
