"""Lines of a weekly schedule keep the ways into their online meetings."""

from datetime import date

from meetingroom.domain.invitation import Finding, Letter, Part
from meetingroom.invitations.received import meetings_in

SCHEDULE = """ỦY BAN NHÂN DÂN XÃ NẬM CHẠC
LỊCH LÀM VIỆC CỦA LÃNH ĐẠO UBND XÃ
(Tuần thứ 48 từ ngày 23/11/2026 đến ngày 27/11/2026)
THỨ HAI (23/11/2026):
* SÁNG:
1. 08 giờ 00': Họp giao ban tuần. Địa điểm: Phòng họp số 1.
* CHIỀU:
1. 14 giờ 00': Dự hội nghị trực tuyến về chuyển đổi số. Link Zoom: https://zoom.us/j/81234567890
THỨ BA (24/11/2026):
* SÁNG:
1. 08 giờ 30': Họp trực tuyến với Sở Nội vụ qua Zoom, ID 822 3456 7890, mật khẩu 66
2. 10 giờ 00': Tiếp công dân.
"""


def found(text: str) -> tuple[Finding, ...]:
    return meetings_in(Letter(parts=(Part(text=text),)), date(2026, 11, 25))


def test_every_line_keeps_its_own_way_in():
    rows = [(one.starts_at, one.service, one.url, one.meeting_id) for one in found(SCHEDULE)]
    assert rows == [
        ("2026-11-23T08:00:00+07:00", None, None, None),
        ("2026-11-23T14:00:00+07:00", "zoom", "https://zoom.us/j/81234567890", "81234567890"),
        ("2026-11-24T08:30:00+07:00", "zoom", None, "822 3456 7890"),
        ("2026-11-24T10:00:00+07:00", None, None, None),
    ]


def test_a_title_ends_where_the_way_in_begins():
    titles = [one.title for one in found(SCHEDULE)]
    assert titles[1:3] == [
        "Dự hội nghị trực tuyến về chuyển đổi số", "Họp trực tuyến với Sở Nội vụ",
    ]  # fmt: skip


def test_a_way_in_above_all_lines_is_not_lost():
    text = SCHEDULE.replace("THỨ HAI", "Link họp: https://zoom.us/j/833333333\nTHỨ HAI", 1)
    assert "https://zoom.us/j/833333333" in [one.url for one in found(text)]
