"""Addresses that a page broke over its lines are put together; whole ones keep to themselves."""

from datetime import date
from urllib.parse import quote

import pytest

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.reading import read_letter
from meetingroom.invitations.unwrapping import unwrap

TODAY = date(2026, 11, 25)
ZOOM = "https://us06web.zoom.us/j/81234567890?pwd=MU5pUUNtR0paEZtZmlqK3lnSHRpdz09"
LINKS = (
    ZOOM,
    "https://us06web.zoom.us/j/81234567890?pwd=aBcDeFgHiJkLmNoPqRsTuVwXyZ1234.1",
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_ZmYwYTY4YjctMzMxMi00MmU5LWFjYTAtNjMw"
    "MzE5NzM4Y2Fl%40thread.v2/0?context=%7b%22Tid%22%3a%223b518aae-8921-4a7b-8497-619d756ce20e%22"
    "%2c%22Oid%22%3a%22b97e1b4b-edb5-48eb-a783-b64a66a55333%22%7d",
    "https://teams.microsoft.com/meet/41234567890123?p=aBcDeFgHiJkLmN12",
    "https://ubnd.webex.com/ubnd/j.php?MTID=m0123456789abcdef0123456789abcdef",
    "https://meet.google.com/abc-defg-hij",
    "https://apc01.safelinks.protection.outlook.com/ap/t-59/?url="
    + quote(ZOOM, safe="") + "&data=05%7C02%7Cubnd%40laocai.gov.vn%7C1b2c3d4e&reserved=0",
)  # fmt: skip
BEFORE = (
    "", "Link: ", "- Đường link tham dự: ", "Đường dẫn tham gia họp trực tuyến: ",
    "3. Địa chỉ phòng họp (các đại biểu truy cập): ",
)  # fmt: skip
AFTER = (
    "\nID: 812 3456 7890\nMật khẩu: 11\n", "\nMật khẩu: 2211.\n", ".\nTrân trọng./.\n",
    "\n- Thời gian: 08 giờ 00 ngày 26/11/2026\n", "\nKhi vào họp, đại biểu ghi rõ tên\n",
    "\n2. Thành phần: như trên\n", "\nZoom\n", "\n25/11/2026\n", "\nubnd@laocai.gov.vn\n",
)  # fmt: skip


def addresses(text: str) -> list[str]:
    found = read_letter(Letter(parts=(Part(text=text),)), TODAY)
    return [one.url for one in found if one.url]


@pytest.mark.parametrize("width", [54, 58, 64, 70, 76, 82, 90])
@pytest.mark.parametrize("link", LINKS)
def test_a_broken_address_is_put_together(link, width):
    for before in BEFORE:
        for after in AFTER:
            words = before + link
            lines = [words[at : at + width] for at in range(0, len(words), width)]
            text = "\n".join(lines) + after
            assert addresses(text) == [unwrap(link)], text


@pytest.mark.parametrize("link", [*LINKS, "https://zoom.us/j/81234567890"])
def test_a_whole_address_takes_nothing_of_the_next_line(link):
    for before in BEFORE:
        for after in (*AFTER, "\n123456\n", "\nP301 tầng 3\n", "\nHoặc: 812 3456 7890\n"):
            text = before + link + after
            assert addresses(text) == [unwrap(link)], text


def test_an_address_after_a_line_break_within_its_scheme_is_found():
    assert addresses("Link: https://\nzoom.us/j/81234567890\n") == ["https://zoom.us/j/81234567890"]
    assert addresses("Link: https:/\n/zoom.us/j/81234567890\n") == ["https://zoom.us/j/81234567890"]
