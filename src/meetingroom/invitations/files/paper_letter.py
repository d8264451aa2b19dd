"""PDFs and pictures: read by an engine in the room beside, through its port."""

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter
from meetingroom.domain.invitation_port import PaperWords
from meetingroom.invitations.files.task import Task


def read_pdf(name: str, data: bytes, task: Task) -> Letter:
    """A PDF, typed or scanned."""
    return _papers(name, task).pdf(name, data)


def read_picture(name: str, data: bytes, task: Task) -> Letter:
    """A photograph, a scan or a screen's picture."""
    return _papers(name, task).picture(name, data, is_enclosed=task.depth > 0)


def _papers(name: str, task: Task) -> PaperWords:
    if task.papers is None:
        raise PaperError("paper.unreadable", file=name)
    return task.papers
