"""One's meetings in one's own calendar: from the home screen, as a file and as an address."""

from pathlib import Path
from urllib.request import urlopen

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QApplication, QFileDialog

from meetingroom.ui.calendar_dialog import CalendarDialog, with_ending
from meetingroom.ui.reader.home import ReaderHome

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")


@pytest.fixture
def home(office, qtbot) -> ReaderHome:
    """The home of somebody invited to one meeting."""
    context = office.join("person-b")
    meeting = office.issued()
    office.wait(lambda: context.desk.meeting(meeting))
    made = ReaderHome(context)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def dialog(home) -> CalendarDialog:
    return home.open_calendar(home._context.calendars)


def test_all_my_meetings_go_into_a_file(office, dialog, tmp_path: Path):
    file = tmp_path / "Lịch.ics"
    dialog.save_to(file)
    office.wait(lambda: "Lịch.ics" in dialog.told.text())
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["summary"] == "Phiên họp"


def test_a_place_that_cannot_be_written_is_told(office, dialog, tmp_path: Path):
    dialog.save_to(tmp_path / "gone" / "x.ics")
    office.wait(dialog.told.text)
    assert not (tmp_path / "gone").exists()


def test_one_meeting_goes_into_a_file(office, home, tmp_path: Path, monkeypatch):
    file = tmp_path / "một"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(file), ""))
    home.on_save(next(iter(home._context.desk.meetings)))
    office.wait((tmp_path / "một.ics").is_file)


def test_an_address_is_made_serves_the_meetings_and_ends(office, dialog):
    office.wait(lambda: office.hub._phones.server is not None)
    dialog.make.click()
    office.wait(dialog.line.text)
    address = dialog.line.text()
    port, path = office.hub.office.phones.port, address.split("/", 3)[3]
    here = f"http://127.0.0.1:{port}/{path}"
    with urlopen(here, timeout=20) as answer:
        assert len(Calendar.from_ical(answer.read()).walk("VEVENT")) == 1
    dialog.copy.click()
    assert QApplication.clipboard().text() == address
    dialog.stop.click()
    office.wait(lambda: not dialog.line.text())
    assert office.hub.office.subscriptions.calendar(f"/{path}") is None


def test_the_address_is_there_again_the_next_time(office, dialog, home):
    office.wait(lambda: office.hub._phones.server is not None)
    dialog.make.click()
    office.wait(dialog.line.text)
    again = home.open_calendar(home._context.calendars)
    office.wait(lambda: again.line.text() == dialog.line.text())


def test_where_the_hub_serves_no_telephones_it_says_what_to_do(office, dialog):
    office.wait(lambda: office.hub._phones.server is not None)
    office.hub.office.phones.port = 0
    dialog.make.click()
    office.wait(lambda: "telephones" in dialog.told.text())
    assert dialog.make.isEnabled()


def test_a_name_gets_the_ending_it_lacks():
    assert with_ending("/a/b.c", ".ics") == Path("/a/b.c.ics")
    assert with_ending("/a/b.ICS", ".ics") == Path("/a/b.ICS")
