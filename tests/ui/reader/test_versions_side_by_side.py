"""Two versions side by side, turned together."""

import pytest
from msgspec.structs import replace
from one_desk import MEETING, papers
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meetingroom.domain.geometry import Point, Quad, Rect
from meetingroom.domain.marks import Note
from meetingroom.domain.paper import Comparison, PagePair
from meetingroom.services.marking import Content
from meetingroom.ui.page.sheet import Leaf

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside")
QUAD = Quad.of(Rect(100, 100, 200, 112))
COMPARISON = Comparison(
    pairs=(
        PagePair(old_page=0, new_page=0),
        PagePair(old_page=None, new_page=1),
        PagePair(old_page=1, new_page=2, removed=(QUAD,), added=(QUAD,)),
        PagePair(old_page=2, new_page=3),
    )
)


@pytest.fixture
def compared(room, desk, qtbot):
    """The first paper in two versions, of three and four pages, beside each other."""
    desk.pages.comparison = COMPARISON
    put = papers(desk.desk.blobs, {"Một-hai": 4})[0]
    desk.write(replace(put, paper="paper-Một", title="Một", version=2))
    qtbot.waitUntil(lambda: len(room.meeting.papers["paper-Một"].versions) == 2)
    room.on_compare()
    qtbot.waitUntil(room.compare_bar.forward.isVisible)
    return room


def pages(room):
    return [pane.view.page for pane in room.panes.panes]


def test_the_old_version_lies_at_the_left_of_the_new_one(compared):
    left, right = compared.panes.panes
    paper = compared.meeting.papers["paper-Một"]
    assert [left.view.blob, right.view.blob] == [row.blob for row in paper.versions]
    assert compared.compare_bar.words.text().startswith("2 ")


def test_one_steps_from_change_to_change_and_around(compared):
    compared.compare_bar.forward.click()
    assert pages(compared)[1] == 1
    compared.compare_bar.forward.click()
    assert pages(compared) == [1, 2]
    compared.compare_bar.forward.click()
    assert pages(compared)[1] == 1


def test_turning_one_version_turns_the_other_to_the_page_that_belongs_to_it(compared):
    right = compared.panes.panes[1]
    for _ in range(3):
        QTest.keyClick(right.view, Qt.Key.Key_PageDown)
    assert pages(compared) == [2, 3]


def test_what_differs_is_tinted_on_both(compared):
    right = compared.panes.panes[1].view
    right.show_page(right.blob, 2)
    plain = right.grab().toImage()
    right.shades.set(())
    assert right.grab().toImage() != plain


def test_ending_the_comparison_leaves_the_current_version(compared):
    compared.comparing.end()
    (pane,) = compared.panes.panes
    assert pane.view.blob == compared.meeting.papers["paper-Một"].current.blob
    assert not compared.compare_bar.isVisible() and not compared.comparing.is_on
    assert compared.reading.panes[0].isChecked() and compared.notes.isVisible()


def test_each_side_says_first_which_version_it_is(compared):
    titles = [pane.head.title.accessibleName() for pane in compared.panes.panes]
    assert [title.split(" · ")[0] for title in titles] == ["Bản 1", "Bản 2"]


def test_the_bar_over_both_tells_the_page_one_stepped_to(compared):
    compared.compare_bar.forward.click()
    compared.compare_bar.forward.click()
    assert compared.number.text() == "3"


def test_marks_are_seen_on_both_sides_from_the_beginning(compared, desk, qtbot):
    old, new = compared.meeting.papers["paper-Một"].versions
    compared.comparing.end()
    for blob in (old.blob, new.blob):
        content = Content(shape=Note(at=Point(100, 100)))
        desk.context.marking.put(MEETING, "paper-Một", blob, 0, content).result(30)
    qtbot.waitUntil(lambda: len(compared.view.marks_on(Leaf(old.blob, 0))) == 1)
    compared.on_compare()
    for view, version in zip(compared.panes.views, (old, new), strict=True):
        assert view.marks_on(Leaf(version.blob, 0))
