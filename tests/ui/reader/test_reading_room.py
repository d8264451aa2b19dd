"""Reading a meeting: pages, marks, following, from the hands to the disk."""

import sqlite3

import pytest
from one_desk import A4, CHAIR, MEETING
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from meetingroom.domain.marks import Ink
from meetingroom.domain.paper import PaperShape
from meetingroom.domain.stage import Stage
from meetingroom.services.reading import Place as KeptPlace
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.reader.pack import Place

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside")
LEFT = Qt.MouseButton.LeftButton


def stroke(room):
    """Draw a short stroke on the page."""
    QTest.mouseClick(room.bar.buttons[Tool.PEN], LEFT)
    QTest.mousePress(room.view, LEFT, pos=QPoint(200, 200))
    room.view.pointer.move(room.view.rect().center().toPointF())
    QTest.mouseRelease(room.view, LEFT, pos=QPoint(240, 220))


def at(room):
    return (room.place.paper, room.place.page)


def test_a_mark_is_on_the_disk_when_the_page_says_it_is_kept(room, desk, qtbot):
    stroke(room)
    qtbot.waitUntil(lambda: bool(desk.marks) and not room.view.pending)
    with sqlite3.connect(desk.folder / "device.db") as other_process:
        heads = [row[0] for row in other_process.execute("SELECT head FROM records")]
    other_process.close()
    assert sum('"mark_put"' in head for head in heads) == 1


def test_undo_takes_the_newest_mark_back_and_redo_makes_it_again(room, desk, qtbot):
    assert not room.bar.undo.isEnabled() and not room.bar.redo.isEnabled()
    stroke(room)
    qtbot.waitUntil(room.bar.undo.isEnabled)
    QTest.mouseClick(room.bar.undo, LEFT)
    qtbot.waitUntil(lambda: not desk.marks and room.bar.redo.isEnabled())
    QTest.mouseClick(room.bar.redo, LEFT)
    qtbot.waitUntil(lambda: len(desk.marks) == 1)
    assert isinstance(desk.marks[0].shape, Ink)


def test_the_audience_chosen_holds_for_the_next_marks(room, desk, qtbot):
    room.bar.choose_audience(("chair",))
    stroke(room)
    qtbot.waitUntil(lambda: bool(desk.marks))
    assert desk.marks[0].audience == ("chair",)


def test_a_mark_is_private_unless_somebody_chose_otherwise(room, desk, qtbot):
    stroke(room)
    qtbot.waitUntil(lambda: bool(desk.marks))
    assert desk.marks[0].is_private
    assert all('"mark_put"' not in record.head for record in desk.desk.log.outbox())


def test_pages_turn_over_the_ends_of_papers_and_stop_at_the_ends_of_the_pack(room):
    seen = [at(room)]
    for _ in range(6):
        QTest.keyClick(room.view, Qt.Key.Key_PageDown)
        seen.append(at(room))
    one, two = "paper-Một", "paper-Hai"
    assert seen == [(one, 0), (one, 1), (one, 2), (two, 0), (two, 1), (two, 1), (two, 1)]
    for _ in range(2):
        QTest.keyClick(room.view, Qt.Key.Key_PageUp)
    assert at(room) == (one, 2)


def test_home_and_end_go_to_the_ends_of_the_paper(room):
    QTest.keyClick(room.view, Qt.Key.Key_End)
    assert at(room) == ("paper-Một", 2)
    QTest.keyClick(room.view, Qt.Key.Key_Home)
    assert at(room) == ("paper-Một", 0)


def test_where_one_is_stands_in_words(room):
    room.go(Place(paper="paper-Hai", page=1))
    assert room.where.accessibleName() in (
        "1.2 Hai, page 2/2; 5/5 in the whole pack",
        "1.2 Hai, trang 2/2; 5/5 trong cả tập",
    )


def test_a_page_number_is_typed(room):
    room.number.setFocus()
    room.number.selectAll()
    QTest.keyClicks(room.number, "3")
    QTest.keyClick(room.number, Qt.Key.Key_Return)
    assert at(room) == ("paper-Một", 2)


def test_the_place_in_each_paper_is_remembered(room, make_room, desk, qtbot):
    room.go(Place(paper="paper-Một", page=2))
    room.go(Place(paper="paper-Hai", page=1))
    room.hide()
    kept = KeptPlace(paper="paper-Hai", pages={"paper-Một": 2, "paper-Hai": 1})
    assert desk.desk.run(lambda: desk.context.reading.place(MEETING)).result(30) == kept
    again = make_room()
    assert at(again) == ("paper-Hai", 1)
    again.contents.place_requested.emit("paper-Một", -1)
    assert at(again) == ("paper-Một", 2)


# --- following ------------------------------------------------------------------------------


@pytest.fixture
def stage(room, desk, qtbot):
    """Lets the chair show a page of the first paper, and waits until the room has heard."""
    count = [0]

    def show(page, *, summons=0):
        count[0] += 1
        blob = desk.desk.meeting(MEETING).papers["paper-Một"].current.blob
        told = Stage(
            meeting=MEETING, paper="paper-Một", blob=blob, page=page, revision=count[0],
            controller=CHAIR, summons=summons,
        )  # fmt: skip
        with qtbot.waitSignal(desk.context.bridge.stage_heard):
            desk.desk.stage_heard(told)

    return show


def test_who_follows_turns_with_the_chair(room, stage):
    stage(1)
    QTest.mouseClick(room.ribbon.button, LEFT)
    assert at(room) == ("paper-Một", 1)
    stage(2)
    assert at(room) == ("paper-Một", 2)


def test_who_does_not_follow_is_left_alone(room, stage):
    room.go(Place(paper="paper-Hai", page=1))
    stage(2)
    assert at(room) == ("paper-Hai", 1)


def test_turning_a_page_oneself_stops_following_and_one_click_returns_to_the_chair(room, stage):
    stage(2)
    QTest.mouseClick(room.ribbon.button, LEFT)
    QTest.keyClick(room.view, Qt.Key.Key_PageUp)
    assert not room.ribbon.is_following
    stage(0)
    assert at(room) == ("paper-Một", 1)
    QTest.mouseClick(room.ribbon.button, LEFT)
    assert at(room) == ("paper-Một", 0)


def test_one_click_returns_to_ones_own_page(room, stage):
    room.go(Place(paper="paper-Hai", page=1))
    stage(2)
    QTest.mouseClick(room.ribbon.button, LEFT)
    assert at(room) == ("paper-Một", 2)
    QTest.mouseClick(room.ribbon.button, LEFT)
    assert at(room) == ("paper-Hai", 1) and not room.ribbon.is_following


def test_what_is_being_written_stays_on_its_page_when_the_chair_turns(room, stage, desk, qtbot):
    stage(0)
    QTest.mouseClick(room.ribbon.button, LEFT)
    room.bar.choose(Tool.NOTE)
    QTest.mouseClick(room.view, LEFT, pos=QPoint(200, 200))
    QTest.keyClicks(room.view.editor.words, "hoi lai")
    stage(1)
    qtbot.waitUntil(lambda: bool(desk.marks))
    assert [(mark.page, mark.text) for mark in desk.marks] == [(0, "hoi lai")]


def test_an_own_note_is_opened_again_and_its_words_changed(room, desk, qtbot):
    room.bar.choose(Tool.NOTE)
    QTest.mouseClick(room.view, LEFT, pos=QPoint(200, 200))
    QTest.keyClicks(room.view.editor.words, "mot")
    room.view.finish()
    qtbot.waitUntil(lambda: bool(room.view.marks) and not room.view.pending)
    room.bar.choose(Tool.HAND)
    QTest.mouseClick(room.view, LEFT, pos=QPoint(204, 204))
    assert room.view.editor.words.toPlainText() == "mot"
    QTest.keyClicks(room.view.editor.words, " hai")
    room.view.finish()
    qtbot.waitUntil(lambda: desk.marks[0].text == "mot hai")


def test_marks_for_others_are_told_in_amber_and_private_ones_are_not(room):
    room.bar.choose_audience(("everyone",))
    assert room.bar.audience.property("kind") == "attention"
    room.bar.choose_audience(("me",))
    assert room.bar.audience.property("kind") == "outlined"


def test_the_colour_chosen_is_shown_at_its_button(room, theme):
    room.bar.choose_colour("pink")
    button = room.bar.colour
    side = button.iconSize().height()
    dot = button.icon().pixmap(button.iconSize()).toImage().pixelColor(side // 2, side // 2)
    assert dot.name() == theme.marks.mine["pink"].name() and room.view.colour == "pink"


def test_a_paper_without_an_outline_says_where_to_look_instead(room):
    room.contents.show_outline("paper-Một", PaperShape(pages=(A4,)))
    assert room.contents.outline.item(0).text()
    room.contents._on_clicked(room.contents.outline.item(0))
    assert at(room) == ("paper-Một", 0)
