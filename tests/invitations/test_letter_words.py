"""Whole letters: whom, what, where, and none of the other dates."""

from datetime import date
from pathlib import Path

from meetingroom.domain.invitation import Event, Letter, Part
from meetingroom.invitations.letter_words import Words, read_words

TODAY = date(2026, 11, 21)

LETTER = """UBND TỈNH LÀO CAI
SỞ NỘI VỤ
Số: 1234/GM-SNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lào Cai, ngày 20 tháng 11 năm 2026

GIẤY MỜI
Dự Hội nghị trực tuyến tập huấn công tác văn thư,
lưu trữ năm 2026
__________
Kính gửi: Ủy ban nhân dân các xã, phường

Thực hiện Kế hoạch số 12/KH-UBND ngày 01/10/2026 của UBND tỉnh, Sở Nội vụ trân trọng
kính mời các đồng chí dự Hội nghị, cụ thể như sau:
1. Thời gian: 01 buổi, bắt đầu từ 08 giờ 00', thứ Tư, ngày 25/11/2026.
2. Địa điểm: Phòng họp số 1, Sở Nội vụ;
- Điểm cầu cấp xã: tại phòng họp trực tuyến UBND các xã, phường.
3. Chủ trì: Đồng chí Giám đốc Sở.
Đề nghị gửi danh sách đại biểu về Sở Nội vụ trước 16h00 ngày 23/11/2026. Các điểm cầu kiểm
tra kỹ thuật, thử đường truyền vào hồi 13 giờ 30 ngày 24/11/2026.
Đầu mối kỹ thuật: đ/c Nguyễn Văn An, chuyên viên, SĐT 0912.345.678.
TL. GIÁM ĐỐC
CHÁNH VĂN PHÒNG"""


def the_words(text: str) -> Words:
    return read_words(Letter(parts=(Part(text=text, page=1),)), TODAY)[0]


def test_a_letter_tells_its_hour_and_its_check_and_no_other_date():
    words = the_words(LETTER)
    assert words.starts_at == "2026-11-25T08:00:00+07:00"
    assert words.test_at == "2026-11-24T13:30:00+07:00"
    assert words.doubts == ()


def test_a_letter_tells_what_is_held_and_who_invites():
    words = the_words(LETTER)
    assert words.title == "Hội nghị trực tuyến tập huấn công tác văn thư, lưu trữ năm 2026"
    assert (words.organiser, words.level) == ("Sở Nội vụ", "province")


def test_an_office_of_a_body_is_named_with_the_body_above_it():
    words = the_words(
        "ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN\nVĂN PHÒNG\nSố: 145/GM-VP\nGIẤY MỜI\n"
        "Họp trực tuyến lúc 8 giờ 00 ngày 25/11/2026"
    )
    assert words.organiser == "Văn phòng Ủy ban nhân dân tỉnh Đông Sơn"
    assert words.level == "province"


def test_a_letter_tells_place_site_and_contact_each_with_its_spot():
    words = the_words(LETTER)
    assert words.place == "Phòng họp số 1, Sở Nội vụ"
    assert words.site == "Điểm cầu cấp xã: tại phòng họp trực tuyến UBND các xã, phường"
    assert words.contact == "đ/c Nguyễn Văn An, chuyên viên, SĐT 0912.345.678"
    assert {words.spots[name].page for name in ("place", "site", "contact", "starts_at")} == {1}


def test_a_link_less_invitation_is_a_meeting_and_a_report_is_none():
    report = LETTER.replace("GIẤY MỜI\nDự", "BÁO CÁO\nKết quả")
    assert the_words(LETTER).is_meeting
    assert not the_words(report).is_meeting


def test_a_calendars_hour_is_surer_than_words():
    event = Event(title="Giao ban", starts_at="2026-11-26T09:00:00+07:00")
    words = read_words(Letter(parts=(Part(text=LETTER),), events=(event,)), TODAY)[0]
    assert (words.starts_at, words.title) == ("2026-11-26T09:00:00+07:00", "Giao ban")


TWO = """GIẤY MỜI
Họp trực tuyến
1. Hội nghị tổng kết công tác văn thư
- Thời gian: 8h00 ngày 25/11/2026.
2. Hội nghị tập huấn chữ ký số
- Thời gian: 14h00 ngày 26/11/2026.
Địa điểm: các điểm cầu xã"""


def test_two_meetings_of_a_letter_have_their_own_hours_and_titles():
    found = read_words(Letter(parts=(Part(text=TWO),)), TODAY)
    assert [(one.starts_at, one.title) for one in found] == [
        ("2026-11-25T08:00:00+07:00", "Hội nghị tổng kết công tác văn thư"),
        ("2026-11-26T14:00:00+07:00", "Hội nghị tập huấn chữ ký số"),
    ]


def test_a_letterhead_broken_over_lines_tells_the_office_alone():
    head = "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n---\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nGIẤY MỜI"
    assert the_words(head).organiser == "Ủy ban nhân dân tỉnh Hà Giang"


def test_a_weekday_that_is_not_the_dates_is_a_doubt():
    words = the_words("Kính mời dự họp. Thời gian: 08 giờ 00, thứ Tư, ngày 26/11/2026")
    assert words.doubts == ("weekday_differs",)


def test_a_contact_begins_at_its_own_line():
    words = the_words("GIẤY MỜI\nDự họp\nThời gian: 8h\nHỗ trợ kỹ thuật: Đ/c Lan 0988.111.222")
    assert words.contact == "Đ/c Lan 0988.111.222"


def test_ordinary_documents_call_to_no_meeting(corpus: Path):
    texts = sorted((corpus / "text").glob("*.md"))
    for text in texts:
        letter = Letter(parts=(Part(text=text.read_text("utf-8")),))
        assert not read_words(letter, TODAY)[0].is_meeting, text.name
    assert texts
