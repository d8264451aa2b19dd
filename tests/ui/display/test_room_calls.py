"""What the display's panel offers for a call: which one, back and in again, and a warning."""

import pytest
from online_meeting import ADDRESS, online_meeting
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from meetingroom.ui.display.room_display import RoomDisplay

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")
UNSAFE = "https://zoom.us.example.com/j/81234567890"


@pytest.fixture
def wall(office, qtbot):
    """The unlocked display of a meeting whose only link is as the test says."""

    def make(**said: object):
        meeting = online_meeting(office, passcode="482915", **said)
        context = office.join(office.room)
        office.wait(lambda: context.desk.meeting(meeting))
        made = RoomDisplay(context)
        qtbot.addWidget(made)
        made.resize(1280, 720)
        made.show()
        office.secretary.leading.unlock_display(meeting, office.room).result(10)
        office.wait(lambda: made.is_unlocked)
        made.open_panel()
        return made

    return make


def choice(made, words):
    return next(one for one in made.panel.choices.buttons if one.accessibleName() == words)


def in_call(office, made):
    made.panel.scenes["join"].click()
    office.wait(lambda: office.programs.opened and made.calls._was_in)


def test_an_address_with_a_warning_wants_a_second_deliberate_touch(office, wall):
    made = wall(url=UNSAFE, secret=None, local_secret=None)
    made.panel.scenes["join"].click()
    office.wait(lambda: made.panel.choices.kind == "warned")
    assert office.programs.opened == [] and not made.calling.is_aside
    assert UNSAFE in made.panel.told.text()
    choice(made, "Open it all the same").click()
    office.wait(lambda: office.programs.opened == [UNSAFE])


def test_signs_in_a_warned_address_are_shown_and_draw_nothing(office, wall):
    made = wall()
    made.panel.say("<b>x</b><img src='file://evil.example/share/a.png'>")
    assert made.panel.told.textFormat() == made.panel.second.textFormat() == Qt.TextFormat.PlainText


def test_said_no_it_stays_shut(office, wall):
    made = wall(url=UNSAFE, secret=None, local_secret=None)
    made.panel.scenes["join"].click()
    office.wait(lambda: made.panel.choices.kind == "warned")
    choice(made, "Do not open it").click()
    assert made.panel.told.isHidden() and made.panel.choices.isHidden()
    assert office.programs.opened == [] and made.meeting.calls == {}


def test_asked_from_a_laptop_the_warning_is_there_and_not_on_the_rooms_screen(office, wall, caplog):
    made = wall(url=UNSAFE, secret=None, local_secret=None)
    made.close_panel()
    office.secretary.leading.enter_call(made.meeting.id, "").result(10)
    told = lambda: office.secretary.desk.meeting(made.meeting.id).faults  # noqa: E731
    office.wait(lambda: (office.room, "display.call_unsafe") in told())
    assert not made.panel.isVisible() and office.programs.opened == []
    assert UNSAFE not in caplog.text


def test_while_a_call_goes_on_the_panel_leads_back_in_again_and_copies(office, wall):
    made = wall(meeting_number="812 3456 7890")
    in_call(office, made)
    made.calls.on_papers()
    assert made.isFullScreen() and made.calling.link and made.panel.isVisible()
    made.panel.scenes["join"].click()
    choice(made, "Copy the meeting ID").click()
    assert QGuiApplication.clipboard().text() == "812 3456 7890"
    made.panel.scenes["join"].click()
    choice(made, "Into the call again").click()
    assert made.calling.is_aside and office.programs.opened == [f"{ADDRESS}?pwd=482915"]


def test_a_call_whose_program_was_closed_is_opened_anew(office, wall):
    made = wall()
    in_call(office, made)
    made.calls.on_papers()
    made.panel.scenes["join"].click()
    choice(made, "Open the call anew").click()
    office.wait(lambda: office.programs.opened == [f"{ADDRESS}?pwd=482915"] * 2)
    office.wait(lambda: made.calling.is_aside)


def test_another_paper_on_the_screen_does_not_end_the_call(office, wall):
    made = wall()
    in_call(office, made)
    paper = next(iter(made.meeting.papers.values()))
    office.secretary.leading.show_paper(made.meeting.id, paper.paper).result(10)
    office.wait(lambda: not made.calling.is_aside)
    assert made.calling.link and made.meeting.calls[office.room, made.calling.link].is_in
    made.join_online()
    office.wait(lambda: made.meeting.scene.scene == "online")
    assert made.calling.is_aside and len(office.programs.opened) == 1


def test_under_wayland_the_window_is_put_away_and_comes_back_whole(office, wall, monkeypatch):
    made = wall()
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland"))
    in_call(office, made)
    assert made.isMinimized() and made.calling.bar is None
    made.calling.come_back()
    assert made.isFullScreen() and not made.isMinimized()


def test_the_clicker_leads_back_out_of_the_call(office, wall):
    made = wall()
    in_call(office, made)
    QTest.keyClick(made, Qt.Key.Key_PageUp)
    office.wait(lambda: made.meeting.scene.scene == "lobby")
    assert made.isFullScreen() and not made.calling.link


def test_the_end_of_the_meeting_brings_the_display_back(office, wall):
    made = wall()
    office.secretary.leading.open_meeting(made.meeting.id).result(10)
    in_call(office, made)
    office.secretary.leading.close_meeting(made.meeting.id).result(10)
    office.wait(lambda: not made.calling.is_aside)
    assert not made.calling.link


def test_a_display_started_again_in_a_call_opens_nothing_by_itself(office, wall, qtbot):
    made = wall()
    in_call(office, made)
    again = RoomDisplay(made._context)
    qtbot.addWidget(again)
    office.secretary.leading.check_in(made.meeting.id, "person-b", "online").result(10)
    office.wait(lambda: again.meeting.is_here("person-b"))
    assert len(office.programs.opened) == 1 and not again.calling.is_aside
    again.join_online()
    assert again.calling.is_aside and len(office.programs.opened) == 1


def test_out_of_the_call_the_window_looks_for_its_screen_again(office, wall, qtbot):
    made = wall()
    made.use_screens("")
    in_call(office, made)
    with qtbot.waitSignal(made.screens.screens_changed, timeout=30_000):
        made.calling.come_back()
    office.wait(made.isFullScreen)


def test_a_copied_passcode_goes_with_the_program(office, wall, qapp):
    made = wall()
    made.calls._put_passcode("482915")
    assert QGuiApplication.clipboard().text() == "482915"
    qapp.aboutToQuit.emit()
    assert QGuiApplication.clipboard().text() == ""
