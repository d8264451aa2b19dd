"""Hubs that announce themselves, on loopback; a LAN without multicast is no error."""

import pytest

from meetingroom.domain.errors import CallError
from meetingroom.network import discovery
from meetingroom.network.addresses import Address, address_of
from meetingroom.network.discovery import Announcer, FoundHub, find_hubs


@pytest.fixture
def on_loopback(monkeypatch) -> None:
    monkeypatch.setattr(discovery, "own_addresses", lambda: ["127.0.0.1"])


def announced(office: str, port: int) -> Announcer:
    announcer = Announcer(office, "UBND xã Thử", port, lambda: ["127.0.0.1"])
    if not announcer.is_announced.wait(6):
        announcer.stop()
        pytest.skip("multicast does not work here")
    return announcer


def test_an_announced_hub_is_found_among_others(on_loopback) -> None:
    other, ours = announced("office-other-0002", 47900), announced("office-ours-00001", 47800)
    try:
        found = find_hubs(5.0, "office-ours-00001")
    finally:
        ours.stop()
        other.stop()
    if not found:
        pytest.skip("multicast does not reach back here")
    assert found == [
        FoundHub(
            office="office-ours-00001",
            office_name="UBND xã Thử",
            address=Address("127.0.0.1", 47800),
        )
    ]


def test_where_mdns_cannot_start_nothing_is_found_and_nothing_breaks(monkeypatch) -> None:
    def broken(*_: object, **__: object):
        raise OSError("no multicast")

    monkeypatch.setattr(discovery, "Zeroconf", broken)
    announcer = Announcer("office-1", "x", 47800)
    assert find_hubs(0.1) == []
    announcer.stop()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.168.1.5", Address("192.168.1.5", 47800)),
        (" hub.lan:5000 ", Address("hub.lan", 5000)),
        ("https://hub.lan/", Address("hub.lan", 47800)),
        ("[::1]:47801", Address("::1", 47801)),
        ("fe80::1", Address("fe80::1", 47800)),
    ],
)
def test_addresses_as_people_type_them(text, address) -> None:
    assert address_of(text) == address


@pytest.mark.parametrize("text", ["", ":5", "host:port", "host:99999"])
def test_a_mistyped_address_is_told(text) -> None:
    with pytest.raises(CallError, match=r"address\.mistyped"):
        address_of(text)
