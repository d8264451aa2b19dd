"""Rich text (.rtf)."""

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.files.charsets import mended
from meetingroom.invitations.files.html_letter import letter_of_html
from meetingroom.invitations.files.rtf import read
from meetingroom.invitations.files.task import Task


def read_rtf(_name: str, data: bytes, _task: Task) -> Letter:
    """An RTF file."""
    return letter_of_rtf(data)


def letter_of_rtf(data: bytes) -> Letter:
    """The words and links of RTF, or of the HTML in it."""
    rtf = read(data)
    if rtf.html:
        return letter_of_html(rtf.html)
    text = mended(rtf.text)
    return Letter(parts=(Part(text=text), *rtf.links) if text.strip() else rtf.links)
