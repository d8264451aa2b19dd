"""Writing what arrives: a full disk is noticed at once, and what fits is kept to go on from."""

import errno
import io

from meetingroom.domain.errors import StoreError

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def disk_error(error: OSError) -> StoreError:
    """A known error for what the disk said."""
    if error.errno in DISK_FULL:
        return StoreError("store.full")
    return StoreError("store.unwritable", reason=error.strerror or "")


def write_whole(file: io.FileIO, chunk: bytes) -> None:
    """Write without a buffer, which would fail a second time on closing. Raises StoreError."""
    rest = memoryview(chunk)
    try:
        while rest:
            rest = rest[file.write(rest) or 0 :]
    except OSError as error:
        raise disk_error(error) from error
