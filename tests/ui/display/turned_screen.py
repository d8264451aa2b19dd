"""A process on an X server of its own: the screen takes another size while the room is shown."""

import json
import subprocess
import time

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from meetingroom.ui.display.screens import RoomScreens


def _command(*words: str) -> None:
    subprocess.run(["xrandr", *words], check=True, capture_output=True, timeout=20)


def main() -> None:
    """Prints the window's sizes, before and after each change."""
    app = QApplication([])
    window = QWidget()
    room = RoomScreens(window, None, lambda _line: None)
    room.settle()
    seen: list[tuple[int, int, bool]] = []

    def note(wide: int, high: int) -> None:
        end = time.monotonic() + 20
        while (window.width(), window.height()) != (wide, high) and time.monotonic() < end:
            QTest.qWait(20)
        seen.append((window.width(), window.height(), window.isFullScreen()))

    whole = app.primaryScreen().size()
    note(whole.width(), whole.height())
    for wide, high in ((1024, 768), (600, 800)):
        name = f"{wide}x{high}-room"
        across = [str(wide + step) for step in (0, 10, 20, 30)]
        down = [str(high + step) for step in (0, 1, 2, 3)]
        _command("--newmode", name, "60", *across, *down)
        _command("--addmode", "screen", name)
        _command("--output", "screen", "--mode", name)
        note(wide, high)
    print(json.dumps(seen))
    window.close()


if __name__ == "__main__":
    main()
