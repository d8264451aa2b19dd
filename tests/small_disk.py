"""A real small disk, to fill up: a tmpfs of a few megabytes, where tests may mount one."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PIECE = 4096  # bytes a disk gives at least


class SmallDisk:
    """A mounted disk of few bytes."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._stuffing = place / "stuffing"

    @property
    def free(self) -> int:
        return shutil.disk_usage(self.place).free

    def fill(self, leave: int = 0) -> None:
        """Take all room but `leave` bytes, also while others write there.

        What is asked for and is not there any more is not given in part, but not at all.
        """
        with self._stuffing.open("ab") as file:
            while (wanted := self.free - leave) > 0:
                for size in (wanted, wanted // 2, PIECE):
                    with contextlib.suppress(OSError):
                        os.posix_fallocate(file.fileno(), os.fstat(file.fileno()).st_size, size)
                        break
                else:
                    return  # less than the smallest piece

    def make_room(self) -> None:
        self._stuffing.unlink(missing_ok=True)


@contextlib.contextmanager
def mounted(place: Path, megabytes: int) -> Iterator[SmallDisk]:
    """A small disk at `place`; skips the test, saying so, where none can be mounted."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small disk to fill is mounted by root on Linux only")
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=False)
