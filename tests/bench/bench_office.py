"""A real office for a benchmark: founded, its hub a process, a meeting issued."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures import SAMPLE, meetingroom


@dataclass
class BenchOffice:
    """The secretary's data folder, the hub's port, the meeting's id."""

    data: Path
    port: int
    meeting: str = ""
    hub: "subprocess.Popen[bytes] | None" = None

    def start_hub(self) -> None:
        """Its hub as a process that listens."""
        command = [sys.executable, "-m", "meetingroom", "hub", "--data", str(self.data)]
        self.hub = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self.hub.stdout is not None
        self.hub.stdout.readline()

    def stop_hub(self) -> None:
        """End it; its log is free afterwards."""
        if self.hub is not None and self.hub.stdout is not None:
            self.hub.terminate()
            self.hub.wait()
            self.hub.stdout.close()
        self.hub = None

    def more_devices(self, count: int) -> list[tuple[str, Any]]:
        """So many more laptops of the secretary, straight into the log of the stopped hub."""
        from meetingroom.assembly import RunningHub
        from meetingroom.domain.ids import new_id
        from meetingroom.services.founding import enrol_first_device
        from meetingroom.store.keys import Ed25519Signer

        hub = RunningHub(self.data, announces=False)
        people = hub.office.ledger.directory.people.values()
        person = next(row.person for row in people if "secretary" in row.rights)
        devices = []
        for _ in range(count):
            device, key = new_id("device"), Ed25519Signer.new()
            enrol_first_device(hub.office, person, device, key.public_key)
            devices.append((device, key))
        hub.stop_unstarted()
        return devices


@contextmanager
def bench_office(root: Path, papers: list[Path]) -> Iterator[BenchOffice]:
    """An office with one meeting of these papers; its secretary is its chair."""
    office = BenchOffice(root / "secretary", _free_port())
    meetingroom(
        "office", "init", "--name", "Bench", "--people", SAMPLE / "people.csv", "--port",
        str(office.port), "--data", office.data,
    )  # fmt: skip
    office.start_hub()
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
        office.stop_hub()


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
