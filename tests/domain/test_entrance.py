"""What the log has of an address, and what opens the door."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.entrance import (
    Entrance,
    is_https,
    read_entrance,
    secrets_in,
    split_entrance,
    written,
)
from meetingroom.domain.errors import CallError

SECRET = "Aa1Bb2Cc3Dd4"
ADDRESSES = [
    f"https://us02web.zoom.us/j/81234567890?pwd={SECRET}",
    f"https://us02web.zoom.us/w/81234567890?tk={SECRET}&uuid=WN_a%2Fb",
    f"https://teams.microsoft.com/meet/1234567890123?p={SECRET}",
    f"https://meet.proton.me/join/id-FRMQ717ZMW#pwd-{SECRET}",
    f"https://gomeeting.vnpt.vn/app/#/join/8f606463?accessCode={SECRET}&fullName=Canh",
    f"https://meet.livekit.io/rooms/et5r-y80t#{SECRET}",
    f"https://welink.zhumu.com/j/154051242?PWD={SECRET}",
    f"https://bbb.example.vn/rooms/abc/join?a=1&password={SECRET}&b=%20x",
]
OPEN = [
    "https://meet.google.com/abc-defg-hij?authuser=0",
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_X%40thread.v2/0?context=%7b%22Tid%22%7d",
    "https://infosys.webex.com/infosys/j.php?MTID=m85c80b5add0b489ed3920caae94214bd",
    "https://gomeeting.vnpt.vn/app/#/join/8f606463",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_log_has_no_secret_and_the_address_comes_back_to_the_letter(address: str) -> None:
    plain, entrance = split_entrance(address)
    assert SECRET not in plain and address.startswith(plain[:30])
    assert entrance is not None
    assert read_entrance(written(entrance), plain).address == address


@pytest.mark.parametrize("address", OPEN)
def test_an_address_without_a_secret_stays_as_it_is_written(address: str) -> None:
    assert split_entrance(address) == (address, None)


def test_a_passcode_people_type_is_kept_beside_the_token_of_the_address() -> None:
    plain, entrance = split_entrance(ADDRESSES[0], " 615 ")
    assert entrance == Entrance(address=ADDRESSES[0], passcode="615")
    assert read_entrance(written(entrance), plain) == entrance


def test_a_passcode_without_a_token_never_goes_into_the_address() -> None:
    address = "https://meet.google.com/abc-defg-hij"
    plain, entrance = split_entrance(address, "123456")
    assert entrance is not None
    assert read_entrance(written(entrance), plain) == Entrance(address=address, passcode="123456")


def test_links_of_earlier_versions_open_as_they_did() -> None:
    assert read_entrance("a b", "https://zoom.us/j/1").to_type == "a b"
    assert read_entrance("a b", "https://zoom.us/j/1").address == "https://zoom.us/j/1?pwd=a%20b"
    assert read_entrance("x", "https://zoom.us/j/1?a=1").address == "https://zoom.us/j/1?a=1&pwd=x"
    assert read_entrance(None, "https://zoom.us/j/1") == Entrance(address="https://zoom.us/j/1")


def test_a_short_key_of_an_address_may_be_typed_and_a_long_one_may_not() -> None:
    assert Entrance(address="https://zoom.us/j/1?pwd=246813").to_type == "246813"
    assert Entrance(address=ADDRESSES[0]).to_type == ""
    assert Entrance(address="https://zoom.us/j/1?pwd=246813", passcode="9").to_type == "9"


def test_a_secret_never_leads_anywhere_but_where_the_log_says() -> None:
    other = written(Entrance(address="https://evil.example/j/1?pwd=x", passcode="9"))
    plain = "https://zoom.us/j/1"
    assert read_entrance(other, plain) == Entrance(address=plain, passcode="9")


def test_words_about_it_have_nothing_of_it() -> None:
    entrance = Entrance(address=ADDRESSES[0], passcode=SECRET)
    assert SECRET not in f"{entrance} {entrance!r} {[entrance]}"


@pytest.mark.parametrize(
    "address",
    [
        "http://zoom.us/j/1", "zoom.us/j/1", "https://a@zoom.us/j/1", "https:///j/1", "file:///a",
        "https://zoom.us/j/1\nX: y", "https://zoom.us\\@evil.example", "javascript:alert(1)",
        "https://zoom.us:99999/", f"https://zoom.us/{'a' * 5000}", "https://zoom.us/a b", "",
    ],
)  # fmt: skip
def test_only_whole_https_addresses_are_ever_taken(address: str) -> None:
    assert not is_https(address)
    with pytest.raises(CallError, match=r"link\.not_https"):
        split_entrance(address)


@given(st.text(), st.text())
def test_whatever_is_kept_some_address_comes_out_and_it_is_on_the_same_host(kept, tail) -> None:
    plain = "https://zoom.us/j/1"
    assert read_entrance(kept + tail, plain).address.startswith(plain)


def test_every_link_of_the_corpus_opens_exactly_as_it_was_written(corpus) -> None:
    file = corpus / "invitations" / "meeting_links.tsv"
    if not file.is_file():
        pytest.skip(f"no {file}")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    urls = [row["url"] for row in rows if is_https(row["url"])]
    assert len(urls) > 30
    for url in urls:
        plain, entrance = split_entrance(url)
        opened = read_entrance(written(entrance), plain) if entrance else Entrance(address=plain)
        assert opened.address == url
        assert not any(key in plain for key in secrets_in(url) if len(key) > 4)


@pytest.mark.parametrize("letter", ['"', "<", ">", "\x7f", "\x85", "\u2028", "\t"])
def test_nothing_that_ends_a_word_of_a_command_line_stands_in_an_address(letter: str) -> None:
    assert not is_https(f"https://zoom.us/j/1?pwd=a{letter}b")


def test_a_secret_whose_name_is_written_in_percents_is_one_all_the_same() -> None:
    address = f"https://zoom.us/j/81234567890?%70w%64={SECRET}&uname=a"
    plain, entrance = split_entrance(address)
    assert SECRET not in plain
    assert entrance is not None
    assert read_entrance(written(entrance), plain).address == address


def test_a_link_whose_log_kept_what_is_a_secret_by_now_opens_as_it_did() -> None:
    address = f"https://meet.example.vn/join/8f60?passwd=1&pwd={SECRET}"
    kept = written(Entrance(address=address, passcode="9"))
    assert read_entrance(kept, "https://meet.example.vn/join/8f60?passwd=1").address == address
    other = read_entrance(kept, "https://evil.example/join/8f60?passwd=1")
    assert other == Entrance(address="https://evil.example/join/8f60?passwd=1", passcode="9")


def test_an_address_of_the_log_that_is_none_is_no_bug() -> None:
    kept = written(Entrance(address="https://zoom.us/j/1?pwd=x", passcode="9"))
    for plain in ("https://[", "", "file:///etc/passwd"):
        assert read_entrance(kept, plain) == Entrance(address=plain, passcode="9")
