"""A wall screen on an X server of its own, whose cable can be pulled while a display runs.

The server tells its programs of monitors that come and go by RandR, as a graphics card does
when a plug is pulled; what hangs on the wall is read out of the server's own memory.
"""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

LAPTOP = ("LAPTOP", "1366/300x768/170+0+0", "screen")
WALL = ("WALL", "1920/1400x1080/800+1366+0", "none")
LEFT, WIDE, HIGH = 1366, 1920, 1080


class WallScreen:
    """A laptop's own screen, and the wall's right of it."""

    def __init__(self, place: Path, name: str) -> None:
        self.environment = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        self._memory = place / "Xvfb_screen0"
        self._randr("--setmonitor", *LAPTOP)
        self.plug()

    def plug(self) -> None:
        self._randr("--setmonitor", *WALL)

    def pull(self) -> None:
        self._randr("--delmonitor", WALL[0])

    def shows(self, colour: tuple[float, float, float]) -> bool:
        """Whether a third of the wall is of this colour."""
        wanted = bytes(round(part * 255) for part in reversed(colour))
        points = list(self._points())
        near = sum(all(abs(a - b) < 8 for a, b in zip(p, wanted, strict=True)) for p in points)
        return near > len(points) / 3

    def _points(self) -> Iterator[bytes]:
        """Blue, green and red of points all over the wall."""
        picture = self._memory.read_bytes()
        head = struct.unpack(">25I", picture[:100])
        start, line = head[0] + 12 * head[19], head[12]
        for row in range(10, HIGH, 20):
            for column in range(10, WIDE, 20):
                at = start + row * line + (LEFT + column) * 4
                yield picture[at : at + 3]

    def _randr(self, *words: str) -> None:
        command = ["xrandr", *words]
        subprocess.run(command, check=True, capture_output=True, timeout=20, env=self.environment)


@contextmanager
def a_wall(place: Path) -> Iterator[WallScreen]:
    """The server until the block ends; skips where there is none."""
    if shutil.which("Xvfb") is None or shutil.which("xrandr") is None:
        pytest.skip("no Xvfb or xrandr here")
    place.mkdir()
    ready, writes = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", str(writes), "-screen", "0", f"{LEFT + WIDE}x{HIGH}x24",
         "-fbdir", str(place)],
        pass_fds=(writes,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writes)
    try:
        yield WallScreen(place, f":{os.read(ready, 16).decode().strip()}")
    finally:
        os.close(ready)
        server.terminate()
        server.wait(30)


@contextmanager
def a_display(folder: Path, wall: WallScreen) -> Iterator[subprocess.Popen[bytes]]:
    """`meetingroom display` as its own process, on the wall's server."""
    command = [sys.executable, "-m", "meetingroom", "display", "--data", str(folder)]
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=wall.environment)
    try:
        yield process
        assert process.poll() is None, (folder / "said.txt").read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait()
