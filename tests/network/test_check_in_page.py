"""The check-in page over a real socket, as an old telephone sees it."""

import re
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from meetingroom.domain import facts
from meetingroom.network import check_in_page
from meetingroom.network.check_in_page import MAX_BODY, CheckInServer
from meetingroom.network.check_in_port import CheckInPort
from meetingroom.services.phone_check_in import TRIES
from meetingroom.wording import choose_language

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "services"))

from quiet_office import QuietOffice

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def page(tmp_path: Path) -> Iterator[CheckInServer]:
    """The page of a hub with an open meeting."""
    choose_language("vi")
    office = QuietOffice(tmp_path)
    office.put(facts.MeetingOpened())
    office.hub.phones.addresses = lambda: ["127.0.0.1"]
    server = CheckInServer(office.hub.phones, "127.0.0.1", 0)
    server.office = office
    server.start()
    yield server
    server.stop()
    office.close()


def code(page: CheckInServer) -> str:
    return page.phones.offer(page.office.folded()).code


def ask(page: CheckInServer, path: str = "/", **form: str) -> tuple[int, str]:
    line = HTTPConnection("127.0.0.1", page.port, timeout=20)
    try:
        method = "POST" if form else "GET"
        line.request(method, path, urlencode(form) if form else None, FORM if form else {})
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def until(is_so: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for the page's threads."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def names(body: str) -> dict[str, str]:
    found = re.findall(r'name="who" value="(\w+)">([^<]+)</button>', body)
    return {name: key for key, name in found}


def test_a_person_types_the_code_chooses_a_name_and_is_here(page) -> None:
    status, body = ask(page)
    assert status == 200 and "Sáu chữ số" in body and "person-a" not in body
    status, body = ask(page, code=code(page))
    key = names(body)["person-a"]
    status, body = ask(page, code=code(page), who=key)
    assert status == 200 and "đang ở phòng họp không?" in body
    assert not page.office.folded().is_here("person-a")
    status, body = ask(page, code=code(page), who=key, sure="yes")
    assert status == 200 and "Đã điểm danh" in body
    assert page.office.folded().presence["person-a"].by_code


def test_the_picture_code_leads_to_the_names_at_once(page) -> None:
    status, body = ask(page, f"/?code={code(page)}")
    assert status == 200 and set(names(body)) == {"person-a", "person-b", "person-c", "person-s"}


def test_spaces_in_the_code_do_not_matter(page) -> None:
    typed = code(page)
    assert ask(page, code=f"{typed[:3]} {typed[3:]}")[0] == 200


def test_a_wrong_code_shows_no_name_and_many_make_one_wait(page) -> None:
    status, body = ask(page, code="000000")
    assert status == 403 and "person-" not in body and "không còn trên màn hình" in body
    statuses = [ask(page, code="000000")[0] for _ in range(TRIES)]
    assert statuses[-1] == 429
    assert ask(page, code=code(page))[0] == 429


def test_neither_papers_nor_ids_are_on_the_page(page) -> None:
    _, body = ask(page, code=code(page))
    for paper in page.office.folded().papers.values():
        assert paper.title not in body and paper.paper not in names(body).values()
    assert "meeting-" not in body


def test_it_works_without_scripts_and_brings_nothing_from_elsewhere(page) -> None:
    _, body = ask(page, code=code(page))
    assert "<script" not in body and "://" not in body.replace("http-equiv", "")


def test_words_are_shown_as_words(page) -> None:
    _, body = ask(page, code="<script>1")
    assert "<script" not in body


@pytest.mark.parametrize(
    "raw",
    [
        b"POST / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        f"POST / HTTP/1.1\r\nContent-Length: {MAX_BODY + 1}\r\n\r\n".encode(),
        b"GET /../etc HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PUT / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01nonsense\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: " + 5000 * b"9" + b"\r\n\r\n",
    ],
)
def test_what_is_no_form_is_refused_and_the_page_goes_on(page, raw) -> None:
    with socket.create_connection(("127.0.0.1", page.port), timeout=20) as line:
        line.sendall(raw)
        answer = line.recv(4096)
    assert b" 200 " not in answer.split(b"\r\n")[0]
    assert ask(page)[0] == 200


def test_the_switch_closes_the_port_and_opens_it_again(page) -> None:
    wanted = [True]
    port = CheckInPort(page.phones, _free(), lambda: wanted[0])
    port.look()
    assert page.phones.port == port.server.port
    for wanted[0] in (False, True):
        port.look()
        with socket.socket() as line:
            is_open = line.connect_ex(("127.0.0.1", port._port)) == 0
        assert is_open == wanted[0] == bool(page.phones.port)
    port.stop()
    assert page.phones.port == 0


def test_a_port_in_use_is_no_harm_and_the_code_is_not_offered(page) -> None:
    page.phones.port = 0
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = CheckInPort(page.phones, other.getsockname()[1], lambda: True)
        port.look()
        assert port.server is None and code(page) == ""
        port.stop()


def test_twenty_three_people_check_in_at_once_each_once(page) -> None:
    people = [f"person-x{n}" for n in range(23)]
    office = page.office
    for name in people:
        office.secretary.desk.write("office", facts.PersonSet(person=name, name=name))
    office.sync()
    office.issue(people=tuple(facts.Invited(person=name) for name in people))
    typed = code(page)
    keys = names(ask(page, code=typed)[1])
    with ThreadPoolExecutor(23) as many:
        done = list(
            many.map(lambda name: ask(page, code=typed, who=keys[name], sure="yes"), people)
        )
    assert [status for status, _ in done] == [200] * 23
    assert all(office.folded().is_here(name) for name in people)


def _free() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def test_letters_no_key_is_made_of_mean_nobody(page) -> None:
    status, body = ask(page, code=code(page), who="é")
    assert status == 403 and "Tên này đã điểm danh rồi" in body


def test_who_hangs_up_in_the_middle_leaves_no_error_in_the_log(page, caplog) -> None:
    with caplog.at_level("INFO"):
        line = socket.create_connection(("127.0.0.1", page.port), timeout=20)
        line.sendall(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()  # with a reset: the answer has nobody to go to
        assert ask(page)[0] == 200
        until(lambda: not page._open)
    assert not [one for one in caplog.records if one.levelname == "ERROR"]


def test_who_types_one_letter_every_few_seconds_keeps_nobody_out(page, monkeypatch) -> None:
    slow = [
        socket.create_connection(("127.0.0.1", page.port), timeout=20)
        for _ in range(check_in_page.MAX_FROM_ONE)
    ]
    for line in slow:
        line.sendall(b"G")
    until(lambda: len(page._open) == check_in_page.MAX_FROM_ONE)
    monkeypatch.setattr(check_in_page, "MAX_SECONDS", 0.0)
    assert ask(page)[0] == 200
    for line in slow:
        line.close()


def test_who_changes_their_mind_sees_the_names_again(page) -> None:
    typed = code(page)
    key = names(ask(page, code=typed)[1])["person-a"]
    assert "person-a" in names(ask(page, code=typed, who=key, again="yes")[1])
