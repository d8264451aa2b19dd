"""One press before a meeting: the list on the secretary's desk and on the chair's console."""

import pytest
from PySide6.QtGui import QGuiApplication

from meetingroom.services import rehearsing
from meetingroom.ui.chair.console import ChairConsole
from meetingroom.ui.display.room_display import RoomDisplay
from meetingroom.ui.rehearsing.page import RehearsalPage
from meetingroom.ui.secretary.desk import SecretaryDesk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsing, "TELL_SECONDS", 0.05)


@pytest.fixture
def open_page(office, qtbot):
    """The page at the secretary's desk."""

    def make(meeting: str) -> RehearsalPage:
        desk = SecretaryDesk(office.secretary)
        qtbot.addWidget(desk)
        desk.resize(1150, 768)
        desk.show()
        desk.open_meeting(meeting)
        desk.pages["follow"].tabs.choose("rehearsal")
        return desk.pages["follow"].more("rehearsal")

    return make


def said(page: RehearsalPage) -> list[str]:
    """What each row says to who cannot see."""
    return [row.accessibleName() for row in page.rows.rows()]


def checked(office, page: RehearsalPage) -> list[str]:
    page.start.click()
    office.wait(lambda: page.rehearsal is not None and not page._look.isActive())
    office.wait(lambda: page.rows.is_filled)
    return said(page)


def test_one_press_lists_every_computer_with_the_worst_first(office, open_page, qtbot):
    context = office.join(office.room)
    display = RoomDisplay(context)
    qtbot.addWidget(display)
    display.show()
    display.use_screens("")
    official = office.join("person-b")
    meeting = office.issued()
    paper = next(iter(office.secretary.desk.meeting(meeting).papers.values()))
    office.wait(lambda: official.desk.paper_path(paper.current.blob))
    office.wait(lambda: context.desk.paper_path(paper.current.blob))
    told = checked(office, page := open_page(meeting))
    assert told[0] == "Hoàng Văn Páo: Look at it. Has no computer"
    assert {"Nông Thị Hiền: Ready. ", "Display: Hội trường: Ready. "} < set(told)
    assert "1 to look at" in page.summary.text()


def test_a_paper_that_is_damaged_on_a_laptop_is_named_with_what_to_do(office, open_page):
    official = office.join("person-b")
    meeting = office.issued()
    paper = next(iter(office.secretary.desk.meeting(meeting).papers.values()))
    office.wait(lambda: official.desk.paper_path(paper.current.blob))
    path = official.desk.paper_path(paper.current.blob)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 broken")
    page = open_page(meeting)
    told = checked(office, page)
    assert f"Nông Thị Hiền: Not ready. Papers that were damaged there: 2.1 {paper.title}" in told
    page.copy.click()
    words = QGuiApplication.clipboard().text()
    assert "[Not ready] Nông Thị Hiền" in words and "being fetched anew" in words
    office.wait(lambda: official.desk.paper_path(paper.current.blob))


def test_the_chair_sees_the_list_the_secretary_had_made(office, open_page, qtbot):
    chair = office.join("person-a")
    meeting = office.issued()
    office.wait(lambda: chair.desk.meeting(meeting))
    checked(office, open_page(meeting))
    console = ChairConsole(chair)
    console.complete()
    qtbot.addWidget(console)
    console.resize(1366, 768)
    console.show()
    console.open_meeting(meeting)
    console.tabs.choose("rehearsal")
    page = console.lists["rehearsal"]
    office.wait(lambda: page.when.text().endswith("by Hương Giang"))


def test_without_the_hub_it_says_so_and_can_be_pressed_again(office, open_page):
    meeting = office.issued()
    page = open_page(meeting)
    office.wait(page.start.isEnabled)
    office.secretary.desk.link.stop()
    page.start.click()
    office.wait(page.said.isVisible)
    assert "hub is away" in page.said.text() and page.start.isEnabled()
