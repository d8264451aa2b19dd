"""Searching in the reading room: typed, walked through, drawn on the page, and left."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from one_desk import MEETING, OneDesk, issued, papers
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from meetingroom.domain.geometry import Quad, Rect
from meetingroom.domain.paper import Word
from meetingroom.domain.ports import Delivered, Position
from meetingroom.domain.records import read_head
from meetingroom.domain.search_ports import PageText
from meetingroom.services.searching import Searching
from meetingroom.store.search_index import SqliteSearchIndex
from meetingroom.ui.page.sheet import Leaf
from meetingroom.ui.page.tools import Tool
from meetingroom.ui.reader.reading_room import ReadingRoom
from meetingroom.ui.theme import current_theme


def page_text(name: str, page: int) -> str:
    """The second page of each paper has the word twice."""
    return f"{name} trang {page}" + (": đồng bào trồng ngô, đồng ruộng" if page == 1 else "")


class PagesOfWords:
    """Implements `PaperTexts`: the same words as the pages the crew stands in for."""

    can_scan = True

    def read(self, path: Path, first: int, count: int) -> "Future[tuple[PageText, ...]]":
        name, pages = path.read_bytes().decode().split()
        last = min(int(pages), first + count)
        return done(tuple(PageText(page_text(name, page)) for page in range(first, last)))

    def scan(self, path: Path, page: int) -> "Future[tuple[Word, ...]]":
        return done(())

    def rest(self) -> None: ...

    def close(self) -> None: ...


def done(value: object) -> Future:
    future: Future = Future()
    future.set_result(value)
    return future


def words_of(desk: OneDesk, blob: str, page: int) -> "Future[tuple[Word, ...]]":
    name = desk.blobs.path(blob).read_bytes().decode().split()[0]
    rows = page_text(name, page).split()
    boxes = [Rect(60 * place + 20, 100, 60 * place + 70, 120) for place in range(len(rows))]
    words = (Word(text, Quad.of(box), 0) for text, box in zip(rows, boxes, strict=True))
    return done(tuple(words))


@pytest.fixture
def searching(desk: OneDesk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Searching]:
    """The search over a second, older meeting too, everything read."""
    older = msgspec.structs.replace(
        issued(), title="Phiên họp trước", starts_at="2026-10-01T01:00:00.000Z"
    )
    batch = [older, *papers(desk.blobs, {"Ba": 2})]
    desk.desk.run(lambda: desk.desk.write_batch("meeting-0", batch, "issue-0")).result(30)
    monkeypatch.setattr(desk.pages, "words", lambda blob, page: words_of(desk, blob, page))
    made = Searching(
        desk.desk, lambda: SqliteSearchIndex(desk.folder / "search.db"), PagesOfWords()
    )
    made.start()
    assert made.wait(30)
    desk.context = replace(desk.context, searching=made)
    return made


@pytest.fixture
def room(searching: Searching, make_room: Callable[[], ReadingRoom]) -> ReadingRoom:
    return make_room()


@pytest.fixture
def seek(room: ReadingRoom, qtbot) -> Callable[[str], None]:
    def type_in(words: str) -> None:
        room.reading.search.setFocus()
        room.reading.search.setText(words)
        qtbot.waitUntil(lambda: room.seeking.answer is not None)
        qtbot.waitUntil(lambda: room.seeking.answer.text == words)

    return type_in


def rows(room: ReadingRoom) -> list[str]:
    return [row.words for row in room.search_panel.list.found.rows]


def where(room: ReadingRoom) -> tuple[str, str, int]:
    place = room.place
    return room.meeting_id, place.paper if place else "", place.page if place else -1


def chosen(room: ReadingRoom) -> float:
    """The left edge of the chosen hit, -1 while none is drawn."""
    picked = room.view.hits.chosen
    return picked[1][0].bounds().x0 if picked else -1


def test_what_is_typed_is_found_under_its_papers(room, seek):
    seek("dong bao")
    assert rows(room) == [
        "1.1 Một", "tr. 2", "1.2 Hai", "tr. 2", "1.1 Ba · Phiên họp trước", "tr. 2",
    ]  # fmt: skip
    assert room.left.currentWidget() is room.search_panel
    assert "3" in room.search_panel.said.text()


def test_enter_goes_to_the_first_hit_and_draws_all_of_its_page(room, seek, qtbot):
    seek("dong")
    QTest.keyClick(room.reading.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chosen(room) == 200)
    assert where(room) == (MEETING, "paper-Một", 1)
    assert len(room.view.hits._places[Leaf(room.view.blob, 1)]) == 2


def test_the_keys_for_next_and_previous_walk_over_pages_and_papers(room, seek, qtbot):
    seek("dong")
    walked = []
    for key in (Qt.Key.Key_F3,) * 3:
        QTest.keyClick(room.view, key)
        qtbot.waitUntil(lambda: (where(room), chosen(room)) not in [(None, -1), *walked])
        qtbot.waitUntil(lambda: chosen(room) >= 0)
        walked.append((where(room), chosen(room)))
    assert [(place[1], edge) for place, edge in walked] == [
        ("paper-Một", 200), ("paper-Một", 440), ("paper-Hai", 200),
    ]  # fmt: skip
    QTest.keyClick(room.view, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: (where(room), chosen(room)) == walked[1])


def test_a_hit_in_another_meeting_opens_it_at_its_page(room, seek, qtbot):
    seek("dong")
    room.seeking.choose(2)
    qtbot.waitUntil(lambda: where(room) == ("meeting-0", "paper-Ba", 1))
    qtbot.waitUntil(lambda: chosen(room) == 200)
    assert room.title.text() == "Phiên họp trước"


@pytest.mark.parametrize(("reach", "count"), [("meeting", 2), ("paper", 1), ("page", 0)])
def test_one_chooses_where_to_look(room, seek, qtbot, reach: str, count: int):
    seek("dong")
    first = room.seeking.answer
    room.search_panel.scope.setCurrentIndex(room.search_panel.scope.findData(reach))
    qtbot.waitUntil(lambda: room.seeking.answer is not first)
    assert room.seeking.answer.pages == count


def test_escape_leaves_the_page_as_it_was(room, seek, qtbot):
    seek("dong")
    QTest.keyClick(room.reading.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chosen(room) >= 0)
    room.reading.search.setFocus()
    QTest.keyClick(room.reading.search, Qt.Key.Key_Escape)
    assert (chosen(room), room.view.hits._places) == (-1, {})
    assert room.left.currentWidget() is room.contents
    assert room.reading.search.text() == ""


def test_find_is_a_key_away(room, qtbot):
    QTest.keyClick(room.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: room.left.currentWidget() is room.search_panel)
    assert "nam chac" in room.search_panel.said.text()


def test_arrows_walk_the_list_over_headings(room, seek, qtbot):
    seek("dong")
    QTest.keyClick(room.reading.search, Qt.Key.Key_Down)
    QTest.keyClick(room.search_panel.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: where(room)[1] == "paper-Hai")
    QTest.keyClick(room.search_panel.list, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: where(room)[1] == "paper-Một")


def test_a_click_on_a_row_goes_there(room, seek, qtbot):
    seek("dong")
    found = room.search_panel.list
    box = found.visualRect(found.found.index(3))
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.waitUntil(lambda: where(room) == (MEETING, "paper-Hai", 1))


def test_hits_are_painted_on_the_page(room, seek, qtbot):
    seek("ngo")
    QTest.keyClick(room.reading.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chosen(room) >= 0)
    box = room.view.lens.view_rect(room.view.hits.chosen[1][0].bounds())
    seen = room.view.grab().toImage()

    def colour(at: QPoint) -> QColor:
        return seen.pixelColor(at * seen.devicePixelRatio())

    assert colour(box.center().toPoint()) == current_theme().colour("found")
    assert colour(QPoint(round(box.center().x()), round(box.top() - 20))) == QColor("white")


def test_words_read_off_a_picture_can_be_chosen_and_marked(room, searching, qtbot, monkeypatch):
    word = Word("Nghị", Quad.of(Rect(0, 0, 9, 9)), 0)
    monkeypatch.setattr(room._context.pages, "words", lambda _blob, _page: done(()))
    monkeypatch.setattr(searching, "scanned_words", lambda _blob, _page: done((word,)))
    room.view.set_tool(Tool.SELECT)
    room.turn(1)
    qtbot.waitUntil(lambda: room.view.words.words == (word,))


def test_what_is_nowhere_is_said(room, seek):
    seek("zzz")
    assert rows(room) == []
    assert "zzz" in room.search_panel.said.text()


def test_a_letter_more_narrows_what_was_found(room, seek):
    seek("tr")
    many = room.seeking.answer.pages
    seek("trồng")
    assert (many, room.seeking.answer.pages) == (7, 3)


def test_without_a_search_there_is_no_field(desk, make_room):
    assert not make_room().reading.search.isVisible()


def test_what_was_found_in_a_paper_that_goes_is_listed_no_more(room, seek, desk, qtbot):
    seek("dong bao")
    gone = next(hit.blob for hit in room.seeking.answer.hits if hit.paper == "paper-Hai")
    kept = [row.record for row in desk.desk.log.stream(MEETING)]
    heads = [read_head(one) for one in kept if gone in (one.payload or "")]
    (record,) = (head.id for head in heads if head.kind == "paper_put")
    step = Delivered(seq=1, stream=MEETING, record=record)
    desk.desk.run(lambda: desk.desk.take([step], Position(since=1))).result(30)
    qtbot.waitUntil(lambda: "1.2 Hai" not in rows(room) and room.seeking.answer is not None)
    assert gone not in {hit.blob for hit in room.seeking.answer.hits}
