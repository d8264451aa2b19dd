"""Searching as one types over 10,000 pages, and reading a long paper for the search."""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from figures import ROOT, SAMPLE, against, hand_in, long_paper, row, spread

sys.path.insert(0, str(ROOT / "tests" / "ui"))
PAPERS, PAGES, LINES = 100, 100, 32
TYPED = (
    "nậm chạc", "dong bao", "nghị quyết", "uy ban nhan dan", "kinh tế xã hội", "tháng 11",
    "ngân sách", "khuoi lay", "phòng chống rét", "khong co dau ca",
)  # fmt: skip
READ = 1000


def search_typing() -> dict[str, Any]:
    """Every letter typed is a question to all meetings; the peer is the bare full-text query.

    The peer asks the same index for the same phrase, folded, best first; it knows neither
    rights nor exact marks nor snippets. `plain_ms` is that query without any order.
    """
    from one_desk import one_desk

    from meetingroom.services.searching import Searching
    from meetingroom.store.search_index import SqliteSearchIndex

    counts = {f"P{number}": PAGES for number in range(PAPERS)}
    with tempfile.TemporaryDirectory() as name, one_desk(Path(name) / "device", counts) as desk:
        place = Path(name) / "search.db"
        searching = Searching(desk.desk, lambda: SqliteSearchIndex(place), MadePages())
        searching.start()
        if not searching.wait(500):
            raise RuntimeError("the papers were not read in time")
        ours, bare, plain = _typed(searching, place)
        searching.close()
    ordered = sorted(ours)
    return row(
        "search_typing", "ms", **against(statistics.mean(ours), statistics.mean(bare)),
        **spread(ours), p95_ms=round(ordered[int(len(ordered) * 0.95)], 2),
        peer_p95_ms=round(sorted(bare)[int(len(bare) * 0.95)], 2),
        plain_ms=round(statistics.mean(plain), 2), pages=PAPERS * PAGES, questions=len(ours),
    )  # fmt: skip


def _typed(searching: Any, place: Path) -> tuple[list[float], list[float], list[float]]:
    from meetingroom.domain.search import Query, Scope
    from meetingroom.store.search_index import _phrase

    connection = sqlite3.connect(place)
    connection.execute("PRAGMA cache_size = -16000")
    ours, bare, plain = [], [], []
    sql = "SELECT rowid FROM folded WHERE folded MATCH ?"
    for text in TYPED * 2:
        for length in range(1, len(text) + 1):
            typed = text[:length]
            query = Query.of(typed)
            match = (_phrase(query.bare, query.is_open),)
            start = time.perf_counter()
            searching.find(typed, Scope()).result()
            middle = time.perf_counter()
            connection.execute(sql + " ORDER BY rank LIMIT 30", match).fetchall()
            late = time.perf_counter()
            connection.execute(sql, match).fetchall()
            ours.append((middle - start) * 1000)
            bare.append((late - middle) * 1000)
            plain.append((time.perf_counter() - late) * 1000)
    half = len(ours) // 2  # the first round fills the caches
    return ours[half:], bare[half:], plain[half:]


class MadePages:
    """Implements `PaperTexts`: pages of lines of the sample papers, in another order each."""

    can_scan = False

    def __init__(self) -> None:
        import pymupdf

        lines: list[str] = []
        for file in sorted((SAMPLE / "meeting").glob("*.pdf")):
            with pymupdf.open(file) as document:
                for page in document:
                    lines += [one for one in page.get_text().splitlines() if len(one) > 20]
        self._lines = sorted(set(lines))

    def read(self, path: Path, first: int, count: int) -> "Future[Any]":
        from meetingroom.domain.search_ports import PageText

        last = min(PAGES, first + count)
        chance = random.Random(f"{path.name} {first}")  # noqa: S311 - the same pages each time
        answer: Future[Any] = Future()
        answer.set_result(
            tuple(
                PageText("\n".join(chance.choices(self._lines, k=LINES)))
                for _ in range(first, last)
            )
        )
        return answer

    def rest(self) -> None: ...

    def close(self) -> None: ...


def index_1000() -> dict[str, Any]:
    """From the start of its reading until a 1,000-page paper is searched, a window being open.

    The peer extracts the same pages' text in a process of its own, already started, by the
    faster engine. `stall_ms` is the longest that the window was kept from its events.
    """
    with tempfile.TemporaryDirectory() as name:
        paper = long_paper(Path(name) / "long.pdf", READ)
        bare = {key: _bare(paper, key) for key in ("mupdf", "pdfium")}
        seconds, stall = _indexed(Path(name), paper)
    best = min(bare.values())
    return row(
        "index_1000", "s", **against(seconds, best), stall_ms=round(stall, 1), pages=READ,
        peers={key: round(value, 2) for key, value in bare.items()},
    )  # fmt: skip


def _bare(paper: Path, engine: str) -> float:
    import subprocess

    done = subprocess.run(
        [sys.executable, __file__, "bare", engine, str(paper)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(done.stdout)


def bare_extraction(engine: str, paper: str) -> float:
    """Seconds for the text of all pages, the engine loaded before."""
    if engine == "mupdf":
        import pymupdf

        start = time.perf_counter()
        with pymupdf.open(paper) as document:
            for page in document:
                page.get_text()
        return time.perf_counter() - start
    import pypdfium2

    start = time.perf_counter()
    document = pypdfium2.PdfDocument(paper)
    for number in range(len(document)):
        document[number].get_textpage().get_text_range()
    return time.perf_counter() - start


def _indexed(folder: Path, paper: Path) -> tuple[float, float]:
    """Seconds to read a paper in the real program, and the window's longest stall in ms."""
    from meetingroom.documents.crew import Crew
    from meetingroom.documents.text_reader import TextReader

    crew = Crew()
    from one_desk import MEETING, one_desk
    from PySide6.QtWidgets import QApplication

    from meetingroom.domain.facts import PaperPut
    from meetingroom.services.searching import Searching
    from meetingroom.store.search_index import SqliteSearchIndex
    from meetingroom.ui.application import SWITCH_SECONDS
    from meetingroom.ui.reader.reading_room import ReadingRoom
    from meetingroom.ui.stalls import StallWatch
    from meetingroom.ui.theme import apply_theme, load_theme

    class OnlyTexts(TextReader):
        """Pictures of pages would be read afterwards, each for seconds."""

        can_scan = False

    sys.setswitchinterval(SWITCH_SECONDS)  # as a window does
    app = QApplication([])
    apply_theme(app, load_theme("light"))
    with one_desk(folder / "device", {"Một": 1}) as desk:
        blob, size = desk.blobs.keep_file(paper)
        desk.write(
            PaperPut(
                paper="paper-Một", item="item-1", place=0, title="Một", file_name="a.pdf",
                blob=blob, size=size, pages=READ, version=2,
            )
        )  # fmt: skip
        searching = Searching(
            desk.desk, lambda: SqliteSearchIndex(folder / "search.db"), OnlyTexts()
        )
        desk.context = replace(desk.context, pages=crew, searching=searching)
        room = ReadingRoom(desk.context)
        room.complete()
        room.resize(1366, 768)
        room.show()
        room.open_meeting(MEETING)
        painted: list[int] = []
        room.view.painted.connect(lambda _blob, page: painted.append(page))
        _until(app, lambda: bool(painted), 20)
        _until(app, lambda: False, 1)  # the pages around it are drawn ahead
        watch = StallWatch()
        watch.start()
        start = time.perf_counter()
        searching.start()
        _until(app, lambda: searching.wait(0), 300)
        seconds = time.perf_counter() - start
        if searching.reading.read != READ:
            raise RuntimeError(f"{searching.reading.read} pages were read")
        searching.close()
        crew.close()
    return seconds, watch.longest_ms


def _until(app: Any, is_so: Any, seconds: float) -> None:
    """Live as a window does until something is so, or some time has passed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not is_so():
        app.processEvents()
        time.sleep(0.001)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        print(bare_extraction(*sys.argv[2:]))
    else:
        hand_in({"typing": search_typing, "index": index_1000}[sys.argv[1]])
