"""A mark kept on disk, against a bare SQLite commit of the same bytes, in turn."""

import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from bench_office import bench_office
from figures import against, hand_in, long_paper, row, spread

MARKS, WARM_UP = 400, 20
SCHEMA = (
    "CREATE TABLE records (id TEXT PRIMARY KEY, stream TEXT, place INTEGER, head TEXT,"
    " payload TEXT, salt BLOB, signature BLOB); CREATE INDEX by_stream ON records (stream, place)"
)


def mark_commit() -> dict[str, Any]:
    """From the pen lifted to the Future done, while the words of a long paper are read."""
    with tempfile.TemporaryDirectory() as name:
        paper = long_paper(Path(name) / "long.pdf", 1000)
        with bench_office(Path(name) / "office", [paper]) as office:
            ours, bare = _measure(office.data, Path(name) / "bare.db")
    ordered = sorted(ours)
    return row(
        "mark_commit", "ms", **against(ordered[len(ordered) // 2], sorted(bare)[len(bare) // 2]),
        **spread(ours), peer_p99_ms=spread(bare)["p99_ms"],
        remark="meanwhile a paper is read for the search, and words are extracted for the page",
    )  # fmt: skip


def _measure(data: Path, bare_file: Path) -> tuple[list[float], list[float]]:
    from meetingroom.desk_home import DeskHome
    from meetingroom.documents.crew import Crew
    from meetingroom.ui.application import SWITCH_SECONDS

    sys.setswitchinterval(SWITCH_SECONDS)  # as a window does
    crew, home = Crew(), DeskHome(data)
    desk = home.desk
    meeting = next(iter(desk.meetings.values()))
    paper = meeting.in_reading_order()[0]
    path = desk.paper_path(paper.current.blob)
    assert path is not None
    crew.open(paper.current.blob, path).result()
    is_over = threading.Event()
    reader = threading.Thread(target=_read_words, args=(crew, paper.current.blob, is_over))
    reader.start()
    home.searching.start()
    bare = _bare(bare_file)
    ours_ms, bare_ms = [], []
    for number in range(MARKS + WARM_UP):
        ours_ms.append(_keep_one(home, meeting.id, paper, number))
        head, payload = _last_bytes(desk)
        bare_ms.append(_commit_one(bare, number, head, payload))
    is_over.set()
    reader.join()
    home.close()
    crew.close()
    return ours_ms[WARM_UP:], bare_ms[WARM_UP:]


def _read_words(crew: Any, blob: str, is_over: threading.Event) -> None:
    page = 0
    while not is_over.is_set():
        crew.words(blob, page % 1000).result()
        page += 1


def _keep_one(home: Any, meeting: str, paper: Any, number: int) -> float:
    from meetingroom.domain.geometry import InkPoint
    from meetingroom.domain.marks import Ink
    from meetingroom.services.marking import Content

    points = tuple(InkPoint(100.0 + n, 200.0 + number % 300 + n / 7) for n in range(60))
    content = Content(shape=Ink(strokes=(points,), width=2.4), audience=("everyone",))
    start = time.perf_counter()
    home.marking.put(meeting, paper.paper, paper.current.blob, number % 1000, content).result()
    return (time.perf_counter() - start) * 1000


def _last_bytes(desk: Any) -> tuple[str, str]:
    rows = desk.log.database.read(
        "SELECT head, payload FROM records WHERE place > 0 ORDER BY place DESC LIMIT 1"
    )
    return str(rows[0][0]), str(rows[0][1])


def _bare(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(SCHEMA)
    return connection


def _commit_one(connection: sqlite3.Connection, number: int, head: str, payload: str) -> float:
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)",
        (f"record-{number}", "meeting", number, head, payload, b"s" * 16, b"s" * 64),
    )
    connection.execute("COMMIT")
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    hand_in(mark_commit)
