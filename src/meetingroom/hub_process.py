"""The hub of this computer as its own process: whether it runs, starting it, stepping back."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from meetingroom.store.lock import is_held

_started: list["subprocess.Popen[bytes]"] = []  # so that one that ended is not left a zombie
FENCED = "fenced"  # a file in the hub's folder: another hub took over from this one


def has_hub(data: Path) -> bool:
    """Whether this computer has the office's hub, and no other one took over from it."""
    folder = data / "hub"
    return (folder / "hub.db").is_file() and not (folder / FENCED).is_file()


def hub_is_running(data: Path) -> bool:
    """Whether a process owns this computer's hub."""
    return (data / "hub" / "hub.db").is_file() and is_held(data / "hub")


def ensure_hub(data: Path) -> int | None:
    """Start this computer's hub as its own process if it has one that does not run; its pid."""
    if not has_hub(data) or hub_is_running(data):
        return None
    command = [sys.executable, "-m", "meetingroom", "hub", "--data", str(data)]
    # Windows: detached and in a group of its own (written for it, untested there).
    flags: dict[str, Any] = (
        {"start_new_session": True} if os.name != "nt" else {"creationflags": 0x00000208}
    )
    _started[:] = [process for process in _started if process.poll() is None]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **flags,
    )
    _started.append(process)
    return int(process.pid)
