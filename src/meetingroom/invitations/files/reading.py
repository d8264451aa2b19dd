"""One door for every file: what the bytes are says who reads them."""

from collections.abc import Callable
from datetime import date
from importlib import import_module

import msgspec

from meetingroom.domain import secrecy
from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter, Part
from meetingroom.domain.invitation_port import PaperWords
from meetingroom.invitations.files.kinds import Kind, kind_of
from meetingroom.invitations.files.task import Task

MAX_LETTERS, MAX_PARTS = 2_000_000, 5_000
_ROOM = "meetingroom.invitations.files"
# Each format's module and function, loaded when the first such file comes.
_READERS: dict[Kind, tuple[str, str]] = {
    "text": ("plain_text", "read_text"),
    "html": ("html_letter", "read_html"),
    "calendar": ("calendar_file", "read_calendar"),
    "mail": ("mail", "read_mail"),
    "pdf": ("paper_letter", "read_pdf"),
    "picture": ("paper_letter", "read_picture"),
    "docx": ("docx_letter", "read_docx"),
    "odt": ("odt_letter", "read_odt"),
    "zip": ("packed", "read_zip"),
    "msg": ("outlook_letter", "read_msg"),
    "rtf": ("rtf_letter", "read_rtf"),
    "doc": ("old_word", "read_doc"),
}
# What is told of kinds that cannot be read here.
_REFUSED: dict[Kind, str] = {
    "locked": "paper.encrypted",
    "sheet": "letter.other_office",
    "packed": "letter.packed",
    "unknown": "letter.unknown_kind",
}


def read_here(name: str, data: bytes, papers: PaperWords | None, today: date) -> Letter:
    """What a file says, read in this process.

    Raises PaperError: paper.empty, .encrypted, .damaged, .secret, letter.other_office, .packed,
    .unknown_kind, .no_words.
    """
    try:
        letter = _read(name, data, Task(_read, papers, today))
    except RecursionError as error:  # within each other without end
        raise PaperError("letter.unsafe", file=name) from error
    if not letter.parts and not letter.events and not letter.subject:
        raise PaperError("letter.no_words", file=name)
    return letter


def _read(name: str, data: bytes, task: Task) -> Letter:
    if not data.strip(b" \t\r\n\0"):
        raise PaperError("paper.empty", file=name)
    refuse_secret(name, secrecy.level_of_name(name))
    kind = kind_of(data)
    if kind not in _READERS:
        raise PaperError(_REFUSED.get(kind, "letter.unknown_kind"), file=name)
    letter = _bounded(_reader(kind)(name, data, task))
    refuse_secret(name, level_of(letter))
    return letter


def level_of(letter: Letter) -> str:
    """The secrecy that a letter's words say: a stamp near the top, or in its subject."""
    texts = [part.text for part in letter.parts if part.how in ("text", "html")][:1]
    return secrecy.worst(
        (secrecy.level_of_name(letter.subject), *(secrecy.level_of_text(one) for one in texts))
    )


def refuse_secret(name: str, level: str) -> None:
    """Raises PaperError("paper.secret") of a level; nothing of such a file is kept."""
    if level not in ("none", "unknown"):
        raise PaperError("paper.secret", file=name)


def _bounded(letter: Letter) -> Letter:
    """No more words than any letter has."""
    left, parts = MAX_LETTERS, list[Part]()
    for part in letter.parts[:MAX_PARTS]:
        if len(part.text) > left:
            part = msgspec.structs.replace(part, text=part.text[:left])  # noqa: PLW2901
        left -= len(part.text)
        parts.append(part)
        if left <= 0:
            break
    return msgspec.structs.replace(letter, parts=tuple(parts))


def _reader(kind: Kind) -> Callable[[str, bytes, Task], Letter]:
    module, function = _READERS[kind]
    read: Callable[[str, bytes, Task], Letter] = getattr(
        import_module(f"{_ROOM}.{module}"), function
    )
    return read
