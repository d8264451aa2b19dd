"""Five thousand marks in the list beside the page: from the wish to rows on the screen."""

import gc
import os
import random
import time
from itertools import pairwise
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from figures import hand_in, row

MARKS, PEOPLE, TURNS = 5000, 23, 7
SAID = "đề nghị nêu rõ nguồn số liệu và giải trình phần chênh lệch so với kỳ trước"


def marks_list() -> dict[str, Any]:
    """The first time (cold) is ours; `stall_ms` is the longest time events waited until all lay."""
    from PySide6.QtWidgets import QApplication

    from meetingroom.ui.theme import apply_theme, load_theme

    gc.disable()  # a window collects in its quiet moments
    app = QApplication([])
    apply_theme(app, load_theme("light"))
    opened, found, stalls = [], [], []
    for turn in range(TURNS):
        first, words, stall = _one(app, turn)
        opened.append(first)
        found.append(words)
        stalls.append(stall)
    return row(
        "marks_list_5000", "ms", ours=max(opened), p50_ms=sorted(opened)[TURNS // 2],
        find_ms=max(found), stall_ms=max(stalls),
    )  # fmt: skip


def _one(app: Any, turn: int) -> tuple[float, float, float]:
    from meetingroom.ui.reader.marks_panel.row_list import RowList
    from meetingroom.ui.reader.marks_panel.rows import Marks, RowMaker
    from meetingroom.ui.reader.marks_panel.wish import Here, Wish
    from meetingroom.ui.theme import current_theme

    meeting = _meeting(turn)
    people = meeting.people
    marks = Marks(meeting=meeting, me=people[0], names={one: one for one in people})
    view = RowList(lambda mark: current_theme().marks.of_person(people.index(mark.author)))
    view.resize(296, 600)
    view.show()
    app.processEvents()
    maker, here = RowMaker(), Here("paper", "b", 0)
    start = time.perf_counter()
    view.show_rows(maker.rows(marks, here, Wish()), marks)
    view.repaint()
    opened = time.perf_counter() - start
    stall = _longest_wait(app)
    for _ in maker.get_ready(marks):
        pass
    start = time.perf_counter()
    view.show_rows(maker.rows(marks, here, Wish(words="giai trinh")), marks)
    view.repaint()
    found = time.perf_counter() - start
    view.close()
    return opened * 1e3, found * 1e3, stall * 1e3


def _longest_wait(app: Any) -> float:
    """The longest time an event waited while the rest is laid out in batches, in seconds."""
    from PySide6.QtCore import QTimer

    ticks = [time.perf_counter()]
    pulse = QTimer()
    pulse.timeout.connect(lambda: ticks.append(time.perf_counter()))
    pulse.start(0)
    QTimer.singleShot(600, app.quit)
    app.exec()
    return max(later - earlier for earlier, later in pairwise(ticks))


def _meeting(seed: int) -> Any:
    from meetingroom.domain.facts import AgendaItem, Invited, MeetingIssued
    from meetingroom.domain.geometry import Point, Quad, Rect
    from meetingroom.domain.marks import Mark, Note, TextMark
    from meetingroom.domain.meeting import Meeting, Paper, Version

    chance, said = random.Random(seed), SAID.split()  # noqa: S311
    people = [f"person-{n}" for n in range(PEOPLE)]
    marks = {}
    for n in range(MARKS):
        text = " ".join(chance.choices(said, k=chance.randint(0, 40)))
        quote = " ".join(chance.choices(said, k=20))
        words = TextMark(quads=(Quad.of(Rect(10, n % 700, 90, n % 700 + 12)),), quote=quote)
        marks[f"m{n}"] = Mark(
            id=f"m{n}", author=chance.choice(people), paper="paper", blob="b", page=n // 20,
            shape=chance.choice([words, Note(at=Point(10, n % 800))]), text=text,
            audience=("everyone",), at="2026-11-26T01:00:00.000Z",
            reply_to=f"m{n - 1}" if n % 7 == 3 else "",
        )  # fmt: skip
    version = Version(version=1, blob="b", size=1, pages=400, file_name="f.pdf")
    paper = Paper(
        paper="paper", item="i", place=0, title="T", audience=("everyone",), versions=(version,)
    )
    issued = MeetingIssued(
        revision=1, base=0, title="M", kind="", body="", place="", chair=people[0],
        secretaries=(people[1],), people=tuple(Invited(person=one) for one in people),
        agenda=(AgendaItem(item="i", title="T"),), starts_at="2026-11-26T08:00:00+07:00",
    )  # fmt: skip
    return Meeting(id="m", issued=issued, papers={"paper": paper}, marks=marks)


if __name__ == "__main__":
    hand_in(marks_list)
