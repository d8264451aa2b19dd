"""Whatever a letter holds, reading its words ends, soon and without a fault."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.domain.invitation import Event, Letter, Part
from meetingroom.invitations.letter_words import read_words
from meetingroom.invitations.weekly import read_week

TODAY = date(2026, 11, 21)
PIECES = (
    "8h00 ", "ngày 25/11/2026 ", "31/02/2026 ", "24:59 ", "gửi đến ", "kiểm tra kỹ thuật ", "\n",
    "thời gian: ", "điểm cầu xã ", "(", "số 12/KH-UBND ", "từ ", "đến ", "@", "://", "a ", "oO",
    "thứ hai ", "sáng ", "0912345678 ", "trước 30 phút ", "UBND TỈNH ", "\t", " | ", "Giao ",
    "V/v ", "GIẤY MỜI\n", "THỨ HAI (09/02/2026):\n", "LỊCH LÀM VIỆC TUẦN\n", "* CHIỀU: ", "½ ",
    "Chủ tịch: ", "G I Ấ Y  M Ờ I\n", "2026年12月9日 ", "\u0301", "GMT+14 ", "Asia/Nowhere ",
)  # fmt: skip


def read(text: str, **more: str) -> None:
    """Read it all, and hold that every time told is one."""
    letter = Letter(parts=(Part(text=text),), **more)
    for words in read_words(letter, TODAY):
        for told in (words.starts_at, words.ends_at, words.test_at):
            assert told is None or datetime.fromisoformat(told).utcoffset() is not None
    read_week(letter, TODAY)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=120).map("".join))
def test_pieces_of_letters_in_any_order_are_read(text: str):
    read(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.text(max_size=80), st.text(max_size=80), st.text(max_size=30))
def test_any_text_is_read(text: str, subject: str, sender: str, sent_at: str):
    read(text, subject=subject, sender=sender, sent_at=sent_at)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=40))
def test_any_calendar_entry_is_read(title: str, place: str, starts: str):
    event = Event(title=title, place=place, starts_at=starts, organiser=place)
    assert len(read_words(Letter(events=(event,)), TODAY)) == 1


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", PIECES)
def test_a_huge_letter_of_one_thing_is_read(piece: str):
    read(piece * (2_000_000 // len(piece)))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("line", ["\t| ", "thứ ba:\n", "8h00: họp, ", "- Chủ tịch: "])
def test_a_huge_week_is_read(line: str):
    read("LỊCH LÀM VIỆC TUẦN\nTHỨ HAI:\nTHỨ BA:\n" + line * (400_000 // len(line)))
