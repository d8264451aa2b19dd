"""From starting the program to its first window with its first paper, against a bare window.

Run with `window DATA` or `bare` it is one of the two programs; without, it measures them.
"""

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench_office import bench_office
from figures import SAMPLE, against, compile_sources, hand_in, row, spread

ROUNDS = 7


def cold_start() -> dict[str, Any]:
    """A meeting runs, so that the program opens it by itself; its paper is on this computer."""
    compile_sources()
    with tempfile.TemporaryDirectory() as name:
        papers = sorted((SAMPLE / "meeting").glob("*.pdf"))
        with bench_office(Path(name) / "office", papers) as office:
            _open_meeting(office.data)
            ours, bare = [], []
            for _ in range(ROUNDS + 1):
                ours.append(_started(["window", str(office.data)]))
                bare.append(_started(["bare"]))
    ours, bare = ours[1:], bare[1:]  # the first of each fills the page cache
    return row(
        "cold_start", "ms", **against(statistics.median(ours), statistics.median(bare)),
        **spread(ours),
    )  # fmt: skip


def _open_meeting(data: Path) -> None:
    from meetingroom.desk_home import DeskHome

    home = DeskHome(data)
    home.link.start()
    meeting = next(iter(home.desk.meetings))
    home.leading.open_meeting(meeting).result()
    end = time.monotonic() + 20
    while home.desk.waiting() and time.monotonic() < end:
        time.sleep(0.02)
    home.close()


def _started(arguments: list[str]) -> float:
    start = time.monotonic()
    told = subprocess.run(
        [sys.executable, __file__, *arguments], check=True, capture_output=True, text=True
    ).stdout
    return (float(told.split()[-1]) - start) * 1000


def window(data: Path) -> None:
    """The program as its front door starts it, until the first paper is painted."""
    from concurrent.futures import ThreadPoolExecutor

    from meetingroom.log_files import log_to_the_terminal

    gc.disable()
    log_to_the_terminal()  # as `meetingroom.__main__` and `open_window` do, in their order
    from meetingroom.documents.crew import Crew

    crew = Crew()
    from meetingroom import desktop

    app = desktop.make_application(data)
    desk = desktop.new_desk_window(data, crew, ThreadPoolExecutor(2))
    desk.show()
    desk.begin()
    _when_room_is_made(desk, lambda: desk.room.view.painted.connect(_told))
    app.exec()


def _when_room_is_made(desk: Any, then: Callable[[], object]) -> None:
    """The reading room opens by itself; nothing but a look at what there is tells when."""
    from PySide6.QtCore import QTimer

    look = QTimer(desk)

    def is_made() -> None:
        if "room" in desk.places:
            look.stop()
            then()

    look.timeout.connect(is_made)
    look.start(1)


def _told(*_what: object) -> None:
    print(time.monotonic(), flush=True)
    os._exit(0)


def bare() -> None:
    """The least a PySide6 program does to show a window."""
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            _told()

    app = QApplication([])
    shown = Window()
    shown.resize(1366, 768)
    shown.show()
    app.exec()


if __name__ == "__main__":
    if sys.argv[1:2] == ["window"]:
        window(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["bare"]:
        bare()
    else:
        hand_in(cold_start)
