"""A person's meetings at an address of the hub, as calendar programs fetch them."""

import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from meetingroom.domain import facts
from meetingroom.domain.errors import RefusedError
from meetingroom.network.check_in_page import CheckInServer
from meetingroom.office.calendar_file import MEDIA_TYPE, calendar_file
from meetingroom.services.doors import Session

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "services"))

from quiet_office import QuietOffice


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[QuietOffice]:
    """A hub with an issued meeting, and its page for telephones."""
    office = QuietOffice(tmp_path)
    office.hub.phones.addresses = lambda: ["127.0.0.1"]
    office.hub.subscriptions.write = calendar_file
    calendar = office.hub.subscriptions.calendar
    server = CheckInServer(office.hub.phones, "127.0.0.1", 0, calendar)
    server.start()
    yield office
    server.stop()
    office.close()


def ask(office: QuietOffice, person: str, name: str = "calendar.make") -> dict:
    session = Session(device="d", principal=person)
    return office.hub.subscriptions.answers[name](session, {})


def fetch(address: str, method: str = "GET") -> tuple[int, str, bytes]:
    place = urlsplit(address)
    line = HTTPConnection(place.hostname, place.port, timeout=20)
    try:
        line.request(method, place.path)
        answer = line.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read()
    finally:
        line.close()


def events(written: bytes) -> list:
    return list(Calendar.from_ical(written).walk("VEVENT"))


def test_the_address_gives_the_persons_meetings(hub) -> None:
    status, kind, written = fetch(ask(hub, "person-a")["address"])
    assert status == 200 and kind == MEDIA_TYPE
    (event,) = events(written)
    assert event["uid"].startswith(hub.folded().id)


def test_it_follows_what_becomes_of_the_meeting(hub) -> None:
    address = ask(hub, "person-a")["address"]
    hub.put(facts.MeetingCancelled(reason="mưa lũ"))
    (event,) = events(fetch(address)[2])
    assert event["status"] == "CANCELLED" and "mưa" not in fetch(address)[2].decode()


def test_who_is_not_of_the_meeting_sees_nothing_of_it(hub) -> None:
    assert "person-t" not in hub.folded().people
    status, _, written = fetch(ask(hub, "person-t")["address"])
    assert status == 200 and events(written) == []


def test_a_new_address_ends_the_one_before_and_of_nobody_else(hub) -> None:
    first, others = ask(hub, "person-a")["address"], ask(hub, "person-b")["address"]
    second = ask(hub, "person-a")["address"]
    assert [fetch(one)[0] for one in (first, second, others)] == [404, 200, 200]


def test_an_ended_address_opens_nothing(hub) -> None:
    address = ask(hub, "person-a")["address"]
    ask(hub, "person-a", "calendar.stop")
    assert fetch(address)[0] == 404


def test_who_left_the_office_has_no_calendar(hub) -> None:
    address = ask(hub, "person-a")["address"]
    hub.hub.say("office", facts.PersonRemoved(person="person-a"))
    assert fetch(address)[0] == 404


@pytest.mark.parametrize("word", ["", "x", "../../etc/passwd", "%00", "a" * 2000])
def test_a_guessed_address_opens_nothing(hub, word: str) -> None:
    ask(hub, "person-a")
    port = hub.hub.phones.port
    status, kind, _ = fetch(f"http://127.0.0.1:{port}/calendar/{word}.ics")
    assert status == 404 and "html" in kind


def test_a_program_may_look_without_fetching(hub) -> None:
    status, kind, written = fetch(ask(hub, "person-a")["address"], "HEAD")
    assert (status, kind, written) == (200, MEDIA_TYPE, b"")


def test_the_hub_keeps_no_word_and_a_room_gets_none(hub) -> None:
    address = ask(hub, "person-a")["address"]
    word = address.rpartition("/")[2].removesuffix(".ics").encode()
    kept = hub.log.value("calendar:person-a")
    assert kept and word not in kept
    with pytest.raises(RefusedError):
        ask(hub, next(iter(hub.hub.ledger.directory.rooms), "room-1"))


def test_where_no_telephones_are_served_there_is_no_address(hub) -> None:
    hub.hub.phones.port = 0
    assert ask(hub, "person-a") == {"address": ""}


def test_a_hub_that_is_put_back_from_a_backup_serves_none(hub) -> None:
    address = ask(hub, "person-a")["address"]
    hub.hub.phones.rests = lambda: True
    assert fetch(address)[0] == 404
