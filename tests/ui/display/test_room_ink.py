"""Ink of the room's screen: seen by everybody while it grows, kept for everybody, taken back."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shown_paper import show_the_paper

from meetingroom.domain.ids import EVERYONE
from meetingroom.ui.stage.canvas import StageCanvas

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def written_on(office, display):
    """The display with a paper shown and the pen in the hand."""
    made = display()
    show_the_paper(office, made)
    office.wait(lambda: made.canvas._page_box.width() > 0)
    made.panel.scenes["pen"].click()
    made.panel.choices.buttons[0].click()
    assert made.hand.tool == "pen"
    return made


def draw(made, *places: tuple[int, int]) -> None:
    """A stroke with the mouse, the button still held."""
    QTest.mousePress(made, LEFT, pos=QPoint(*places[0]))
    for place in places[1:]:
        QTest.mouseMove(made, QPoint(*place))


def layer(desk, made):
    return list(desk.meeting(made.canvas.meeting_id).marks.values())


def test_ink_grows_on_other_screens_and_is_kept_there(office, written_on, qtbot):
    other = StageCanvas(office.secretary)
    qtbot.addWidget(other)
    other.show_meeting(written_on.canvas.meeting_id)
    blob = written_on.canvas.stage().blob
    draw(written_on, (500, 300), (560, 340), (620, 320))
    office.wait(lambda: other.hands.on_page(blob, 0))
    QTest.mouseRelease(written_on, LEFT, pos=QPoint(620, 320))
    office.wait(lambda: layer(office.secretary.desk, written_on))
    mark = layer(office.secretary.desk, written_on)[0]
    assert (mark.audience, mark.author, mark.colour) == ((EVERYONE,), office.room, "red")
    office.wait(lambda: not other.hands.on_page(blob, 0))
    desk = office.secretary.desk
    office.wait(lambda: [mark for mark in layer(desk, written_on) if mark.is_at_hub])


def test_the_room_writes_on_behalf_of_who_unlocked_it(office, written_on):
    draw(written_on, (500, 300), (560, 340))
    QTest.mouseRelease(written_on, LEFT, pos=QPoint(560, 340))
    desk = written_on._context.desk
    office.wait(lambda: any(mark.is_at_hub for mark in layer(desk, written_on)))
    assert not any(mark.is_refused for mark in layer(desk, written_on))


def test_the_newest_stroke_is_taken_back_first(office, written_on):
    desk = office.secretary.desk
    for y in (300, 400):
        draw(written_on, (500, y), (560, y))
        QTest.mouseRelease(written_on, LEFT, pos=QPoint(560, y))
    office.wait(lambda: len(layer(desk, written_on)) == 2)
    first = layer(desk, written_on)[0].id
    QTest.keyClick(written_on, Qt.Key.Key_Z)
    office.wait(lambda: [mark.id for mark in layer(desk, written_on)] == [first])
    written_on.panel.scenes["undo"].click()
    office.wait(lambda: layer(desk, written_on) == [])
    written_on.hand.undo()  # nothing is left


def test_two_fingers_move_the_page_and_leave_no_ink(office, written_on, qapp):
    screen = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    QTest.touchEvent(written_on, screen, False).press(0, QPoint(500, 300), written_on).commit()
    assert written_on.hand.pen.is_down
    both = QTest.touchEvent(written_on, screen, False)
    both.stationary(0).press(1, QPoint(700, 300), written_on).commit()
    both = QTest.touchEvent(written_on, screen, False)
    both.move(0, QPoint(450, 300), written_on).move(1, QPoint(800, 300), written_on).commit()
    assert not written_on.hand.pen.is_down
    both = QTest.touchEvent(written_on, screen, False)
    both.release(0, QPoint(450, 300), written_on).release(1, QPoint(800, 300), written_on).commit()
    assert layer(office.secretary.desk, written_on) == []


def pen(made, kind: QEvent.Type, place: QPointF, pressure: float) -> None:
    """A pen with pressure on the screen."""
    device = QPointingDevice(
        "pen", 8, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else LEFT
    event = QTabletEvent(
        kind, device, place, made.mapToGlobal(place), pressure, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, LEFT, held,
    )  # fmt: skip
    QApplication.sendEvent(made, event)


def test_a_pen_writes_as_hard_as_it_is_pressed(office, written_on):
    pen(written_on, QEvent.Type.TabletPress, QPointF(500, 300), 0.2)
    pen(written_on, QEvent.Type.TabletMove, QPointF(560, 320), 0.9)
    pen(written_on, QEvent.Type.TabletRelease, QPointF(560, 320), 0.0)
    office.wait(lambda: layer(office.secretary.desk, written_on))
    stroke = layer(office.secretary.desk, written_on)[0].shape.strokes[0]
    assert (stroke[0].pressure, stroke[-1].pressure) == (0.2, 0.9)


def test_a_locked_display_holds_no_pen(office, written_on):
    meeting = written_on.canvas.meeting_id
    office.secretary.leading.lock_display(meeting, office.room).result(10)
    office.wait(lambda: not written_on.is_unlocked)
    assert written_on.hand.tool == ""
    QTest.keyClick(written_on, Qt.Key.Key_P)
    assert written_on.hand.tool == ""


def colour_at(made, place: QPoint) -> str:
    return made.canvas.grab().toImage().pixelColor(place).name()


def test_kept_ink_is_painted_on_its_page_only(office, written_on):
    place = QPoint(560, 300)
    before = colour_at(written_on, place)
    draw(written_on, (500, 300), (560, 300), (620, 300))
    QTest.mouseRelease(written_on, LEFT, pos=QPoint(620, 300))
    blob = written_on.canvas.stage().blob
    office.wait(lambda: layer(written_on._context.desk, written_on))
    office.wait(lambda: not written_on.canvas.hands.on_page(blob, 0))
    assert colour_at(written_on, place) != before
    written_on.go_to_page(1)
    office.wait(lambda: written_on.canvas.stage().page == 1)
    assert colour_at(written_on, place) == before
    written_on.go_to_page(0)
    office.wait(lambda: written_on.canvas.stage().page == 0)
    assert colour_at(written_on, place) != before
