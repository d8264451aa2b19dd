"""A typed letter of two pages as PDF, from its bytes to a letter, the engine being started."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from figures import ROOT, against, hand_in, row, spread

sys.path.insert(0, str(ROOT / "tests" / "invitations"))
TIMES = 40


def letter_pdf_2_pages() -> dict[str, Any]:
    """With its link and its QR code; the peer only takes the two pages' text, in this process.

    `started_ms` is how long the process that reads takes to start, which no file waits for
    where the window was opened before.
    """
    import pymupdf
    from made_letters import letter

    from meetingroom.invitations.files import read_letter_bytes
    from meetingroom.letter_process import letter_reader

    with tempfile.TemporaryDirectory() as folder:
        data = letter(Path(folder) / "a.pdf", pages=2).read_bytes()
    reader = letter_reader()
    start = time.perf_counter()
    reader.read("a.txt", b"words").result()
    started = time.perf_counter() - start
    ours, bare = [], []
    for _ in range(TIMES):
        start = time.perf_counter()
        read = read_letter_bytes("a.pdf", data, reader)
        ours.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        with pymupdf.open(stream=data) as document:
            text = [page.get_text() for page in document]
        bare.append((time.perf_counter() - start) * 1000)
    reader.close()
    if not text or {part.how for part in read.parts} != {"text", "link", "code"}:
        raise RuntimeError("the letter was not read whole")
    return row(
        "letter_pdf_2_pages", "ms", **against(sum(ours) / TIMES, sum(bare) / TIMES),
        **spread(ours), first_ms=round(ours[0], 1), started_ms=round(started * 1000),
    )  # fmt: skip


if __name__ == "__main__":
    hand_in(letter_pdf_2_pages)
