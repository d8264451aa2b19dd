"""What went away, what came late and what the hub refused is told where one reads."""

import pytest
from one_desk import A4, paper_bytes

from meetingroom.services.news import PaperArrived, PaperGone

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def go_away(room, desk, qtbot):
    """The open paper is taken from this computer; its blob."""
    view = room.view
    qtbot.waitUntil(lambda: any(key[0] == view.blob for key in view.pages._kept))
    desk.blobs.remove(view.blob)
    with qtbot.waitSignal(desk.context.bridge.paper_gone):
        desk.desk.announce(PaperGone(blob=view.blob))
    return view.blob


def test_a_paper_that_went_leaves_no_pixels_and_says_so(room, desk, qtbot):
    blob = go_away(room, desk, qtbot)
    pages = room.view.pages
    assert not [key for key in pages._kept if key[0] == blob]
    assert pages.size(blob, 0) is None and pages.failure(blob, 0).code == "paper.gone"
    assert room.info.isVisible() and room.info.title_label.text()


def test_a_page_drawn_after_its_paper_went_is_let_go_of(room, desk, qtbot):
    desk.pages.is_held = True
    room.turn(1)
    room.view.repaint()
    qtbot.waitUntil(lambda: bool(desk.pages.held))
    blob = go_away(room, desk, qtbot)
    desk.pages.let_go()
    told = []
    desk.context.bridge.call(lambda: told.append("after what was drawn"))
    qtbot.waitUntil(lambda: bool(told))
    assert not [key for key in room.view.pages._kept if key[0] == blob]


def test_a_paper_that_comes_back_is_shown_again(room, desk, qtbot):
    blob = go_away(room, desk, qtbot)
    desk.blobs.keep_bytes(paper_bytes("Một", 3))
    desk.desk.announce(PaperArrived(blob=blob))
    qtbot.waitUntil(lambda: room.view.pages.size(blob, 0) == A4)
