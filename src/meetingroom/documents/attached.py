"""Shared memory as a worker sees it: attached by name, never made or taken away there.

`multiprocessing.shared_memory` would have a process of its own take the parent's memory
away when a worker ends (before Python 3.13).
"""

import mmap
import os
import sys
from pathlib import Path

MAP_POPULATE = getattr(mmap, "MAP_POPULATE", 0)
SHARED = Path("/dev/shm")  # noqa: S108 - where Linux shows shared memory by its name


class AttachedMemory:
    """A slot of the parent's, as bytes to write."""

    def __init__(self, name: str, size: int) -> None:
        """`size` is in bytes. Raises OSError where the parent has given the slot up."""
        self._name, self.size = name, size
        if sys.platform == "win32":  # written for Windows, not yet tried there
            self._map = mmap.mmap(-1, size, tagname=name)
            return
        handle = os.open(SHARED / name, os.O_RDWR)
        try:
            # All of it at once: page by page while drawing takes four times as long.
            self._map = mmap.mmap(handle, size, mmap.MAP_SHARED | MAP_POPULATE)
        finally:
            os.close(handle)

    @property
    def is_gone(self) -> bool:
        """Whether the parent has given the slot up: only this mapping still holds its memory."""
        return sys.platform != "win32" and not (SHARED / self._name).exists()

    @property
    def buffer(self) -> memoryview:
        return memoryview(self._map)

    def close(self) -> None:
        self._map.close()
