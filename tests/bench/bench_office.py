"""A real office for a benchmark: founded, its hub a process, a meeting issued."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from figures import SAMPLE, meetingroom


@dataclass
class BenchOffice:
    """The secretary's data folder, the hub's port, the meeting's id."""

    data: Path
    port: int
    meeting: str = ""


@contextmanager
def bench_office(root: Path, papers: list[Path]) -> Iterator[BenchOffice]:
    """An office with one meeting of these papers; its secretary is its chair."""
    office = BenchOffice(root / "secretary", _free_port())
    meetingroom(
        "office", "init", "--name", "Bench", "--people", SAMPLE / "people.csv", "--port",
        str(office.port), "--data", office.data,
    )  # fmt: skip
    hub = subprocess.Popen(
        [sys.executable, "-m", "meetingroom", "hub", "--data", str(office.data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert hub.stdout is not None
    hub.stdout.readline()
    try:
        if papers:
            folder = root / "meeting"
            folder.mkdir()
            (folder / "meeting.toml").write_text(_meeting(papers), encoding="utf-8")
            told = json.loads(
                meetingroom("meeting", "issue", folder, "--data", office.data, "--json")
            )
            office.meeting = told["meeting"]
        yield office
    finally:
        hub.terminate()
        hub.wait()
        hub.stdout.close()


def _meeting(papers: list[Path]) -> str:
    lines = [
        'title = "Bench"', 'kind = "ubnd_regular"', 'place = "x"', 'chair = "Hương Giang"',
        'secretaries = ["Hương Giang"]', 'members = ["Hương Giang"]',
        "starts_at = 2026-11-26T08:00:00+07:00", "[[item]]", 'title = "One"', "minutes = 10",
        'presenter = "Hương Giang"',
    ]  # fmt: skip
    for number, paper in enumerate(papers):
        lines += ["[[item.paper]]", f'file = "{paper.as_posix()}"', f'title = "Paper {number}"']
    return "\n".join(lines)


def _free_port() -> int:
    for port in range(48200, 48600, 2):
        with socket.socket() as one, socket.socket() as two:
            try:
                one.bind(("", port))
                two.bind(("", port + 1))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port")
