"""A real office on 127.0.0.1: founded, served, with one issued meeting and two papers."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from readme_client import Client, enrol

from meetingroom.assembly import RunningHub, found
from meetingroom.desk_home import DeskHome, read_profile
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.domain.paper import Inspection
from meetingroom.services.drafting import map_papers
from meetingroom.services.founding import Charter
from meetingroom.store.blobs import hash_of

HOST = "127.0.0.1"
OPEN, RESTRICTED = b"%PDF open " + b"o" * 300_000, b"%PDF restricted " + b"r" * 1000
PEOPLE = (
    PersonSet(person="person-s", name="Thư ký", rights=("secretary", "administrator")),
    PersonSet(person="person-a", name="Chủ tịch", order=1),
    PersonSet(person="person-b", name="Ủy viên", order=2),
)


class Looked:
    """An inspector that lets every file pass; the guard has its own tests."""

    def inspect(self, files, pictures=None):
        return [Inspection(file=f.name, sha256=hash_of(f), pages=3) for f in files]


class RealOffice:
    """The hub, and the secretary's own desk beside it."""

    def __init__(self, folder: Path) -> None:
        self.devices: dict[str, tuple[Ed25519PrivateKey, dict]] = {}
        found(folder, Charter(name="UBND xã Thử", people=PEOPLE), port=1)
        self.hub = RunningHub(folder, 0, announces=False)
        self.hub.start()
        self.port = self.hub.server.port
        profile = msgspec.structs.replace(read_profile(folder), address=f"{HOST}:{self.port}")
        (folder / "device" / "profile.json").write_bytes(msgspec.json.encode(profile))
        self.secretary = DeskHome(folder, Looked)
        self.secretary.link.start()
        until(lambda: self.secretary.desk.directory.people)
        self.meeting_id = self._issue(folder)

    def close(self) -> None:
        self.secretary.close()
        self.hub.stop()

    @property
    def meeting(self) -> Meeting:
        """As the secretary's desk has it."""
        return self.secretary.desk.meeting(self.meeting_id)

    def paper(self, content: bytes) -> Paper:
        size = len(content)
        return next(p for p in self.meeting.papers.values() if p.current.size == size)

    def code(self, principal: str = "person-a") -> str:
        self.hub.server._tries._times.clear()  # as if these tests took their time
        return self.secretary.desk.ask("code.make", {"principal": principal}).result(30)["code"]

    async def client(self, principal: str = "person-a") -> Client:
        """A device that has nothing yet, on line; enrolled where the principal has none."""
        if principal not in self.devices:
            key = Ed25519PrivateKey.generate()
            code = await asyncio.to_thread(self.code, principal)
            self.devices[principal] = key, await enrol(HOST, self.port, code, key, "Máy khác")
        client = Client(HOST, self.port, *self.devices[principal])
        await client.come_on_line()
        return client

    def _issue(self, folder: Path) -> str:
        draft = self.secretary.drafting.start().result(30)
        for name, content in (("open.pdf", OPEN), ("restricted.pdf", RESTRICTED)):
            (folder / name).write_bytes(content)
            item = draft.items[0].item
            self.secretary.drafting.add_files(draft.meeting, item, [folder / name]).result(30)
        self.secretary.drafting.edit(draft.meeting, _complete).result(30)
        assert self.secretary.issuing.issue(draft.meeting).result(60) == 1
        until(lambda: self.secretary.desk.meeting(draft.meeting).numbered_revision == 1)
        return draft.meeting


def _complete(draft):
    draft = map_papers(
        draft,
        lambda paper: (
            msgspec.structs.replace(paper, audience=("person-b",))
            if paper.file_name == "restricted.pdf"
            else paper
        ),
    )
    return msgspec.structs.replace(
        draft,
        title="Họp thường kỳ",
        chair="person-a",
        starts_at="2026-11-26T08:00:00+07:00",
        members=("person-a", "person-b"),
    )


def until(is_so, seconds: float = 60) -> None:
    """Wait until something is so; fail after a generous while."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def with_client(office: RealOffice, story, principal: str = "person-a"):
    """A device of a principal comes on line, waits until it has the meeting, and acts."""

    async def play():
        client = await office.client(principal)
        try:
            await client.until(lambda: client.of_kind("meeting_issued"))
            return await story(client)
        finally:
            await client.close()

    return asyncio.run(asyncio.wait_for(play(), 90))


@contextmanager
def real_office(folder: Path) -> Iterator[RealOffice]:
    office = RealOffice(folder)
    try:
        yield office
    finally:
        office.close()
