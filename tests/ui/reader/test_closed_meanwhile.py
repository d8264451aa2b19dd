"""A pane is closed while something is under way for it: nothing is lost and nothing breaks."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from shiboken6 import isValid

from meetingroom.domain.geometry import Point, Rect
from meetingroom.domain.marks import Note
from meetingroom.domain.paper import Link
from meetingroom.ui.page.tools import Tool

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside")


@pytest.fixture
def second(room, qtbot):
    """The view of a second pane, whole on the screen."""
    room.places.show_side_by_side(2)
    view = room.panes.panes[1].view
    qtbot.waitUntil(lambda: view.lens.sheet() is not None)
    return view


def close(room, view, qtbot) -> None:
    """Close the pane of a view, and wait until nothing of it is left."""
    room.panes.close_pane(next(pane for pane in room.panes.panes if pane.view is view))
    qtbot.waitUntil(lambda: not isValid(view))


def answered(desk, qtbot) -> None:
    """All that was answered so far has reached the interface's thread."""
    told: list[str] = []
    desk.desk.run(lambda: desk.context.bridge.call(lambda: told.append("after all")))
    qtbot.waitUntil(lambda: bool(told))


def test_what_was_being_written_in_a_pane_is_kept_though_it_is_closed_before_the_disk_has_it(
    room, desk, second, qtbot
):
    gate = Event()
    desk.desk.run(gate.wait)
    second.set_tool(Tool.NOTE)
    second.ask_words(QPointF(50, 50), Note(at=Point(50, 50)))
    QTest.keyClicks(second.editor.words, "giu lai")
    close(room, second, qtbot)
    gate.set()
    qtbot.waitUntil(lambda: [mark.text for mark in desk.marks] == ["giu lai"])
    answered(desk, qtbot)


def test_a_mark_changed_in_a_pane_that_is_closed_at_once_is_kept(room, desk, second, qtbot):
    second.make(Note(at=Point(50, 50)), text="x")
    qtbot.waitUntil(lambda: len(second.marks) == 1 and not second.is_pending(second.marks[0]))
    gate = Event()
    desk.desk.run(gate.wait)
    second.keep_edits([(second.marks[0], None)])
    close(room, second, qtbot)
    gate.set()
    qtbot.waitUntil(lambda: desk.marks == [])
    answered(desk, qtbot)


WISHES: dict[str, Callable[[object], object]] = {
    "words": lambda view: (view.word_choice._words.clear(), view.word_choice.ask()),
    "links": lambda view: view.links.follow(view.lens.view_rect(Rect(50, 50, 50, 50)).topLeft()),
}


@pytest.mark.parametrize("name", WISHES)
def test_what_a_closed_pane_asked_for_comes_for_nobody(
    room, desk, second, qtbot, monkeypatch, name
):
    asked: list[Future] = []

    def hold(_blob: str, _page: int) -> Future:
        asked.append(Future())
        return asked[-1]

    monkeypatch.setattr(desk.pages, name, hold)
    second.links._links.clear()
    WISHES[name](second)
    assert asked
    close(room, second, qtbot)
    link = Link(box=Rect(0, 0, 400, 400), page=1)
    for future in asked:
        future.set_result((link,) if name == "links" else ())
    answered(desk, qtbot)


def test_a_comparison_that_comes_when_the_other_pane_is_gone_comes_for_nobody(
    room, desk, qtbot, monkeypatch
):
    asked: list[Future] = []

    def hold(*_files: object) -> Future:
        asked.append(Future())
        return asked[-1]

    comparison = desk.pages.comparison
    monkeypatch.setattr(desk.pages, "compare", hold)
    room.comparing.start(room.paper(), room.paper().current.blob)
    qtbot.waitUntil(lambda: bool(asked))
    close(room, room.panes.panes[0].view, qtbot)
    asked[0].set_result(comparison)
    answered(desk, qtbot)
    assert not room.comparing.is_on and room.compare_bar.isHidden()
