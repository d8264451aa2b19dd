"""A rehearsal asks every computer of a meeting, over real lines, and each tells what is so."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import msgspec
import pytest

from meetingroom.documents.crew import Crew
from meetingroom.domain.errors import CallError, RefusedError
from meetingroom.domain.facts import MotionPut, RoomSet
from meetingroom.domain.paper import Drawing
from meetingroom.domain.ports import Pixels
from meetingroom.domain.rehearsal import (
    JudgedRow,
    Rehearsal,
    RehearsalReport,
    RehearsalRow,
    ScreenSeen,
    judged,
)
from meetingroom.services import rehearsing
from meetingroom.services.rehearsing import host_of
from real_office import (
    CHAIR,
    OFFICIAL,
    DeskHome,
    Office,
    an_office,
    has_papers,
    issue,
    meeting_of,
    wait_until,
    write_pdf,
)


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    made = Crew()
    yield made
    made.close()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(rehearsing, "TELL_SECONDS", 0.05)
    with an_office(tmp_path) as made:
        hub = made.start_hub()
        yield made
        made.close()
        hub.stop()


class Story:
    """The secretary, an official whose window draws pages, and two papers."""

    def __init__(self, office: Office, crew: Crew) -> None:
        self.office, self.secretary = office, office.secretary()
        self.official = office.newcomer(self.secretary, OFFICIAL, office.place / "o")
        self.official.rehearsing.pages = crew
        files = [write_pdf(office.place / f"{n}.pdf", f"{n}") for n in ("Một", "Hai")]
        self.meeting = issue(self.secretary, files)
        wait_until(lambda: has_papers(self.official, self.meeting))

    @property
    def device(self) -> str:
        return str(self.official.desk.profile.device)

    def look(self, home: DeskHome | None = None) -> Rehearsal:
        found = (home or self.secretary).rehearsing.look(self.meeting).result(20)
        assert found is not None
        return found

    def asked(self) -> list[RehearsalRow]:
        return [row for row in self.look().rows if row.is_called]

    def rehearse(self) -> Rehearsal:
        """The list once all that answer are done; who does not answer has had its time."""
        self.secretary.rehearsing.start(self.meeting).result(20)
        wait_until(lambda: all(row.report and row.report.is_done for row in self.asked()))
        return msgspec.structs.replace(self.look(), seconds=60)

    def row(self, device: str, found: Rehearsal) -> JudgedRow:
        rows = judged(found, self.secretary.desk.directory)
        return next(row for row in rows if device in (row.row.device, row.row.principal))

    def codes(self, device: str, found: Rehearsal) -> dict[str, str]:
        return {one.code: one.level for one in self.row(device, found).findings}


def test_a_sound_laptop_is_ready_with_every_page_opened(office: Office, crew: Crew) -> None:
    story = Story(office, crew)
    found = story.rehearse()
    row = story.row(story.device, found)
    report = row.row.report
    assert (report.papers, report.pages, report.pages_done) == (2, 6, 6)
    assert row.row.ms >= 0 and abs(row.row.offset) < 30
    told = story.codes(story.device, found)
    assert {told["reached"], told["program"], told["clock"], told["papers"]} == {"good"}
    assert story.row("hub", found).level in ("good", "look")


def test_who_is_away_stands_first_and_who_has_no_computer_is_named(
    office: Office, crew: Crew
) -> None:
    story = Story(office, crew)
    chair = office.newcomer(story.secretary, CHAIR, office.place / "c")
    device = chair.desk.profile.device
    wait_until(lambda: has_papers(chair, story.meeting))
    chair.close()
    seen = story.secretary.purging.seen
    wait_until(lambda: not seen(story.meeting).result(20)[device].is_online)
    found = story.rehearse()
    rows = judged(found, story.secretary.desk.directory)
    assert (rows[0].row.device, rows[0].findings[0].code) == (device, "away")
    assert rows[0].findings[0].fields["last"]


def test_a_paper_whose_bytes_went_wrong_is_told_and_one_that_is_gone(
    office: Office, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(office, crew)
    monkeypatch.setattr(story.official.desk, "wanted_blobs", list)  # nothing is fetched meanwhile
    first, second = meeting_of(story.official, story.meeting).in_reading_order()
    path = story.official.desk.paper_path(first.current.blob)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-9] + b"something")
    story.official.desk.paper_path(second.current.blob).unlink()
    report = story.row(story.device, story.rehearse()).row.report
    assert (report.damaged, report.missing) == ((first.paper,), (second.paper,))
    monkeypatch.undo()
    story.official.desk.link.wake()
    wait_until(lambda: has_papers(story.official, story.meeting))


def test_a_file_that_is_whole_but_no_pdf_is_told(office: Office, crew: Crew) -> None:
    story = Story(office, crew)
    broken = office.place / "hỏng.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    meeting = issue(story.secretary, [broken], "Họp khác")
    wait_until(lambda: has_papers(story.official, meeting))
    story.meeting = meeting
    paper = meeting_of(story.official, meeting).in_reading_order()[0]
    assert story.row(story.device, story.rehearse()).row.report.unopened == (paper.paper,)


def test_the_display_tells_its_screens_and_tries_the_way_out(office: Office, crew: Crew) -> None:
    story = Story(office, crew)
    desk = story.secretary.desk
    desk.run(lambda: desk.write("office", RoomSet(room="room-1", name="Hội trường"))).result(20)
    wait_until(lambda: not desk.waiting())
    display = office.newcomer(story.secretary, "room-1", office.place / "d")
    wait_until(lambda: has_papers(display, story.meeting))
    display.rehearsing.note_screens(
        [ScreenSeen(name="LG 65", width=3840, height=2160, is_room=True)], is_lost=False
    )
    told = story.codes("room-1", story.rehearse())
    assert told["screen"] == "good"
    display.rehearsing.note_screens([], is_lost=True)
    display.rehearsing.note_sleep()
    wait_until(lambda: story.look().seconds > 5)
    told = story.codes("room-1", story.rehearse())
    assert (told["screen_lost"], told["may_sleep"]) == ("bad", "look")


def test_only_who_leads_may_ask_and_only_who_was_asked_may_tell(office: Office, crew: Crew) -> None:
    story = Story(office, crew)
    with pytest.raises(RefusedError, match="no_right"):
        story.official.rehearsing.start(story.meeting).result(20)
    with pytest.raises(RefusedError, match="no_right"):
        story.official.rehearsing.look(story.meeting).result(20)
    name = story.secretary.rehearsing.start(story.meeting).result(20)["rehearsal"]
    report = msgspec.to_builtins(RehearsalReport(program="9"))
    with pytest.raises(CallError, match="over"):
        story.official.desk.ask(
            "rehearsal.tell", {"rehearsal": "rehearsal-0", "report": report}
        ).result(20)
    body = {"rehearsal": name, "report": {"pages": "many"}}
    with pytest.raises(CallError, match="malformed"):
        story.official.desk.ask("rehearsal.tell", body).result(20)


def test_while_a_vote_runs_nobody_is_asked(office: Office, crew: Crew) -> None:
    story = Story(office, crew)
    story.secretary.leading.open_meeting(story.meeting).result(20)
    motion = MotionPut(motion="motion-1", text="Thông qua?")
    vote = story.secretary.voting.open(story.meeting, motion).result(20)
    wait_until(lambda: not story.secretary.desk.waiting())
    with pytest.raises(CallError, match="voting"):
        story.secretary.rehearsing.start(story.meeting).result(20)
    story.secretary.voting.cancel(story.meeting, vote).result(20)
    wait_until(lambda: not story.secretary.desk.waiting())
    story.secretary.rehearsing.start(story.meeting).result(20)


class Watched:
    """Workers that note whether a vote is open here whenever a page is asked for."""

    def __init__(self, crew: Crew, home: DeskHome, first: Callable[[], None]) -> None:
        self._crew, self._home, self._first = crew, home, first
        self.open = crew.open
        self.votes: list[bool] = []

    def draw(self, drawing: Drawing) -> Future[Pixels]:
        meetings = self._home.desk.meetings.values()
        self.votes.append(any(meeting.voting.open for meeting in meetings))
        if len(self.votes) == 1:
            self._first()
        return self._crew.draw(drawing)


def test_a_vote_that_begins_meanwhile_has_the_laptops_to_itself(
    office: Office, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsing, "PAUSE_SECONDS", 0.02)
    story, votes = Story(office, crew), []
    secretary, official = story.secretary, story.official
    secretary.leading.open_meeting(story.meeting).result(20)

    def vote() -> None:
        motion = MotionPut(motion="motion-1", text="Thông qua?")
        put = secretary.voting.open(story.meeting, motion).result(20)
        wait_until(lambda: meeting_of(official, story.meeting).voting.open)
        votes.append(put)

    official.rehearsing.pages = watched = Watched(crew, official, vote)
    secretary.rehearsing.start(story.meeting).result(20)
    wait_until(lambda: votes)
    secretary.voting.cancel(story.meeting, votes[0]).result(20)
    wait_until(lambda: len(watched.votes) == 6)
    assert watched.votes == [False] * 6


def test_two_who_press_at_once_get_one_list_and_it_outlives_the_hub(
    office: Office, crew: Crew
) -> None:
    story = Story(office, crew)
    first = story.secretary.rehearsing.start(story.meeting).result(20)
    assert story.secretary.rehearsing.start(story.meeting).result(20) == first
    found = story.rehearse()
    assert found.rehearsal == first["rehearsal"] and found.by == "person-s"


def test_a_link_is_tried_by_its_host_alone() -> None:
    from meetingroom.domain.facts import OnlineLink

    link = OnlineLink(link="l", title="t", url="https://zoom.us/j/812?pwd=SECRET#x")
    assert host_of(link) == ("zoom.us", 443)
    odd = OnlineLink(link="l", title="t", url="https://meet.example:8443/room")
    assert host_of(odd) == ("meet.example", 8443)
