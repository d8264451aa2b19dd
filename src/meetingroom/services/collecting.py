"""Collecting: the shared marks of all people, as values for exports."""

from meetingroom.domain.directory import Directory
from meetingroom.domain.geometry import Rect
from meetingroom.domain.marks import Mark, TextMark, bounds, mark_kind
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.paper import ExportedMark


def shared_marks(meeting: Meeting, paper: Paper) -> list[Mark]:
    """The marks on a paper's newest version that are not private or refused, in page order."""
    marks = [
        mark
        for mark in meeting.marks_on(paper.current.blob)
        if not mark.is_private and not mark.is_refused
    ]
    return sorted(marks, key=_place)


def _place(mark: Mark) -> tuple[int, float, float, str]:
    box: Rect = bounds(mark.shape)
    return mark.page, box.y0, box.x0, mark.id


def names_of(directory: Directory) -> dict[str, str]:
    """Every principal's name."""
    people = {key: person.name for key, person in directory.people.items()}
    return people | {key: room.name for key, room in directory.rooms.items()}


def exported(meeting: Meeting, paper: Paper, mark: Mark, names: dict[str, str]) -> ExportedMark:
    """One line of the table."""
    number = meeting.number_of(paper.paper)
    return ExportedMark(
        id=mark.id,
        author=names.get(mark.author, mark.author),
        paper=f"{number} {paper.title}".strip(),
        page=mark.page + 1,
        kind=mark_kind(mark.shape),
        text=mark.text,
        quote=mark.shape.quote if isinstance(mark.shape, TextMark) else "",
        audience=", ".join(names.get(word, word) for word in mark.audience),
        at=mark.at,
    )
