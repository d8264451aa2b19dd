"""A real office for tests: hub process or hub in this process, desks, papers, on 127.0.0.1."""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pymupdf

from meetingroom.assembly import RunningHub, found, join
from meetingroom.desk_home import DeskHome
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Note
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.paper import Inspection
from meetingroom.services.drafting import Draft
from meetingroom.services.founding import Charter
from meetingroom.services.marking import Content
from meetingroom.store.blobs import hash_of

SECRETARY, CHAIR, OFFICIAL = "person-s", "person-c", "person-o"
PEOPLE = (
    PersonSet(person=SECRETARY, name="Hương Giang", rights=("secretary", "administrator")),
    PersonSet(person=CHAIR, name="Hoàng Văn Páo", order=1),
    PersonSet(person=OFFICIAL, name="Nông Thị Hiền", order=2),
)


class Looked:
    """An inspector that lets every file pass; the guard has its own tests."""

    def inspect(self, files, pictures=None):
        return [Inspection(file=f.name, sha256=hash_of(f), pages=3) for f in files]


def free_port() -> int:
    """A port with two free ones after it, where no system hands out ports by itself."""
    while True:
        first = random.randrange(20000, 32000, 3)  # noqa: S311 - no secret
        with contextlib.ExitStack() as probes:
            try:
                for port in range(first, first + 3):
                    probe = probes.enter_context(socket.socket())
                    probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return first


def write_pdf(path: Path, text: str = "Báo cáo", pages: int = 3, ballast: int = 0) -> Path:
    """A paper; `ballast` bytes that no packing makes smaller go with it."""
    with pymupdf.open() as document:
        for number in range(pages):
            document.new_page().insert_text((72, 300), f"{text} {number + 1}")
        if ballast:
            document.embfile_add("ballast", os.urandom(ballast))
        document.save(path)
    return path


def wait_until(is_so: Callable[[], object], seconds: float = 60) -> None:
    """Wait for what other threads and processes bring about."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


class Office:
    """An office in a folder; `hub` runs in this process, `HubProcess` in its own."""

    def __init__(self, place: Path) -> None:
        self.place, self.port = place, free_port()
        self.data = place / "hub-computer"
        self.recovery = found(self.data, Charter(name="Xã Mẫu Sơn", people=PEOPLE), port=self.port)
        self._homes: list[DeskHome] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start_hub(self) -> RunningHub:
        hub = RunningHub(self.data, announces=False)
        hub.start()
        return hub

    def desk(self, data: Path | None = None, inspector: Callable = Looked) -> DeskHome:
        """The desk of a folder (without: the secretary's), its link started."""
        home = DeskHome(data or self.data, inspector)
        self._homes.append(home)
        home.link.start()
        return home

    def secretary(self) -> DeskHome:
        """The secretary's desk, on line."""
        home = self.desk()
        wait_until(lambda: home.desk.directory.people and home.desk.link_state.state == "online")
        return home

    def newcomer(self, secretary: DeskHome, person: str, data: Path) -> DeskHome:
        """A computer that joins with a code; its desk."""
        join(data, self.code(secretary, person), self.address)
        return self.desk(data)

    def code(self, secretary: DeskHome, person: str) -> str:
        answer = secretary.desk.ask("code.make", {"principal": person}).result(20)
        return str(answer["code"])

    def close(self) -> None:
        for home in self._homes:
            home.close()
        self._homes.clear()


@contextmanager
def an_office(place: Path) -> Iterator[Office]:
    """An office whose desks are closed at the end."""
    office = Office(place)
    try:
        yield office
    finally:
        office.close()


class HubDidNotStart(Exception):  # noqa: N818 - what happened, in words
    """The hub's process ended before it listened; what it said."""


class HubProcess:
    """The hub of a data folder as its own process, to be killed and started again."""

    def __init__(self, data: Path, sources: str = "") -> None:
        """`sources` are those of another version of the program."""
        self.data, self._sources = data, sources
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> dict[str, int]:
        """Its ports, once it listens."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "meetingroom", "hub", "--json", "--data", str(self.data)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": self._sources or os.environ.get("PYTHONPATH", "")},
        )
        assert self.process.stdout is not None
        said = ""
        while not said.rstrip().endswith("}"):
            line = self.process.stdout.readline()
            if not line:
                raise HubDidNotStart(said)
            said += line
        return dict(json.loads(said))

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)
            if self.process.stdout is not None:
                self.process.stdout.close()
            self.process = None


def draft_meeting(secretary: DeskHome, files: list[Path], title: str = "Họp") -> Draft:
    """A draft with papers, ready to be issued."""
    draft = secretary.drafting.start().result(20)

    def fill(row: Draft) -> Draft:
        return msgspec.structs.replace(
            row, title=title, chair=CHAIR, members=(OFFICIAL,),
            starts_at="2026-11-26T08:00:00+07:00",
        )  # fmt: skip

    secretary.drafting.edit(draft.meeting, fill).result(20)
    seen = secretary.drafting.add_files(draft.meeting, draft.items[0].item, files).result(60)
    assert [row.problem for row in seen] == [None] * len(files)
    return secretary.drafting.draft(draft.meeting) or draft


def issue(secretary: DeskHome, files: list[Path], title: str = "Họp") -> str:
    """An issued meeting's id."""
    draft = draft_meeting(secretary, files, title)
    secretary.issuing.issue(draft.meeting).result(60)
    return draft.meeting


def note(
    home: DeskHome, meeting: str, text: str, audience: tuple[str, ...], on: Paper | None = None
) -> str:
    """A sticky note on a paper (without: the first); the mark's id."""
    paper = on or first_paper(home, meeting)
    content = Content(shape=Note(at=Point(100, 100)), text=text, audience=audience)
    return str(home.marking.put(meeting, paper.paper, paper.current.blob, 0, content).result(20))


def meeting_of(home: DeskHome, meeting: str) -> Meeting:
    folded = home.desk.meeting(meeting)
    assert folded is not None
    return folded


def first_paper(home: DeskHome, meeting: str) -> Paper:
    return next(iter(meeting_of(home, meeting).papers.values()))


def has_papers(home: DeskHome, meeting: str) -> bool:
    """Whether every paper of a meeting is on this computer."""
    folded = home.desk.meeting(meeting)
    return bool(folded and folded.papers) and all(
        home.desk.paper_path(paper.current.blob) for paper in folded.papers.values()
    )


def texts(home: DeskHome, meeting: str) -> list[str]:
    """What the marks of a meeting say, as this desk sees them."""
    folded = home.desk.meeting(meeting)
    return sorted(mark.text for mark in folded.marks.values()) if folded else []
