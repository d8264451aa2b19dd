"""Shared memory for pixels: the parent alone makes and unlinks it, and uses it again."""

import contextlib
import os
import threading
from multiprocessing.shared_memory import SharedMemory

GRAIN = 1 << 20
KEPT_FREE = 256 << 20  # bytes of free slots


class Slot:
    """Pixels of one drawing (implements `Pixels`), or a free piece of memory."""

    def __init__(self, pool: "SlotPool", size: int) -> None:
        self._pool = pool
        self.memory = _reserved(size)
        self.width = self.height = self.stride = 0
        self._lock = threading.Lock()
        self._holders = 1

    @property
    def name(self) -> str:
        return self.memory.name

    @property
    def capacity(self) -> int:
        return self.memory.size

    @property
    def buffer(self) -> memoryview:
        assert self.memory.buf is not None  # noqa: S101
        return self.memory.buf[: self.stride * self.height]

    def shaped(self, width: int, height: int) -> "Slot":
        """The same memory as rows of 32-bit pixels."""
        self.width, self.height, self.stride = width, height, width * 4
        self._holders = 1
        return self

    def share(self, holders: int) -> None:
        """So many were given the same pixels; each releases them once."""
        self._holders = holders

    def release(self) -> None:
        """The pixels are not needed any more; when nobody needs them the memory is used again."""
        with self._lock:
            self._holders -= 1
            if self._holders > 0:
                return
        self._pool.give_back(self)


def _reserved(size: int) -> SharedMemory:
    """Shared memory that is there: without this, drawing into a full one would be the end.

    Raises OSError.
    """
    memory = SharedMemory(create=True, size=size)
    handle = getattr(memory, "_fd", -1)
    if handle >= 0 and hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(handle, 0, size)
        except OSError:
            memory.unlink()
            memory.close()
            raise
    return memory


class SlotPool:
    """Free slots, used again by the smallest that fits; bounded in bytes."""

    def __init__(self, keep_bytes: int = KEPT_FREE) -> None:
        self._keep = keep_bytes
        self._free: list[Slot] = []
        self._all: dict[str, Slot] = {}
        self._lock = threading.Lock()
        self._is_closed = False

    def take(self, width: int, height: int) -> Slot:
        """A slot for pixels of this size."""
        needed = width * height * 4
        with self._lock:
            fitting = [slot for slot in self._free if needed <= slot.capacity <= 4 * needed + GRAIN]
            if fitting:
                slot = min(fitting, key=lambda one: one.capacity)
                self._free.remove(slot)
                return slot.shaped(width, height)
        slot = Slot(self, -(-needed // GRAIN) * GRAIN)
        with self._lock:
            self._all[slot.name] = slot
        return slot.shaped(width, height)

    def give_back(self, slot: Slot) -> None:
        """Keep a slot for the next drawing; those of a size long not asked for make room."""
        with self._lock:
            if slot.name not in self._all or slot in self._free:
                return
            self._free.append(slot)
            ended = self._beyond(0 if self._is_closed else self._keep)
        for one in ended:
            _end(one)

    def _beyond(self, keep: int) -> list[Slot]:
        """The oldest free slots that are too many, taken off the list."""
        ended, free = [], sum(one.capacity for one in self._free)
        while free > keep:
            oldest = self._free.pop(0)
            free -= oldest.capacity
            del self._all[oldest.name]
            ended.append(oldest)
        return ended

    def drop(self, slot: Slot) -> None:
        """Give up a slot whose drawing failed: a worker short of memory may have unlinked it."""
        with self._lock:
            if self._all.pop(slot.name, None) is None:
                return
        _end(slot)

    def close(self) -> None:
        """Unlink everything."""
        with self._lock:
            self._is_closed = True
            slots, self._all, self._free = list(self._all.values()), {}, []
        for slot in slots:
            _end(slot)


def _end(slot: Slot) -> None:
    with contextlib.suppress(FileNotFoundError):
        slot.memory.unlink()
    try:
        slot.memory.close()
    except BufferError:
        # Somebody still looks at the pixels; the memory goes when they stop, without a word.
        slot.memory.close = _nothing  # type: ignore[method-assign]


def _nothing() -> None:
    """In place of a close that would be tried again when the interpreter ends."""
