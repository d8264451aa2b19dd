"""Wrapped addresses: the real one is found without the network, and nothing runs for ever."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.invitations.unwrapping import unwrap

ZOOM = "https://us02web.zoom.us/j/81234567890?pwd=MU5p.1"
TEAMS = (
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_AB%40thread.v2/0"
    "?context=%7b%22Tid%22%3a%221%22%7d"
)


def coded(url: str) -> str:
    return quote(url, safe="")


def proofpoint_2(url: str) -> str:
    text = quote(url, safe="/").replace("-", "%2D").replace("_", "%5F").replace("/", "_")
    text = text.replace("%", "-")
    return f"https://urldefense.proofpoint.com/v2/url?u={text}&d=DwMFaQ&c=abc"


WRAPPERS = {
    "safelinks": lambda url: "https://apc01.safelinks.protection.outlook.com/ap/t-59/?url="
    + quote(url, safe="") + "&data=05%7C02&reserved=0",
    "google": lambda url: f"https://www.google.com/url?q={coded(url)}&sa=D&source=calendar",
    "meet": lambda url: f"https://meet.google.com/linkredirect?authuser=0&dest={coded(url)}",
    "proofpoint 1": lambda url: f"https://urldefense.proofpoint.com/v1/url?u={coded(url)}&k=x",
    "proofpoint 2": proofpoint_2,
    "proofpoint 3": lambda url: f"https://urldefense.com/v3/__{url}__;!!AbC!xyz$",
    "barracuda": lambda url: f"https://linkprotect.cudasvc.com/url?a={coded(url)}&c=E,1",
    "cisco": lambda url: f"https://secure-web.cisco.com/1aBcD/{coded(url)}",
    "sophos": lambda url: "https://eu-west-1.protection.sophos.com/?d=zoom.us&u="
    + base64.urlsafe_b64encode(url.encode()).decode() + "&i=x",
    "avanan": lambda url: f"https://url.avanan.click/v2/___{url}___.YXAzOm1h",
    "facebook": lambda url: f"https://l.facebook.com/l.php?u={coded(url)}&h=AT0",
    "trend": lambda url: "https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url="
    + quote(url, safe="") + "&umid=1",
}  # fmt: skip


@pytest.mark.parametrize("name", WRAPPERS)
@pytest.mark.parametrize("url", [ZOOM, TEAMS])
def test_a_wrapped_address_is_unwrapped(name, url):
    assert unwrap(WRAPPERS[name](url)) == url


@given(st.lists(st.sampled_from(["safelinks", "google", "meet", "barracuda", "cisco", "facebook"]),
                min_size=1, max_size=4))  # fmt: skip
def test_wrappers_in_wrappers_are_unwrapped(names):
    url = ZOOM
    for name in names:
        url = WRAPPERS[name](url)
    assert unwrap(url) == ZOOM


@pytest.mark.parametrize(
    ("wrapped", "url"),
    [
        ("https://www.google.com/url?q=https://zoom.us/j/81212121212?pwd%3DR09P&sa=D",
         "https://zoom.us/j/81212121212?pwd=R09P"),
        ("https://www.google.com/url?sa=D&amp;q=https://zoom.us/j/81212121212",
         "https://zoom.us/j/81212121212"),
        ("https://google.co.uk/url?q=https://acme.zoom.us/j/9?pwd%3DX%26jst%3D2&sa=D&opi=8",
         "https://acme.zoom.us/j/9?pwd=X&jst=2"),
        ("https://www.google.com/url?q=https://acme.zoom.us/j/1?pwd%3DaB%252FcD%253D&sa=D",
         "https://acme.zoom.us/j/1?pwd=aB%2FcD%3D"),
        ("http://www.google.com/url?rct=j&q=https://acme.zoom.us/j/1?pwd%3DX&sa=D",
         "https://acme.zoom.us/j/1?pwd=X"),
        ("https://notgoogle.com/url?q=https://acme.zoom.us/j/1",
         "https://notgoogle.com/url?q=https://acme.zoom.us/j/1"),
        ("https://urldefense.com/v3/__https://zoom.us/j/1?pwd=a*b__;Kw!!x!y$",
         "https://zoom.us/j/1?pwd=a+b"),
        ("https://urldefense.com/v3/__https:/zoom.us/j/1__;!!x!y$", "https://zoom.us/j/1"),
        ("gomeet://gomeeting.vnpt.vn/?url=https://gomeeting.vnpt.vn/app/#/join/8f?accessCode=B&f=C",
         "https://gomeeting.vnpt.vn/app/#/join/8f?accessCode=B&f=C"),
    ],
)  # fmt: skip
def test_half_encoded_addresses_are_unwrapped_as_they_were_meant(wrapped, url):
    assert unwrap(wrapped) == url


def test_a_wrapper_of_itself_ends():
    own = "https://nam11.safelinks.protection.outlook.com/?url="
    assert unwrap(own * 40 + "x").startswith(own)
    assert unwrap(own) == own


def test_a_host_that_only_looks_like_a_wrapper_is_left_alone():
    url = f"https://safelinks.protection.outlook.com.evil.org/?url={quote(ZOOM, safe='')}"
    assert unwrap(url) == url


@given(st.text(max_size=200), st.sampled_from(sorted(WRAPPERS)))
def test_anything_in_a_wrapper_is_answered(text, name):
    unwrap(text)
    assert unwrap(WRAPPERS[name](text)) is not None
