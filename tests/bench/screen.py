"""A virtual screen of 3840×2160 and what is to be seen on it."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WIDTH, HEIGHT = 3840, 2160
SETTLED = 0.7  # seconds without a change: the page is there
GIVEN_UP = 30.0
NEEDED = ("Xvfb", "xdotool", "evince", "okular")


def missing() -> str:
    """Programs this needs and this computer lacks, "" where it has all."""
    return ", ".join(name for name in NEEDED if shutil.which(name) is None)


class Screen:
    """Xvfb with its picture in a file, so that looking costs the programs nothing."""

    def __init__(self, folder: Path) -> None:
        read, write = os.pipe()
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24",
             "-fbdir", str(folder), "-nolisten", "tcp"],
            pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"
        manager = Path(__file__).with_name("one_window.py")
        self._manager = subprocess.Popen(
            [sys.executable, str(manager), self.name, str(WIDTH), str(HEIGHT)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self._manager.stdout is not None
        self._manager.stdout.readline()
        self._picture = folder / "Xvfb_screen0"

    def seen(self) -> bytes:
        """What the middle of the screen shows, as a digest: every eighth line."""
        digest = hashlib.blake2b(digest_size=8)
        with self._picture.open("rb") as file:
            size = self._picture.stat().st_size
            start = size - WIDTH * HEIGHT * 4
            for line in range(HEIGHT // 16, HEIGHT - HEIGHT // 16, 8):
                file.seek(start + line * WIDTH * 4 + WIDTH)
                digest.update(file.read(2 * WIDTH))
        return digest.digest()

    def environment(self) -> dict[str, str]:
        """For a program on this screen and in no desktop."""
        kept = {
            name: words
            for name, words in os.environ.items()
            if not name.startswith(("QT_", "DBUS_", "WAYLAND_"))
        }
        return kept | {"DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb", "NO_AT_BRIDGE": "1"}

    def close(self) -> None:
        for process in (self._manager, self._process):
            process.terminate()
            process.wait(10)


@contextmanager
def a_screen() -> Iterator[Screen]:
    """A screen that goes when it is not needed any more."""
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen(Path(folder))
        try:
            yield screen
        finally:
            screen.close()


def settled_after(screen: Screen, command: list[str], home: Path) -> float:
    """Milliseconds from starting a program to the last change of the screen; ends it."""
    environment = screen.environment() | {"HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    empty, start = screen.seen(), time.monotonic()
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        return _last_change(screen, empty, start)
    finally:
        os.killpg(program.pid, 15)
        program.wait(20)
        _wait_for(screen, empty)


def _last_change(screen: Screen, empty: bytes, start: float) -> float:
    last, changed = empty, 0.0
    while time.monotonic() - start < GIVEN_UP:
        now = screen.seen()
        if now != last:
            last, changed = now, time.monotonic()
        elif last != empty and time.monotonic() - changed > SETTLED:
            return (changed - start) * 1000
        time.sleep(0.003)
    raise TimeoutError("the screen never came to rest")


def _wait_for(screen: Screen, wanted: bytes) -> None:
    end = time.monotonic() + 10
    while screen.seen() != wanted and time.monotonic() < end:
        time.sleep(0.02)
