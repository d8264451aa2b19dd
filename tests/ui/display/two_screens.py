"""A process with a laptop's screen and a wall's: the wall goes, comes, and turns.

Run with a folder; Qt reads the screens from a file when its platform starts.
"""

import json
import os
import sys
from pathlib import Path


def main(folder: Path) -> None:
    """Prints what was seen, one JSON object."""
    screens = [
        {"name": "HDMI-1", "x": 1366, "y": 0, "width": 3840, "height": 2160, "logicalDpi": 96,
         "logicalBaseDpi": 96, "dpr": 2},
        {"name": "eDP-1", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96,
         "logicalBaseDpi": 96, "dpr": 1},
    ]  # fmt: skip
    config = folder / "screens.json"
    config.write_text(json.dumps({"screens": screens}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={config}"
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    from meetingroom.ui.display.screens import RoomScreens

    app = QApplication([])
    there = list(app.screens())
    kept: list[str] = []
    told: list[str] = []
    window = QWidget()
    room = RoomScreens(window, None, kept.append, screens=lambda: list(there))
    room.lost.connect(lambda name: told.append(f"lost {name}"))
    room.found.connect(lambda: told.append("found"))
    seen: list[object] = []

    def note() -> None:
        QTest.qWait(400)
        box = window.geometry()
        on = (window.screen().name(), window.isFullScreen(), box.width(), box.height())
        seen.append(on)

    room.settle()
    note()
    wall = next(one for one in there if one.name() == "HDMI-1")
    there.remove(wall)
    app.screenRemoved.emit(wall)
    note()
    there.append(wall)
    app.screenAdded.emit(wall)
    note()
    room.choose([one.name() for one in there].index("eDP-1"))
    note()
    print(
        json.dumps(
            {"primary": app.primaryScreen().name(), "seen": seen, "told": told, "kept": kept}
        )
    )
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
