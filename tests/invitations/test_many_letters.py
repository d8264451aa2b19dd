"""Letters of many offices and shapes: what each tells, and what it does not call to."""

# ruff: noqa: E501  (letters are written as offices write them)

from datetime import date
from typing import Any

import pytest

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.letter_words import read_words

TODAY = date(2026, 11, 21)  # a Saturday

LETTERS: list[tuple[str, dict[str, Any]]] = [
    (
        """VĂN PHÒNG CHÍNH PHỦ
Số: 9123/GM-VPCP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 19 tháng 11 năm 2026
GIẤY MỜI
Dự Hội nghị trực tuyến Chính phủ với địa phương
về chuyển đổi số
Văn phòng Chính phủ trân trọng kính mời: Chủ tịch UBND các tỉnh, thành phố
Tới dự Hội nghị trực tuyến Chính phủ với địa phương.
Chủ trì: Thủ tướng Chính phủ.
Thời gian: 14 giờ 00, thứ Năm, ngày 26 tháng 11 năm 2026.
Địa điểm: Trụ sở Chính phủ (điểm cầu chính) và các điểm cầu địa phương.
Đề nghị các địa phương kiểm tra kỹ thuật lúc 13 giờ 00 cùng ngày./.
""",
        {
            "starts_at": "2026-11-26T14:00:00+07:00",
            "test_at": "2026-11-26T13:00:00+07:00",
            "level": "central",
            "title": "Hội nghị trực tuyến Chính phủ với địa phương về chuyển đổi số",
            "is_meeting": True,
        },
    ),
    (
        """ỦY BAN NHÂN DÂN       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LÀO CAI             Độc lập – Tự do – Hạnh phúc
Số: 512/UBND-NC          Lào Cai, ngày      tháng 11 năm 2026
V/v tham dự Hội nghị trực tuyến
toàn quốc về cải cách hành chính

Kính gửi:
- Các sở, ban, ngành;
- UBND các xã, phường.

Thực hiện Công văn số 4567/BNV-CCHC ngày 18/11/2026 của Bộ Nội vụ về việc tổ chức Hội nghị trực tuyến toàn quốc. Chủ tịch UBND tỉnh yêu cầu:
1. Giám đốc các sở; Chủ tịch UBND các xã, phường dự họp.
- Thời gian: 01 buổi, bắt đầu từ 8h00 ngày 27/11/2026 (thứ Sáu).
- Địa điểm:
+ Điểm cầu tỉnh: Hội trường tầng 3, Trụ sở UBND tỉnh.
+ Điểm cầu xã: Phòng họp trực tuyến UBND xã, phường.
2. VNPT Lào Cai phối hợp kiểm tra đường truyền, âm thanh, hình ảnh trước 16h00 ngày 26/11/2026.
Các đơn vị đăng ký đại biểu về Văn phòng UBND tỉnh trước 10h00 ngày 25/11/2026. Chi tiết liên hệ đ/c Trần Thị Hoa, ĐT: 0214.3.840.123.
""",
        {
            "starts_at": "2026-11-27T08:00:00+07:00",
            "test_at": "2026-11-26T16:00:00+07:00",
            "level": "province",
            "is_meeting": True,
            "title": "Hội nghị trực tuyến toàn quốc về cải cách hành chính",
            "site": "Điểm cầu xã: Phòng họp trực tuyến UBND xã, phường",
        },
    ),
    (
        """ĐẢNG BỘ TỈNH LÀO CAI
ĐẢNG ỦY XÃ NẬM CHẠC
*
Số 12-GM/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
Nậm Chạc, ngày 20 tháng 11 năm 2026
GIẤY MỜI
Ban Thường vụ Đảng ủy trân trọng kính mời: ...
Dự: Hội nghị Ban Chấp hành Đảng bộ xã lần thứ 5
Thời gian: 07 giờ 30', ngày 25/11/2026 (thứ Tư)
Địa điểm: Hội trường Đảng ủy xã""",
        {
            "starts_at": "2026-11-25T07:30:00+07:00",
            "level": "commune",
            "is_meeting": True,
            "place": "Hội trường Đảng ủy xã",
            "title": "Hội nghị Ban Chấp hành Đảng bộ xã lần thứ 5",
        },
    ),
    (
        """Kính gửi các đồng chí,
Chiều mai mời các đ/c dự họp giao ban trực tuyến lúc 14h.
Link: https://meet.google.com/abc-defg-hij""",
        {"starts_at": "2026-11-22T14:00:00+07:00"},
    ),
    (
        """Mời các anh chị vào họp zoom 8h sáng thứ 2 tuần sau ạ. ID: 123 456 7890 pass: 1234""",
        {"starts_at": "2026-11-23T08:00:00+07:00", "is_meeting": True},
    ),
    (
        """- Thời gian:  20:30 – 22:00 - Thứ 3 ngày 28/05/2024.
- Địa điểm (Online qua link): https://zoom.us/j/9836098489 - ID cuộc họp: 983 609 8489, Passcode: 1""",
        {"starts_at": "2024-05-28T20:30:00+07:00", "ends_at": "2024-05-28T22:00:00+07:00"},
    ),
    (
        """Topic: Hackathon Kickoff - IWD 2018
Date: Saturday, March 10, 2018
Time: 8:30 am, India Time (Mumbai, GMT+05:30)
WebEx Meeting Number: 845 768 106""",
        {"starts_at": "2018-03-10T10:00:00+07:00", "title": "Hackathon Kickoff - IWD 2018"},
    ),
    (
        """Hội nghị trực tuyến triển khai nhiệm vụ
Thứ Tư, 25 tháng 11, 2026⋅2:00 – 4:00 CH
Múi giờ: Asia/Ho_Chi_Minh
Thông tin tham gia Google Meet
Liên kết của cuộc gọi video: https://meet.google.com/abc-defg-hij""",
        {"starts_at": "2026-11-25T14:00:00+07:00", "ends_at": "2026-11-25T16:00:00+07:00"},
    ),
    (
        """Sở Nông nghiệp đang mời bạn tham gia một cuộc họp Zoom đã được lên lịch.

Chủ đề: Tập huấn phòng chống dịch
Thời gian: 25 thg 11, 2026 08:00 SA Băng Cốc, Hà Nội, Jakarta

Tham gia Zoom Cuộc họp""",
        {
            "starts_at": "2026-11-25T08:00:00+07:00",
            "title": "Tập huấn phòng chống dịch",
            "is_meeting": True,
        },
    ),
    (
        """CÔNG AN TỈNH LÀO CAI
PHÒNG CẢNH SÁT QLHC VỀ TTXH
Số: 77/GM-PC06
Lào Cai, ngày 18 tháng 11 năm 2026
GIẤY MỜI HỌP
Kính gửi: Công an các xã, phường
Phòng Cảnh sát QLHC về TTXH kính mời các đồng chí dự họp trực tuyến về Đề án 06.
Thời gian: Bắt đầu vào hồi 14 giờ 30 phút, thứ ba ngày 24 tháng 11 năm 2026
Địa điểm: Tại Phòng họp trực tuyến Công an xã""",
        {
            "starts_at": "2026-11-24T14:30:00+07:00",
            "level": "province",
            "is_meeting": True,
            "title": "Họp trực tuyến về Đề án 06",
        },
    ),
    (
        """UBND TỈNH LÀO CAI
SỞ TÀI CHÍNH
Số: 345/STC-NS
V/v báo cáo quyết toán ngân sách năm 2025
Lào Cai, ngày 20 tháng 11 năm 2026
Kính gửi: UBND các xã, phường
Căn cứ Luật Ngân sách nhà nước ngày 25/6/2015; đề nghị UBND các xã, phường gửi báo cáo quyết toán về Sở trước 17h00 ngày 30/11/2026. Đầu mối: đ/c Lê Văn Nam, SĐT 0912345678.""",
        {"is_meeting": False},
    ),
    (
        """UBND TỈNH LÀO CAI
VĂN PHÒNG
Số: 88/TB-VPUBND
Lào Cai, ngày 20 tháng 11 năm 2026
THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp ngày 18/11/2026
Ngày 18/11/2026, tại Trụ sở UBND tỉnh, đồng chí Chủ tịch đã chủ trì cuộc họp trực tuyến lúc 8 giờ 00.""",
        {"is_meeting": False},
    ),
    (
        """UBND XÃ BÁT XÁT
Số: 15/TB-UBND
Bát Xát, ngày 20 tháng 11 năm 2026
THÔNG BÁO
Về việc tổ chức họp giao ban tháng 11 năm 2026
UBND xã thông báo lịch họp như sau:
1. Thời gian: 13h30 ngày 24/11/2026
2. Địa điểm: Hội trường UBND xã
3. Thành phần: Trưởng các thôn""",
        {"is_meeting": True, "starts_at": "2026-11-24T13:30:00+07:00", "level": "commune"},
    ),
    (
        """UBND TỈNH LÀO CAI
BAN CHỈ ĐẠO 35
Lào Cai, ngày 20 tháng 11 năm 2026
KẾ HOẠCH
Tổ chức Hội nghị trực tuyến tổng kết năm 2026
I. Mục đích
Thời gian: 8h00 ngày 15/12/2026. Địa điểm: Trung tâm Hội nghị tỉnh.""",
        {"is_meeting": False},
    ),
    (
        """SỞ Y TẾ LÀO CAI
Số: 99/SYT-NVY
V/v mời họp trực tuyến
Lào Cai, ngày 20 tháng 11 năm 2026
Kính gửi: Trạm Y tế các xã, phường
Sở Y tế tổ chức họp trực tuyến, cụ thể:
1. Thời gian:
- Kiểm tra kỹ thuật: 7h30-8h00 ngày 25/11/2026
- Họp chính thức: 8h00-11h30 ngày 25/11/2026
2. Địa điểm: các điểm cầu""",
        {
            "is_meeting": True,
            "starts_at": "2026-11-25T08:00:00+07:00",
            "ends_at": "2026-11-25T11:30:00+07:00",
            "test_at": "2026-11-25T07:30:00+07:00",
        },
    ),
    (
        """V/v thay đổi thời gian tổ chức Hội nghị trực tuyến
Sở Nội vụ thông báo thay đổi thời gian tổ chức Hội nghị từ 8h00 ngày 25/11/2026 sang 14h00 ngày 26/11/2026.""",
        {"starts_at": "2026-11-26T14:00:00+07:00", "is_meeting": True},
    ),
    (
        """Người ký: Sở Nội vụ
Email: sonoivu@laocai.gov.vn
Cơ quan: Tỉnh Lào Cai
Thời gian ký: 20.11.2026 16:25:13 +07:00
UBND TỈNH LÀO CAI
SỞ NỘI VỤ
GIẤY MỜI
Họp trực tuyến triển khai phần mềm
Thời gian: 08h00', ngày 24/11/2026""",
        {
            "starts_at": "2026-11-24T08:00:00+07:00",
            "title": "Họp trực tuyến triển khai phần mềm",
            "organiser": "Sở Nội vụ",
        },
    ),
    (
        """Từ: Nguyễn Văn A <a@laocai.gov.vn>
Ngày: 20/11/2026 15:20
Chủ đề: Mời họp
Đến: xa@laocai.gov.vn

Kính mời các đồng chí dự họp trực tuyến.
Thời gian: 9h00 ngày 23/11/2026""",
        {"starts_at": "2026-11-23T09:00:00+07:00"},
    ),
    (
        """Vào 15:20, Th 6, 20 thg 11, 2026 Nguyễn Văn A <a@laocai.gov.vn> đã viết:
> Mời họp trực tuyến lúc 9h00 ngày 23/11/2026""",
        {"starts_at": "2026-11-23T09:00:00+07:00"},
    ),
    (
        """GIẤY MỜI
Về việc dự tập huấn chuyển đổi số
Thời gian: Từ ngày 25/11/2026 đến ngày 27/11/2026 (sáng từ 8h00, chiều từ 14h00)
Địa điểm: Hội trường""",
        {"starts_at": "2026-11-25T08:00:00+07:00"},
    ),
    (
        """GIẤY MỜI
Dự Hội nghị
Thời gian: Khai mạc lúc 08 giờ 00, ngày 25/11/2026; bế mạc 17 giờ 00 ngày 26/11/2026
Địa điểm: Hội trường""",
        {"starts_at": "2026-11-25T08:00:00+07:00"},
    ),
    (
        """GIẤY MỜI
Thời gian: 1 ngày, Thứ Năm, ngày 26 tháng 11 năm 2026
- Sáng: Từ 8h00 - 11h30
- Chiều: Từ 13h30 - 17h00
Địa điểm: Hội trường""",
        {"starts_at": "2026-11-26T08:00:00+07:00"},
    ),
    (
        """Ngày họp: 25/11/2026
Giờ họp: 14:00
Nội dung: Họp giao ban tháng 11
Địa điểm: Phòng họp trực tuyến""",
        {"starts_at": "2026-11-25T14:00:00+07:00", "title": "Họp giao ban tháng 11"},
    ),
    (
        """BỘ NỘI VỤ
CỤC VĂN THƯ VÀ LƯU TRỮ NHÀ NƯỚC
Số: 1021/VTLTNN-VP
V/v mời dự Hội nghị tập huấn trực tuyến nghiệp vụ văn thư
Hà Nội, ngày 17 tháng 11 năm 2026
Kính gửi: UBND các tỉnh
Cục Văn thư và Lưu trữ nhà nước trân trọng kính mời.
Hội nghị được tổ chức vào 01 ngày, 26/11/2026, từ 08h00 đến 17h00 theo hình thức trực tuyến.
Hạn đăng ký: trước 17 giờ ngày 24/11/2026.
Tổng duyệt kỹ thuật: 15h00 ngày 25/11/2026
Đầu mối liên hệ kỹ thuật: Ông Phạm Văn Cường, điện thoại 0904 123 456, email: cuong@archives.gov.vn""",
        {
            "starts_at": "2026-11-26T08:00:00+07:00",
            "ends_at": "2026-11-26T17:00:00+07:00",
            "test_at": "2026-11-25T15:00:00+07:00",
            "level": "central",
            "contact": "Ông Phạm Văn Cường, điện thoại 0904 123 456",
        },
    ),
    (
        """THƯ MỜI
Tham dự Hội thảo trực tuyến "Nông nghiệp số"
Thời gian: 08g30 – 11g00, thứ sáu 27-11-2026
Hình thức: Zoom""",
        {
            "starts_at": "2026-11-27T08:30:00+07:00",
            "ends_at": "2026-11-27T11:00:00+07:00",
            "is_meeting": True,
            "title": 'Hội thảo trực tuyến "Nông nghiệp số"',
        },
    ),
    (
        """When
Wednesday Nov 25, 2026 ⋅ 8am – 9:30am (Indochina Time - Ho Chi Minh City)
Where
Online
You have been invited to the following event. Weekly sync""",
        {"starts_at": "2026-11-25T08:00:00+07:00", "ends_at": "2026-11-25T09:30:00+07:00"},
    ),
    (
        """Join us for the webinar on 25 November 2026 at 15:00 (GMT+7).""",
        {"starts_at": "2026-11-25T15:00:00+07:00"},
    ),
    (
        """Start: 2026-11-25 08:00
End: 2026-11-25 10:00
Join the meeting: https://x.zoom.us/j/123""",
        {"starts_at": "2026-11-25T08:00:00+07:00"},
    ),
    (
        """UBND tỉnh triệu tập Chủ tịch UBND các xã dự họp khẩn lúc 19 giờ 30 tối nay (21/11) tại điểm cầu UBND xã về ứng phó mưa lũ.""",
        {"starts_at": "2026-11-21T19:30:00+07:00", "is_meeting": True},
    ),
    (
        """CÔNG ĐIỆN
Về việc ứng phó mưa lũ
Hồi 07 giờ ngày 21/11/2026, tâm bão ở vào khoảng 17 độ vĩ Bắc.""",
        {"is_meeting": False},
    ),
    (
        """UBND TỈNH LÀO CAI
SỞ GIÁO DỤC VÀ ĐÀO TẠO
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 2211/SGDĐT-VP
V/v tổ chức họp trực tuyến
giao ban tháng 11/2026
Lào Cai, ngày 20 tháng 11 năm 2026
Kính gửi: ...
Thời gian: từ 14 giờ 00 phút đến 16 giờ 30 phút, ngày 25 tháng 11 năm 2026 (Thứ Tư)
Thiết bị đăng nhập trước 15 phút để kiểm tra âm thanh, đường truyền.
ID cuộc họp: 823 4567 8901; Mật khẩu: 251126""",
        {
            "starts_at": "2026-11-25T14:00:00+07:00",
            "ends_at": "2026-11-25T16:30:00+07:00",
            "test_at": "2026-11-25T13:45:00+07:00",
            "organiser": "Sở Giáo dục và Đào tạo",
            "title": "Họp trực tuyến giao ban tháng 11/2026",
            "is_meeting": True,
        },
    ),
]


@pytest.mark.parametrize(("text", "told"), LETTERS)
def test_a_letter_tells_what_it_says(text: str, told: dict[str, Any]):
    words = read_words(Letter(parts=(Part(text=text, page=1),)), TODAY)[0]
    assert {name: getattr(words, name) for name in told} == told
