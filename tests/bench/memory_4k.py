"""What the whole program holds after reading 1,000 pages at 4K, and Evince after the same.

`meetingroom read` and Evince each on a virtual screen; a key turns the pages. Memory is the
proportional share (PSS) of the program and all its children.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from figures import compile_sources, hand_in, long_paper, row
from screen import Screen, a_screen, missing

from meetingroom.documents.slots import KEPT_FREE
from meetingroom.ui.stage.pages import KEPT_BYTES

PAGES = 1000
A_TURN = 0.12  # seconds; faster than anybody reads
BOUND_MB = (KEPT_BYTES + KEPT_FREE) >> 20  # pictures kept, and memory for the next ones
BESIDE_MB = 250  # the program itself, its engines, its fonts


def memory_1000_pages_4k() -> dict[str, Any]:
    """`ours` and `peer` in MB; `reach` is the stated bound of the cache and 250 MB."""
    name = "memory_1000_pages_4k"
    if missing():
        return row(name, "MB", why=f"not installed: {missing()}")
    compile_sources()
    with tempfile.TemporaryDirectory() as folder, a_screen() as screen:
        file = long_paper(Path(folder) / "paper.pdf", PAGES)
        ours, seen = _after_reading(screen, _ours(file), "Right", Path(folder) / "ours")
        command = ["evince", str(file)]
        evince, _ = _after_reading(screen, command, "Page_Down", Path(folder) / "evince")
    return row(
        name, "MB", ours=ours, peer=evince, ratio=round(ours / evince, 2),
        bound=BOUND_MB, allowed=BOUND_MB + BESIDE_MB, title=seen, load=round(os.getloadavg()[0], 1),
    )  # fmt: skip


def _ours(file: Path) -> list[str]:
    return [sys.executable, "-m", "meetingroom", "read", str(file)]


def _after_reading(screen: Screen, command: list[str], key: str, home: Path) -> tuple[int, str]:
    """MB held after 1,000 turns, and what the window's title says then."""
    home.mkdir()
    environment = screen.environment() | {"HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    empty = screen.seen()
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        _until(lambda: screen.seen() != empty)
        time.sleep(3)
        for _ in range(PAGES - 1):
            subprocess.run(["xdotool", "key", key], env=environment, check=True)
            time.sleep(A_TURN)
        time.sleep(2)
        return _held(program.pid), _title(environment)
    finally:
        os.killpg(program.pid, 15)
        program.wait(20)


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def _title(environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["xdotool", "getwindowfocus", "getwindowname"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.strip()


def _held(pid: int) -> int:
    """MB of a process and all its children, what they share counted once."""
    family, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        family.append(one)
        told = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(one)], capture_output=True, text=True, check=False
        )
        waiting += [int(child) for child in told.stdout.split()]
    return round(sum(_share(one) for one in family) / 1024)


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    hand_in(memory_1000_pages_4k)
