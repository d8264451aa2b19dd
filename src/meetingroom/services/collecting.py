"""Collecting: the shared marks of all people, as values for exports."""

from meetingroom.domain.directory import Directory
from meetingroom.domain.geometry import Rect
from meetingroom.domain.ids import CHAIR, EVERYONE, SECRETARY
from meetingroom.domain.marks import Mark, TextMark, bounds, mark_kind
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.paper import ExportedMark
from meetingroom.domain.records import moment_of
from meetingroom.domain.replies import replies_by_root
from meetingroom.wording import tr


def shared_marks(meeting: Meeting, paper: Paper, blob: str = "") -> list[Mark]:
    """The marks on a version of a paper that are not private or refused, in page order.

    `blob` is the version; without it, the marks of all versions, oldest version first: a
    new version takes nobody's words away. Each is told once: on the newest version on which
    it certainly stands. Replies follow what they answer; those to a mark that is gone stand
    where it stood.
    """
    rows = meeting.marks_of(paper, is_certain=True)
    shared = [mark for mark in rows if not mark.is_private and not mark.is_refused]
    blobs = [blob] if blob else [version.blob for version in paper.versions]
    return [mark for one in blobs for mark in _in_threads([m for m in shared if m.blob == one])]


def _in_threads(shared: list[Mark]) -> list[Mark]:
    threads = replies_by_root(shared)
    roots = {mark.id: mark for mark in shared if not mark.reply_to}
    orphans = [replies for name, replies in threads.items() if name not in roots]
    groups = [[root, *threads.get(root.id, ())] for root in roots.values()] + orphans
    return [mark for group in sorted(groups, key=lambda rows: _place(rows[0])) for mark in group]


def collected_papers(meeting: Meeting) -> list[Paper]:
    """All papers that may carry marks: those on the agenda, then those taken out."""
    return [*meeting.in_reading_order(), *meeting.removed_papers.values()]


def version_words(paper: Paper, blob: str) -> str:
    """ "version 1" for an older version, "" for the newest."""
    if blob == paper.current.blob:
        return ""
    numbers = [version.version for version in paper.versions if version.blob == blob]
    return tr("version {0}").format(numbers[0]) if numbers else ""


def version_title(paper: Paper, blob: str) -> str:
    """ "Version 2": as a title begins, for the newest one, too."""
    numbers = [version.version for version in paper.versions if version.blob == blob]
    words = tr("version {0}").format(numbers[0]) if numbers else ""
    return words[:1].upper() + words[1:]


def _place(mark: Mark) -> tuple[int, float, float, str]:
    box: Rect = bounds(mark.shape)
    return mark.page, box.y0, box.x0, mark.id


def names_of(directory: Directory) -> dict[str, str]:
    """Every principal's name, and the words for those a mark may be for."""
    groups = {
        EVERYONE: tr("Everyone at the meeting"),
        SECRETARY: tr("The secretary"),
        CHAIR: tr("The chair"),
    }
    people = {key: person.name for key, person in directory.people.items()}
    return groups | people | {key: room.name for key, room in directory.rooms.items()}


def exported(meeting: Meeting, paper: Paper, mark: Mark, names: dict[str, str]) -> ExportedMark:
    """One line of the table."""
    number = meeting.number_of(paper.paper)
    older = version_words(paper, mark.blob)
    answered = meeting.marks.get(mark.reply_to)
    return ExportedMark(
        id=mark.id,
        author=names.get(mark.author, mark.author),
        paper=f"{number} {paper.title}".strip() + (f" ({older})" if older else ""),
        page=mark.page + 1,
        kind="reply" if mark.reply_to else mark_kind(mark.shape),
        text=mark.text,
        quote=mark.shape.quote if isinstance(mark.shape, TextMark) else "",
        audience=", ".join(names.get(word, word) for word in mark.audience),
        at=mark.at,
        was_offline=mark.was_offline,
        answers=answered_words(answered, names) if mark.reply_to else "",
    )


def answered_words(answered: Mark | None, names: dict[str, str]) -> str:
    """Whose mark a reply answers, and its first words; that it is gone where it is."""
    if answered is None:
        return tr("the original note was removed")
    quote = answered.shape.quote if isinstance(answered.shape, TextMark) else ""
    words = answered.text or quote
    author = names.get(answered.author, answered.author)
    return f"{author}: {words[:80]}" if words else author


def table_header() -> tuple[str, ...]:
    """What stands above the columns of `table_row`."""
    return (
        tr("Paper"),
        tr("Page"),
        tr("Author"),
        tr("Kind of mark"),
        tr("Text"),
        tr("Quoted words"),
        tr("In answer to"),
        tr("For whom"),
        tr("Time"),
        tr("Remark"),
    )


def table_row(mark: ExportedMark) -> tuple[str, ...]:
    """A mark as a line of the table; the time is this computer's, for people."""
    return (
        mark.paper,
        str(mark.page),
        mark.author,
        kind_words(mark.kind),
        mark.text,
        mark.quote,
        mark.answers,
        mark.audience,
        f"{moment_of(mark.at).astimezone():%Y-%m-%d %H:%M:%S}" if mark.at else "",
        tr("written without the hub") if mark.was_offline else "",
    )


def kind_words(kind: str) -> str:
    """A kind of mark in words."""
    words = {
        "highlight": tr("Highlight"),
        "underline": tr("Underline"),
        "strikeout": tr("Strike out"),
        "ink": tr("Pen"),
        "note": tr("Sticky note"),
        "text": tr("Text"),
        "box": tr("Box"),
        "arrow": tr("Arrow"),
        "line": tr("Line"),
        "stamp": tr("Stamp"),
        "reply": tr("Reply"),
    }
    return words.get(kind, kind)
