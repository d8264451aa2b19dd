"""Fingers, keys and the panel drive the room's picture."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputDevice
from PySide6.QtTest import QTest
from shown_paper import show_the_paper

from meetingroom.domain.records import moment_of
from meetingroom.ui.stage.zooming import is_near

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(scope="module")
def screen(qapp):
    """A touch screen."""
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


def move(made, screen, *ways: tuple[tuple[int, int], ...]) -> None:
    """Fingers, each along its way: all touch, move together, leave together."""
    for number, way in enumerate(zip(*ways, strict=True)):
        sequence = QTest.touchEvent(made, screen, False)
        for finger, place in enumerate(way):
            step = sequence.press if number == 0 else sequence.move
            step(finger, QPoint(*place), made)
        sequence.commit()
    sequence = QTest.touchEvent(made, screen, False)
    for finger, way in enumerate(ways):
        sequence.release(finger, QPoint(*way[-1]), made)
    sequence.commit()


def is_zoomed(made) -> bool:
    size = made.canvas.pages.size(made.canvas.stage().blob, made.canvas.stage().page)
    return is_near(size, made.canvas.stage().view)


def test_a_swipe_turns_on_and_back(office, display, screen):
    made = display()
    show_the_paper(office, made)
    move(made, screen, ((900, 400), (700, 400), (400, 400)))
    office.wait(lambda: made.canvas.stage().view is not None)
    move(made, screen, ((400, 400), (700, 400), (900, 400)))
    office.wait(lambda: made.canvas.stage().view.y0 == 0)


def test_two_fingers_apart_bring_the_page_nearer_for_everybody(office, display, screen):
    made = display()
    show_the_paper(office, made)
    move(made, screen, ((600, 300), (500, 300), (400, 300)), ((700, 300), (800, 300), (900, 300)))
    office.wait(lambda: is_zoomed(made))
    stage = lambda: office.secretary.desk.stage(made.canvas.meeting_id)  # noqa: E731
    office.wait(lambda: stage().view == made.canvas.stage().view)


def test_one_finger_moves_what_is_near(office, display, screen):
    made = display()
    show_the_paper(office, made)
    made.zoom(3.0)
    office.wait(lambda: is_zoomed(made))
    before = made.canvas.stage().view
    move(made, screen, ((640, 360), (540, 360), (440, 360)))
    office.wait(lambda: made.canvas.stage().view.x0 > before.x0)
    assert made.canvas.stage().page == 0


def test_a_locked_display_is_moved_by_no_finger(office, display, screen):
    made = display(unlocked=False)
    move(made, screen, ((600, 300), (500, 300)), ((700, 300), (900, 300)))
    move(made, screen, ((900, 400), (400, 400)))
    assert made.canvas.preview is None
    assert made.canvas.stage().revision == 0


def test_plus_brings_nearer_and_escape_shows_the_whole_width(office, display):
    made = display()
    show_the_paper(office, made)
    QTest.keyClick(made, Qt.Key.Key_Plus)
    office.wait(lambda: is_zoomed(made))
    QTest.keyClick(made, Qt.Key.Key_Escape)
    office.wait(lambda: not is_zoomed(made))


def test_a_clickers_start_button_brings_the_page_back(office, display):
    made = display()
    show_the_paper(office, made)
    QTest.keyClicks(made, "3")
    QTest.keyClick(made, Qt.Key.Key_Return)
    office.wait(lambda: made.canvas.stage().page == 2)
    made.panel.scenes["lobby"].click()
    office.wait(lambda: made.meeting.scene.scene == "lobby")
    QTest.keyClick(made, Qt.Key.Key_F5)
    office.wait(lambda: made.meeting.scene.scene == "paper")
    assert made.canvas.stage().page == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Period, Qt.Key.Key_B])
def test_a_clickers_dark_button_is_a_full_stop_or_b(office, display, key):
    made = display()
    QTest.keyClick(made, key)
    office.wait(lambda: made.meeting.scene.scene == "black")


def test_a_break_of_ten_minutes_is_two_touches(office, display):
    made = display()
    made.open_panel()
    made.panel.scenes["break"].click()
    made.panel.choices.buttons[1].click()
    office.wait(lambda: made.meeting.scene.scene == "break")
    left = moment_of(made.meeting.scene.until) - datetime.now(UTC)
    assert timedelta(minutes=8) < left <= timedelta(minutes=10)
    assert not made.panel.choices.isVisible() and made.panel.list.isVisible()


def test_the_dark_keeps_the_breaks_end(office, display):
    made = display()
    made.panel.break_requested.emit(15)
    office.wait(lambda: made.meeting.scene.scene == "break")
    until = made.meeting.scene.until
    made.toggle_black()
    office.wait(lambda: made.meeting.scene.scene == "black")
    made.toggle_black()
    office.wait(lambda: made.meeting.scene.scene == "break")
    assert made.meeting.scene.until == until


def test_next_up_is_one_touch(office, display):
    made = display()
    made.open_panel()
    made.panel.scenes["next"].click()
    office.wait(lambda: made.meeting.scene.scene == "next")
    office.wait(lambda: made.panel.scenes["next"]._is_chosen)


def test_the_panel_counts_who_is_here_and_names_nobody(office, display):
    made = display()
    made.open_panel()
    assert made.panel.second.text().endswith("Present 0/3")
    office.secretary.leading.check_in(made.canvas.meeting_id, "person-b").result(10)
    office.wait(lambda: made.panel.second.text().endswith("Present 1/3"))


def test_another_screen_is_two_touches_where_there_is_one(office, display):
    made = display()
    made.open_panel()
    assert not made.panel.other_screen.isVisible()
    made.panel.show_screens(["Samsung QM55", "BOE NV140"], 0)
    asked: list[int] = []
    made.panel.screen_chosen.connect(asked.append)
    made.panel.other_screen.click()
    made.panel.choices.buttons[1].click()
    assert asked == [1]
