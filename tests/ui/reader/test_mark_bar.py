"""The bar of tools: every tool by mouse and by key, what is chosen holds for every view."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from meetingroom.domain.geometry import Rect
from meetingroom.domain.marks import Box, Stamp
from meetingroom.services.marking import Content
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.reader.mark_bar import MarkBar, stamp_names, tool_families

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "Mouse event occurs outside", "support raise", "grabbing the keyboard"
)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot, theme):
    made = MarkBar()
    qtbot.addWidget(made)
    made.resize(786, 60)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_at_1366_all_tools_stand_in_one_line_and_are_large_enough_for_fingers(bar):
    bar.finger.show()
    bar.choose_audience(("everyone",))
    QTest.qWait(0)
    buttons = [*dict.fromkeys(bar.buttons.values()), bar.undo, bar.redo, bar.colour, bar.finger]
    assert len({button.y() for button in buttons}) == 1
    assert all(button.width() >= 44 and button.height() >= 44 for button in buttons)
    assert max(button.geometry().right() for button in buttons) < bar.audience.x()
    assert bar.audience.geometry().right() <= bar.width()


def test_the_words_of_the_audience_come_back_with_the_room(bar):
    bar.choose_audience(("everyone",))
    bar.resize(500, 120)
    assert bar.audience.text() == "" and bar.audience.accessibleName()
    bar.resize(1100, 60)
    assert bar.audience.text() == bar.audience.accessibleName()


def test_pressing_a_family_again_offers_the_others(bar):
    chosen = []
    bar.tool_changed.connect(chosen.append)
    button = bar.buttons[Tool.BOX]
    QTest.mouseClick(button, LEFT)
    assert chosen == [Tool.BOX] and not button.others.isVisible()
    QTest.mouseClick(button, LEFT)
    assert button.others.isVisible() and chosen == [Tool.BOX]
    button.others.close()
    button.others.actions()[1].trigger()
    assert chosen == [Tool.BOX, Tool.ARROW] and button.isChecked()
    QTest.mouseClick(bar.buttons[Tool.HAND], LEFT)
    QTest.mouseClick(button, LEFT)
    assert chosen[-1] == Tool.ARROW


def test_every_tool_has_its_own_key_and_a_name(bar):
    rows = [row for family in tool_families() for row in family]
    keys = [row[3] for row in rows]
    assert len(set(keys)) == len(keys) and all(row[2] for row in rows)
    assert {row[0] for row in rows} == set(Tool)


def test_lines_and_washes_have_colours_of_their_own(bar, theme):
    lines, washes = [], []
    bar.line_colour_changed.connect(lines.append)
    bar.colour_changed.connect(washes.append)
    bar.choose(Tool.HIGHLIGHT)
    bar.choose_colour("green")
    bar.choose(Tool.PEN)
    bar.choose_colour("red")
    assert (washes, lines) == (["green"], ["red"])
    bar._fill_looks()
    assert len(bar.looks.actions()) == 6 + 1 + 3


def test_a_stamps_words_are_chosen_from_the_menu_by_keys_alone(bar, qtbot):
    words = []
    bar.stamp_changed.connect(words.append)
    bar.buttons[Tool.STAMP].setFocus()
    QTest.keyClick(bar.buttons[Tool.STAMP], Qt.Key.Key_Space)
    assert bar.stamps.isVisible()
    QTest.keyClick(bar.stamps, Qt.Key.Key_Down)
    QTest.keyClick(bar.stamps, Qt.Key.Key_Down)
    QTest.keyClick(bar.stamps, Qt.Key.Key_Return)
    assert words == [stamp_names()[1]] and bar.tool is Tool.STAMP


# --- in the reading room ----------------------------------------------------------------------


def test_a_stamp_chosen_in_the_bar_is_put_and_kept(room, desk, qtbot):
    room.bar.choose_stamp("Đồng ý")
    QTest.mouseClick(room.view, LEFT, pos=QPoint(300, 260))
    qtbot.waitUntil(lambda: bool(desk.marks) and not room.view.pending)
    assert isinstance(desk.marks[0].shape, Stamp) and desk.marks[0].text == "Đồng ý"
    assert [mark.id for mark in room.view.picks.marks] == [desk.marks[0].id]


def test_keys_alone_put_a_box_move_recolour_and_take_it_back(room, desk, qtbot):
    room.view.setFocus()
    room.bar.choose(Tool.BOX)
    QTest.keyClick(room.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.marks) and not room.view.pending)
    before = desk.marks[0]
    assert isinstance(before.shape, Box)
    QTest.keyClick(room.view, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: desk.marks[0].shape != before.shape)
    room.bar.choose_colour("red")
    qtbot.waitUntil(lambda: desk.marks[0].colour == "red")
    for _ in range(3):
        room.own_marks.undo()
    qtbot.waitUntil(lambda: desk.marks == [])
    for _ in range(3):
        room.own_marks.redo()
    qtbot.waitUntil(lambda: bool(desk.marks) and desk.marks[0].colour == "red")


def test_a_second_view_has_the_tools_of_the_first(room):
    room.bar.choose(Tool.ARROW)
    room.bar.choose_colour("blue")
    room.bar.finger.setChecked(True)
    room.reading.menu.room.setChecked(True)
    view = room.panes.open().view
    assert (view.tool, view.line_colour) == (Tool.ARROW, "blue")
    assert view.hands.draws_with_finger and view.lens.has_room


def test_there_is_room_to_write_beside_the_page(room, desk, qtbot):
    room.reading.menu.room.setChecked(True)
    sheet = room.view.lens.sheet()
    assert sheet.box.width() > 1.3 * sheet.paper.width()
    room.bar.choose(Tool.PEN)
    start = QPoint(round(sheet.paper.right()) + 20, 300)
    QTest.mousePress(room.view, LEFT, pos=start)
    room.view.pointer.move(start.toPointF() + QPoint(30, 30))
    QTest.mouseRelease(room.view, LEFT, pos=start + QPoint(30, 30))
    qtbot.waitUntil(lambda: bool(desk.marks))
    assert desk.marks[0].shape.strokes[0][0].x > sheet.size.width


def test_what_somebody_wrote_beside_a_page_is_given_its_room(room, desk, qtbot):
    beside = Box(box=Rect(620, 100, 700, 160))
    assert not room.view.lens.has_room
    blob = room.view.blob
    room._context.marking.put(
        room.meeting_id, room.paper().paper, blob, 0, Content(shape=beside)
    ).result(5)
    qtbot.waitUntil(lambda: room.view.lens.has_room)
    room.reading.menu.room.setChecked(False)
    room.view.repaint()
    QTest.qWait(0)
    assert not room.view.lens.has_room  # who does not want it is not asked again


def test_where_room_is_scarce_the_audience_is_told_in_one_word(bar):
    bar.choose_audience(("everyone",))
    widths = range(1100, 500, -10)
    said = []
    for width in widths:
        bar.resize(width, 60)
        said.append(bar.audience.text())
    assert list(dict.fromkeys(said))[:2] == ["Cả cuộc họp", "Mọi người"]


def test_room_that_somebody_took_away_does_not_come_back_by_itself(room):
    menu = room.reading.menu.room
    room.view.marks_beside.emit()
    assert menu.isChecked()
    menu.trigger()
    room.view.marks_beside.emit()
    assert not menu.isChecked()
