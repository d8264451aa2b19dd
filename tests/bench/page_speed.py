"""The first page of a long paper, and a page turn at 4K, in the real reading room."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench_office import bench_office
from figures import against, long_paper, row, spread
from made_scans import heavy_scan

from meetingroom.demo.hands import live

PAGES, ROUNDS, TURNS = 1000, 7, 60
HEAVY = 100 << 20
STEADY_TURNS, A_TURN = 300, 0.5  # two pages a second


def first_page_1000() -> dict[str, Any]:
    """From the click on a 1,000-page paper to its first page painted, in a 1920×1080 window.

    `ours` is of papers the program had opened ahead, as it does while somebody reads;
    `cold_ms` of papers it had not come to yet.
    """
    return _first_page("first_page_1000", ROUNDS, lambda to, seal: long_paper(to, PAGES, seal))


def first_page_100mb() -> dict[str, Any]:
    """The same of a scanned paper of 100 MB, made of JPEG pages of 300 dpi."""
    return _first_page("first_page_100mb", 3, lambda to, seal: heavy_scan(to, HEAVY, 10 * seal))


def _first_page(name: str, rounds: int, make: Callable[[Path, int], Path]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        papers = [make(Path(folder) / f"p{n}.pdf", n) for n in range(2 * rounds + 1)]
        with bench_office(Path(folder) / "office", papers) as office:
            ahead, cold, bare = _first_pages(office.data, papers, rounds)
    best = min(statistics.median(times) for times in bare.values())
    late = statistics.median(cold)
    return row(
        name, "ms", **against(statistics.median(ahead), best), **spread(ahead),
        cold_ms=round(late, 2), cold_ratio=round(late / best, 2),
        peers={key: round(statistics.median(times), 2) for key, times in bare.items()},
        load=round(os.getloadavg()[0], 1),
    )  # fmt: skip


def _first_pages(
    data: Path, papers: list[Path], rounds: int
) -> tuple[list[float], list[float], dict[str, list[float]]]:
    window, room, wide = _open_room(data, (1920, 1080))
    # The first paper opens with the meeting, then half of the others are opened ahead.
    rows = [*zip(room.meeting.in_reading_order(), papers, strict=True)][1:]
    late = {paper.current.blob for paper, _ in rows[rounds:]}
    room.ahead._wanted = [one for one in room.ahead._wanted if one[0] not in late]
    _wait(2.0)
    ours, bare = [], {"pdfium": [], "mupdf": []}
    for paper, file in rows:
        _wait(0.4)
        ours.append(_timed_first_page(room, paper.paper, paper.current.blob))
        _wait(0.4)
        width = wide()
        bare["pdfium"].append(_bare_pdfium(file, width))
        bare["mupdf"].append(_bare_mupdf(file, width))
    window.end()
    return ours[:rounds], ours[rounds:], bare


def _timed_first_page(room: Any, paper: str, blob: str) -> float:
    painted: list[float] = []

    def on_painted(shown: str, page: int) -> None:
        if shown == blob and page == 0:
            painted.append(time.perf_counter())

    room.view.painted.connect(on_painted)
    start = time.perf_counter()
    room.contents.place_requested.emit(paper, 0)
    _until(lambda: painted)
    room.view.painted.disconnect(on_painted)
    return (painted[0] - start) * 1000


def _bare_pdfium(file: Path, width: int) -> float:
    import pypdfium2

    start = time.perf_counter()
    document = pypdfium2.PdfDocument(file)
    page = document[0]
    page.render(scale=width / page.get_width())
    spent = (time.perf_counter() - start) * 1000
    document.close()
    return spent


def _bare_mupdf(file: Path, width: int) -> float:
    import pymupdf

    start = time.perf_counter()
    with pymupdf.open(file) as document:
        page = document[0]
        scale = width / page.rect.width
        page.get_pixmap(matrix=pymupdf.Matrix(scale, scale))
        return (time.perf_counter() - start) * 1000


def page_turn_4k_ms() -> dict[str, Any]:
    """From the key to the page painted, in the interface's thread, the next page drawn ahead."""
    with tempfile.TemporaryDirectory() as name:
        papers = [long_paper(Path(name) / "p.pdf", 120)]
        with bench_office(Path(name) / "office", papers) as office:
            turns, bare, late = _turns_at_4k(office.data)
    return row(
        "page_turn_4k_ms", "ms", **against(statistics.median(turns), statistics.median(bare)),
        **spread(turns), not_yet_sharp=late,
    )  # fmt: skip


def _turns_at_4k(data: Path) -> tuple[list[float], list[float], int]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    window, room, _ = _open_room(data, (3840, 2160))
    turns, bare, late = [], [], 0
    for _ in range(TURNS):
        _wait(0.35)  # a reader's moment: the next page is drawn ahead meanwhile
        before = room.place
        start = time.perf_counter()
        QTest.keyClick(room.view, Qt.Key.Key_PageDown)
        room.view.repaint()
        turns.append((time.perf_counter() - start) * 1000)
        assert room.place != before
        late += not _is_sharp(room.view)
        _until(lambda: _is_sharp(room.view))
        bare.append(_bare_paint(_picture(room.view), room.view.size()))
    window.end()
    return turns, bare, late


def page_turn_steady() -> dict[str, Any]:
    """Somebody reads on, two pages a second, at 4K: were the pages there when they were turned to?

    `frame` is from the key to the window painted, in the interface's thread.
    """
    with tempfile.TemporaryDirectory() as name:
        papers = [long_paper(Path(name) / "p.pdf", STEADY_TURNS + 20)]
        with bench_office(Path(name) / "office", papers) as office:
            frames, ready = _read_on(office.data)
    return row(
        "page_turn_steady", "%", ours=round(100 * ready / STEADY_TURNS, 2), **spread(frames),
        turns=STEADY_TURNS, frames_over_16_ms=sum(frame > 16 for frame in frames),
        load=round(os.getloadavg()[0], 1),
    )  # fmt: skip


def _read_on(data: Path) -> tuple[list[float], int]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    window, room, _ = _open_room(data, (3840, 2160))
    _wait(1.0)
    frames, ready = [], 0
    for _ in range(STEADY_TURNS):
        start, before = time.perf_counter(), room.place
        QTest.keyClick(room.view, Qt.Key.Key_Right)
        room.view.repaint()
        frames.append((time.perf_counter() - start) * 1000)
        assert room.place != before
        ready += _is_sharp(room.view)
        _wait(max(0.0, A_TURN - (time.perf_counter() - start)))
    window.end()
    return frames, ready


def _wide(view: Any) -> int:
    return round(view.lens.box().width() * view.devicePixelRatioF())


def _is_sharp(view: Any) -> bool:
    return bool(view.pages.is_sharp(view.blob, view.page, _wide(view)))


def _picture(view: Any) -> Any:
    return view.pages.picture(view.blob, view.page, _wide(view))


def _bare_paint(image: Any, size: Any) -> float:
    """The same picture painted by Qt into a window of the same size, and nothing else."""
    from PySide6.QtGui import QImage, QPainter

    target = QImage(size, QImage.Format.Format_RGB32)
    start = time.perf_counter()
    painter = QPainter(target)
    painter.drawImage(0, 0, image)
    painter.end()
    return (time.perf_counter() - start) * 1000


def _open_room(data: Path, size: tuple[int, int]) -> tuple[Any, Any, Callable[[], int]]:
    from meetingroom.desktop import Crew, new_desk_window
    from meetingroom.ui.application import make_application

    crew, work = Crew(), ThreadPoolExecutor(2)
    app = make_application(data)
    window = new_desk_window(data, crew, work)
    app.setProperty("kept", window)
    window.resize(*size)
    window.show()
    window.begin()
    _until(lambda: window.context and window.context.desk.meetings)
    desk = window.context.desk
    _until(lambda: not desk.wanted_blobs())
    window.read(next(iter(desk.meetings)))
    room = window.room
    view = room.view
    _until(lambda: view.blob and _wide(view) > 0 and _is_sharp(view))
    return window, room, lambda: _wide(view)


def _until(is_so: Callable[[], Any]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        live(1)


def _wait(seconds: float) -> None:
    live(round(seconds * 1000))


if __name__ == "__main__":
    from figures import hand_in

    figures = {
        "first": first_page_1000,
        "heavy": first_page_100mb,
        "turn": page_turn_4k_ms,
        "steady": page_turn_steady,
    }
    hand_in(figures[sys.argv[1]])
