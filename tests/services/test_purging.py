"""A purged paper is nowhere: in no file of the hub, of a laptop, of the one that was away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from meetingroom.domain.errors import RefusedError
from meetingroom.domain.purge_board import board_of
from meetingroom.exports import check_data, save_copy
from meetingroom.services.opinions import Unsent
from meetingroom.services.purging import Due, Purging, keep_due
from meetingroom.services.unsent_words import UnsentWords
from meetingroom.store import personal
from real_office import (
    CHAIR,
    OFFICIAL,
    DeskHome,
    Office,
    an_office,
    first_paper,
    has_papers,
    issue,
    meeting_of,
    note,
    wait_until,
    write_pdf,
)

SECRET, PRIVATE, SHARED = "Kế hoạch Bão Đêm", "ghi riêng về Bão Đêm", "góp ý về Bão Đêm"
WORDS = [word.encode() for word in (SECRET, PRIVATE, SHARED)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as made:
        hub = made.start_hub()
        yield made
        made.close()
        hub.stop()


def traces(folder: Path, pieces: list[bytes]) -> list[str]:
    """Files of a folder that hold the paper's words or its bytes, as a thief would look."""
    found = []
    for file in folder.rglob("*"):
        raw = file.read_bytes() if file.is_file() else b""
        if any(piece in raw for piece in (*WORDS, *pieces)):
            found.append(str(file.relative_to(folder)))
    return found


class Story:
    """Two papers, one of them secret, on the laptops of an official and of the chair."""

    def __init__(self, office: Office) -> None:
        self.office, self.secretary = office, office.secretary()
        place = office.place
        self.file = write_pdf(place / f"{SECRET}.pdf", "Quan trong", ballast=9000)
        harmless = write_pdf(place / "Chương trình.pdf")
        content, other = self.file.read_bytes(), harmless.read_bytes()
        pieces = (content[at : at + 64] for at in range(0, len(content) - 64, 997))
        self.content = [piece for piece in pieces if piece not in other]
        assert len(self.content) > 5
        self.official = office.newcomer(self.secretary, OFFICIAL, place / "o")
        self.chair = office.newcomer(self.secretary, CHAIR, place / "c")
        self.meeting = issue(self.secretary, [self.file, harmless])
        for home in (self.official, self.chair):
            wait_until(lambda home=home: has_papers(home, self.meeting))
        self.paper = first_paper(self.secretary, self.meeting)
        self.write_on(self.official)

    def write_on(self, home: DeskHome) -> None:
        home.searching.start()
        assert home.searching.wait(60)
        note(home, self.meeting, PRIVATE, ("me",), self.paper)
        mark = note(home, self.meeting, SHARED, ("everyone",), self.paper)
        said = Unsent(text=SHARED, paper=self.paper.paper)
        home.opinions.give(self.meeting, said).result(20)
        home.opinions.keep(self.meeting, said).result(20)
        UnsentWords(home.desk).keep({(mark, "words"): SHARED}).result(20)

    def purge(self) -> str:
        made = self.secretary.purging.purge(self.meeting, self.paper.paper, "secret").result(20)
        return str(made)

    def receipts(self, record: str) -> set[str]:
        """Who has said that nothing is left to do."""
        purge = meeting_of(self.secretary, self.meeting).purges.get(record)
        rows = purge.receipts.values() if purge else ()
        return {row.principal for row in rows if not row.done.pending}

    def wait_for(self, record: str, *who: str) -> None:
        wait_until(lambda: self.receipts(record) >= set(who))


def test_nothing_of_a_purged_paper_is_left_in_any_file(office: Office) -> None:
    story = Story(office)
    assert traces(office.place / "o", story.content), "a search that cannot fail finds nothing"
    story.wait_for(story.purge(), "hub", "person-s", OFFICIAL, CHAIR)
    office.close()
    for folder in (office.data, office.place / "o", office.place / "c"):
        assert traces(folder, story.content) == []
        assert check_data(folder) == []


def test_what_a_crash_left_is_finished_by_all_who_have_a_part_in_it(office: Office) -> None:
    desk = office.secretary().desk
    due = Due(purge="record-p", stream="meeting-m", paper="paper-p", reason="recalled", blobs=())
    keep_due(desk.log, due)
    purging, done = Purging(desk), []
    desk.run(lambda: None).result(20)
    purging.also(lambda one: done.append(one.purge))
    purging.begin()
    desk.run(lambda: None).result(20)
    assert done == ["record-p"]


def test_a_laptop_that_was_away_purges_when_it_comes_back(office: Office) -> None:
    story = Story(office)
    wait_until(lambda: not story.official.desk.waiting())
    story.official.desk.link.stop()
    note(story.official, story.meeting, "viết khi xa hub về Bão Đêm", ("everyone",), story.paper)
    record = story.purge()
    story.wait_for(record, "hub", "person-s", CHAIR)
    assert OFFICIAL not in story.receipts(record)
    story.official.close()
    back = office.desk(office.place / "o")
    story.wait_for(record, OFFICIAL)
    back.close()
    assert traces(office.place / "o", story.content) == []


def test_what_one_wrote_goes_also_where_its_number_came_with_the_purge(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(office)
    wait_until(lambda: story.official.desk.waiting() == 0)
    # The line breaks when the hub has the opinion, before the laptop hears of it.
    monkeypatch.setattr(story.official.desk, "take", lambda *_news: None)
    said = Unsent(text=f"{SHARED}, nữa", paper=story.paper.paper)
    story.official.opinions.give(story.meeting, said).result(20)
    wait_until(lambda: len(meeting_of(story.secretary, story.meeting).opinions.given) == 2)
    story.official.desk.link.stop()
    record = story.purge()
    story.wait_for(record, "hub", "person-s", CHAIR)
    monkeypatch.undo()
    story.official.close()
    back = office.desk(office.place / "o")
    story.wait_for(record, OFFICIAL)
    back.close()
    assert traces(office.place / "o", story.content) == []


def test_a_computer_that_joins_later_never_gets_it(office: Office) -> None:
    story = Story(office)
    story.wait_for(story.purge(), "hub")
    second = office.newcomer(story.secretary, OFFICIAL, office.place / "o2")
    wait_until(lambda: has_papers(second, story.meeting))
    assert [row.title for row in meeting_of(second, story.meeting).papers.values()] == [
        "Chương trình"
    ]
    second.close()
    assert traces(office.place / "o2", story.content) == []


def test_nobody_can_write_on_it_or_bring_it_back(office: Office) -> None:
    story = Story(office)
    story.wait_for(story.purge(), OFFICIAL)
    with pytest.raises(RefusedError, match="purged"):
        note(story.official, story.meeting, "còn đây", ("me",), story.paper)
    drafting = story.secretary.drafting
    draft = drafting.revise(story.meeting).result(20)
    seen = drafting.add_files(draft.meeting, draft.items[0].item, [story.file]).result(20)
    assert [row.problem for row in seen] == ["purged"]
    blob, link = story.paper.current.blob, story.secretary.desk.link
    with pytest.raises(RefusedError, match="no_right"):
        link.upload(blob, story.file).result(20)


def test_copies_go_unless_somebody_changed_them(office: Office) -> None:
    story = Story(office)
    desk, blob = story.official.desk, story.paper.current.blob
    kept, changed = office.place / "kept.pdf", office.place / "changed.pdf"
    for target in (kept, changed):
        save_copy(desk, story.meeting, blob, target)
    changed.write_bytes(b"mine")
    record = story.purge()
    story.wait_for(record, OFFICIAL)
    assert (kept.exists(), changed.exists()) == (False, True)
    purge = meeting_of(story.secretary, story.meeting).purges[record]
    done = next(row.done for row in purge.receipts.values() if row.principal == OFFICIAL)
    assert (done.files, done.copies, done.unreached) == (1, 1, 1)
    assert story.official.purging.left == [str(changed)]


def test_old_backups_of_the_hub_go_and_a_fresh_one_is_made(office: Office) -> None:
    story = Story(office)
    folder = office.data / "hub" / "backups"
    before = {file.name: file.read_bytes() for file in folder.glob("*.backup")}
    old = story.secretary.desk.ask("backup.make", {}).result(60)["file"]
    before[Path(old).name] = Path(old).read_bytes()
    record = story.purge()
    story.wait_for(record, "hub")
    after = list(folder.glob("*.backup"))
    assert len(after) == 1
    assert after[0].read_bytes() not in before.values()


def test_a_backup_of_the_kept_key_is_made_anew_and_a_sealed_one_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = personal.Recipe
    monkeypatch.setattr(personal, "Recipe", lambda salt: real(salt=salt, cost=16))
    story = Story(office)
    folder = office.place / "stick"
    folder.mkdir()
    sealed = story.official.back_up_own(folder, "mưa rừng", keeps=False)
    kept = story.official.back_up_own(office.place, "nắng đồi chè", keeps=True)
    record = story.purge()
    story.wait_for(record, OFFICIAL)
    assert (Path(sealed.file).exists(), Path(kept.file).exists()) == (True, False)
    notice = story.official.purging.notices(story.meeting).result(20)[0]
    assert (notice.reason, notice.backups) == ("secret", (sealed.file,))
    purge = meeting_of(story.secretary, story.meeting).purges[record]
    assert {row.done.sealed for row in purge.receipts.values() if row.principal == OFFICIAL} == {1}


def test_the_board_tells_who_is_away_and_since_when(office: Office) -> None:
    story = Story(office)
    story.official.close()
    hub_sees = story.secretary.purging.seen
    device = story.official.desk.profile.device
    wait_until(lambda: not hub_sees(story.meeting).result(20)[device].is_online)
    record = story.purge()
    story.wait_for(record, "hub", CHAIR, "person-s")
    meeting = meeting_of(story.secretary, story.meeting)
    seen = hub_sees(story.meeting).result(20)
    rows = board_of(meeting, meeting.purges[record], story.secretary.desk.directory, seen)
    assert [(row.state, row.device) for row in rows if row.principal == OFFICIAL] == [
        ("waiting", device)
    ]
    assert rows[0].since > meeting.first_issued_at
    assert {row.principal for row in rows if row.is_done} == {"hub", CHAIR, "person-s"}
