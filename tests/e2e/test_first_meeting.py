"""A hub, a secretary and an official, over real sockets on 127.0.0.1."""

from pathlib import Path

import msgspec
import pytest

from meetingroom.assembly import RunningHub, found, join
from meetingroom.desk_home import DeskHome
from meetingroom.domain.errors import EnrolmentError
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Note
from meetingroom.domain.paper import Inspection
from meetingroom.services.founding import Charter
from meetingroom.services.marking import Content
from meetingroom.store.blobs import hash_of
from real_office import free_port

PEOPLE = (
    PersonSet(person="person-s", name="Thư ký", rights=("secretary", "administrator")),
    PersonSet(person="person-a", name="Chủ tịch", order=1),
)


class Looked:
    """An inspector that lets every file pass; the guard has its own tests."""

    def inspect(self, files, pictures=None):
        return [Inspection(file=f.name, sha256=hash_of(f), pages=3) for f in files]


def test_a_private_mark_stays_and_an_offline_one_arrives_once(tmp_path: Path, until) -> None:
    port = free_port()
    found(tmp_path / "A", Charter(name="Xã", people=PEOPLE), port=port)
    hub = RunningHub(tmp_path / "A", announces=False)
    hub.start()
    secretary = DeskHome(tmp_path / "A", Looked)
    secretary.link.start()
    until(lambda: secretary.desk.directory.people)
    code = secretary.desk.ask("code.make", {"principal": "person-a"}).result(10)["code"]
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    with pytest.raises(EnrolmentError, match=r"code\.wrong"):
        join(tmp_path / "B", wrong, f"127.0.0.1:{port}")
    join(tmp_path / "B", code, f"127.0.0.1:{port}")
    official = DeskHome(tmp_path / "B")
    official.link.start()
    draft = secretary.drafting.start().result(10)
    meeting = draft.meeting
    secretary.drafting.edit(
        meeting,
        lambda d: msgspec.structs.replace(
            d,
            title="Họp",
            chair="person-a",
            starts_at="2026-11-26T08:00:00+07:00",
            members=("person-a",),
        ),
    ).result(10)
    paper_file = tmp_path / "x.pdf"
    paper_file.write_bytes(b"%PDF" + b"x" * 300_000)
    secretary.drafting.add_files(meeting, draft.items[0].item, [paper_file]).result(10)
    assert secretary.issuing.issue(meeting).result(30) == 1
    until(lambda: official.desk.meeting(meeting) is not None)
    paper = next(iter(official.desk.meeting(meeting).papers.values()))
    until(lambda: official.desk.paper_path(paper.current.blob))

    def note(text: str, audience: tuple[str, ...]) -> None:
        content = Content(shape=Note(at=Point(1, 2)), text=text, audience=audience)
        official.marking.put(meeting, paper.paper, paper.current.blob, 0, content).result(10)

    note("TOP PRIVATE WORDS", ("me",))
    hub.stop()
    until(lambda: official.desk.link_state.state != "online")
    note("offline", ("secretary",))
    hub = RunningHub(tmp_path / "A", announces=False)
    hub.start()
    until(lambda: len(secretary.desk.meeting(meeting).marks) == 1)
    until(lambda: official.desk.waiting() == 0)
    assert len(official.desk.meeting(meeting).marks) == 2
    official.close()
    secretary.close()
    hub.stop()
    kept = b"".join(p.read_bytes() for p in (tmp_path / "A").rglob("*") if p.is_file())
    assert b"offline" in kept
    assert b"TOP PRIVATE WORDS" not in kept
