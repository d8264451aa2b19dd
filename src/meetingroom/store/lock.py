"""A folder has one owner process; a second program is told who and since when."""

import contextlib
import getpass
import json
import os
import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from meetingroom.domain.errors import StoreError
from meetingroom.store.blobs import disk_error

TRIES, PAUSE = 5, 0.05  # seconds


class FolderLock:
    """Held from construction to `release`, or until the process ends, however it ends.

    Raises StoreError("store.locked", what, who, host, pid, since).
    """

    def __init__(self, folder: Path, what: str) -> None:
        self._note = folder / "owner.json"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / "owner.lock").open("a+b")
        except OSError as error:
            raise disk_error(error, folder.name) from error
        if not self._is_mine():
            self._file.close()
            raise StoreError("store.locked", what=what, **_for_people(read_note(self._note)))
        note = {
            "who": _user(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        # On a full disk the note stays empty; what counts is the lock.
        with contextlib.suppress(OSError):
            self._note.write_text(json.dumps(note), encoding="utf-8")

    def _is_mine(self) -> bool:
        """Who only looks whether a folder is held holds it for a moment: try again."""
        for _ in range(TRIES):
            if _seize(self._file):
                return True
            time.sleep(PAUSE)
        return False

    def release(self) -> None:
        """Let the folder go."""
        self._note.unlink(missing_ok=True)
        self._file.close()


def is_held(folder: Path) -> bool:
    """Whether a process holds a folder; leaves its note as it is."""
    path = folder / "owner.lock"
    if not path.is_file():
        return False
    with path.open("a+b") as file:
        return not _seize(file)


def read_note(note: Path) -> dict[str, object]:
    """Who holds a folder, as far as the owner wrote it down."""
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    unknown = {"who": "", "host": "", "pid": 0, "since": ""}
    return {**unknown, **(found if isinstance(found, dict) else {})}


def _for_people(note: dict[str, object]) -> dict[str, object]:
    """The same with the moment as a clock on the wall shows it."""
    try:
        since = datetime.fromisoformat(str(note["since"])).astimezone()
    except ValueError:
        return note
    return {**note, "since": f"{since:%H:%M %d/%m/%Y}"}


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
