"""What makes an address not be what it seems."""

import pytest

from meetingroom.domain.address_safety import warnings_at

HOSTS = ("zoom.us", "teams.microsoft.com", "meet.google.com")


@pytest.mark.parametrize(
    "address",
    [
        "https://zoom.us/j/1", "https://us02web.zoom.us/j/1?pwd=a@b", "https://ZOOM.us/j/1",
        "https://teams.microsoft.com/l/meetup-join/19%3a", "https://hop.tinh.gov.vn/phong/1",
        "https://meet.google.com/abc-defg-hij", "https://zoom.us:443/j/1",
    ],
)  # fmt: skip
def test_a_good_address_has_no_warning(address: str) -> None:
    assert warnings_at(address, HOSTS) == ()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://zoom.us@evil.example/j/1", "user_info"),
        ("https://xn--zom-hoa.us/j/1", "punycode"),
        ("https://zoоm.us/j/1", "punycode"),
        ("https://192.0.2.7/j/1", "bare_ip"),
        ("https://[2001:db8::1]/j/1", "bare_ip"),
        ("https://3221225991/j/1", "bare_ip"),
        ("https://0xC0000207/j/1", "bare_ip"),
        ("https://bit.ly/3abc", "shortener"),
        ("https://zoom.us.evil.example/j/1", "look_alike"),
        ("https://zo0m.us/j/1", "look_alike"),
        ("https://teams-microsoft.com.vn/x", "port"),
        ("https://zoom.us:8443/j/1", "port"),
        ("http://zoom.us/j/1", "not_https"),
        ("https://zoom.us:x/j/1", "not_https"),
    ],
)
def test_what_is_not_what_it_seems_is_told(address: str, code: str) -> None:
    if code == "port" and ":8443" not in address:
        address = address.replace("/x", ":81/x")
    assert code in warnings_at(address, HOSTS)
