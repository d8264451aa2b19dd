"""What went away, what came late and what the hub refused is told where one reads."""

import pytest
from one_desk import A4, paper_bytes

from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Mark, Note
from meetingroom.services.news import PaperArrived, PaperGone
from meetingroom.ui.controls import Label
from meetingroom.ui.reader.notes import Notes
from meetingroom.wording import tr

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


def said_of(qtbot, desk, **values: object):
    """All words the list says of one own note."""
    notes = Notes()
    qtbot.addWidget(notes)
    usual = {
        "id": "mark-1", "author": desk.desk.person, "paper": "paper-Một", "blob": "b", "page": 0,
        "shape": Note(at=Point(1, 1)), "text": "Hỏi lại", "audience": ("everyone",),
    }  # fmt: skip
    notes.show_marks([Mark(**{**usual, **values})], desk.desk.person, desk.desk.directory)
    return [label.text() for label in notes.rows.findChildren(Label)]


def test_a_refused_mark_says_why(qtbot, desk):
    said = said_of(qtbot, desk, refusal="not_invited")
    assert tr("You are not invited to this meeting.") in said
    assert tr("not accepted by the hub") in said


def test_a_late_mark_says_so_and_others_do_not(qtbot, desk):
    late = tr("Came after the meeting was closed.")
    assert late in said_of(qtbot, desk, is_late=True, is_at_hub=True)
    assert late not in said_of(qtbot, desk, is_at_hub=True)


def test_who_may_see_a_mark_is_written_beside_it(qtbot, desk):
    assert tr("Everyone at the meeting") in said_of(qtbot, desk)
