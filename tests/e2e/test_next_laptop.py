"""A laptop is lost; on the next one its person goes on where the old one stood."""

import sys
from pathlib import Path

import pytest

from meetingroom.assembly import join
from meetingroom.desk_home import DeskHome
from meetingroom.services.reading import Place
from meetingroom.settings import read_settings
from real_office import (
    OFFICIAL,
    Office,
    an_office,
    has_papers,
    issue,
    meeting_of,
    note,
    texts,
    wait_until,
    write_pdf,
)

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))
from verbs import call, facts

WORDS = "mưa rừng Tây Bắc"


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase.txt"
    file.write_text(f"{WORDS}\n", encoding="utf-8")
    return file


def an_old_laptop(office: Office, tmp_path: Path) -> tuple[str, Path, str]:
    """The meeting, the laptop's folder with marks for oneself, and a code for the next laptop."""
    secretary = office.secretary()
    old = office.newcomer(secretary, OFFICIAL, tmp_path / "old")
    meeting = issue(secretary, [write_pdf(tmp_path / "Báo cáo.pdf")])
    wait_until(lambda: has_papers(old, meeting))
    note(old, meeting, "chỉ riêng tôi", ("me",))
    note(old, meeting, "gửi thư ký", ("secretary",))
    wait_until(lambda: not old.desk.waiting())
    paper = next(iter(meeting_of(old, meeting).papers))
    old.reading.keep_place(meeting, Place(paper=paper, pages={paper: 2})).result()
    return meeting, tmp_path / "old", office.code(secretary, OFFICIAL)


def test_marks_places_and_undo_come_to_the_next_laptop(tmp_path: Path, passphrase: Path) -> None:
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        meeting, old, code = an_old_laptop(office, tmp_path)
        office.close()
        stick = tmp_path / "stick"
        stick.mkdir()
        secret = ("--passphrase-file", passphrase)
        made = facts("backup-marks", stick, *secret, data=old)
        assert WORDS.encode() not in b"".join(path.read_bytes() for path in stick.iterdir())

        new = tmp_path / "new"
        join(new, code, office.address)
        facts("sync", "--once", data=new)
        for records, already in ((1, 0), (0, 1)):
            told = facts("restore-marks", made["file"], *secret, data=new)
            assert (told["records"], told["already"]) == (records, already)
        facts("sync", "--once", data=new)
        home = DeskHome(new)
        assert texts(home, meeting) == ["chỉ riêng tôi", "gửi thư ký"]
        assert set(home.reading.place(meeting).pages.values()) == {2}
        assert home.marking.can_undo(meeting)
        home.close()
        assert facts("check", data=new) == {"faults": []}
        hub.stop()


def test_a_wrong_passphrase_and_a_damaged_file_change_nothing(
    tmp_path: Path, passphrase: Path
) -> None:
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        _, old, _ = an_old_laptop(office, tmp_path)
        office.close()
        hub.stop()
    made = Path(facts("backup-marks", tmp_path, "--passphrase-file", passphrase, data=old)["file"])
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("mưa rào", encoding="utf-8")
    told = call("restore-marks", made, "--passphrase-file", wrong, data=old, status=1)
    assert "không mở được" in told and "mưa rào" not in told
    made.write_bytes(made.read_bytes()[:-9])
    told = call("restore-marks", made, "--passphrase-file", passphrase, data=old, status=1)
    assert "hỏng" in told


def test_a_backup_keeps_itself_up_without_the_passphrase_being_kept(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        meeting, old, _ = an_old_laptop(office, tmp_path)
        office.close()
        stick = tmp_path / "stick"
        stick.mkdir()
        home = DeskHome(old)
        home.back_up_own(stick, WORDS, keeps=True)
        assert home.keep_own_up() is None
        note(home, meeting, "viết thêm", ("me",))
        home.close()
        again = DeskHome(old)
        assert again.keep_own_up() is not None
        note(again, meeting, "và nữa", ("me",))
        again.stop_own()
        assert again.keep_own_up() is None
        again.close()
        hub.stop()
    assert len(list(stick.glob("*.marks"))) == 2
    assert read_settings(old).own_backup_folder == ""
    kept = b"".join(path.read_bytes() for path in old.rglob("*") if path.is_file())
    assert WORDS.encode() not in kept
