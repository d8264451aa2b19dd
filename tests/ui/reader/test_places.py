"""Scrolling through the pack, and papers side by side."""

import pytest
from one_desk import MEETING
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from meetingroom.domain.geometry import Rect
from meetingroom.domain.paper import Link
from meetingroom.ui.page.glide import Glide
from meetingroom.ui.page.momentum import Momentum
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.reader.agenda_rows import LINE, AgendaLine
from meetingroom.ui.reader.pack import Place
from meetingroom.wording import tr

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside")
LEFT = Qt.MouseButton.LeftButton


def at(room):
    return (room.place.paper, room.place.page)


def test_scrolling_on_goes_from_paper_to_paper_and_the_bar_says_where(room):
    reached = [at(room)]
    for _ in range(200):
        if not room.view.scroll_page(0, 50):
            break
        if at(room) != reached[-1]:
            reached.append(at(room))
    assert reached == [
        ("paper-Một", 0), ("paper-Một", 1), ("paper-Một", 2), ("paper-Hai", 0), ("paper-Hai", 1),
    ]  # fmt: skip
    assert room.number.text() == "2" and "5/5" in room.where.accessibleName()


def test_scrolling_oneself_stops_following(room):
    room.ribbon.set_following(True)
    room.view.scroll_page(0, 5000)
    assert not room.ribbon.is_following


def test_a_mark_stands_on_the_page_that_was_touched_not_on_the_one_that_was_read(room, desk, qtbot):
    room.view.zoom_by(0.3)
    second = next(one for one in room.view.lens.sheets() if one.leaf.page == 1)
    QTest.mouseClick(room.bar.buttons[Tool.NOTE], LEFT)
    QTest.mouseClick(room.view, LEFT, pos=second.paper.center().toPoint())
    QTest.keyClicks(room.view.editor.words, "trang hai")
    room.view.finish()
    qtbot.waitUntil(lambda: bool(desk.marks))
    assert desk.marks[0].page == 1 and at(room) == ("paper-Một", 1)


def test_two_pages_turn_by_two(room):
    room.reading.look_requested.emit("two")
    QTest.keyClick(room.view, Qt.Key.Key_PageDown)
    assert at(room) == ("paper-Một", 2)
    QTest.keyClick(room.view, Qt.Key.Key_PageDown)
    assert at(room) == ("paper-Hai", 0)
    QTest.keyClick(room.view, Qt.Key.Key_PageUp)
    assert at(room) == ("paper-Một", 2)


def test_papers_side_by_side_keep_their_own_places(room):
    room.go(Place(paper="paper-Một", page=2))
    room.places.show_side_by_side(2)
    left, right = room.panes.panes
    assert (left.place.paper, left.place.page) == ("paper-Một", 2)
    assert at(room) == ("paper-Hai", 0)
    QTest.keyClick(right.view, Qt.Key.Key_PageDown)
    assert right.place.page == 1 and left.place.page == 2
    QTest.mouseClick(left.view, LEFT, pos=QPoint(40, 40))
    assert room.view is left.view and room.number.text() == "3"


def test_the_tool_and_the_audience_hold_in_every_pane(room):
    room.bar.choose(Tool.PEN)
    room.places.show_side_by_side(3)
    assert {view.tool for view in room.panes.views} == {Tool.PEN}
    room.bar.choose(Tool.HAND)
    room.bar.choose_audience(("chair",))
    assert {view.tool for view in room.panes.views} == {Tool.HAND}
    assert {view.audience for view in room.panes.views} == {("chair",)}


def test_a_closed_pane_leaves_the_other_and_there_is_always_one(room):
    room.places.show_side_by_side(2)
    left, right = room.panes.panes
    left.head.close_requested.emit()
    assert room.panes.panes == [right] and room.view is right.view
    right.head.close_requested.emit()
    assert room.panes.panes == [right]


def test_another_meeting_opens_in_one_pane(room):
    room.places.show_side_by_side(3)
    room.open_meeting(MEETING)
    assert len(room.panes.panes) == 1


def test_a_paper_is_turned_for_reading_and_back(room, qtbot):
    upright = room.view.lens.box()
    room.reading.look_requested.emit("right")
    lying = room.view.lens.box()
    assert lying.width() > lying.height() and upright.height() > upright.width()
    room.reading.look_requested.emit("left")
    assert room.view.lens.box() == upright


def test_a_thrown_page_glides_on_slows_down_and_stops(qapp, qtbot):
    steps = []
    momentum = Momentum(qapp, lambda dx, dy: steps.append(dy) or True)
    momentum.start(0, 900)
    qtbot.waitUntil(lambda: not momentum.is_gliding, timeout=10_000)
    assert sum(steps) > 50 and abs(steps[-1]) < abs(max(steps))


def test_a_glide_ends_where_nothing_moves(qapp, qtbot):
    momentum = Momentum(qapp, lambda _dx, _dy: False)
    momentum.start(0, 5000)
    qtbot.waitUntil(lambda: not momentum.is_gliding)


def test_notches_of_a_wheel_add_up_and_are_all_gone_by_the_end(qapp, qtbot):
    steps = []
    glide = Glide(qapp, lambda step: steps.append(step) or True)
    glide.by(90)
    glide.by(90)
    qtbot.waitUntil(lambda: not glide.is_gliding)
    assert sum(steps) == pytest.approx(180) and len(steps) > 1


def test_a_notch_back_forgets_what_was_still_to_go(qapp, qtbot):
    steps = []
    glide = Glide(qapp, lambda step: steps.append(step) or True)
    glide.by(500)
    glide.by(-60)
    qtbot.waitUntil(lambda: not glide.is_gliding)
    assert sum(steps) == pytest.approx(-60)


def test_what_is_zoomed_on_another_page_stays_under_the_pointer(room):
    room.view.zoom_by(0.35)
    second = next(one for one in room.view.lens.sheets() if one.leaf.page == 1)
    anchor = QPointF(second.paper.center().x(), second.paper.top() + 20)
    before = second.to_page(anchor)
    room.view.zoom_by(2.0, anchor)
    sheet = room.view.lens.sheet_at(anchor)
    assert sheet.leaf.page == 1
    after = sheet.to_page(anchor)
    assert abs(after.x - before.x) < 3 and abs(after.y - before.y) < 3


def offered(room):
    """What can be pressed in the bar over the pages, by its words."""
    buttons = room.info.findChildren(QPushButton)
    return {one.text(): one for one in buttons if one.isVisible()}


def touch_link(room):
    """Press where the link of the first page lies."""
    where = room.view.lens.view_rect(Rect(100, 100, 200, 120)).center().toPoint()
    QTest.mouseClick(room.view, LEFT, pos=where)


def test_a_link_inside_a_paper_goes_to_its_page(room, desk, qtbot):
    desk.pages.links_of = {0: (Link(box=Rect(100, 100, 200, 120), page=2),)}
    touch_link(room)
    qtbot.waitUntil(lambda: at(room) == ("paper-Một", 2))


def test_a_link_outside_asks_first_and_opens_only_web_and_mail(room, desk, qtbot):
    opened = []
    object.__setattr__(room.tidings._context, "open_address", opened.append)
    desk.pages.links_of = {0: (Link(box=Rect(100, 100, 200, 120), uri="https://xa.example/a"),)}
    touch_link(room)
    qtbot.waitUntil(room.info.isVisible)
    assert not opened
    QTest.mouseClick(offered(room)[tr("Open the link")], LEFT)
    assert opened == ["https://xa.example/a"]


def test_a_link_that_starts_a_program_is_never_offered(room, desk, qtbot):
    desk.pages.links_of = {0: (Link(box=Rect(100, 100, 200, 120), uri="file:///C:/a.exe"),)}
    touch_link(room)
    qtbot.waitUntil(room.info.isVisible)
    assert tr("Open the link") not in offered(room)


def test_panels_give_way_to_papers_side_by_side_and_come_back(room):
    assert room.notes.isVisible()
    room.places.show_side_by_side(2)
    assert not room.notes.isVisible()
    room.resize(1350, 768)
    assert not room.notes.isVisible()
    room.places.show_side_by_side(1)
    assert room.notes.isVisible()


def test_a_panel_somebody_closed_stays_closed(room):
    room.notes_button.setChecked(False)
    room.places.show_side_by_side(2)
    room.places.show_side_by_side(1)
    assert not room.notes.isVisible()


def test_the_page_that_is_read_stands_beside_its_paper_in_the_agenda(room):
    room.go(Place(paper="paper-Một", page=2))
    rows = [room.contents.agenda.item(at).data(LINE) for at in (1, 2)]
    assert [AgendaLine(*row).right for row in rows] == ["3/3", "2 tr."]
    room.go(Place(paper="paper-Hai", page=0))
    rows = [room.contents.agenda.item(at).data(LINE) for at in (1, 2)]
    assert [AgendaLine(*row).right for row in rows] == ["3 tr.", "1/2"]


def test_a_pane_that_was_wide_can_become_narrow_however_long_its_title_is(room):
    room.places.show_side_by_side(3)
    head = room.panes.panes[0].head
    head.resize(1200, head.height())
    head.show_place("2.1 " + "Báo cáo kinh tế - xã hội " * 9, 1, 48, [])
    assert head.title.text().count("Báo cáo") > 1
    assert head.layout().minimumSize().width() <= 260
