"""A presenter in the reading room: a clicker turns the pages of the large display meanwhile."""

import pytest
from one_desk import ME, MEETING
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meetingroom.domain import facts
from meetingroom.ui.reader.turning_strip import TurningStrip

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside")


@pytest.fixture
def strip(room, desk, qtbot):
    """The page-turning is with this person; the room sees the first paper."""
    desk.write(facts.MeetingOpened())
    desk.write(facts.ItemStarted(item="item-1"))
    desk.write(facts.SceneShown(scene="paper", item="item-1", paper="paper-Một"))
    desk.write(facts.TurningGiven(person=ME))
    found = next(part for part in room.taking_part.parts if isinstance(part, TurningStrip))
    qtbot.waitUntil(found.isVisible)
    # The room's screen shows a page in screenfuls; here it is turned whole.
    paper = desk.desk.meeting(MEETING).papers["paper-Một"]
    qtbot.waitUntil(lambda: bool(found.live.pages.shape(paper.current.blob)))
    return found


def test_the_keys_of_a_clicker_turn_the_rooms_page_and_not_the_own(strip, room, desk, qtbot):
    before = desk.desk.stage(MEETING).revision
    room.view.setFocus()
    QTest.keyClick(room.view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: desk.desk.stage(MEETING).revision > before)
    assert desk.desk.stage(MEETING).paper == "paper-Một"
    assert room.place.page == 0


def test_given_back_the_keys_turn_the_own_page_again(strip, room, desk, qtbot):
    desk.write(facts.TurningGiven(person=""))
    qtbot.waitUntil(strip.isHidden)
    before = desk.desk.stage(MEETING).revision
    QTest.keyClick(room.view, Qt.Key.Key_PageDown)
    assert room.place.page == 1 and desk.desk.stage(MEETING).revision == before
