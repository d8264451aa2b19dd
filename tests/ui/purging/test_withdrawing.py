"""A paper is withdrawn at the secretary's desk: asked once, gone everywhere, told plainly."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from meetingroom.assembly import RunningHub
from meetingroom.exports import save_copy
from meetingroom.ui.display.room_display import RoomDisplay
from meetingroom.ui.purging.page import PurgingPage
from meetingroom.ui.reader.reading_room import ReadingRoom
from meetingroom.ui.reader.recall_strip import RecallStrip
from meetingroom.ui.secretary.desk import SecretaryDesk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def open_page(office, qtbot):
    """The page on which a person withdraws papers of a meeting, at the secretary's desk."""

    def make(meeting: str) -> PurgingPage:
        desk = SecretaryDesk(office.secretary)
        qtbot.addWidget(desk)
        desk.resize(1150, 768)
        desk.show()
        desk.open_meeting(meeting)
        desk.pages["follow"].tabs.choose("purging")
        return desk.pages["follow"].more("purging")

    return make


def paper_of(office, meeting: str):
    return next(iter(office.secretary.desk.meeting(meeting).papers.values()))


def withdraw(page: PurgingPage, paper: str, reason: int, qtbot) -> None:
    """As a person does: choose, say why, hold."""
    page.choose(paper)
    page.form.reasons.button(reason).setChecked(True)
    with qtbot.waitSignal(page.form.hold.held):
        QTest.mousePress(page.form.hold, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(page.form.hold, Qt.MouseButton.LeftButton)


def read_by(office, qtbot, person: str, meeting: str) -> ReadingRoom:
    """The window of somebody who has the paper open."""
    context = office.join(person)
    office.wait(lambda: context.desk.meeting(meeting))
    room = ReadingRoom(context, read_ms=0)
    room.complete()
    qtbot.addWidget(room)
    room.resize(1366, 768)
    room.show()
    room.open_meeting(meeting)
    office.wait(lambda: room.place is not None and room.view.pages.shape(room.view.blob))
    return room


def strip_of(room: ReadingRoom) -> RecallStrip:
    return next(part for part in room.taking_part.parts if isinstance(part, RecallStrip))


def test_a_short_press_and_a_missing_reason_withdraw_nothing(office, open_page, qtbot):
    meeting = office.issued()
    page = open_page(meeting)
    page.choose(paper_of(office, meeting).paper)
    with qtbot.waitSignal(page.form.hold.let_go):
        QTest.mousePress(page.form.hold, Qt.MouseButton.LeftButton)
        QTest.mouseRelease(page.form.hold, Qt.MouseButton.LeftButton)
    assert "Keep it pressed" in page.form.hint.text()
    with qtbot.waitSignal(page.form.hold.held):
        QTest.keyPress(page.form.hold, Qt.Key.Key_Space)
    QTest.keyRelease(page.form.hold, Qt.Key.Key_Space)
    assert "Choose the reason" in page.form.hint.text()
    assert office.secretary.desk.meeting(meeting).purges == {}


def test_a_pointer_that_slides_off_withdraws_nothing(office, open_page, qtbot):
    meeting = office.issued()
    page = open_page(meeting)
    page.choose(paper_of(office, meeting).paper)
    page.form.reasons.button(0).setChecked(True)
    hold = page.form.hold
    with qtbot.waitSignal(hold.let_go):
        QTest.mousePress(hold, Qt.MouseButton.LeftButton)
        away = QPointF(hold.width() * 3, hold.height() * 3)
        moved = QMouseEvent(
            QEvent.Type.MouseMove, away, hold.mapToGlobal(away), Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(hold, moved)
    QTest.mouseRelease(hold, Qt.MouseButton.LeftButton)
    assert office.secretary.desk.meeting(meeting).purges == {}


def test_a_secret_paper_leaves_an_open_window_and_is_not_named(office, open_page, qtbot):
    meeting = office.issued()
    room = read_by(office, qtbot, "person-b", meeting)
    blob = room.view.blob
    withdraw(open_page(meeting), paper_of(office, meeting).paper, 0, qtbot)
    strip = strip_of(room)
    office.wait(lambda: strip.isVisible() and not room.view.pages.shape(blob))
    assert strip.words.text() == "A paper of item 2 was withdrawn."
    assert "Báo cáo" not in room.reading.where.text()
    strip.known.click()
    office.wait(lambda: not strip.isVisible())


def test_a_recalled_paper_is_named_and_the_board_fills(office, open_page, qtbot):
    meeting = office.issued()
    room = read_by(office, qtbot, "person-b", meeting)
    page = open_page(meeting)
    title = paper_of(office, meeting).title
    withdraw(page, paper_of(office, meeting).paper, 1, qtbot)
    office.wait(lambda: strip_of(room).words.text() == f"The paper “{title}” was withdrawn.")
    office.wait(lambda: page.boards)
    board = next(iter(page.boards.values()))
    office.wait(lambda: board.summary.text() == "Gone on 2 of 2 computers")
    assert board.title.text() == "Recalled: a paper of item 2"


def test_a_laptop_that_is_away_stands_on_the_board_until_it_is_back(office, open_page, qtbot):
    meeting = office.issued()
    away = office.join("person-b")
    paper = paper_of(office, meeting)
    office.wait(lambda: away.desk.paper_path(paper.current.blob))
    away.desk.link.stop()
    page = open_page(meeting)
    withdraw(page, paper.paper, 0, qtbot)
    office.wait(lambda: page.boards)
    board = next(iter(page.boards.values()))
    told = "Gone on 1 of 2 computers; 1 will delete it when they connect again"
    office.wait(lambda: board.summary.text() == told)
    rows = [row.accessibleName() for row in board.rows.rows()]
    assert any("Nông Thị Hiền: Away since" in row for row in rows)


def test_the_display_shows_it_no_more(office, open_page, qtbot):
    context = office.join(office.room)
    meeting = office.issued()
    office.wait(lambda: context.desk.meeting(meeting))
    display = RoomDisplay(context)
    qtbot.addWidget(display)
    display.resize(1280, 720)
    display.show()
    paper = paper_of(office, meeting)
    office.secretary.leading.open_meeting(meeting).result(10)
    office.secretary.leading.show_paper(meeting, paper.paper).result(10)
    office.wait(lambda: display.canvas.meeting.scene.scene == "paper")
    withdraw(open_page(meeting), paper.paper, 0, qtbot)
    office.wait(lambda: display.canvas.meeting.scene.scene != "paper")
    office.wait(lambda: not context.desk.paper_path(paper.current.blob))
    assert display.canvas.shown_paper() is None


def test_withdrawn_while_the_hub_is_away_it_goes_everywhere_when_the_hub_is_back(
    office, open_page, qtbot
):
    context = office.join(office.room)
    room = read_by(office, qtbot, "person-b", meeting := office.issued())
    paper = paper_of(office, meeting)
    office.wait(lambda: context.desk.paper_path(paper.current.blob))
    display = RoomDisplay(context)
    qtbot.addWidget(display)
    display.show()
    office.secretary.leading.show_paper(meeting, paper.paper).result(10)
    office.wait(lambda: display.canvas.meeting.scene.scene == "paper")
    page = open_page(meeting)
    office.hub.stop()
    office.wait(lambda: office.secretary.desk.link_state.state != "online")
    withdraw(page, paper.paper, 0, qtbot)
    office.wait(lambda: page.boards)
    board = next(iter(page.boards.values()))
    office.wait(lambda: board.summary.text().startswith("Waits for the hub"))
    office.hub = RunningHub(office.root / "s", announces=False)
    office.hub.start()
    office.wait(lambda: board.summary.text() == "Gone on 3 of 3 computers")
    office.wait(lambda: strip_of(room).isVisible())
    assert display.canvas.meeting.scene.scene != "paper"


def test_files_that_could_not_be_reached_are_named_to_who_has_them(office, open_page, qtbot):
    meeting = office.issued()
    room = read_by(office, qtbot, "person-b", meeting)
    desk, paper = room._context.desk, paper_of(office, meeting)
    copy = office.root / "bản sao.pdf"
    save_copy(desk, meeting, paper.current.blob, copy)
    copy.write_bytes(b"changed by hand")
    withdraw(open_page(meeting), paper.paper, 1, qtbot)
    office.wait(lambda: str(copy) in strip_of(room).words.text())


def test_the_page_names_every_paper_with_its_button(office, open_page):
    meeting = office.issued()
    names = {one.accessibleName() for one in open_page(meeting).findChildren(QPushButton)}
    assert f"Withdraw…: 2.1 {paper_of(office, meeting).title}" in names
