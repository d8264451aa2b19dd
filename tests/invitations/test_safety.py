"""Addresses that must not be opened by one touch are warned of; good ones never."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.reading import read_letter
from meetingroom.invitations.safety import warnings_of
from meetingroom.sentences import sentence
from meetingroom.wording import choose_language

TODAY = date(2026, 11, 25)
BAD = {
    "http://zoom.us/j/81234567890": "address.not_https",
    "https://zoom.us.evil.com/j/81234567890": "address.lookalike",
    "https://zoom-us.com/j/81234567890": "address.lookalike",
    "https://us02web-zoom.us/j/81234567890": "address.lookalike",
    "https://zo0m.us/j/81234567890": "address.lookalike",
    "https://zoorn.us/j/81234567890": "address.lookalike",
    "https://zooom.us/j/81234567890": "address.lookalike",
    "https://zоom.us/j/81234567890": "address.lookalike",
    "https://zoommeeting.us/j/81234567890": "address.lookalike",
    "https://zoon.us/j/81234567890": "address.lookalike",
    "https://zoom.com.vn/j/81234567890": "address.lookalike",
    "https://zoom.us%2eevil.com/j/81234567890": "address.lookalike",
    "https://meet.goog1e.com/abc-defg-hij": "address.lookalike",
    "https://meet-google.com/abc-defg-hij": "address.lookalike",
    "https://teams.rnicrosoft.com/l/meetup-join/19%3ameeting_abc": "address.lookalike",
    "https://webex.com.evil.org/meet/x": "address.lookalike",
    "https://apc01.safelinks.protection.outlook.com.evil.org/?url=x": "address.lookalike",
    "zoommtg://evil.com/join?confno=81234567890": "address.lookalike",
    "https://zoom.us@evil.com/j/81234567890": "address.user_info",
    "https://zoom.us:pw@evil.com/j/81234567890": "address.user_info",
    "https://zооm.us/j/81234567890": "address.punycode",
    "https://xn--zm-fmcc.us/j/81234567890": "address.punycode",
    "https://203.0.113.7/j/81234567890": "address.bare_ip",
    "https://2130706433/j/81234567890": "address.bare_ip",
    "https://[::1]/j/81234567890": "address.bare_ip",
    "https://zoom.us/j/8123\u202e4567890": "address.hidden_characters",
    "https://zoom.us\u200b.evil.com/j/81234567890": "address.hidden_characters",
    "https://zoom.us/j/81234567890%0d%0aX": "address.hidden_characters",
    "Họp zoom tại https://evil.com/zoom.us/j/81234567890": "address.lookalike",
    "Link họp: https://evil.com/?to=https%3A%2F%2Fzoom.us%2Fj%2F81234567890": "address.lookalike",
    "Link họp: https://zoom.us%40evil.com/j/81234567890": "address.user_info",
    "Link họp: https://bit.ly/hop2026": "address.shortener",
    "<a href='https://bit.ly/abc'>Tham gia họp trực tuyến</a>": "address.shortener",
    "Họp trực tuyến tại http://hop.tinh.gov.vn/abc": "address.not_https",
    "[https://zoom.us/j/81234567890](https://evil.com/j/1)": "address.mismatch",
    "<a href='https://evil.com/x'>https://zoom.us/j/81234567890</a>": "address.mismatch",
    "<a href='https://evil.com/x'>zoom.us/j/81234567890</a>": "address.mismatch",
    "<a href='https://zoom.us/j/82222222222'>https://zoom.us/j/81234567890</a>":
        "address.mismatch",
}  # fmt: skip
GOOD = (
    "https://zoom.us/j/81234567890",
    "<a href='https://us02web.zoom.us/j/81234567890?pwd=a'>zoom.us/j/81234567890</a>",
    "<a href='https://nam11.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fj%2F8"
    "1234567890'>https://zoom.us/j/81234567890</a>",
    "[Zoom](https://zoom.us/j/81234567890)",
    "<a href='https://zoom.us/j/81234567890'>UBND xã (ubnd@xa.gov.vn)</a>",
    "Đường link họp: https://meet.laocai.gov.vn:8443/giao-ban",
    "Đường link họp: https://zoom.laocai.gov.vn/giao-ban",
    "Link họp: https://hop.vnptioffice.vn/phong/12",
    "https://meet.google.com/abc-defg-hij?authuser=old@example.com",
    "zoommtg://zoom.us/join?confno=81234567890",
    "https://meet.jit.si/HọpGiaoBan",
    "<a href='https://zoom.us/j/81234567890'>Cách 1: https://zoom.us/j/81234567890 hoặc cách 2: "
    "https://meet.google.com/abc-defg-hij</a>",
    "<a href='https://zoom.us/j/81234567890'>tại đây.Xem thêm cv.pdf, số 12.VX</a>",
    "<a href='mailto:a@b.vn'>https://zoom.us/j/81234567890</a>",
    "<a href='#top'>https://zoom.us/j/81234567890</a>",
    "Link họp: https://hop.room.us/phong/1",
    "Link họp: https://meet.vnpt.com.vn/phong/1",
)


def findings(text: str):
    return read_letter(Letter(parts=(Part(text=text),)), TODAY)


@pytest.mark.parametrize(("text", "code"), BAD.items())
def test_a_bad_address_is_found_and_warned_of(text, code):
    found = findings(text)
    assert found
    assert all(code in one.warnings for one in found), found


@pytest.mark.parametrize("text", GOOD)
def test_a_good_address_is_found_without_a_warning(text):
    found = findings(text)
    assert found
    assert [one.warnings for one in found] == [()]


def test_every_warning_has_words_in_both_languages():
    for code in {*BAD.values(), "meeting.cancelled"}:
        words = []
        for language in ("vi", "en"):
            choose_language(language)
            words.append(sentence(code))
        assert len(set(words)) == 2
        assert not any(code in one for one in words)


labels = st.from_regex(r"[a-z][a-z0-9]{0,12}", fullmatch=True)


@given(labels, st.sampled_from(["com", "net", "vn", "gov.vn", "xyz"]))
def test_a_service_before_another_domain_is_always_a_look_alike(label, ending):
    for service in ("zoom.us", "meet.google.com", "teams.microsoft.com", "webex.com"):
        assert "address.lookalike" in warnings_of(f"https://{service}.{label}.{ending}/j/1")


@given(labels)
def test_a_host_below_a_services_own_is_never_a_look_alike(label):
    for service in ("zoom.us", "webex.com", "teams.microsoft.com", "meet.google.com"):
        assert warnings_of(f"https://{label}.{service}/j/81234567890") == ()


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_address_is_judged_without_a_fault(url, shown):
    warnings_of(url, shown)
    warnings_of(f"https://{url}", shown)
    findings(f"Link họp: https://{url}\n[{shown}](https://{url})")
