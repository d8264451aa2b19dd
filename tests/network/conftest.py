"""A hub, a desk and what stops them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from issued_office import RealOffice, real_office
from small_office import Key, SmallDoor, SmallInbox, link_to, serve

from meetingroom.network.link import HubLink
from meetingroom.network.server import HubServer


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    """A real office with an issued meeting, for all tests of a file."""
    with real_office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture
def door(tmp_path: Path) -> SmallDoor:
    return SmallDoor(tmp_path / "hub")


@pytest.fixture
def key() -> Key:
    return Key()


@pytest.fixture
def hub(door: SmallDoor) -> Iterator[HubServer]:
    server = serve(door)
    yield server
    server.stop()


@pytest.fixture
def inbox(tmp_path: Path) -> SmallInbox:
    return SmallInbox(tmp_path / "desk")


@pytest.fixture
def connect(door: SmallDoor) -> Iterator[Callable[..., HubLink]]:
    """Starts a link of an enrolled device: connect(hub, inbox, key, device)."""
    links: list[HubLink] = []

    def start(
        hub: HubServer | int, inbox: SmallInbox, key: Key, device: str = "device-1"
    ) -> HubLink:
        if device not in door.devices:
            door.admit(key, device, device.replace("device", "person"))
        link = link_to(door, hub, inbox, key, device)
        links.append(link)
        link.start()
        return link

    yield start
    for link in links:
        link.stop()
