"""A week of a commune, usual and overfull, and the moment it is looked at."""

from datetime import datetime, timedelta

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import MeetingIssued, OfficeFounded, OnlineLink, PersonSet
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.stage.moments import ZONE

LONG = "Hội nghị trực tuyến toàn tỉnh về phòng, chống đói, rét cho cây trồng, vật nuôi vụ đông"
WEDNESDAY = datetime(2026, 11, 25, 9, 41, tzinfo=ZONE)
PEOPLE = {
    "chair": PersonSet(person="chair", name="Hoàng Văn Páo", title="Chủ tịch UBND xã"),
    "deputy": PersonSet(person="deputy", name="Nông Thị Hiền", title="Phó Chủ tịch UBND xã"),
}
DIRECTORY = Directory(
    office=OfficeFounded(office="o", name="Ủy ban nhân dân xã Mẫu Sơn"), people=PEOPLE
)
USUAL = (
    (0, "08:00", "Giao ban đầu tuần lãnh đạo UBND xã", "Phòng họp tầng 2", "chair", ""),
    (0, "14:00", "Tiếp công dân định kỳ", "Trụ sở tiếp công dân", "deputy", ""),
    (1, "07:30", "Kiểm tra công tác phòng, chống rét tại thôn Nậm Chạc", "Thôn Nậm Chạc",
     "deputy", ""),
    (2, "08:00", "Phiên họp thường kỳ UBND xã tháng 11", "Hội trường tầng 2", "chair", ""),
    (2, "14:00", "Hội nghị trực tuyến toàn tỉnh về phòng, chống đói, rét cho vật nuôi",
     "Phòng họp trực tuyến", "deputy", "UBND tỉnh Lào Cai"),
    (2, "16:30", "Họp Ban Chỉ đạo chuyển đổi số", "Phòng họp tầng 2", "chair", ""),
    (3, "08:00", "Tập huấn dịch vụ công trực tuyến", "Hội trường tầng 2", "deputy",
     "Sở Khoa học và Công nghệ"),
    (4, "08:30", "Họp Đảng ủy mở rộng", "Hội trường tầng 2", "chair", ""),
    (4, "19:30", "Họp thôn Sín Chải về sắp xếp thôn", "Nhà văn hóa thôn Sín Chải", "deputy", ""),
)  # fmt: skip


def _meeting(row: tuple[int, str, str, str, str, str], number: int) -> Meeting:
    day, hour, title, place, chair, organiser = row
    at = datetime.fromisoformat(f"{WEDNESDAY.date() + timedelta(days=day - 2)}T{hour}:00+07:00")
    link = OnlineLink(link="l", title=title, url="", organiser=organiser)
    issued = MeetingIssued(
        revision=1, base=0, title=title, kind="", body="", place=place, starts_at=at.isoformat(),
        chair=chair, secretaries=("deputy",), people=(), agenda=(),
        links=(link,) if organiser else (),
    )  # fmt: skip
    return Meeting(id=f"m{number}", state="issued", issued=issued)


def a_week() -> tuple[list[Meeting], Directory, datetime]:
    """What a commune has in a usual week, seen on Wednesday morning."""
    return [_meeting(row, n) for n, row in enumerate(USUAL)], DIRECTORY, WEDNESDAY


def a_full_week() -> tuple[list[Meeting], Directory, datetime]:
    """Every day to Sunday with long titles, today with eleven of them."""
    rows = [
        (day, f"{hour:02d}:00", LONG, "Hội trường tầng 2, trụ sở UBND xã", "deputy",
         "UBND tỉnh Lào Cai" if hour % 2 else "")
        for day in range(7)
        for hour in range(7, 18 if day == 2 else 8 + 2 * day)
    ]  # fmt: skip
    return [_meeting(row, n) for n, row in enumerate(rows)], DIRECTORY, WEDNESDAY
