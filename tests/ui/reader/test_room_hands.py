"""The laser and growing ink in the reading room: others' and, for who leads, one's own."""

import pytest
from one_desk import CHAIR, MEETING
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from meetingroom.domain.facts import MeetingOpened, TurningGiven
from meetingroom.domain.geometry import InkPoint, Point
from meetingroom.domain.ids import EVERYONE
from meetingroom.domain.stage import Laser, Stage, Stroke
from meetingroom.ui.page.tools import Tool

LEFT = Qt.MouseButton.LeftButton
LINE = (InkPoint(100, 100), InkPoint(200, 120), InkPoint(300, 100))


class Line:
    """The line to the hub, of which only what hands do is looked at."""

    def __init__(self) -> None:
        self.lasers: list[Laser] = []
        self.strokes: list[Stroke] = []

    def point(self, laser, behalf):
        self.lasers.append(laser)

    def draw(self, stroke, behalf):
        self.strokes.append(stroke)

    def wake(self):
        """Nothing is sent anywhere."""

    def stop(self):
        """Nothing was started."""


@pytest.fixture
def shown(room, desk, qtbot):
    """The first page of the first paper is what the room sees."""
    blob = desk.desk.meeting(MEETING).papers["paper-Một"].current.blob
    with qtbot.waitSignal(desk.context.bridge.stage_heard):
        desk.desk.stage_heard(Stage(meeting=MEETING, revision=1, paper="paper-Một", blob=blob))
    return blob


@pytest.fixture
def line(desk, shown):
    """This person turns the room's pages; what is sent for everybody is seen here."""
    made = Line()
    desk.desk.attach(made)
    desk.write(MeetingOpened())
    desk.write(TurningGiven(person=desk.context.me))
    return made


def colour_at(room, x: float, y: float) -> str:
    """What is painted at a place of the current page."""
    sheet = room.view.lens.sheet()
    where = sheet.transform().map(QPointF(x, y)).toPoint()
    return room.view.grab().toImage().pixelColor(where).name()


def hear(desk, qtbot, stroke: Stroke) -> None:
    with qtbot.waitSignal(desk.context.bridge.stroke_heard):
        desk.desk.stroke_heard(stroke)


def test_the_laser_of_the_chair_is_seen_and_goes(room, desk, shown, qtbot):
    before = colour_at(room, 200, 200)
    with qtbot.waitSignal(desk.context.bridge.laser_heard):
        desk.desk.laser_heard(Laser(meeting=MEETING, x=200.0, y=200.0))
    assert colour_at(room, 200, 200) != before
    with qtbot.waitSignal(desk.context.bridge.laser_heard):
        desk.desk.laser_heard(Laser(meeting=MEETING))
    assert colour_at(room, 200, 200) == before


def test_the_laser_goes_when_the_page_is_turned(room, desk, shown, qtbot):
    desk.desk.laser_heard(Laser(meeting=MEETING, x=200.0, y=200.0))
    turned = Stage(meeting=MEETING, revision=2, paper="paper-Một", blob=shown, page=1)
    with qtbot.waitSignal(desk.context.bridge.stage_heard):
        desk.desk.stage_heard(turned)
    assert room.hands.live.laser is None


def test_growing_ink_of_the_chair_is_seen_on_its_page(room, desk, shown, qtbot):
    before = colour_at(room, 200, 120)
    stroke = Stroke(meeting=MEETING, blob=shown, page=0, points=LINE, width=6, author=CHAIR)
    hear(desk, qtbot, stroke)
    assert colour_at(room, 200, 120) != before
    hear(desk, qtbot, Stroke(meeting=MEETING, blob=shown, page=0, author=CHAIR))
    assert colour_at(room, 200, 120) == before


def test_ink_that_grows_on_another_page_is_not_painted_here(room, desk, shown, qtbot):
    before = room.view.grab().toImage()
    hear(desk, qtbot, Stroke(meeting=MEETING, blob=shown, page=2, points=LINE, author=CHAIR))
    assert room.view.grab().toImage() == before


# --- one's own --------------------------------------------------------------------------------


def test_only_who_turns_the_pages_is_offered_the_laser(room, desk, line, qtbot):
    qtbot.waitUntil(room.top.laser.isVisible, timeout=20_000)
    desk.write(TurningGiven(person=""))
    qtbot.waitUntil(lambda: not room.top.laser.isVisible(), timeout=20_000)


def hover(room, x: float, y: float) -> None:
    """The mouse moves over a place of the current page, no button held."""
    where = room.view.lens.sheet().transform().map(QPointF(x, y))
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, room.view.mapToGlobal(where), none, none,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(room.view, event)


def test_the_mouse_points_for_everybody_until_it_is_put_down(room, line, qtbot):
    qtbot.waitUntil(room.top.laser.isVisible, timeout=20_000)
    room.top.laser.click()
    hover(room, 100, 150)
    for x in range(101, 140):
        hover(room, x, 150)
    qtbot.waitUntil(lambda: line.lasers[-1].x == pytest.approx(139, abs=0.2), timeout=20_000)
    assert len(line.lasers) < 30  # no oftener than anybody sees
    assert room.hands.live.laser == Point(line.lasers[-1].x, line.lasers[-1].y)
    QTest.keyClick(room.view, Qt.Key.Key_Escape)
    assert line.lasers[-1].x is None and not room.top.laser.isChecked()


def test_a_page_the_room_does_not_see_is_not_pointed_at(room, line, qtbot):
    qtbot.waitUntil(room.top.laser.isVisible, timeout=20_000)
    room.top.laser.click()
    room.turn(2)
    hover(room, 100, 400)
    assert [laser for laser in line.lasers if laser.x is not None] == []


def test_what_is_written_for_everybody_grows_for_everybody(room, desk, line, qtbot):
    qtbot.waitUntil(room.top.laser.isVisible, timeout=20_000)
    room.bar.choose(Tool.PEN)
    room.view.audience = (EVERYONE,)
    QTest.mousePress(room.view, LEFT, pos=QPoint(300, 200))
    QTest.mouseMove(room.view, QPoint(360, 240))
    qtbot.waitUntil(lambda: bool(line.strokes), timeout=20_000)
    QTest.mouseRelease(room.view, LEFT, pos=QPoint(360, 240))
    qtbot.waitUntil(lambda: bool(desk.marks), timeout=20_000)
    kept, last = desk.marks[0].shape.strokes[0], line.strokes[-1]
    assert last.points == kept and last.points[0] == line.strokes[0].points[0]


def test_what_is_written_for_oneself_grows_for_nobody(room, desk, line, qtbot):
    room.bar.choose(Tool.PEN)
    QTest.mousePress(room.view, LEFT, pos=QPoint(300, 200))
    QTest.mouseMove(room.view, QPoint(360, 240))
    QTest.mouseRelease(room.view, LEFT, pos=QPoint(360, 240))
    qtbot.waitUntil(lambda: bool(desk.marks), timeout=20_000)
    assert line.strokes == []
