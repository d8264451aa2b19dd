"""One's notes on a new version: told, listed, confirmed, put by hand with mouse, finger, keys."""

import pytest
from msgspec.structs import replace
from one_desk import MEETING, papers
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputDevice
from PySide6.QtTest import QTest

from meetingroom.domain.geometry import InkPoint, Point, Quad, Rect
from meetingroom.domain.marks import Ink, Mark, Note, TextMark
from meetingroom.services.carrying import Carried
from meetingroom.services.marking import Content
from meetingroom.ui.controls import Label
from meetingroom.ui.page.lens import Fit
from meetingroom.ui.page.tools import Tool

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside")
NOTE = Note(at=Point(100, 120))
WORDS = TextMark(quads=(Quad.of(Rect(40, 60, 110, 76)),), quote="w0.0 w0.1")


def mark(desk, text: str, shape: Note | TextMark | Ink = NOTE, page: int = 0) -> str:
    blob = desk.desk.meeting(MEETING).papers["paper-Một"].current.blob
    content = Content(shape=shape, text=text)
    return desk.context.marking.put(MEETING, "paper-Một", blob, page, content).result(30)


def new_version(desk, qtbot, room, pages: int = 4) -> None:
    put = papers(desk.desk.blobs, {"Một-hai": pages})[0]
    desk.write(replace(put, paper="paper-Một", title="Một", version=2))
    qtbot.waitUntil(lambda: len(room.meeting.papers["paper-Một"].versions) == 2)
    room.places.go_to_paper("paper-Một", 0)


@pytest.fixture
def carried(room, desk, qtbot):
    """The room with four notes of one's own on version 2: one of each outcome."""
    desk.pages.certainties = {
        "moved": ("words", 2), "guess": ("look", 1), "gone": ("unplaced", 1),
    }  # fmt: skip
    for text in ("same", "moved", "guess", "gone"):
        mark(desk, text)
    new_version(desk, qtbot, room)
    qtbot.waitUntil(lambda: "1 theo chữ" in words(room) and "bản cũ" not in words(room))
    return room


def words(room) -> str:
    return room.carried_bar.words.text() if room.carried_bar.isVisible() else ""


def by_text(room) -> dict[str, object]:
    blob = room.meeting.papers["paper-Một"].current.blob
    return {one.text: one for one in room.meeting.marks_on(blob)}


def row(room, text: str):
    (found,) = (one.id for one in room.meeting.marks.values() if one.text == text)
    return room.carried_panel.rows.row(found)


def press(room, qtbot, text: str, button: str) -> None:
    from meetingroom.ui.controls import Button

    qtbot.waitUntil(lambda: row(room, text) is not None)
    found = [one for one in row(room, text).findChildren(Button) if one.text() == button]
    assert len(found) == 1, button
    found[0].click()


def test_a_quiet_bar_counts_what_became_of_the_notes(carried):
    expected = "Bản 2: 4 ghi chú của bạn: 1 đúng chỗ, 1 theo chữ, 2 cần bạn xem"
    assert words(carried) == expected


def test_carried_notes_are_on_the_new_pages(carried):
    shown = {one.text: one.page for one in carried.view.marks_on((carried.view.blob, 0))}
    assert shown == {"same": 0}
    assert {text: one.page for text, one in by_text(carried).items()} == {
        "same": 0, "moved": 2, "guess": 1,
    }  # fmt: skip


def test_a_paper_without_another_version_has_no_bar(room, desk, qtbot):
    mark(desk, "same")
    qtbot.waitUntil(lambda: len(room.view.marks) == 1)
    assert not room.carried_bar.isVisible()


def test_the_list_leads_to_a_note(carried, qtbot):
    carried.carried_bar.see.click()
    press(carried, qtbot, "moved", "tr. 3")
    assert carried.view.page == 2 and carried.carried_panel.isVisible()


def test_the_list_and_the_notes_take_turns_beside_the_pages(carried):
    assert carried.notes.isVisible()
    carried.carried_bar.see.click()
    carried.resize(1500, 800)
    assert carried.carried_panel.isVisible() and not carried.notes.isVisible()
    carried.notes_button.click()
    assert carried.notes.isVisible() and not carried.carried_panel.isVisible()


def test_a_guess_that_is_right_needs_no_eye_any_more(carried, qtbot):
    carried.carried_bar.see.click()
    press(carried, qtbot, "guess", "Đúng chỗ")
    qtbot.waitUntil(lambda: "2 đúng chỗ" in words(carried))
    assert "1 cần bạn xem" in words(carried)
    carried.toast.undo()
    qtbot.waitUntil(lambda: "2 cần bạn xem" in words(carried))


@pytest.fixture
def placing(carried, qtbot):
    """The old page with the note without a place, beside the new page to put it on."""
    carried.carried_bar.see.click()
    press(carried, qtbot, "gone", "Tự đặt")
    old, new = (pane.view for pane in carried.panes.panes)
    qtbot.waitUntil(lambda: new.lens.sheet_at(new.rect().center().toPointF()) is not None)
    versions = carried.meeting.papers["paper-Một"].versions
    assert [old.blob, new.blob] == [version.blob for version in versions]
    assert "gone" in {one.text for one in old.marks_on((old.blob, 0))}
    return carried


def spot(room, x: float, y: float) -> QPoint:
    """Where a place of the new page is on the glass."""
    view = room.panes.panes[-1].view
    return view.lens.view_rect(Rect(x, y, x, y)).topLeft().toPoint()


def assert_placed(room, qtbot, x: float, y: float, near: float = 3.0) -> None:
    qtbot.waitUntil(lambda: "gone" in by_text(room))
    shape = by_text(room)["gone"].shape
    assert by_text(room)["gone"].certainty == "placed"
    assert shape.at.x + 10 == pytest.approx(x, abs=near)
    assert shape.at.y + 10 == pytest.approx(y, abs=near)
    qtbot.waitUntil(lambda: len(room.panes.panes) == 1 and room.carried.glass is None)


def test_a_click_puts_the_note(placing, qtbot):
    QTest.mouseClick(placing.carried.glass, Qt.MouseButton.LeftButton, pos=spot(placing, 300, 200))
    assert_placed(placing, qtbot, 300, 200)
    placing.toast.undo()
    qtbot.waitUntil(lambda: "gone" not in by_text(placing))


def touch(glass, *places: QPoint) -> None:
    """A finger goes from place to place."""
    device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    sequence = QTest.touchEvent(glass.window(), device, False)
    sequence.press(0, places[0], glass)
    sequence.commit()
    for place in places[1:]:
        sequence.move(0, place, glass)
        sequence.commit()
    sequence.release(0, places[-1], glass)
    sequence.commit()


def test_a_tap_puts_the_note_and_a_moving_finger_scrolls(placing, qtbot):
    glass, view = placing.carried.glass, placing.panes.panes[-1].view
    view.set_fit(Fit.WIDTH)
    before, here = view.lens.scrolled.y(), spot(placing, 300, 200)
    touch(glass, here, here - QPoint(0, 30), here - QPoint(0, 60))
    assert view.lens.scrolled.y() > before and placing.carried.glass is glass
    touch(glass, spot(placing, 250, 240))
    assert_placed(placing, qtbot, 250, 240)


def test_arrows_and_enter_put_the_note(placing, qtbot):
    glass = placing.carried.glass
    qtbot.waitUntil(glass.hasFocus)
    glass._go(spot(placing, 200, 200).toPointF())
    scale = placing.panes.panes[-1].view.lens.scale
    for _ in range(3):
        QTest.keyClick(glass, Qt.Key.Key_Down)
    QTest.keyClick(glass, Qt.Key.Key_Right)
    QTest.keyClick(glass, Qt.Key.Key_Return)
    assert_placed(placing, qtbot, 200 + 14 / scale, 200 + 42 / scale)


def test_escape_leaves_the_note_as_it_is(placing):
    QTest.keyClick(placing.carried.glass, Qt.Key.Key_Escape)
    assert "gone" not in by_text(placing) and len(placing.panes.panes) == 1
    assert placing.view.blob == placing.meeting.papers["paper-Một"].current.blob


def test_the_note_is_seen_where_it_would_lie(placing):
    glass = placing.carried.glass
    glass._go(spot(placing, 300, 200).toPointF())
    first = placing.panes.panes[-1].view.grab().toImage()
    glass._go(spot(placing, 300, 400).toPointF())
    assert placing.panes.panes[-1].view.grab().toImage() != first


def test_the_old_page_is_scrolled_to_the_note(room, desk, qtbot):
    desk.pages.certainties = {"low": ("unplaced", 1)}
    mark(desk, "low", Note(at=Point(100, 780)), page=1)
    new_version(desk, qtbot, room)
    qtbot.waitUntil(lambda: "1 cần bạn" in words(room))
    (one,) = room.meeting.marks.values()
    room.carried.put_by_hand(one)
    old = room.panes.panes[0].view
    qtbot.waitUntil(lambda: old.page == 1 and old.lens.visible().contains(110, 790))


def test_marked_words_put_by_hand_cover_words_from_the_touched_one_on(room, desk, qtbot):
    desk.pages.certainties = {"": ("unplaced", 1)}
    mark(desk, "", WORDS)
    new_version(desk, qtbot, room)
    qtbot.waitUntil(lambda: "1 cần bạn" in words(room))
    (one,) = room.meeting.marks.values()
    room.carried.put_by_hand(one)
    view = room.panes.panes[-1].view
    qtbot.waitUntil(lambda: view.lens.sheet() is not None)
    QTest.mouseClick(room.carried.glass, Qt.MouseButton.LeftButton, pos=spot(room, 140, 100))
    qtbot.waitUntil(lambda: "" in by_text(room))
    assert by_text(room)[""].shape.quote == "w1.1 w1.2"


def test_a_closed_bar_comes_again_only_where_an_eye_is_needed(carried, qtbot, make_room):
    carried.carried_bar.close_button.click()
    assert not carried.carried_bar.isVisible()
    again = make_room()
    again.places.go_to_paper("paper-Một", 0)
    qtbot.waitUntil(again.carried_bar.isVisible)


def test_a_carried_note_that_is_moved_stays_where_it_was_put(carried, qtbot):
    name, view = by_text(carried)["same"].id, carried.view
    view.set_tool(Tool.SELECT)
    view.picks.choose([name])
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down)
    view.finish()
    qtbot.waitUntil(lambda: by_text(carried)["same"].shape.at.y == NOTE.at.y + 6)
    assert by_text(carried)["same"].certainty == "placed"
    assert carried.meeting.marks[name].shape == NOTE


def test_a_stroke_rubbed_out_in_part_on_a_new_version_is_whole_on_the_old_one(room, desk, qtbot):
    stroke = Ink(strokes=(tuple(InkPoint(x, 200) for x in range(100, 401, 10)),))
    name = mark(desk, "ink", stroke)
    new_version(desk, qtbot, room)
    qtbot.waitUntil(lambda: "ink" in by_text(room) and bool(room.view.marks))
    room.view.set_tool(Tool.RUBBER)
    qtbot.waitUntil(lambda: room.view.lens.sheet() is not None)
    above, below = (
        room.view.lens.view_rect(Rect(250, y, 250, y)).topLeft() for y in (185.0, 215.0)
    )
    room.view.pointer.press(above, Tool.RUBBER)
    room.view.pointer.move(below)
    room.view.pointer.release()
    qtbot.waitUntil(lambda: len(by_text(room)["ink"].shape.strokes) == 2)
    assert room.meeting.marks[name].shape == stroke


def test_strokes_of_a_page_that_are_well_are_one_row(room):
    ink = Ink(strokes=((InkPoint(10, 10), InkPoint(20, 20)),))
    marks = tuple(
        Mark(id=name, author="p", paper="paper-Một", blob="b", page=page, shape=ink)
        for name, page in (("a", 0), ("b", 0), ("c", 1))
    )
    room.carried_panel.show_report(Carried(version=2, exact=marks))
    said = [row.findChildren(Label) for row in room.carried_panel.rows.rows()]
    assert [labels[-1].text() for labels in said] == ["Đúng chỗ  3", "Bút (2)", "Bút"]
