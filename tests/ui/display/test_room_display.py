"""The room display: keys, clicker and touch, once it is unlocked."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from shown_paper import show_the_paper

from meetingroom.settings import read_settings
from meetingroom.ui.display.touch import TouchButton
from meetingroom.ui.stage.choosing import is_due
from meetingroom.ui.stage.moments import ZONE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")


def test_a_locked_display_turns_no_page(office, display):
    made = display(unlocked=False)
    QTest.keyClick(made, Qt.Key.Key_B)
    QTest.keyClick(made, Qt.Key.Key_PageDown)
    assert made.meeting.scene.scene == "lobby"
    assert made.canvas.stage().revision == 0


def test_the_chairs_pin_typed_on_a_keyboard_unlocks_it(office, display):
    office.secretary.leading.set_pin("2468").result(10)
    made = display(unlocked=False)
    QTest.keyClick(made, Qt.Key.Key_M)
    QTest.keyClicks(made, "2468")
    QTest.keyClick(made, Qt.Key.Key_Return)
    office.wait(lambda: made.is_unlocked)
    office.wait(lambda: not made.panel.pad.isVisible())


def test_a_wrong_pin_is_told_on_the_pad_and_typing_starts_anew(office, display):
    office.secretary.leading.set_pin("2468").result(10)
    made = display(unlocked=False)
    made.open_panel()
    QTest.keyClicks(made, "1111")
    QTest.keyClick(made, Qt.Key.Key_Return)
    office.wait(lambda: made.panel.pad.sentence.text() == "The PIN is wrong.")
    assert not made.panel.pad.enter.isEnabled()


def test_black_and_back_is_the_same_page(office, display):
    made = display()
    show_the_paper(office, made)
    QTest.keyClicks(made, "2")
    QTest.keyClick(made, Qt.Key.Key_Return)
    office.wait(lambda: made.canvas.stage().page == 1)
    QTest.keyClick(made, Qt.Key.Key_B)
    office.wait(lambda: made.meeting.scene.scene == "black")
    QTest.keyClick(made, Qt.Key.Key_PageDown)
    office.wait(lambda: made.meeting.scene.scene == "paper")
    assert made.canvas.stage().page == 1


def test_black_out_of_a_break_is_the_break_again(office, display):
    made = display()
    made.panel.scenes["break"].click()
    made.panel.choices.buttons[-1].click()
    office.wait(lambda: made.meeting.scene.scene == "break")
    made.panel.scenes["black"].click()
    office.wait(lambda: made.meeting.scene.scene == "black")
    made.panel.scenes["black"].click()
    office.wait(lambda: made.meeting.scene.scene == "break")


def test_the_laser_points_at_the_page_and_goes(office, display):
    made = display()
    show_the_paper(office, made)
    office.wait(lambda: made.canvas._page_box.width() > 0)
    QTest.keyClick(made, Qt.Key.Key_L)
    QTest.mouseMove(made, QPoint(640, 300))
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(640, 300))
    assert made.canvas.hands.laser is not None
    QTest.keyClick(made, Qt.Key.Key_L)
    assert made.canvas.hands.laser is None


def test_the_panel_asks_everybody_to_look_at_the_page(office, display):
    made = display()
    show_the_paper(office, made)
    made.open_panel()
    office.wait(made.panel.scenes["summon"].isEnabled)
    made.panel.scenes["summon"].click()
    stage = lambda: office.secretary.desk.stage(made.canvas.meeting_id)  # noqa: E731
    office.wait(lambda: stage().summons == stage().revision > 0)
    assert stage().page == made.canvas.stage().page


def test_one_touch_of_the_panel_opens_the_online_meeting(office, display):
    made = display("https://zoom.us/j/81234567890")
    made.panel.scenes["join"].click()
    office.wait(lambda: office.programs.opened)
    assert made.meeting.scene.scene == "online" and made.calling.is_aside
    assert office.programs.opened == ["https://zoom.us/j/81234567890"]


def test_one_touch_of_the_address_that_is_shown_opens_it(office, display):
    made = display("https://zoom.us/j/81234567890")
    made.panel.scenes["online"].click()
    office.wait(lambda: made.meeting.scene.scene == "online")
    assert office.programs.opened == []
    place = made.canvas.online_boxes()["join"].center().toPoint()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=place)
    office.wait(lambda: office.programs.opened)
    assert office.programs.opened == ["https://zoom.us/j/81234567890"]


def test_a_locked_display_offers_no_way_to_join(office, display):
    made = display("https://zoom.us/j/1", unlocked=False)
    office.secretary.leading.show_scene(made.canvas.meeting_id, "online").result(10)
    office.wait(lambda: made.meeting.scene.scene == "online")
    assert not made.canvas.offers_join
    assert not made.online_touch.press(made.canvas.online_boxes()["join"].center())


def test_without_a_link_the_panel_offers_no_online_meeting(office, display):
    made = display()
    made.open_panel()
    assert not made.panel.scenes["online"].isEnabled()
    assert not made.panel.scenes["join"].isEnabled()


def test_a_meeting_of_another_day_leaves_the_room_idle_until_it_is_led(office, display):
    later = datetime.now(ZONE) + timedelta(days=2)
    made = display(unlocked=False, starts_at=later.isoformat())
    assert not is_due(made.meeting)
    office.secretary.leading.unlock_display(made.canvas.meeting_id, office.room).result(10)
    office.wait(lambda: made.is_unlocked)
    assert is_due(made.meeting)


def test_the_panel_marks_what_the_room_sees(office, display):
    made = display()
    made.open_panel()
    made.panel.scenes["break"].click()
    made.panel.choices.buttons[-1].click()
    office.wait(lambda: made.meeting.scene.scene == "break")
    office.wait(lambda: made.panel.scenes["break"]._is_chosen)
    assert not made.panel.scenes["lobby"]._is_chosen


@pytest.mark.parametrize("height", [720, 1080, 2160])
def test_everything_to_touch_is_large_enough(office, display, height):
    made = display("https://zoom.us/j/1")
    made.resize(height * 16 // 9, height)
    made.open_panel()
    office.wait(lambda: made.panel._rows)
    buttons = [one for one in made.panel.findChildren(TouchButton) if one.isVisibleTo(made)]
    office.wait(lambda: min(button.height() for button in buttons) >= height / 14)
    assert min(box.height() for box in made.canvas.online_boxes().values()) >= height / 14


def test_a_page_number_being_typed_is_shown_until_it_is_used_or_taken_back(office, display):
    made = display()
    show_the_paper(office, made)
    QTest.keyClicks(made, "13")
    assert made.canvas.typed == "13"
    QTest.keyClick(made, Qt.Key.Key_Backspace)
    assert made.canvas.typed == "1" and made.canvas.stage().page == 0
    QTest.keyClicks(made, "2")
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert made.canvas.typed == ""
    QTest.keyClicks(made, "2")
    QTest.keyClick(made, Qt.Key.Key_Return)
    office.wait(lambda: made.canvas.stage().page == 1)
    assert made.canvas.typed == ""


def test_the_display_goes_to_its_screen_and_keeps_which_one_it_was(office, display):
    made = display()
    made.use_screens("")
    kept = lambda: read_settings(office.root / office.room).room_screen  # noqa: E731
    office.wait(kept)
    assert kept().startswith(made.screen().name() + "|")
    assert made.isFullScreen()
    assert not made.panel.other_screen.isVisible()


def test_a_screen_that_went_is_told_to_who_leads_until_it_is_back(office, display):
    made = display()
    made.use_screens("")
    there = lambda: office.secretary.desk.meeting(made.canvas.meeting_id).faults  # noqa: E731
    made.screens.lost.emit("Samsung QM55")
    office.wait(lambda: (office.room, "display.screen_lost") in there())
    made.screens.found.emit()
    office.wait(lambda: not there())


def test_out_of_the_call_the_room_is_back_at_its_page(office, display):
    made = display("https://zoom.us/j/81234567890")
    show_the_paper(office, made)
    made.turning.to(2)
    office.wait(lambda: made.canvas.stage().page == 2)
    made.join_online()
    office.wait(lambda: office.programs.opened)
    assert not made.isFullScreen() and made.calling.bar is None  # no room, nothing shown
    assert made.windowFlags() & Qt.WindowType.WindowStaysOnBottomHint
    QTest.keyClick(made, Qt.Key.Key_Escape)
    office.wait(lambda: made.meeting.scene.scene == "paper")
    assert made.canvas.stage().page == 2
    assert made.isFullScreen() and not made.calling.is_aside
