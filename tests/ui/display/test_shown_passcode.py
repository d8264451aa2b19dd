"""The passcode of an online meeting: never by itself, large on request, gone again."""

import logging

import pytest
from online_meeting import ADDRESS, PASSCODE, online_meeting
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meetingroom.domain.facts import SceneShown
from meetingroom.ui.stage import moments


@pytest.fixture
def shown(office, room_display):
    """A locked display at the online scene of a meeting with a passcode."""

    def make(**said: object):
        meeting = online_meeting(office, passcode=PASSCODE, **said)
        made = room_display(meeting)
        office.secretary.leading.show_scene(meeting, "online").result(10)
        office.wait(lambda: made.meeting.scene.scene == "online")
        return made

    return make


def on_screen(made):
    made.canvas.grab()
    return made.canvas.online.shown(made.meeting, offers=made.is_unlocked)


def test_no_passcode_is_seen_before_somebody_asks(shown):
    made = shown(is_for_all=True)
    seen = on_screen(made)
    assert seen.passcode is None
    assert seen.address == ""
    assert seen.acts == ()


def test_who_leads_shows_it_also_on_a_locked_display(office, shown):
    made = shown()
    link = made.canvas.link()
    office.secretary.leading.show_passcode(made.canvas.meeting_id, link.link).result(10)
    office.wait(lambda: on_screen(made).passcode == PASSCODE)
    assert not made.is_unlocked


def test_one_touch_shows_it_on_an_unlocked_display_and_one_hides_it(office, shown):
    made = shown()
    office.secretary.leading.unlock_display(made.canvas.meeting_id, office.room).result(10)
    office.wait(lambda: "passcode" in on_screen(made).acts)
    place = made.canvas.online_boxes()["passcode"].center().toPoint()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=place)
    office.wait(lambda: on_screen(made).passcode == PASSCODE)
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=place)
    office.wait(lambda: on_screen(made).passcode is None)
    assert made.meeting.scene.scene == "online"


def test_the_panel_shows_it_at_the_second_press(office, shown):
    made = shown()
    office.secretary.leading.unlock_display(made.canvas.meeting_id, office.room).result(10)
    office.wait(lambda: made.is_unlocked)
    made.open_panel()
    button = made.panel.scenes["online"]
    assert button.accessibleName() == "Show the passcode"
    button.click()
    office.wait(lambda: on_screen(made).passcode == PASSCODE)
    office.wait(lambda: button.accessibleName() == "Hide the passcode")


def test_it_goes_by_itself_when_its_time_is_over(office, shown):
    made = shown()
    until = moments.now().isoformat()
    scene = SceneShown(scene="online", passcode=True, until=until)
    office.secretary.leading.show_again(made.canvas.meeting_id, scene).result(10)
    office.wait(lambda: made.meeting.scene.passcode)
    assert on_screen(made).passcode is None


@pytest.mark.parametrize(
    ("is_for_all", "address"), [(True, f"{ADDRESS}?pwd={PASSCODE}"), (False, "")]
)
def test_the_picture_code_has_it_only_where_all_may_join(office, shown, is_for_all, address):
    made = shown(is_for_all=is_for_all)
    link = made.canvas.link()
    office.secretary.leading.show_passcode(made.canvas.meeting_id, link.link).result(10)
    office.wait(lambda: on_screen(made).passcode == PASSCODE)
    assert on_screen(made).address == address


def test_no_file_and_no_line_of_the_log_has_it(office, shown, caplog):
    caplog.set_level(logging.INFO)  # as the program logs
    caplog.set_level(logging.DEBUG, "meetingroom")
    made = shown()
    office.secretary.leading.show_passcode(made.canvas.meeting_id, "").result(10)
    office.wait(lambda: on_screen(made).passcode == PASSCODE)
    assert PASSCODE not in caplog.text
    data = (office.root / office.room).rglob("*")
    files = [file for file in data if file.is_file()]
    assert files
    assert not [file for file in files if PASSCODE.encode() in file.read_bytes()]


def test_another_scene_forgets_it(office, shown):
    made = shown()
    office.secretary.leading.show_passcode(made.canvas.meeting_id, "").result(10)
    office.wait(lambda: on_screen(made).passcode == PASSCODE)
    office.secretary.leading.show_scene(made.canvas.meeting_id, "online").result(10)
    office.wait(lambda: on_screen(made).passcode is None)
    assert made.canvas.online._entrance is None


def test_the_higher_levels_own_system_has_no_button(office, shown):
    made = shown(url="", secret=None, local_secret=None, site="UBND xã Mẫu")
    office.secretary.leading.unlock_display(made.canvas.meeting_id, office.room).result(10)
    office.wait(lambda: made.is_unlocked)
    assert on_screen(made).acts == ()
    made.open_panel()
    assert not made.panel.scenes["join"].isEnabled()
