"""An hour written in any wording is read back as it was."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.letter_words import read_words

DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


def _twelve(at: datetime, am: str, pm: str) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02} {am if at.hour < 12 else pm}"


WORDINGS: tuple[Callable[[datetime], str], ...] = (
    lambda at: f"{at:%H} giờ {at:%M}', ngày {at:%d/%m/%Y}",
    lambda at: f"{at:%H} giờ {at:%M} phút ngày {at:%d} tháng {at:%m} năm {at:%Y}",
    lambda at: f"{at.hour}h{at:%M} {DAYS[at.weekday()]}, ngày {at.day}/{at.month}/{at.year}",
    lambda at: f"{at:%H}h{at:%M}' ngày {at:%d-%m-%Y}",
    lambda at: f"{at.hour}g{at:%M}, {at:%d.%m.%Y}",
    lambda at: f"{at:%H:%M} ngày {at:%d/%m/%Y} ({DAYS[at.weekday()]})",
    lambda at: f"{DAYS[at.weekday()]} ({at:%d/%m/%Y}), bắt đầu từ {at:%H}h{at:%M}",
    lambda at: f"{at:%H}giờ{at:%M}' ngày{at:%d/%m/%Y}",
    lambda at: f"01 buổi, bắt đầu từ {at:%H}h{at:%M}, ngày {at:%d/%m/%Y}",
    lambda at: f"ngày {at:%d/%m/%Y}, vào lúc {at:%H} giờ {at:%M} phút",
    lambda at: f"{at.day} thg {at.month}, {at.year} {_twelve(at, 'SA', 'CH')}",
    lambda at: f"{at.day} tháng {at.month} năm {at.year} {_twelve(at, 'SA', 'CH')}",
    lambda at: f"{at:%A}, {MONTHS[at.month - 1]} {at.day}, {at.year} {_twelve(at, 'AM', 'PM')}",
    lambda at: f"{MONTHS[at.month - 1][:3]} {at.day}, {at.year} {at:%H:%M} (GMT+7)",
    lambda at: f"{at.day} {MONTHS[at.month - 1]} {at.year} at {at:%H:%M}",
    lambda at: f"{at:%Y-%m-%d} {at:%H:%M}",
    lambda at: f"{at:%Y-%m-%dT%H:%M}:00+07:00",
    lambda at: f"{at.hour}h{at:%M} {at:%d/%m/%y}",
)  # fmt: skip
DRESSES: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace(" ", "\u00a0"),
)
FRAMES = (
    "GIẤY MỜI\nDự họp trực tuyến\nThời gian: {}\nĐịa điểm: Phòng họp số 1",
    "Kính mời dự Hội nghị vào hồi {}.",
    "Lào Cai, ngày 01 tháng 9 năm 2026\nThực hiện Kế hoạch số 12/KH-UBND ngày 02/8/2026,"
    " mời họp.\n- Thời gian: {};\n- Gửi danh sách trước ngày 03/9/2026.",
)
moments = st.datetimes(
    min_value=datetime(2026, 9, 5, 0, 0), max_value=datetime(2029, 12, 31, 23, 59)
)


@settings(max_examples=300, deadline=None)
@given(
    at=moments,
    wording=st.sampled_from(WORDINGS),
    dress=st.sampled_from(DRESSES),
    frame=st.sampled_from(FRAMES),
)
def test_an_hour_is_read_back_in_every_wording(
    at: datetime, wording: Callable[[datetime], str], dress: Callable[[str], str], frame: str
):
    letter = Letter(parts=(Part(text=frame.format(dress(wording(at)))),))
    assert read_words(letter, date(2026, 9, 4))[0].starts_at == f"{at:%Y-%m-%dT%H:%M}:00+07:00"
