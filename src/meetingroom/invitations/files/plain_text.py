"""Plain text: words, or what somebody copied out of a calendar or a page."""

import re

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.files.charsets import decoded
from meetingroom.invitations.files.kinds import kind_of_text
from meetingroom.invitations.files.task import Task

# Lines of a calendar without the calendar around them.
_CALENDAR_ROW = re.compile(
    r"^(?:DESCRIPTION|LOCATION|SUMMARY|DTSTART|DTEND|ORGANIZER|CONFERENCE"
    r"|X-(?:GOOGLE|MICROSOFT|ALT|ZOOM)-?[A-Z-]{0,40})(?:;[A-Z-]{1,30}=(?:\"[^\"\r\n]{0,2000}\"|[^:;\"\r\n]{0,200})){0,12}:",
    re.M,
)


def read_text(name: str, data: bytes, task: Task) -> Letter:
    """A text file."""
    return letter_of_text(name, decoded(data), task)


def letter_of_text(name: str, text: str, task: Task) -> Letter:
    """A text, whatever it was taken from."""
    if _CALENDAR_ROW.search(text):
        from meetingroom.invitations.files.calendar_file import letter_of_rows  # noqa: PLC0415

        letter = letter_of_rows(text, task)
        if letter.events:
            return letter
    if kind_of_text(text) == "html":
        from meetingroom.invitations.files.html_letter import letter_of_html  # noqa: PLC0415

        return letter_of_html(text, keeps_lines=True)
    return Letter(parts=(Part(text=text),)) if text.strip() else Letter()
