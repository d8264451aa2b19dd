"""A folder says of an online meeting what the display and the checklist tell of it."""

from datetime import datetime
from pathlib import Path

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import PersonSet
from meetingroom.services.folder_meeting import FolderLink, read_folder

HEAD = ('title = "Họp"', 'body = "UBND"', "starts_at = 2026-11-26", 'chair = "Lan"', "[[link]]")


def link_of(folder: Path, *lines: str) -> FolderLink:
    (folder / "meeting.toml").write_text("\n".join((*HEAD, *lines)), encoding="utf-8")
    person = PersonSet(person="person-s", name="Lan", rights=("secretary",))
    return read_folder(folder, Directory(people={"person-s": person}), "person-s").links[0]


def test_all_that_an_invitation_says_is_taken_along(tmp_path) -> None:
    link = link_of(
        tmp_path, 'url = "https://zoom.us/j/1"', 'number = "812 3456"', 'organiser = "UBND tỉnh"',
        'site = "UBND xã"', 'contact = "anh Tuấn"', "test_at = 2026-11-26T07:30:00+07:00",
        "for_all = true", "opens_itself = true",
    )  # fmt: skip
    at = datetime.fromisoformat(str(link.said.pop("test_at")))
    assert at == datetime.fromisoformat("2026-11-26T07:30:00+07:00")
    assert link.said == {
        "meeting_number": "812 3456", "organiser": "UBND tỉnh", "level": "", "site": "UBND xã",
        "contact": "anh Tuấn", "is_for_all": True, "opens_itself": True,
    }  # fmt: skip


def test_what_is_not_said_allows_nothing(tmp_path) -> None:
    link = link_of(tmp_path, 'title = "Qua hệ thống của tỉnh"')
    assert link.url == ""
    assert not link.said["is_for_all"] and not link.said["opens_itself"]
