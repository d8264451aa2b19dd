"""The door: a file, or bytes from a drop or the clipboard, becomes a letter.

Small texts are read at once; what could do harm is read in a process apart, within a time limit.
"""

import stat
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from meetingroom.domain.clock import utc_now
from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter
from meetingroom.domain.invitation_port import LetterReader
from meetingroom.invitations.files.kinds import Kind, kind_of
from meetingroom.invitations.files.reading import read_here
from meetingroom.invitations.files.task import MAX_FILE

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# Bytes up to which a kind is read here: nothing in so much of it takes long.
_QUICK: dict[Kind, int] = {"text": 4 << 20, "html": 64 << 10}
MAX_TEXT = 4 << 20


def read_letter_file(path: Path, reader: LetterReader | None, today: date | None = None) -> Letter:
    """What a file says; waits for it. `today` says which time of a recurring event is next.

    Raises PaperError: paper.missing, .unreadable, .empty, .encrypted, .damaged, .secret,
    .timeout …, letter.folder, .huge, .other_office, .packed, .unknown_kind, .no_words.
    """
    return read_letter_bytes(path.name, _content(path), reader, today)


def read_letter_bytes(
    name: str, data: bytes, reader: LetterReader | None, today: date | None = None
) -> Letter:
    """What bytes say; `name` for sentences and for the secrecy it may speak of.

    Without a `reader` everything is read here, as far as no engine is needed.
    """
    if len(data) > MAX_FILE:
        raise PaperError("letter.huge", file=name)
    kind = kind_of(data)
    if kind == "text" and len(data) > MAX_TEXT:
        raise PaperError("letter.huge", file=name)
    if reader is None or len(data) <= _QUICK.get(kind, 0):
        return read_here(name, data, None, today or today_here())
    return reader.read(name, data).result()


def today_here() -> date:
    """The day at the office."""
    return utc_now().astimezone(ZONE).date()


def _content(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise PaperError("letter.folder", file=path.name)
        if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for
            raise PaperError("paper.unreadable", file=path.name)
        if found.st_size > MAX_FILE:
            raise PaperError("letter.huge", file=path.name)
        with path.open("rb") as file:
            return file.read(MAX_FILE + 1)
    except FileNotFoundError as error:
        raise PaperError("paper.missing", file=path.name) from error
    except OSError as error:
        raise PaperError("paper.unreadable", file=path.name) from error
