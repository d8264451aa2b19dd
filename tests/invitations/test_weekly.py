"""Weekly schedules in the shapes offices write them in."""

from datetime import date

import pytest

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.letter_words import read_words
from meetingroom.invitations.weekly import Week, read_week

TODAY = date(2026, 2, 6)

IN_WORDS = """LỊCH LÀM VIỆC CỦA LÃNH ĐẠO ỦY BAN NHÂN DÂN XÃ
(Tuần thứ 07 từ ngày 09/02/2026 đến ngày 13/02/2026)
LỊCH NÀY THAY THƯ MỜI HỌP
THỨ HAI (09/02/2026):
* SÁNG: 1. Chủ tịch, các Phó Chủ tịch UBND xã: Tiếp dân. (Giao Văn phòng chuẩn bị nội dung)
Thành phần tham dự: Đại diện Phòng Văn hóa – Xã hội, Phòng Kinh tế.
Thời gian, địa điểm: 07 giờ 00’ đến 08 giờ 00’ tại phòng Tiếp công dân xã.
2. Chủ tịch UBND xã Nguyễn Văn Lưu:
08 giờ 00’: Thăm Trường THPT. (Giao Phòng Văn hóa – Xã hội chuẩn bị nội dung)
Thành phần tham dự: Ông Lê Xuân Hải - Phó Chủ tịch.
Địa điểm: tại Trường THPT Lê Quý Đôn.
09 giờ 00’: Dự trao Huy hiệu Đảng. Địa điểm: tại Hội trường Đảng ủy xã.
* CHIỀU: 14 giờ 00': Họp giao ban. Thành phần: lãnh đạo các phòng. Địa điểm: Phòng họp số 1.
THỨ BA (10/02/2026):
* SÁNG: Làm việc tại trụ sở."""

BY_PERSON = """LỊCH LÀM VIỆC TUẦN
THỨ HAI, NGÀY 09/02:

- Chủ tịch: 8 giờ, họp Ban Chỉ đạo, điểm tại phòng họp số 3 UBND tỉnh.

- PCT. Thường trực: Sáng làm việc tại cơ quan. 13 giờ 30’, cùng Phó Chủ tịch nghe báo cáo,
mời Trưởng Phòng Nội vụ cùng dự (Phòng Nội vụ chuẩn bị báo cáo), điểm tại Hội trường.
THỨ BA, NGÀY 10/02:

- Chủ tịch: 7 giờ 30’, gặp gỡ hộ dân. 14 giờ, họp nghe báo cáo tiến độ."""

TABLE = """LỊCH CÔNG TÁC TUẦN 07 (từ 09/02 đến 13/02/2026)
Thứ/ngày\tBuổi\tNội dung\tThành phần\tĐịa điểm
Thứ Hai (09/02)\tSáng\t8h00: Giao ban UBND\tLãnh đạo UBND\tPhòng họp A
\tChiều\t2h: Hội nghị trực tuyến với tỉnh\tĐ/c Chủ tịch\tPhòng họp trực tuyến
Thứ Ba (10/02)\tSáng\tLàm việc tại trụ sở\t\t"""

HALVES = """LỊCH CÔNG TÁC TUẦN
| Thứ | Ngày | Buổi Sáng | Buổi Chiều | Ghi chú |
| Thứ hai | (9/2/26) | 7h30: Giao ban toàn viện | - 14h00: Họp BGĐ | |
| Thứ ba | (10/2/26) | - 8h00: Ban giám đốc tiếp đoàn | | |"""

HOURS = """LỊCH CÔNG TÁC TUẦN từ ngày 09/02/2026 đến ngày 15/02/2026
Thứ ngày | Giờ | Nội dung | Chủ trì, tham gia | Địa điểm |
T. Hai 09/02 | 7:30 | Giao ban Chủ tịch | Đ/c Xuân CT | PH2 |
9:45 | Làm việc với đoàn giám sát | Đ/c Tú PCT | PH tầng 2 |
T. Ba 10/02 | 14:00 | Hội nghị trực tuyến sơ kết | Đ/c Nga PCT | Thành ủy |"""

SPACED = """Lịch làm việc của Chủ tịch từ ngày 9/02 đến ngày 13/02/2026

THỨ HAI            9/02

- 8 giờ, Phó Chủ tịch dự Hội thảo khoa học. Điểm tại Hội trường Công an tỉnh.

THỨ BA              10/02

- 9 giờ, Chủ tịch dự bàn giao (Phòng Kinh tế chuẩn bị nội dung)."""

WEB_PAGE = """LỊCH CÔNG TÁC THƯỜNG TRỰC UBND

Từ ngày 09/02/2026 đến ngày 15/02/2026

Thứ 2

9/2

Sáng

(8h30) Hội nghị Thường trực

P. họp TV

Chủ tịch, các Phó Chủ tịch





(10h) Dự họp chi bộ

P. họp 5 tầng 2

PCT Nguyễn Văn Thi

Chiều

(13h30) Hội nghị Ban Thường vụ

Thứ 3

10/2

Sáng

Tiếp công dân"""

HALVES_BEHIND = """Lịch làm việc tuần 21 (từ ngày 9/2/2026 đến ngày 15/2/2026)

Thứ hai

9/2

Thường trực HĐND thăm đồn Biên phòng (ngày; đ/c Triệu).

Thứ ba

10/2

+ Thường trực HĐND dự Đoàn giám sát (sáng; dự: đ/c Triệu).

+ Ban Kinh tế - Ngân sách giám sát tại UBND xã (chiều)."""


def the_week(text: str) -> Week:
    week = read_week(Letter(parts=(Part(text=text, page=1),)), TODAY)
    assert week is not None
    return week


def hours(week: Week) -> list[tuple[str, str]]:
    return [(one.starts_at[5:16] or one.day[5:], one.title) for one in week.entries]


def test_a_week_in_words_gives_its_days_hours_and_titles():
    assert hours(the_week(IN_WORDS)) == [
        ("02-09T07:00", "Tiếp dân"),
        ("02-09T08:00", "Thăm Trường THPT"),
        ("02-09T09:00", "Dự trao Huy hiệu Đảng"),
        ("02-09T14:00", "Họp giao ban"),
        ("02-10", "Làm việc tại trụ sở"),
    ]


def test_an_entry_tells_who_leads_who_comes_where_and_who_prepares():
    entry = the_week(IN_WORDS).entries[1]
    assert entry.chair == "Chủ tịch UBND xã Nguyễn Văn Lưu"
    assert entry.people == "Ông Lê Xuân Hải - Phó Chủ tịch"
    assert (entry.place, entry.unit) == ("Trường THPT Lê Quý Đôn", "Phòng Văn hóa – Xã hội")
    assert entry.spot is not None and entry.spot.page == 1


def test_an_hour_told_behind_its_label_belongs_to_the_entry_before():
    entry = the_week(IN_WORDS).entries[0]
    assert entry.ends_at == "2026-02-09T08:00:00+07:00"
    assert entry.place == "phòng Tiếp công dân xã"


def test_a_week_says_that_it_replaces_invitations():
    assert the_week(IN_WORDS).replaces_invitations
    assert not the_week(TABLE).replaces_invitations


def test_a_week_by_persons_is_read():
    week = the_week(BY_PERSON)
    assert [one[0] for one in hours(week)] == [
        "02-09T08:00",
        "02-09",
        "02-09T13:30",
        "02-10T07:30",
        "02-10T14:00",
    ]
    assert week.entries[2].people == "Trưởng Phòng Nội vụ"
    assert week.entries[2].chair == "PCT. Thường trực"


def test_a_table_gives_its_columns_and_merged_days():
    week = the_week(TABLE)
    assert hours(week) == [
        ("02-09T08:00", "Giao ban UBND"),
        ("02-09T14:00", "Hội nghị trực tuyến với tỉnh"),
        ("02-10", "Làm việc tại trụ sở"),
    ]
    assert (week.entries[1].people, week.entries[1].place) == (
        "Đ/c Chủ tịch",
        "Phòng họp trực tuyến",
    )


def test_a_table_with_a_column_for_each_half_is_read():
    assert [one[0] for one in hours(the_week(HALVES))] == [
        "02-09T07:30",
        "02-09T14:00",
        "02-10T08:00",
    ]


def test_a_week_is_no_single_meeting_and_a_letter_no_week():
    assert not read_words(Letter(parts=(Part(text=IN_WORDS),)), TODAY)[0].is_meeting
    assert read_week(Letter(parts=(Part(text="GIẤY MỜI\nThứ Hai 8h00"),)), TODAY) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HOURS, ["02-09T07:30", "02-09T09:45", "02-10T14:00"]),
        (SPACED, ["02-09T08:00", "02-10T09:00"]),
        (WEB_PAGE, ["02-09T08:30", "02-09T10:00", "02-09T13:30", "02-10"]),
        (HALVES_BEHIND, ["02-09", "02-10", "02-10"]),
    ],
)
def test_other_shapes_of_weeks_give_their_hours(text: str, told: list[str]):
    assert [one[0] for one in hours(the_week(text))] == told


def test_rooms_and_persons_on_lines_of_their_own_are_told_apart():
    entry = the_week(WEB_PAGE).entries[1]
    assert (entry.title, entry.place) == ("Dự họp chi bộ", "P. họp 5 tầng 2")
    assert entry.chair == "PCT Nguyễn Văn Thi"


def test_a_half_of_the_day_behind_an_entry_is_its_own():
    entries = the_week(HALVES_BEHIND).entries
    assert [one.half for one in entries] == ["", "morning", "afternoon"]
    assert entries[1].people == "đ/c Triệu"
