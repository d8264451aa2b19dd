"""Small pictures of the pack."""

import pytest
from one_desk import MEETING, issued, one_desk, papers
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from meetingroom.services.news import PaperArrived
from meetingroom.ui.reader import thumbnails as module
from meetingroom.ui.reader.thumbnails import PackModel, Row, Thumbnails
from meetingroom.ui.stage.pages import StagePages

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def make_list(qtbot):
    """A list of a desk's meeting, shown; and the wishes for small pictures it made."""

    def make(desk):
        rows = Thumbnails(desk.context, StagePages(desk.context))
        qtbot.addWidget(rows)
        rows.resize(284, 600)
        rows.show_meeting(desk.desk.meeting(MEETING))
        with qtbot.waitExposed(rows):
            rows.show()
        return rows

    return make


def small(desk):
    return [wish for wish in desk.pages.asked if wish.urgency == 2]


def drawn(rows):
    return len(rows.pictures._kept)


def test_of_400_pages_only_those_in_sight_are_drawn_and_after_what_is_more_urgent(
    theme, tmp_path, make_list, qtbot
):
    with one_desk(tmp_path, {"Dài": 400}) as desk:
        rows = make_list(desk)
        qtbot.waitUntil(lambda: drawn(rows) >= 6)
        assert rows.pack.rowCount() == 401
        assert len(small(desk)) < 40 and len(small(desk)) == len(desk.pages.asked)


def test_a_far_page_is_drawn_when_somebody_looks_at_it(theme, tmp_path, make_list, qtbot):
    with one_desk(tmp_path, {"Dài": 400}) as desk:
        rows = make_list(desk)
        rows.show_place("paper-Dài", 390)
        qtbot.waitUntil(lambda: any(wish.page == 390 for wish in small(desk)))
        assert not any(100 < wish.page < 300 for wish in small(desk))


def test_at_most_a_few_are_under_way_and_their_memory_is_given_back(
    theme, tmp_path, make_list, qtbot
):
    with one_desk(tmp_path, {"Dài": 400}) as desk:
        desk.pages.is_held = True
        rows = make_list(desk)
        qtbot.waitUntil(lambda: bool(desk.pages.held))
        assert len(desk.pages.held) <= module.UNDER_WAY
        future = desk.pages.held[0][1]
        desk.pages.let_go()
        qtbot.waitUntil(lambda: drawn(rows) >= 1)
        assert future.result().is_released


def test_the_cache_is_bounded(theme, desk, make_list, qtbot, monkeypatch):
    monkeypatch.setattr(module, "KEPT_BYTES", 100_000)
    rows = make_list(desk)
    qtbot.waitUntil(lambda: drawn(rows) >= 1 and not rows.pictures._under_way)
    assert rows.pictures.kept_bytes <= 100_000


def test_a_click_goes_there(room, qtbot):
    room.contents.tabs.choose("pages")
    rows = room.thumbnails
    index = rows.pack.index(rows.pack.row_of("paper-Hai", 1))
    rows.scrollTo(index)
    spot = rows.visualRect(index).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    assert (room.place.paper, room.place.page) == ("paper-Hai", 1)


def test_the_open_page_is_marked_and_kept_in_sight(room):
    room.contents.tabs.choose("pages")
    QTest.keyClick(room.view, Qt.Key.Key_End)
    rows = room.thumbnails
    row = rows.pack.at(rows.currentIndex())
    assert (row.paper, row.page) == ("paper-Một", 2) and rows.is_open(row)


def test_arrows_and_enter_reach_every_page(room):
    room.contents.tabs.choose("pages")
    rows = room.thumbnails
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Right)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert (room.place.paper, room.place.page) == ("paper-Một", 1)


def test_a_page_is_spoken_with_its_paper(room):
    index = room.thumbnails.pack.index(room.thumbnails.pack.row_of("paper-Hai", 1))
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("1.2 Hai, ") and spoken.endswith("2")


def test_signs_in_a_title_are_shown_in_its_tool_tip_and_draw_nothing():
    model, title = PackModel(), "<img src='file://evil.example/a.png'>"
    model._rows = [Row("paper", "blob", -1, title, title)]
    tip = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip and "&lt;img" in tip
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == title


def test_a_paper_not_here_yet_has_empty_sheets_and_is_drawn_when_it_arrives(
    theme, desk, make_list, qtbot
):
    paper = papers(desk.blobs, {"Muộn": 4})[0]
    desk.blobs.remove(paper.blob)
    desk.write(paper)
    desk.write(issued(2))
    rows = make_list(desk)
    qtbot.waitUntil(lambda: rows._pages.is_away(paper.blob))
    assert not any(wish.blob == paper.blob for wish in desk.pages.asked)
    papers(desk.blobs, {"Muộn": 4})
    desk.desk.announce(PaperArrived(blob=paper.blob))
    qtbot.waitUntil(lambda: any(wish.blob == paper.blob for wish in small(desk)))
