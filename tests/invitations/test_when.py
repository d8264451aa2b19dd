"""The hour of a meeting, in the wordings of real letters."""

from datetime import date

import pytest

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.letter_words import Words, read_words

TODAY = date(2026, 11, 21)  # a Saturday


def the_words(text: str, **more: str) -> Words:
    return read_words(Letter(parts=(Part(text=text),), **more), TODAY)[0]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("08 giờ 00', ngày 25/11/2026", "2026-11-25T08:00"),
        ("08 giờ 00 phút ngày 25 tháng 11 năm 2026", "2026-11-25T08:00"),
        ("8h ngày 25/11", "2026-11-25T08:00"),
        ("Buổi 1: 08 giờ 00 ngày 25/11/2026", "2026-11-25T08:00"),
        ("Buổi 2: 14h00, 25/11/2026", "2026-11-25T14:00"),
        ("Thời gian: 8: 30 ngày 25/11/2026", "2026-11-25T08:30"),
        ("8h00, 25-11-2026", "2026-11-25T08:00"),
        ("14h00 thứ Sáu", "2026-11-27T14:00"),
        ("14 giờ 00 chiều thứ Sáu (27/11)", "2026-11-27T14:00"),
        ("7g30 ngày 25/11/2026", "2026-11-25T07:30"),
        ("07:30 ngày 25/11/2026", "2026-11-25T07:30"),
        ("01 buổi, bắt đầu từ 8h00, ngày 25/11/2026", "2026-11-25T08:00"),
        ("½ ngày, từ 7h30 -9h00, Thứ tư, ngày 25/11/2026", "2026-11-25T07:30"),
        ("13h30', thứ Tư ngày 25.11.2026", "2026-11-25T13:30"),
        ("vào hồi 14 giờ, ngày 25-11-2026", "2026-11-25T14:00"),
        ("2 giờ chiều thứ Hai tuần tới", "2026-11-23T14:00"),
        ("14h chiều ngày mai", "2026-11-22T14:00"),
        ("7 giờ 30 sáng mai", "2026-11-22T07:30"),
        ("O8giờOO', ngày 25/l1/2026", "2026-11-25T08:00"),
        ("08GIỜ00 NGÀY 25/11/2026", "2026-11-25T08:00"),
        ("08 giờ rưỡi ngày 25/11/2026", "2026-11-25T08:30"),
        ("8h00 ngày 05/01", "2027-01-05T08:00"),
        ("Wednesday, November 25, 2026 8:00 AM Asia/Bangkok", "2026-11-25T08:00"),
        ("Nov 25, 2026 14:00-16:00 (GMT+7)", "2026-11-25T14:00"),
        ("Nov 25, 2026 08:00 AM Hanoi", "2026-11-25T08:00"),
        ("25 thg 11, 2026 08:00 SA", "2026-11-25T08:00"),
        ("Thứ Tư, 25 tháng 11 năm 2026 2:00 CH - 4:00 CH", "2026-11-25T14:00"),
        ("2026-11-25T08:00:00+07:00", "2026-11-25T08:00"),
        ("11/25/2026 2:00 PM", "2026-11-25T14:00"),
        ("2026-11-24T20:00:00-05:00", "2026-11-25T08:00"),
        ("20261125T0100Z", "2026-11-25T08:00"),
        ("25. November 2026, 9:15 Uhr (MEZ)", "2026-11-25T15:15"),
        ("25 novembre 2026 de 14h30 à 15h30 (UTC+01:00)", "2026-11-25T20:30"),
        ("25 November 2026 at 19:30 IST", "2026-11-25T21:00"),
        ("Wed, 25 Nov 2026 08:00:00 -0500", "2026-11-25T20:00"),
    ],
)
def test_every_wording_gives_its_hour(text: str, starts: str):
    assert the_words(f"Thời gian: {text}").starts_at == f"{starts}:00+07:00"
    assert the_words(f"Họp trực tuyến vào lúc {text}").starts_at == f"{starts}:00+07:00"


def test_an_hour_of_another_zone_is_told_in_ours():
    words = the_words("Time: March 10, 2027 8:30 am, India Time (Mumbai, GMT+05:30)")
    assert words.starts_at == "2027-03-10T10:00:00+07:00"


def test_a_day_without_its_hour_says_so():
    words = the_words("Thời gian: ½ ngày, chiều 25/11/2026")
    assert (words.starts_at, words.doubts) == ("2026-11-25T14:00:00+07:00", ("time_not_said",))


def test_the_end_is_read_where_it_is_given():
    words = the_words("Thời gian: từ 14h00 đến 16h30, ngày 25/11/2026")
    assert words.ends_at == "2026-11-25T16:30:00+07:00"


def test_the_letters_own_year_holds_for_dates_without_one():
    text = "Lào Cai, ngày 20 tháng 11 năm 2024\nThời gian: 8h00 ngày 25/11"
    assert the_words(text).starts_at == "2024-11-25T08:00:00+07:00"
