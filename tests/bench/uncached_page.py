"""A page nobody has drawn yet, whole at 3840 wide, through the crew, against the bare engines."""

import os
import random
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import pymupdf
from bare_engines import BARE, milliseconds
from figures import against, hand_in, long_paper, row, spread
from made_scans import scanned_paper

from meetingroom.documents.crew import Crew
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing

WIDE = 3840
TALLEST = 6000
PAGES = {"text": 30, "vector": 30, "jpeg": 8, "jbig2": 4, "jpx": 5}
HELD = 4  # pictures a view keeps beside the one that is drawn


def uncached_page_4k(kind: str) -> dict[str, Any]:
    """The papers are open and their last page was drawn; each page then for the first time."""
    with tempfile.TemporaryDirectory() as name:
        file = _paper(Path(name) / "paper.pdf", kind)
        ours, bare, fresh = _measured(file)
    best = min(bare, key=lambda engine: statistics.median(bare[engine]))
    bests = {engine: round(statistics.median(times), 2) for engine, times in bare.items()}
    freshes = {engine: round(statistics.median(times), 2) for engine, times in fresh.items()}
    fastest = min(freshes.values())
    return row(
        f"uncached_page_4k_{kind}", "ms", **spread(ours),
        **against(statistics.median(ours), statistics.median(bare[best])),
        faster_engine=best, bare_in_place=bests, bare_fresh=freshes,
        ratio_to_fresh=round(statistics.median(ours) / fastest, 2),
        load=round(os.getloadavg()[0], 1),
    )  # fmt: skip


def _paper(target: Path, kind: str) -> Path:
    """One page more than is measured."""
    if kind == "text":
        return long_paper(target, PAGES[kind] + 1)
    if kind == "vector":
        return drawn_paper(target, PAGES[kind] + 1)
    return scanned_paper(target, kind, PAGES[kind] + 1)


def drawn_paper(target: Path, pages: int) -> Path:
    """Plans of a commune: roads, parcels and heights, no pictures."""
    dice = random.Random(7)  # noqa: S311 - where a road runs is no secret
    with pymupdf.open() as document:
        for number in range(pages):
            page = document.new_page(width=595, height=842)
            page.insert_text((40, 40), f"Bản đồ {number + 1}", fontsize=14)
            shape = page.new_shape()
            for _ in range(400):
                x, y = dice.uniform(30, 560), dice.uniform(60, 800)
                line = [(x, y)]
                for _ in range(12):
                    x, y = x + dice.gauss(0, 12), y + dice.gauss(0, 12)
                    line.append((x, y))
                shape.draw_polyline(line)
                colour = tuple(dice.random() for _ in range(3))
                shape.finish(width=dice.uniform(0.2, 2), color=colour, closePath=False)
            for _ in range(150):
                x, y = dice.uniform(30, 540), dice.uniform(60, 780)
                shape.draw_rect((x, y, x + dice.uniform(5, 40), y + dice.uniform(5, 40)))
                shape.finish(
                    color=(0, 0, 0), fill=tuple(dice.random() for _ in range(3)), width=0.3
                )
            shape.commit()
        document.save(target, deflate=True)
    return target


def _measured(
    file: Path,
) -> tuple[list[float], dict[str, list[float]], dict[str, list[float]]]:
    crew, buffer = Crew(workers=1), bytearray(WIDE * TALLEST * 4)
    shape = crew.open("paper", file).result()
    held: list[Any] = []

    def ours(page: int) -> None:
        step = round(WIDE / shape.pages[page].width * STEPS_PER_POINT)
        held.append(crew.draw(Drawing(blob="paper", page=page, step=step)).result())

    last = len(shape.pages) - 1
    for _ in range(2 * HELD):
        ours(last)
        _let_go(held)
    times: list[float] = []
    bare: dict[str, list[float]] = {engine: [] for engine in BARE}
    fresh: dict[str, list[float]] = {engine: [] for engine in BARE}
    papers = {(engine, way): BARE[engine](file) for engine in BARE for way in ("in place", "fresh")}
    for (_engine, way), paper in papers.items():
        paper.in_place(last, WIDE, buffer) if way == "in place" else paper.fresh(last, WIDE)
    for page in range(last):
        times.append(milliseconds(partial(ours, page)))
        _let_go(held)
        for engine in BARE:
            in_place, own = papers[engine, "in place"].in_place, papers[engine, "fresh"].fresh
            bare[engine].append(milliseconds(partial(in_place, page, WIDE, buffer)))
            fresh[engine].append(milliseconds(partial(own, page, WIDE)))
    crew.close()
    return times, bare, fresh


def _let_go(held: list[Any]) -> None:
    while len(held) > HELD:
        held.pop(0).release()


if __name__ == "__main__":
    hand_in(lambda: uncached_page_4k(sys.argv[1]))
