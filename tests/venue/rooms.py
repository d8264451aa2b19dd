"""A room full of laptops around one hub: real processes, on 127.0.0.1.

`MEETINGROOM_VENUE` is how many laptops there are: 8 in the suite, 50 for the venue itself
(`dev.py venue`). A process is several laptops, for fifty of Python's would not fit.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import accumulate
from pathlib import Path
from typing import Any

import pymupdf
from room_office import found_office

from meetingroom.desk_home import DeskHome
from meetingroom.services.folder_issue import issue_folder
from meetingroom.store.hub_log import SqliteHubLog
from real_office import HubProcess, Looked, free_port, wait_until

SIZE = int(os.environ.get("MEETINGROOM_VENUE", "8"))
IS_FULL = SIZE >= 50
A_PROCESS = 10 if IS_FULL else 4
AGREE = 3.0 if IS_FULL else 30.0  # seconds after a fault's end; a loaded machine has more
SCRIPT = Path(__file__).with_name("desks.py")


def colour_of(page: int) -> tuple[float, float, float]:
    """The colour a page is filled with, so that a picture tells which one it shows."""
    return ((1.0, 0.5, 0.0), (0.0, 0.5, 1.0), (0.5, 0.0, 0.5))[page % 3]


class Laptops:
    """Some laptops in a process of their own."""

    def __init__(self, folders: list[Path], *options: str, sources: str = "") -> None:
        """`sources` are those of another version of the program."""
        self.count, self._said = len(folders), folders[0] / "said.txt"
        with self._said.open("w", encoding="utf-8") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-X", "faulthandler", str(SCRIPT), *options, *map(str, folders)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                env={**os.environ, "PYTHONPATH": sources or os.environ.get("PYTHONPATH", "")},
            )
        self._lock = threading.Lock()

    def wait_ready(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n", self._last_words("be ready")

    def do(self, what: str, who: list[int] | None = None, **order: Any) -> list[Any]:
        """An act of some (without `who`: all) of them; the answers."""
        line = {"do": what, "who": list(range(self.count)) if who is None else who, **order}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with self._lock:
            assert self.process.poll() is None, self._last_words(what)
            self.process.stdin.write(json.dumps(line) + "\n")
            self.process.stdin.flush()
            told = self.process.stdout.readline()
        assert told, self._last_words(what)
        answer = json.loads(told)
        assert "error" not in answer, f"{what}: {answer['error']}\n{self._last_words(what)}"
        return list(answer["value"])

    def _last_words(self, what: str) -> str:
        """How a process that does not answer ended, and what it said."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(0.5)
        said = self._said.read_text(encoding="utf-8", errors="replace")[-4000:]
        return f"asked to {what}, laptops ended with {self.process.returncode}: {said}"

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


class Room:
    """The office, its hub, everybody's laptop: the first is the chair's, the last a secretary's."""

    def __init__(self, place: Path, hub_program: Path | None) -> None:
        self.data, self.port = place / "hub", free_port()
        self._sources = str(hub_program / "src") if hub_program else ""
        self.hub, self.laptops = HubProcess(self.data, self._sources), list[Laptops]()
        self.meeting, self.display = "", place / "display"

    def fill(self, place: Path, size: int, old: int, program: Path | None) -> None:
        """`old` laptops have an older program: that of `program`, or one without some kinds."""
        self._found(place, size)
        folders = [place / f"laptop-{number}" for number in range(size)]
        self.hub.start()
        self.meeting = self._issue(place, size)
        groups = [folders[at : at + A_PROCESS] for at in range(0, size - old, A_PROCESS)]
        groups[-1] = [one for one in groups[-1] if one not in folders[size - old :]]
        self.laptops = [Laptops(group) for group in groups if group]
        if old:
            options, sources = ((), str(program / "src")) if program else (("--old",), "")
            self.laptops.append(Laptops(folders[size - old :], *options, sources=sources))
        for laptops in self.laptops:
            laptops.wait_ready()

    def _found(self, place: Path, size: int) -> None:
        """By the hub's own program, where that is another one."""
        if not self._sources:
            found_office(place, size, self.port)
            return
        script = str(Path(__file__).with_name("room_office.py"))
        command = [sys.executable, script, str(place), str(size), str(self.port)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": self._sources})

    def _issue(self, place: Path, size: int) -> str:
        folder = place / "meeting"
        folder.mkdir()
        with pymupdf.open() as paper:
            for number in range(30):
                page = paper.new_page()
                page.draw_rect(page.rect, fill=colour_of(number))
                page.insert_text((72, 300), f"Trang {number + 1}")
            paper.save(folder / "paper.pdf")
        names = ", ".join(f'"Đại biểu {n}"' for n in range(size))
        (folder / "meeting.toml").write_text(
            'title = "Họp"\nkind = "ubnd_regular"\nplace = "x"\nchair = "Đại biểu 0"\n'
            f'secretaries = ["Thư ký", "Đại biểu {size - 1}"]\nmembers = [{names}]\n'
            "starts_at = 2026-11-26T08:00:00+07:00\n"
            '[[item]]\ntitle = "Một"\nminutes = 10\n[[item.paper]]\nfile = "paper.pdf"\n'
            'title = "Báo cáo"\n[[item]]\ntitle = "Hai"\nminutes = 10\n',
            encoding="utf-8",
        )
        home = DeskHome(self.data, Looked)
        home.link.start()
        try:
            wait_until(lambda: home.desk.directory.people)
            told = issue_folder(home.desk, home.drafting, home.issuing, folder)
            wait_until(lambda: home.desk.waiting() == 0)
        finally:
            home.close()
        return str(told["meeting"])

    def enter(self) -> float:
        """All laptops connect; how many seconds until everyone has all of the meeting."""
        start = time.monotonic()
        self.all("start")
        self.wait_for(lambda rows: all(row["papers"] for row in rows), 120)
        self.agreed(120)
        return time.monotonic() - start

    def all(self, what: str, **order: Any) -> list[Any]:
        """The same act on every laptop, the processes side by side."""
        with ThreadPoolExecutor(len(self.laptops)) as pool:
            groups = pool.map(lambda laptops: laptops.do(what, **order), self.laptops)
            return [answer for group in groups for answer in group]

    def each(self, people: list[int], what: str, **order: Any) -> list[Any]:
        """The same act on the laptops of these people."""
        firsts = list(accumulate((one.count for one in self.laptops), initial=0))
        groups = [
            (laptops, [n - first for n in people if 0 <= n - first < laptops.count])
            for laptops, first in zip(self.laptops, firsts, strict=False)
        ]
        with ThreadPoolExecutor(len(self.laptops)) as pool:
            done = pool.map(lambda row: row[0].do(what, row[1], **order) if row[1] else [], groups)
            return [answer for group in done for answer in group]

    def chair(self, what: str, **order: Any) -> Any:
        return self.laptops[0].do(what, [0], meeting=self.meeting, **order)[0]

    def look(self) -> list[dict[str, Any]]:
        return self.all("look", meeting=self.meeting)

    def wait_for(self, is_so: Callable[[list[dict[str, Any]]], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not is_so(self.look()):
            assert time.monotonic() < end, _differences(self.look())
            time.sleep(0.05)

    def agreed(self, seconds: float = AGREE) -> dict[str, Any]:
        """What every screen shows alike once nothing waits anywhere; fails where they differ."""
        self.wait_for(_agree, seconds)
        return dict(self.look()[0]["meeting"])

    def end(self) -> None:
        for laptops in self.laptops:
            laptops.end()
        self.hub.kill()


def said_at_the_hub(room: Room, kind: str) -> list[dict[str, Any]]:
    """What the records of a kind say in the hub's log."""
    hub_log = SqliteHubLog(room.data / "hub" / "hub.db")
    try:
        rows = hub_log.stream(room.meeting)
        wanted = (row for row in rows if json.loads(row.record.head)["kind"] == kind)
        return [json.loads(row.record.payload or "{}") for row in wanted]
    finally:
        hub_log.close()


def _agree(rows: list[dict[str, Any]]) -> bool:
    first = rows[0]
    return all(
        row["link"] == "online"
        and row["waiting"] == 0
        and row["meeting"] == first["meeting"]
        and row["stage"] == first["stage"]
        for row in rows
    )


def _differences(rows: list[dict[str, Any]]) -> list[str]:
    first = rows[0]
    return [
        f"laptop {place}: {key} {row[key]} against {first[key]}"[:600]
        for place, row in enumerate(rows)
        for key in row
        if row[key] != first[key] or (key == "waiting" and row[key])
    ][:6]


@contextmanager
def a_room(
    place: Path,
    size: int = SIZE,
    *,
    old: int = 0,
    program: Path | None = None,
    hub_program: Path | None = None,
) -> Iterator[Room]:
    """A room, everyone in it; `hub_program` is another version of the program for its hub."""
    room = Room(place, hub_program)
    try:
        room.fill(place, size, old, program)
        yield room
    finally:
        room.end()
