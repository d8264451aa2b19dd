"""From starting the program on a file to its page settled on a 4K screen; so do its peers.

Whole programs on one virtual screen, one after another; `meetingroom read` needs no office.
Every window fills the screen from the moment it is shown.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from figures import against, compile_sources, hand_in, long_paper, row, spread
from made_scans import scanned_paper
from screen import a_screen, missing, settled_after
from uncached_page import drawn_paper

ROUNDS = 5


def program_to_page_4k(kind: str) -> dict[str, Any]:
    """Against Evince; Okular's is told beside it."""
    name = f"program_to_page_4k_{kind}"
    if missing():
        return row(name, "ms", why=f"not installed: {missing()}")
    compile_sources()
    times: dict[str, list[float]] = {"ours": [], "evince": [], "okular": []}
    with tempfile.TemporaryDirectory() as folder, a_screen() as screen:
        file = _paper(Path(folder) / "paper.pdf", kind)
        for number in range(ROUNDS + 1):
            for program, command in _commands(file).items():
                home = Path(folder) / program
                home.mkdir(exist_ok=True)
                spent = settled_after(screen, command, home)
                if number:  # the first of each fills the page cache
                    times[program].append(spent)
    medians = {program: round(statistics.median(taken)) for program, taken in times.items()}
    return row(
        name, "ms", **against(medians["ours"], medians["evince"]), **spread(times["ours"]),
        okular=medians["okular"], to_okular=round(medians["ours"] / medians["okular"], 2),
        load=round(os.getloadavg()[0], 1),
    )  # fmt: skip


def _paper(target: Path, kind: str) -> Path:
    if kind == "text":
        return long_paper(target, 200)
    return drawn_paper(target, 20) if kind == "vector" else scanned_paper(target, "jpeg", 6)


def _commands(file: Path) -> dict[str, list[str]]:
    return {
        "ours": [sys.executable, "-m", "meetingroom", "read", str(file)],
        "evince": ["evince", str(file)],
        "okular": ["okular", str(file)],
    }


if __name__ == "__main__":
    hand_in(lambda: program_to_page_4k(sys.argv[1]))
