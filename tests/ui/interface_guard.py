"""Catches file, network, database and PDF work on the interface's thread.

Python's audit hooks tell of files, sockets, processes and databases; what they do not tell
of (a look whether a file is there, the doors of the store and the crew) is wrapped. Only
work that this program's own code asked for counts.
"""

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from meetingroom.documents.hand import Hand
from meetingroom.store import blobs, database

SOURCES = str(Path(database.__file__).parents[1])
TOLD = ("open", "os.", "shutil.", "glob.", "sqlite3.", "socket.", "subprocess.", "tempfile.")
HARMLESS = {"os.putenv", "os.unsetenv"}
WRAPPED = (
    (os, "stat"),
    (database.Database, "read"),
    (database.Database, "write"),
    *((blobs.FileBlobs, name) for name in ("path", "keep_file", "keep_bytes", "part", "finish")),
    (Hand, "ask"),
    (Hand, "_start"),
)
_watching: list["InterfaceGuard"] = []


class InterfaceGuard:
    """Notes every forbidden act; `violations` are an act and the stack that led to it."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self._is_noting = False

    def note(self, act: str) -> None:
        """An act on some thread; kept if it is the interface's and this program's."""
        if self._is_noting or threading.current_thread() is not threading.main_thread():
            return
        self._is_noting = True
        try:
            rows = [row for row in _stack() if row[0].startswith(SOURCES)]
            if rows:
                where = " < ".join(
                    f"{Path(name).name}:{line} {function}" for name, line, function in rows[:6]
                )
                self.violations.append(f"{act}: {where}")
        finally:
            self._is_noting = False


def _stack() -> list[tuple[str, int, str]]:
    """File, line and function of every frame, the innermost first; reads no file."""
    return [
        (frame.f_code.co_filename, line, frame.f_code.co_name)
        for frame, line in traceback.walk_stack(sys._getframe(2))
    ]


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event.startswith(TOLD) and event not in HARMLESS:
        _watching[-1].note(f"{event} {str(arguments[:1])[:80]}")


sys.addaudithook(_hear)


@contextmanager
def guarded(patch: pytest.MonkeyPatch) -> Iterator[InterfaceGuard]:
    """Watch the interface's thread meanwhile; the caller looks at the violations."""
    guard = InterfaceGuard()
    with patch.context() as wrap:
        for owner, name in WRAPPED:
            wrap.setattr(owner, name, _noting(guard, getattr(owner, name), name))
        _watching.append(guard)
        try:
            yield guard
        finally:
            _watching.remove(guard)


def _noting(guard: InterfaceGuard, plain: Callable[..., Any], name: str) -> Callable[..., Any]:
    def noted(*given: Any, **named: Any) -> Any:
        guard.note(f"{name}")
        return plain(*given, **named)

    return noted
