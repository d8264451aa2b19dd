"""The clock of a played meeting: one number, seen at once by every process of the story."""

import mmap
import os
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

from meetingroom.domain import clock

VARIABLE = "MEETINGROOM_STORY_CLOCK"
_SECONDS = struct.Struct("<d")
_AT_START = """\
from meetingroom.demo.story_clock import follow

follow()
"""


class StoryClock:
    """Goes as the computer's clock does, ahead or behind it by what the file says."""

    def __init__(self, file: Path) -> None:
        with file.open("r+b") as opened:
            # Mapped: reading it is no work with a file, so a window may ask at any time.
            self._mapped = mmap.mmap(opened.fileno(), _SECONDS.size)

    def now(self) -> datetime:
        """The story's time, in UTC."""
        (ahead,) = _SECONDS.unpack(self._mapped[:])
        return datetime.now(UTC) + timedelta(seconds=ahead)

    def set(self, moment: datetime) -> None:
        """It is this moment now, for every process of the story."""
        ahead = (moment - datetime.now(UTC)).total_seconds()
        self._mapped[:] = _SECONDS.pack(ahead)


def make(folder: Path) -> tuple[StoryClock, dict[str, str]]:
    """A clock in a folder, and the environment that lets a process follow it from its start.

    A computer that takes over starts a hub by itself; Python's own `sitecustomize` reaches
    that one, too, and the program itself needs to know nothing of it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "ahead"
    file.write_bytes(_SECONDS.pack(0.0))
    (folder / "sitecustomize.py").write_text(_AT_START, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    return StoryClock(file), {VARIABLE: str(file), "PYTHONPATH": path}


def follow() -> None:
    """Tell the time of this process by the story's clock, where there is one."""
    if file := os.environ.get(VARIABLE):
        clock.tell_time_by(StoryClock(Path(file)).now)
