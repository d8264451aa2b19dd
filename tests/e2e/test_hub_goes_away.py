"""The hub is killed in the middle of each step; afterwards everything comes about by itself."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from meetingroom.assembly import join
from meetingroom.desk_home import DeskHome
from meetingroom.exports import export_marks
from meetingroom.network import enrolment, transfers
from meetingroom.services.desk import Desk
from real_office import (
    CHAIR,
    OFFICIAL,
    HubProcess,
    Office,
    an_office,
    draft_meeting,
    first_paper,
    has_papers,
    issue,
    meeting_of,
    note,
    texts,
    wait_until,
    write_pdf,
)

MEGABYTE = 1 << 20


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as made:
        yield made


@pytest.fixture
def hub(office: Office) -> Iterator[HubProcess]:
    process = HubProcess(office.data)
    process.start()
    yield process
    office.close()
    process.stop()


@pytest.fixture
def secretary(office: Office, hub: HubProcess) -> DeskHome:
    return office.secretary()


@pytest.fixture
def official(office: Office, secretary: DeskHome, tmp_path: Path) -> DeskHome:
    return office.newcomer(secretary, OFFICIAL, tmp_path / "official")


class Cut:
    """Kills the hub once, at the moment it is called, and starts it again on a thread."""

    def __init__(self, hub: HubProcess) -> None:
        self._hub = hub
        self._once = threading.Lock()
        self.restart: threading.Thread | None = None

    def __call__(self, *_: object, **__: object) -> None:
        if self._once.acquire(blocking=False):
            self._hub.kill()
            self.restart = threading.Thread(target=self._hub.start)
            self.restart.start()

    def wait(self) -> None:
        assert self.restart is not None, "the hub was not killed"
        self.restart.join()


@pytest.fixture
def cut(hub: HubProcess) -> Iterator[Cut]:
    made = Cut(hub)
    yield made
    made.wait()


def before(call: Callable[..., Any], first: Callable[..., Any]) -> Callable[..., Any]:
    """The same call, with something done first."""

    def both(*args: Any, **given: Any) -> Any:
        first(*args, **given)
        return call(*args, **given)

    return both


def after(call: Callable[..., Any], then: Callable[..., Any]) -> Callable[..., Any]:
    """The same call, with something done afterwards."""

    def both(*args: Any, **given: Any) -> Any:
        value = call(*args, **given)
        then()
        return value

    return both


def devices_of(home: DeskHome, person: str) -> list[str]:
    devices = home.desk.directory.devices.values()
    return [device.device for device in devices if device.principal == person]


def test_enrolment_cut_before_the_hub_took_the_computer_in(
    office: Office, secretary: DeskHome, cut: Cut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = office.code(secretary, OFFICIAL)
    monkeypatch.setattr(enrolment, "transcript", before(enrolment.transcript, cut))
    profile = join(tmp_path / "laptop", code, office.address)
    wait_until(lambda: devices_of(secretary, OFFICIAL) == [profile.device])


def test_enrolment_cut_after_the_hub_took_the_computer_in(
    office: Office, secretary: DeskHome, cut: Cut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = office.code(secretary, OFFICIAL)
    expect = enrolment._expect

    async def late(connection: Any, kind: Any) -> Any:
        if kind is enrolment.wire.Granted:
            import asyncio

            await asyncio.to_thread(wait_until, lambda: devices_of(secretary, OFFICIAL))
            cut()
        return await expect(connection, kind)

    monkeypatch.setattr(enrolment, "_expect", late)
    # What had arrived before the cut may still be read: then there is nothing to ask again.
    profile = join(tmp_path / "laptop", code, office.address)
    cut.wait()
    official = office.desk(tmp_path / "laptop")
    wait_until(lambda: official.desk.link_state.state == "online")
    assert devices_of(secretary, OFFICIAL) == [profile.device]


def test_the_same_computer_may_finish_with_a_used_code_and_no_other(
    office: Office, secretary: DeskHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = office.code(secretary, OFFICIAL)
    granted: list[object] = []
    expect = enrolment._expect

    async def lost(connection: Any, kind: Any) -> Any:
        message = await expect(connection, kind)
        if kind is enrolment.wire.Granted and not granted:
            granted.append(message)
            raise enrolment.LinkError("link.lost")
        return message

    monkeypatch.setattr(enrolment, "_expect", lost)
    profile = join(tmp_path / "laptop", code, office.address)
    assert granted
    with pytest.raises(enrolment.EnrolmentError, match=r"code\.used"):
        join(tmp_path / "other", code, office.address)
    wait_until(lambda: devices_of(secretary, OFFICIAL) == [profile.device])


def test_an_upload_while_issuing(
    office: Office, secretary: DeskHome, official: DeskHome, cut: Cut, tmp_path: Path
) -> None:
    file = write_pdf(tmp_path / "a.pdf", ballast=12 * MEGABYTE)
    draft = draft_meeting(secretary, [file])
    assert secretary.issuing.issue(draft.meeting, cut).result(100) == 1
    wait_until(lambda: has_papers(official, draft.meeting))
    assert len(meeting_of(official, draft.meeting).papers) == 1


def test_the_batch_of_a_revision(
    secretary: DeskHome,
    official: DeskHome,
    cut: Cut,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [write_pdf(tmp_path / f"{n}.pdf", f"Tài liệu {n}") for n in range(3)]
    draft = draft_meeting(secretary, files)
    monkeypatch.setattr(Desk, "write_batch", after(Desk.write_batch, cut))
    assert secretary.issuing.issue(draft.meeting).result(100) == 1
    wait_until(lambda: has_papers(official, draft.meeting))
    folded = meeting_of(official, draft.meeting)
    assert [row.revision for row in folded.revisions] == [1]
    assert len(folded.papers) == 3


def test_a_download_goes_on_where_it_was_cut(
    secretary: DeskHome,
    official: DeskHome,
    cut: Cut,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = write_pdf(tmp_path / "a.pdf", ballast=40 * MEGABYTE)
    fetched: list[int] = []
    write = transfers.write_whole

    def counted(target: Any, chunk: bytes) -> None:
        fetched.append(len(chunk))
        write(target, chunk)
        if sum(fetched) > 5 * MEGABYTE:
            cut()

    monkeypatch.setattr(transfers, "write_whole", counted)
    meeting = issue(secretary, [file])
    wait_until(lambda: has_papers(official, meeting))
    assert sum(fetched) == file.stat().st_size


def test_marks_that_are_on_their_way(
    secretary: DeskHome, official: DeskHome, cut: Cut, tmp_path: Path
) -> None:
    meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf")])
    wait_until(lambda: has_papers(official, meeting))
    words = [f"ý kiến {number:03}" for number in range(80)]
    for number, text in enumerate(words):
        note(official, meeting, text, ("secretary",))
        if number == 40:
            cut()
    note(official, meeting, "riêng tôi", ("me",))
    wait_until(lambda: texts(secretary, meeting) == words)
    wait_until(lambda: official.desk.waiting() == 0)
    assert len(texts(official, meeting)) == len(words) + 1


def test_a_page_turn(
    office: Office, secretary: DeskHome, official: DeskHome, cut: Cut, tmp_path: Path
) -> None:
    chair = office.newcomer(secretary, CHAIR, tmp_path / "chair")
    meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf")])
    wait_until(lambda: has_papers(chair, meeting) and has_papers(official, meeting))
    chair.leading.open_meeting(meeting).result(20)
    paper = first_paper(chair, meeting).paper
    chair.leading.show_paper(meeting, paper).result(20)
    wait_until(lambda: official.desk.stage(meeting).paper == paper)
    cut()
    assert chair.leading.turn_to(meeting, 1).result(20).page == 1
    wait_until(lambda: official.desk.stage(meeting).page == 1)
    cut.wait()
    wait_until(lambda: chair.desk.link_state.state == "online")
    chair.leading.turn_to(meeting, 2).result(20)
    wait_until(lambda: official.desk.stage(meeting).page == 2)


def test_unlocking_with_a_pin(
    office: Office, secretary: DeskHome, cut: Cut, tmp_path: Path
) -> None:
    room = next(iter(secretary.desk.directory.rooms))
    display = office.newcomer(secretary, room, tmp_path / "display")
    chair = office.newcomer(secretary, CHAIR, tmp_path / "chair")
    meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf")])
    wait_until(lambda: display.desk.meeting(meeting) and chair.desk.link_state.state == "online")
    chair.leading.set_pin("2468").result(60)
    cut()
    assert display.leading.unlock_with_pin(meeting, "2468").result(60) == {"person": CHAIR}
    wait_until(lambda: display.leading.may_lead(meeting))


def test_an_export_needs_no_hub(
    secretary: DeskHome, official: DeskHome, cut: Cut, tmp_path: Path
) -> None:
    meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf")])
    wait_until(lambda: has_papers(official, meeting))
    note(official, meeting, "xin ý kiến", ("everyone",))
    wait_until(lambda: texts(secretary, meeting) == ["xin ý kiến"])
    cut()
    formats = {"pdf", "xfdf", "csv"}
    out = tmp_path / "out"
    written = export_marks(secretary.desk, meeting_of(secretary, meeting), out, formats)
    assert (len(written["files"]), written["marks"]) == (3, 1)
    assert all(Path(file).stat().st_size for file in written["files"])
