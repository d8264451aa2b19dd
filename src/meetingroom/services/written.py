"""Files this program wrote outside its folder: copies, exports, prints to a file.

Only so that they can be deleted when a paper is purged. A file that was changed or moved since
is somebody's own by now: it is left alone, and told.
"""

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path

import msgspec

from meetingroom.domain.ports import DeviceLog

log = logging.getLogger(__name__)
WRITTEN, PRINTED = "written:", "printed:"


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file and what papers' files stand in it."""

    path: str
    sha256: str
    blobs: tuple[str, ...]


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def note_written(device_log: DeviceLog, path: Path, blobs: Iterable[str]) -> None:
    """Remember a file that was just written."""
    try:
        row = Written(path=str(path.absolute()), sha256=_hash_of(path), blobs=tuple(blobs))
    except OSError as error:
        log.info("a written file is not there any more: %s", error.strerror)
        return
    name = hashlib.sha256(row.path.encode()).hexdigest()
    device_log.set_value(WRITTEN + name, msgspec.json.encode(row))


def note_printed(device_log: DeviceLog, blob: str) -> None:
    """Remember that a paper went to a printer: what is on sheets nobody can call back."""
    times = int(device_log.value(PRINTED + blob) or b"0") + 1
    device_log.set_value(PRINTED + blob, str(times).encode())


def delete_written(device_log: DeviceLog, blobs: Iterable[str]) -> tuple[int, list[str]]:
    """Delete the files with these papers; how many went, and where those are that did not.

    A file the person deleted is neither.
    """
    wanted = set(blobs)
    gone, left = 0, []
    for name, raw in device_log.values(WRITTEN).items():
        row = msgspec.json.decode(raw, type=Written)
        if not wanted & set(row.blobs):
            continue
        path = Path(row.path)
        try:
            if _hash_of(path) == row.sha256:
                path.unlink()
                gone += 1
            else:
                left.append(row.path)
        except OSError as error:
            log.info("a copy could not be reached: %s", error.strerror)
            left.append(row.path)
        device_log.set_value(name, None)
    return gone, left


def forget_printed(device_log: DeviceLog, blobs: Iterable[str]) -> int:
    """How often these papers were printed here, from now on unknown."""
    times = 0
    for blob in blobs:
        times += int(device_log.value(PRINTED + blob) or b"0")
        device_log.set_value(PRINTED + blob, None)
    return times
