"""A folder has one owner process; a second program is told who and since when."""

import getpass
import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from meetingroom.domain.errors import StoreError


class FolderLock:
    """Held from construction to `release`, or until the process ends, however it ends.

    Raises StoreError("store.locked", what, who, host, pid, since).
    """

    def __init__(self, folder: Path, what: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._note = folder / "owner.json"
        self._file = (folder / "owner.lock").open("a+b")
        if not _seize(self._file):
            self._file.close()
            raise StoreError("store.locked", what=what, **read_note(self._note))
        note = {
            "who": _user(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        self._note.write_text(json.dumps(note), encoding="utf-8")

    def release(self) -> None:
        """Let the folder go."""
        self._note.unlink(missing_ok=True)
        self._file.close()


def read_note(note: Path) -> dict[str, object]:
    """Who holds a folder, as far as the owner wrote it down."""
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    unknown = {"who": "", "host": "", "pid": 0, "since": ""}
    return {**unknown, **(found if isinstance(found, dict) else {})}


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _seize(file: IO[bytes]) -> bool:
    if os.name == "nt":  # written for Windows, untested there
        import msvcrt  # noqa: PLC0415

        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    import fcntl  # noqa: PLC0415

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
