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

    def resident_mb(self) -> float:
        """The memory its hub has now."""
        assert self.hub is not None
        status = Path(f"/proc/{self.hub.pid}/status").read_text(encoding="utf-8")
        line = next(row for row in status.splitlines() if row.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1024, 1)

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

    def laptops(self) -> list[tuple[str, str, Any]]:
        """A laptop more for everybody of the meeting: (person, device, its key), chair first."""
        from meetingroom.assembly import RunningHub
        from meetingroom.domain.ids import new_id
        from meetingroom.services.founding import enrol_first_device
        from meetingroom.store.keys import Ed25519Signer

        hub = RunningHub(self.data, announces=False)
        meeting = hub.office.meeting(self.meeting)
        assert meeting is not None and meeting.issued is not None
        chair = meeting.issued.chair
        laptops = []
        for person in (chair, *(one for one in meeting.people if one != chair)):
            device, key = new_id("device"), Ed25519Signer.new()
            enrol_first_device(hub.office, person, device, key.public_key)
            laptops.append((person, device, key))
        hub.stop_unstarted()
        return laptops


@contextmanager
def bench_office(root: Path, papers: list[Path], deputies: int = 0) -> Iterator[BenchOffice]:
    """An office with one meeting of these papers; its secretary is its chair.

    Beside her so many deputies are its members: people of their own, each with a vote.
    """
    office = BenchOffice(root / "secretary", _free_port())
    names = [f"Đại biểu {number}" for number in range(deputies)]
    people = root / "people.csv"
    people.parent.mkdir(parents=True, exist_ok=True)
    more = "".join(f"{name},,,,,\n" for name in names)
    known = (SAMPLE / "people.csv").read_text(encoding="utf-8")
    people.write_text(known.rstrip("\n") + "\n" + more, encoding="utf-8")
    meetingroom(
        "office", "init", "--name", "Bench", "--people", people, "--port",
        str(office.port), "--data", office.data,
    )  # fmt: skip
    office.start_hub()
    try:
        if papers:
            folder = root / "meeting"
            folder.mkdir()
            (folder / "meeting.toml").write_text(_meeting(papers, names), encoding="utf-8")
            told = json.loads(
                meetingroom("meeting", "issue", folder, "--data", office.data, "--json")
            )
            office.meeting = told["meeting"]
        yield office
    finally:
        office.stop_hub()


def _meeting(papers: list[Path], deputies: list[str]) -> str:
    members = ", ".join(f'"{name}"' for name in ("Hương Giang", *deputies))
    lines = [
        'title = "Bench"', 'kind = "ubnd_regular"', 'place = "x"', 'chair = "Hương Giang"',
        'secretaries = ["Hương Giang"]', f"members = [{members}]",
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
