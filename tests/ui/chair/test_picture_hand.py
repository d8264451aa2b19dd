"""The console's picture of the room is pointed at and written on."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from test_console import console, show_the_paper  # noqa: F401 - a fixture

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def leading(office, console):  # noqa: F811
    """The console with a paper on the room's screen, painted."""
    made = console()
    made.start.click()
    show_the_paper(office, made)
    office.wait(lambda: made.live._page_box.width() > 0)
    return made


def test_the_laser_is_seen_as_long_as_the_button_is_held(leading):
    QTest.mousePress(leading.live, LEFT, pos=QPoint(200, 100))
    assert leading.live.hands.laser is not None
    QTest.mouseRelease(leading.live, LEFT, pos=QPoint(200, 100))
    assert leading.live.hands.laser is None


def test_what_is_written_is_kept_for_everybody_and_taken_back(office, leading):
    marks = lambda: list(leading.live.meeting.marks.values())  # noqa: E731
    leading.hand.pen.click()
    QTest.mousePress(leading.live, LEFT, pos=QPoint(200, 100))
    QTest.mouseMove(leading.live, QPoint(260, 130))
    QTest.mouseRelease(leading.live, LEFT, pos=QPoint(260, 130))
    office.wait(lambda: [mark.audience for mark in marks()] == [("everyone",)])
    assert marks()[0].author == office.secretary.me
    leading.hand.undo.click()
    office.wait(lambda: marks() == [])


def test_the_measured_delay_of_a_turn_is_shown(office, leading):
    """The secretary's console turns; the hub hears when another screen has painted it."""
    other = office.join("person-b")
    office.wait(lambda: other.desk.stage(leading.meeting_id).revision)
    leading.turning.to(1)
    office.wait(lambda: other.desk.stage(leading.meeting_id).page == 1)
    other.following.painted(leading.meeting_id, other.desk.stage(leading.meeting_id).revision)
    office.wait(lambda: "screens: 1" in leading.delay.text())
    assert leading.delay.text().startswith("Measured: ")
