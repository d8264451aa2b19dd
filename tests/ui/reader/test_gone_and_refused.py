"""What went away, what came late and what the hub refused is told where one reads."""

import pytest
from one_desk import A4, MEETING, paper_bytes

from meetingroom.domain.ports import Delivered, Position
from meetingroom.domain.records import read_head
from meetingroom.sentences import sentence
from meetingroom.services.news import PaperArrived, PaperGone
from meetingroom.ui.page.tools import Tool

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


def forget(desk, qtbot, *kinds: str, paper: str = "") -> None:
    """The hub takes records of these kinds back from this computer."""
    rows = [read_head(row.record) for row in desk.desk.log.stream(MEETING)]
    payloads = {
        read_head(row.record).id: row.record.payload for row in desk.desk.log.stream(MEETING)
    }
    gone = [row.id for row in rows if row.kind in kinds and paper in payloads[row.id]]
    steps = [Delivered(seq=at, stream=MEETING, record=one) for at, one in enumerate(gone, 1)]
    with qtbot.waitSignal(desk.context.bridge.paper_gone):
        desk.desk.run(lambda: desk.desk.take(steps, Position(since=len(steps)))).result(30)


def named(room) -> str:
    """Every word on the lists and bars of the room."""
    rows = (room.contents.agenda, room.contents.outline)
    lists = [one.item(at).text() for one in rows for at in range(one.count())]
    pages = [row.words for row in room.thumbnails.pack._rows]
    bars = [room.reading.where.text(), room.title.text(), room.panes.active.head.title.toolTip()]
    return " | ".join((*lists, *pages, *bars))


def test_the_open_paper_that_is_taken_away_leaves_no_name_and_the_next_is_shown(
    room, desk, qtbot
) -> None:
    assert "Một" in named(room)
    forget(desk, qtbot, "paper_put", paper="Một")
    qtbot.waitUntil(lambda: room.place.paper == "paper-Hai")
    assert "Một" not in named(room) and "Hai" in named(room)
    assert room.info.isVisible() and room.info.title_label.text() == sentence("paper.gone")


def test_another_paper_that_is_taken_away_is_listed_no_more(room, desk, qtbot) -> None:
    forget(desk, qtbot, "paper_put", paper="Hai")
    qtbot.waitUntil(lambda: "Hai" not in named(room))
    assert room.place.paper == "paper-Một" and not room.info.isVisible()


def test_a_meeting_that_is_taken_away_is_left_and_nothing_of_it_stays(room, desk, qtbot) -> None:
    told = []
    desk.context.bridge.problem_arose.connect(lambda error: told.append(error.code))
    with qtbot.waitSignal(room.home_requested):
        forget(desk, qtbot, "paper_put", "meeting_issued")
    assert named(room).strip(" |") == "" and told == ["meeting.gone"]
    assert room.view.blob == "" and not room.view.marks


def test_words_that_were_chosen_are_not_copied_once_their_paper_went(room, desk, qtbot) -> None:
    room.view.set_tool(Tool.SELECT)
    qtbot.waitUntil(lambda: bool(room.view.words.words))
    room.view.choose_words((0, 3))
    go_away(room, desk, qtbot)
    assert room.view.chosen is None and not room.view.words.words
