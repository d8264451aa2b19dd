"""From the secretary's link to the program that takes the call, and back to the very page."""

import logging

import pytest
from own_session import OwnSession, meeting_page
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from shown_paper import show_the_paper

from meetingroom.programs import SystemPrograms
from meetingroom.ui.display.room_display import RoomDisplay

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")
TOKEN, PASSCODE = "MU5pUUNtR0paEZtZmlqK3lnSHRpdz09", "615942"
ADDRESS = f"https://us02web.zoom.us/j/81234567890?pwd={TOKEN}"
NATIVE = f"zoommtg://us02web.zoom.us/join?action=join&confno=81234567890&pwd={TOKEN}"


@pytest.fixture
def session(tmp_path, monkeypatch):
    made = OwnSession(tmp_path / "session", monkeypatch)
    yield made
    made.close()


@pytest.fixture
def log_file(tmp_path):
    """All that the program would write to its log."""
    file = tmp_path / "all.log"
    handler = logging.FileHandler(file)
    root, own = logging.getLogger(), logging.getLogger("meetingroom")
    level = own.level
    root.addHandler(handler)
    own.setLevel(logging.DEBUG)
    yield file
    own.setLevel(level)
    root.removeHandler(handler)
    handler.close()


@pytest.fixture
def wall(office, session, qtbot):
    """The unlocked display of a meeting of a letter, at a part of a page."""
    office.programs = SystemPrograms()
    room = office.join(office.room)
    draft = office.draft()
    drafting = office.secretary.drafting
    drafting.add_files(draft.meeting, "item-2", [office.paper("2.1 Báo cáo.pdf")]).result(10)
    drafting.add_link(draft.meeting, "Hội nghị tỉnh", ADDRESS, PASSCODE).result(10)
    office.secretary.issuing.issue(draft.meeting).result(30)
    office.wait(lambda: room.desk.meeting(draft.meeting))
    made = RoomDisplay(room)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    office.secretary.leading.unlock_display(draft.meeting, office.room).result(10)
    office.wait(lambda: made.is_unlocked)
    show_the_paper(office, made)
    made.turning.to(1)
    office.wait(lambda: made.canvas.stage().page == 1)
    made.zoom(1.5)
    office.wait(lambda: made.canvas.stage().view is not None)
    return made


def test_one_touch_and_the_services_own_program_has_the_letters_address(
    office, session, wall, log_file, tmp_path
):
    session.fake_native("zoommtg")
    before = wall.canvas.stage()
    wall.panel.scenes["join"].click()
    office.wait(session.got)
    assert session.got() == [NATIVE]
    office.wait(lambda: known(office, wall).is_in)
    wall.calls.copy_passcode()
    office.wait(lambda: QGuiApplication.clipboard().text() == PASSCODE)
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    office.wait(lambda: wall.meeting.scene.scene == "paper")
    office.wait(lambda: not known(office, wall).is_in)
    after = wall.canvas.stage()
    assert (after.paper, after.page, after.view) == (before.paper, before.page, before.view)
    assert QGuiApplication.clipboard().text() == ""
    words = log_file.read_text()
    assert "opened by the native" in words
    assert TOKEN not in words and PASSCODE not in words and "pwd=" not in words


def known(office, wall):
    """This room's call, as the secretary's computer has it."""
    calls = office.secretary.desk.meeting(wall.canvas.meeting_id).calls
    return next(iter(calls.values()), None) or NotYet


class NotYet:
    is_in = False


def test_without_a_program_a_real_browser_opens_the_letters_address(office, session, wall):
    with meeting_page(session.folder) as page:
        session.browser(page)
        wall.join_online()
        office.wait(lambda: page.seen)
        session.close()
    assert page.seen == [ADDRESS]


def test_a_program_that_is_registered_and_gone_leaves_the_call_to_the_browser(
    office, session, wall, caplog
):
    with meeting_page(session.folder) as page:
        session.fake_native("zoommtg")
        (session.folder / "native").write_text("#!/bin/sh\nexit 3\n")
        (session.folder / "native").unlink()
        session.browser(page)
        wall.join_online()
        office.wait(lambda: page.seen)
        session.close()
    assert page.seen == [ADDRESS]
    assert TOKEN not in caplog.text
    caplog.clear()
