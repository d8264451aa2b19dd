"""Letters as they are written here and elsewhere: the ways into the meeting that are found."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from meetingroom.domain.invitation import Event, Letter, Part
from meetingroom.invitations.reading import read_letter

TODAY = date(2026, 11, 25)
ROWS = tomllib.loads(Path(__file__).with_name("ways_in.toml").read_text("utf-8"))["letter"]
CASES = [(row["text"], [tuple(one) for one in row["ways"]]) for row in ROWS]

NONE = Path(__file__).with_name("no_ways_in.txt").read_text("utf-8").splitlines()

CALLED = Path(__file__).with_name("own_hosts.txt").read_text("utf-8").splitlines()


def ways(*parts: Part) -> list[tuple[str, ...]]:
    """Service, address, ID and passcode of each way in; meetings without one are left out."""
    found = read_letter(Letter(parts=parts), TODAY)
    rows = [(one.service or "", one.url or "", one.meeting_id or "", one.passcode or "")
            for one in found]  # fmt: skip
    return [row for row in rows if any(row)]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_letter_tells_its_ways_in(text, expected):
    assert ways(Part(text=text)) == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_no_honest_letter_is_warned_of(text, expected):
    found = read_letter(Letter(parts=(Part(text=text),)), TODAY)
    assert [one.warnings for one in found if one.warnings] == []


@pytest.mark.parametrize("text", CALLED)
def test_an_address_that_is_called_a_meetings_is_one_on_any_host(text):
    for url in ("https://conf.laocai.gov.vn/hn/2026", "https://abc.laocai.gov.vn/x/2026"):
        found = ways(Part(text=text.replace("{}", url).replace("\\n", "\n")))
        assert [row[:2] for row in found] == [("other", url)]


@pytest.mark.parametrize("text", NONE)
def test_an_ordinary_letter_tells_no_way_in(text):
    assert ways(Part(text=text)) == []


def test_a_link_behind_words_of_a_page_is_found_where_the_words_stand():
    page = Part(text="Kính mời dự họp.\nTham gia: tại đây\nMật khẩu: 4455", page=2)
    link = Part(text="https://zoom.us/j/81234567890?pwd=x.1", page=2, how="link", shown="tại đây")
    [one] = read_letter(Letter(parts=(page, link)), TODAY)
    assert (one.url, one.passcode) == (link.text, "4455")
    assert one.source is not None
    assert (one.source.page, one.source.text) == (2, "Tham gia: tại đây")
    assert one.spots["passcode"].text == "Mật khẩu: 4455"


def test_the_whole_link_behind_a_line_is_taken_for_what_the_line_has_of_it():
    page = Part(text="Link: https://us06web.zoom.us/j/8123456\nThời gian: 8h", page=1)
    whole = "https://us06web.zoom.us/j/81234567890?pwd=abc.1"
    link = Part(text=whole, page=1, how="link", shown="https://us06web.zoom.us/j/8123456")
    [one] = read_letter(Letter(parts=(page, link)), TODAY)
    assert (one.url, one.meeting_id, one.warnings) == (whole, "81234567890", ())


def test_a_code_of_a_picture_and_the_words_beside_it_are_one_meeting():
    code = Part(text="https://zoom.us/j/81234567890?pwd=abc.1", page=1, how="code")
    words = Part(text="Quét mã QR để vào họp.\nID: 812 3456 7890, mật khẩu: 77", page=1)
    assert ways(words, code) == [
        ("zoom", "https://zoom.us/j/81234567890?pwd=abc.1", "812 3456 7890", "77")
    ]


def test_a_letter_in_html_and_in_words_says_everything_once():
    words = Part(text="Họp: https://zoom.us/j/81234567890 ID: 812 3456 7890 Passcode: 5")
    body = Part(text="<p>Họp: <a href='https://zoom.us/j/81234567890'>tại đây</a></p>", how="html")
    assert ways(words, body) == [("zoom", "https://zoom.us/j/81234567890", "812 3456 7890", "5")]


def test_every_entry_of_a_calendar_keeps_its_own_way_in():
    events = (
        Event(title="Một", starts_at="2026-11-25T08:00:00+07:00", url="https://zoom.us/j/811111111"),
        Event(title="Hai", starts_at="2026-11-26T08:00:00+07:00", text="https://zoom.us/j/822222222"),
        Event(title="Ba", starts_at="2026-11-27T08:00:00+07:00", is_cancelled=True,
              place="https://zoom.us/j/833333333"),
    )  # fmt: skip
    found = read_letter(Letter(events=events), TODAY)
    assert [(one.title, one.meeting_id, one.warnings) for one in found] == [
        ("Một", "811111111", ()),
        ("Hai", "822222222", ()),
        ("Ba", "833333333", ("meeting.cancelled",)),
    ]


TEAMS = """Join: https://teams.microsoft.com/meet/48120937715603?p=Jq3sW8bYtLxVn0aEdC
Meeting ID: 481 209 377 156 03
Passcode: hS6vD9Rk
Need help? | System reference<https://teams.microsoft.com/l/meetup-join/19%3ameeting_A%40thread.v2/0>
"""


def test_the_systems_own_link_behind_a_short_one_of_teams_is_the_same_meeting():
    letter = Letter(parts=(Part(text=TEAMS),))
    [found] = read_letter(letter, TODAY)
    assert found.url == "https://teams.microsoft.com/meet/48120937715603?p=Jq3sW8bYtLxVn0aEdC"
    assert (found.meeting_id, found.passcode) == ("481 209 377 156 03", "hS6vD9Rk")


@pytest.mark.parametrize(
    ("text", "service", "url"),
    [
        (
            "Sở tổ chức họp trực tuyến qua hệ thống TrueConf.\n1. Thời gian họp: 14 giờ 00 ngày "
            "07/12/2026.\n2. Thông tin đăng nhập:\n- Địa chỉ: https://tc.tinh.gov.vn/c/4471829056",
            "trueconf", "https://tc.tinh.gov.vn/c/4471829056",
        ),
        (
            "Kính mời bà con họp trực tuyến trên hệ thống Jitsi Meet của phường.\nThời gian: 19 "
            "giờ 30 ngày 01/12/2026\nĐường dẫn: https://hop.phuong.gov.vn/HopDanPho8",
            "jitsi", "https://hop.phuong.gov.vn/HopDanPho8",
        ),
    ],
)  # fmt: skip
def test_a_program_named_further_up_on_a_host_of_its_own_is_found(text, service, url):
    [found] = read_letter(Letter(parts=(Part(text=text),)), TODAY)
    assert (found.service, found.url) == (service, url)


def test_a_page_of_papers_in_a_letter_that_names_such_a_program_is_none():
    text = (
        "Họp trực tuyến trên hệ thống Jitsi Meet của phường lúc 8h00 ngày 01/12/2026.\n"
        "Tài liệu đăng tại: https://hop.phuong.gov.vn/tailieu"
    )
    assert not any(one.url for one in read_letter(Letter(parts=(Part(text=text),)), TODAY))
