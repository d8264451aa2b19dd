"""Calendars as scripts call them: files that read back, without Qt."""

from pathlib import Path

import pytest
from docx import Document
from icalendar import Calendar
from verbs import call, facts, write_meeting, write_people

from real_office import HubProcess, free_port


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A secretary's computer with two issued meetings, on Thursday 26/11/2026."""
    place = tmp_path_factory.mktemp("office")
    people, folder = write_people(place / "people.csv"), place / "data"
    name = "UBND xã Mẫu Sơn"
    call("office", "init", "--name", name, "--people", people, "--port", free_port(), data=folder)
    hub = HubProcess(folder)
    hub.start()
    call("meeting", "issue", write_meeting(place / "a", title="Giao ban tuần"), data=folder)
    call("meeting", "issue", write_meeting(place / "b", title="Họp Ban Chỉ đạo"), data=folder)
    hub.stop()
    return folder


def test_my_meetings_are_listed_and_written(data: Path, tmp_path: Path):
    file = tmp_path / "of mine.ics"
    found = facts("calendar", "--ics", file, data=data)
    assert found["file"] == str(file)
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert len(events) == len(found["meetings"]) == 2
    assert found["meetings"][0]["starts_at"] == "2026-11-26T08:00:00+07:00"


def test_one_meeting_can_be_written(data: Path, tmp_path: Path):
    file = tmp_path / "one.ics"
    call("calendar", "--ics", file, "--meeting", "Giao ban tuần", data=data)
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["summary"] == "Giao ban tuần"


def test_an_unknown_meeting_and_a_place_that_is_none_are_sentences(data: Path, tmp_path: Path):
    call("calendar", "--ics", tmp_path / "x", "--meeting", "không có", data=data, status=1)
    call("calendar", "--ics", tmp_path / "gone" / "x.ics", data=data, status=1)


def test_a_week_is_listed_and_written_as_a_schedule(data: Path, tmp_path: Path):
    file = tmp_path / "lịch.docx"
    found = facts("week", "--from", "2026-11-24", "--docx", file, data=data)
    assert (found["monday"], found["number"], len(found["meetings"])) == ("2026-11-23", 48, 2)
    told = [one.text for one in Document(str(file)).paragraphs]
    assert "THỨ NĂM (26/11/2026):" in told


def test_another_week_and_another_body_have_none(data: Path):
    assert facts("week", "--from", "2026-11-30", data=data)["meetings"] == []
    found = facts("week", "--from", "2026-11-24", "--body", "HĐND", data=data)
    assert found["meetings"] == []


def test_a_year_without_online_meetings_has_figures_and_a_workbook(data: Path, tmp_path: Path):
    file = tmp_path / "năm.xlsx"
    found = facts("online-figures", "--year", "2026", "--xlsx", file, data=data)
    assert (found["total"]["meetings"], len(found["months"])) == (0, 12)
    assert file.read_bytes().startswith(b"PK")
