"""A thousand letters of plain text, read by one call of the program, from start to end."""

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from figures import ROOT, compile_sources, hand_in, meetingroom, row

LETTERS, TURNS = 1000, 5
BLIND = ROOT / "tests" / "invitations" / "letters"


def invitations_1000() -> dict[str, Any]:
    """The whole process; `p50_ms` is the reading alone, in a process that has begun."""
    texts = [path.read_bytes() for path in sorted(BLIND.glob("*.txt"))]
    compile_sources()
    with tempfile.TemporaryDirectory() as name:
        files = []
        for number in range(LETTERS):
            files.append(Path(name) / f"{number:04}.txt")
            files[-1].write_bytes(texts[number % len(texts)])
        whole = [_seconds(lambda: meetingroom("invitation", "--json", *files))
                 for _ in range(TURNS)]  # fmt: skip
        from meetingroom.invitation_verbs import read_invitations

        names = tuple(map(str, files))
        read_invitations(names[:50])
        read = [_seconds(lambda: read_invitations(names)) for _ in range(TURNS)]
    return row(
        "invitations_1000", "s", ours=round(statistics.median(whole), 2),
        p50_ms=round(statistics.median(read) * 1000), letters=LETTERS,
    )  # fmt: skip


def _seconds(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    hand_in(invitations_1000)
