"""Addresses handed to programs registered in a desktop session of the test's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from own_session import OPENERS, OwnSession, meeting_page

from meetingroom import programs
from meetingroom.domain.errors import CallError
from meetingroom.programs import SystemPrograms

NATIVE = "zoommtg://us02web.zoom.us/join?action=join&confno=81234567890&pwd=Tok3n"


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnSession]:
    made = OwnSession(tmp_path, monkeypatch)
    yield made
    made.close()


@pytest.fixture(params=sorted(OPENERS))
def opener(request, monkeypatch) -> str:
    """The only opener there is."""
    if shutil.which(request.param) is None:
        pytest.skip(f"no {request.param} here")
    monkeypatch.setattr(programs, "_openers", lambda: [OPENERS[request.param]])
    return request.param


def test_what_is_registered_is_known_and_nothing_else(session):
    session.fake_native("zoommtg")
    known = SystemPrograms()
    assert known.handler("zoommtg") == "native"
    assert known.handler("msteams") == ""
    assert known.handler("zoommtg; touch x") == known.handler("") == ""


def test_the_program_gets_the_exact_address(session, opener, until):
    session.fake_native("zoommtg")
    SystemPrograms().open(NATIVE)
    until(session.got)
    assert session.got() == [NATIVE]


def test_letters_that_mean_something_to_a_shell_go_through_as_they_are(session, opener, until):
    session.fake_native("zoommtg")
    address = "zoommtg://x.zoom.us/join?a=$(touch%20made)&b='1';id|c`d`&e=%25&f=*~"
    SystemPrograms().open(address)
    until(session.got)
    assert session.got() == [address]
    assert not list(session.folder.rglob("made"))


def test_a_scheme_nobody_opens_is_an_error_without_its_address(session, opener, caplog):
    with pytest.raises(CallError) as caught:
        SystemPrograms().open(NATIVE)
    assert str(caught.value) == "call.not_opened"
    assert "Tok3n" not in caplog.text
    caplog.clear()


def test_a_scheme_in_capitals_is_opened_too(session, opener, until):
    session.fake_native("zoommtg")
    SystemPrograms().open(NATIVE.replace("zoommtg", "ZOOMMTG"))
    until(session.got)
    assert session.got() == [NATIVE]


@pytest.mark.parametrize(
    "address",
    ["--help", "/etc/passwd", "", "1://x", "made", 'zoommtg://x"y', "zoommtg://x y", "c:x"],
)
def test_what_is_no_address_reaches_no_program(session, address):
    session.fake_native("zoommtg")
    with pytest.raises(CallError):
        SystemPrograms().open(address)
    assert session.got() == []


def test_a_real_browser_opens_the_exact_address_key_and_all(session, opener, until):
    address = "https://meet.proton.me/join/id-FRMQ717ZMW?a=1&p=Tok%2B3n#pwd-GoslDQl8D7mu"
    with meeting_page(session.folder) as page:
        session.browser(page)
        SystemPrograms().open(address)
        until(lambda: page.seen, 60)
        session.close()
    assert page.fetched[0] == "https://meet.proton.me/join/id-FRMQ717ZMW?a=1&p=Tok%2B3n"
    assert page.seen == [address]
