"""The office's week on the secretary's desk."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtWidgets import QLabel

from meetingroom.ui.secretary.desk import SecretaryDesk
from meetingroom.ui.secretary.week_import import WeekImport
from meetingroom.ui.secretary.week_page import WeekPage
from meetingroom.ui.stage.moments import ZONE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")


@pytest.fixture
def secretary(office, qtbot) -> SecretaryDesk:
    """The desk with an issued meeting and a draft, both of today."""
    now = datetime.now(ZONE).replace(hour=9, minute=5, second=0, microsecond=0)
    office.issued(starts_at=now.isoformat())
    office.draft(title="Họp Ban Chỉ đạo", starts_at=(now + timedelta(hours=6)).isoformat())
    made = SecretaryDesk(office.secretary)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def page(secretary) -> WeekPage:
    secretary.list.aside_requested.emit("week")
    return secretary.stack.currentWidget()


def words(page: WeekPage) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def test_the_list_leads_to_the_week_and_back(secretary, page):
    assert isinstance(page, WeekPage)
    page.back_requested.emit()
    assert secretary.stack.currentWidget() is secretary.list


def test_issued_meetings_and_drafts_stand_at_their_hours(office, page):
    office.wait(lambda: "09:05" in words(page))
    assert {"09:05", "15:05", "Phiên họp", "Họp Ban Chỉ đạo", "Today"} <= set(words(page))


def test_one_goes_to_other_weeks_and_back_to_this_one(office, page):
    office.wait(lambda: "09:05" in words(page))
    assert not page.this_week.isEnabled()
    page.step(7)
    office.wait(lambda: "09:05" not in words(page))
    page.this_week.click()
    office.wait(lambda: "09:05" in words(page))


def test_a_press_opens_the_meeting(office, secretary, page):
    meeting = next(iter(office.secretary.desk.meetings))
    page.meeting_requested.emit(meeting)
    assert secretary.meeting_id == meeting
    assert secretary.stack.currentIndex() == 1


def test_the_document_has_what_is_issued_and_no_drafts(office, page, tmp_path: Path):
    page.replaces.setChecked(True)
    page.export_to(tmp_path / "lịch.docx")
    office.wait(lambda: (tmp_path / "lịch.docx").is_file() and page.export.isEnabled())
    document = Document(io.BytesIO((tmp_path / "lịch.docx").read_bytes()))
    told = "\n".join(one.text for one in document.paragraphs)
    assert "09 giờ 05': Phiên họp" in told and "Ban Chỉ đạo" not in told
    assert "LỊCH NÀY THAY THƯ MỜI HỌP" in told


def test_a_place_that_cannot_be_written_is_told(office, page, tmp_path: Path):
    page.export_to(tmp_path / "gone" / "x.docx")
    office.wait(page.info.isVisible)
    assert page.export.isEnabled()


def test_a_new_meeting_comes_into_the_week_by_itself(office, page):
    office.wait(lambda: "09:05" in words(page))
    start = datetime.now(ZONE).replace(hour=11, minute=11)
    office.issued(title="Họp mới", starts_at=start.isoformat())
    office.wait(lambda: "11:11" in words(page))


SCHEDULE = """LỊCH CÔNG TÁC TUẦN
(Tuần thứ {week}, từ ngày {monday} đến ngày {sunday})
THỨ HAI ({monday}):
* SÁNG:
1. 08 giờ 00': Giao ban đầu tuần.
Chủ trì: Nông Thị Hiền, Phó Chủ tịch.
Địa điểm: Phòng họp tầng 2.
2. 09 giờ 05': Họp đã có ở đây.
CHỦ NHẬT ({sunday}):
* CHIỀU: Kiểm tra phòng cháy rừng tại thôn Nậm Chạc.
./.
Nơi nhận: Lưu: VT."""


def a_schedule(folder: Path) -> tuple[Path, datetime]:
    """A schedule of the week after next, and its Monday."""
    now = datetime.now(ZONE)
    monday = (now + timedelta(days=14 - now.weekday())).replace(hour=9, minute=5)
    sunday = monday + timedelta(days=6)
    file = folder / "lịch.txt"
    words = SCHEDULE.format(
        week=monday.isocalendar().week, monday=f"{monday:%d/%m/%Y}", sunday=f"{sunday:%d/%m/%Y}"
    )
    file.write_text(words, encoding="utf-8")
    return file, monday


@pytest.fixture
def imported(office, page, tmp_path: Path) -> WeekImport:
    """What a schedule offers, one of whose meetings is here as a draft."""
    file, monday = a_schedule(tmp_path)
    office.draft(title="Họp đã có ở đây", starts_at=monday.isoformat())
    page.bring_in(file)
    office.wait(lambda: page.findChildren(WeekImport))
    return page.findChildren(WeekImport)[-1]


def test_a_schedule_of_others_offers_its_meetings_and_knows_those_here(imported):
    assert [row.line.title for row in imported.rows] == [
        "Giao ban đầu tuần",
        "Họp đã có ở đây",
        "Kiểm tra phòng cháy rừng tại thôn Nậm Chạc",
    ]
    assert [box.isChecked() for box in imported.boxes] == [True, False, True]
    assert [row.line.is_hour_said for row in imported.rows] == [True, True, False]


def test_those_ticked_become_drafts_in_their_week(office, page, imported):
    imported.boxes[2].setChecked(False)
    imported.make.click()
    office.wait(lambda: "Giao ban đầu tuần" in words(page))
    made = [one for one in office.secretary.drafting.drafts.values() if one.title[:4] == "Giao"]
    assert [(one.place, one.chair, one.starts_at[11:16]) for one in made] == [
        ("Phòng họp tầng 2", "person-b", "08:00")
    ]
    assert not any("Kiểm tra" in one.title for one in office.secretary.drafting.drafts.values())


def test_nothing_ticked_makes_nothing(imported):
    for box in imported.boxes:
        box.setChecked(False)
    assert not imported.make.isEnabled()


def test_a_file_that_is_no_schedule_is_told(office, page, tmp_path: Path):
    file = tmp_path / "thư.txt"
    file.write_text("Kính gửi các đồng chí", encoding="utf-8")
    page.bring_in(file)
    office.wait(page.info.isVisible)
    assert page.bring.isEnabled()
