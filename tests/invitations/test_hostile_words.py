"""Long letters made to be slow: each is read in a time that grows with its length at most."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.invitation import How, Letter, Part
from meetingroom.invitations.reading import read_letter

TODAY = date(2026, 11, 25)
SIZE = 300_000
PIECES = (
    "a", "1", "12 ", " ", "\n", "\n ", "<", "(", "[](https://", "https://", "https:///",
    "https://zoom.us/j/", "https://zoom.us/j/81234567890?pwd=abc\n", "https://x.vn/?a=\nb=",
    "https://nam11.safelinks.protection.outlook.com/?url=", "https://urldefense.com/v3/__**",
    '<a href="', '<a href="https://zoom.us/j/81234567890">x</a>', "<!--", "<script>", "<td>",
    "Mật khẩu: ", "Mật khẩu\n", "ID ", "| ID ", "ID: 812 3456 7890 ", "zoom.us/", "a@", "a.",
    "họp trực tuyến https://a.vn/b ", "会议", "&amp;", "&#65;", "a\u0301\u0323", "\\n", "%25",
    "DESCRIPTION:a\n b", "8h ngày ",
)  # fmt: skip


def made(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", PIECES)
def test_a_long_letter_of_anything_is_read(piece: str):
    how: How = "html" if "<" in piece or "&" in piece else "text"
    found = read_letter(Letter(parts=(Part(text=made(piece, SIZE), how=how),)), TODAY)
    assert len(found) < 600


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", ["https://zoom.us/j/", "Mật khẩu: ", "<a href='x'>", "8h ngày "])
def test_ten_megabytes_are_read(piece: str):
    found = read_letter(Letter(parts=(Part(text=made(piece, 10_000_000)),)), TODAY)
    assert len(found) < 600


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_mixture_is_read_without_a_fault(pieces):
    read_letter(Letter(parts=(Part(text="".join(pieces)),)), TODAY)
