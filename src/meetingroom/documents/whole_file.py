"""A file that appears under its name only when it is whole."""

import contextlib
import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pymupdf

from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.domain.errors import MeetingError, PaperError, StoreError

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def whole_file(target: Path, needed: int = 1 << 16) -> Iterator[Path]:
    """Write to the path given; afterwards it is `target`, or nothing is left of it.

    `needed` is about how many bytes: MuPDF does not say that a disk is full. Raises
    StoreError("store.full" | "store.unwritable"), or PaperError where MuPDF cannot write
    what it read.
    """
    new = target.with_name(target.name + ".new")
    try:
        yield new
        new.replace(target)
    except MeetingError:
        raise
    except OSError as error:
        if error.errno in DISK_FULL:
            raise StoreError("store.full", file=target.name) from error
        reason = error.strerror or ""
        raise StoreError("store.unwritable", file=target.name, reason=reason) from error
    except FILE_AT_FAULT as error:
        if _room(target.parent) < needed:
            raise StoreError("store.full", file=target.name) from error
        if isinstance(error, pymupdf.mupdf.FzErrorSystem):
            reason = str(error).partition(": ")[2]
            raise StoreError("store.unwritable", file=target.name, reason=reason) from error
        raise PaperError("paper.damaged", file=target.name) from error
    finally:
        with contextlib.suppress(OSError):  # nothing could be written there in the first place
            new.unlink(missing_ok=True)


def _room(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
