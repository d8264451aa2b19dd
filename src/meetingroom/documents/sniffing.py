"""What a file is by its first bytes, whatever its name says."""

import stat
from pathlib import Path

from meetingroom.documents.engine import MAX_FILE
from meetingroom.domain.errors import PaperError

_KINDS = (
    (b"PK\x03\x04", "office"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "office"),
)


def check_pdf(path: Path) -> int:
    """The size of a file that looks like a PDF, in bytes.

    Raises PaperError: paper.missing, .unreadable, .empty, .huge, .not_pdf.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a folder, or a pipe that would be waited for
            raise PaperError("paper.unreadable", file=path.name)
        size = found.st_size
        with path.open("rb") as file:
            start = file.read(1024)
    except FileNotFoundError as error:
        raise PaperError("paper.missing", file=path.name) from error
    except OSError as error:
        raise PaperError("paper.unreadable", file=path.name) from error
    if size == 0:
        raise PaperError("paper.empty", file=path.name)
    if size > MAX_FILE:
        raise PaperError("paper.huge", file=path.name)
    if b"%PDF-" not in start:
        kind = next((kind for magic, kind in _KINDS if start.startswith(magic)), "other")
        raise PaperError("paper.not_pdf", file=path.name, kind=kind)
    return size
