"""Who leads sends the display into the online meeting and back, from a laptop."""

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from shown_paper import show_the_paper

from meetingroom.domain.facts import SceneShown
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.chair.online import Online
from meetingroom.ui.display.calling import Calling

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "support raise")
ADDRESS = "https://zoom.us/j/81234567890"


@pytest.fixture
def made(office, display):
    """A locked display at page 2 of a paper."""
    shown = display(ADDRESS)
    office.secretary.leading.open_meeting(shown.canvas.meeting_id).result(10)
    show_the_paper(office, shown)
    shown.turning.to(1)
    office.wait(lambda: shown.canvas.stage().page == 1)
    office.secretary.leading.lock_display(shown.canvas.meeting_id, office.room).result(10)
    office.wait(lambda: not shown.is_unlocked)
    return shown


@pytest.fixture
def tab(office, made, qtbot):
    """The secretary's list of online meetings."""
    context = office.secretary
    online = Online(context, lambda future: future.result(10))
    qtbot.addWidget(online)
    office.wait(lambda: context.desk.meeting(made.canvas.meeting_id).scene.scene == "paper")

    def show(what):
        online.show_meeting(what.meeting, context.desk.directory)

    context.bridge.meeting_changed.connect(show)
    online.show_meeting(context.desk.meeting(made.canvas.meeting_id), context.desk.directory)
    yield online
    context.bridge.meeting_changed.disconnect(show)


def press(office, tab, key):
    """A button of the only link, once it may be pressed."""

    def found():
        return next(b for name, b in tab.buttons.items() if name.startswith(key))

    office.wait(lambda: found().isEnabled())
    found().click()


def test_the_display_enters_the_call_and_comes_back_to_its_page(office, made, tab):
    press(office, tab, "join")
    office.wait(lambda: made.calling.is_aside and office.programs.opened == [ADDRESS])
    office.wait(lambda: tab._meeting.scene.join)
    press(office, tab, "back")
    office.wait(lambda: not made.calling.is_aside)
    office.wait(lambda: made.meeting.scene.scene == "paper")
    assert made.canvas.stage().page == 1


def test_what_else_happens_calls_it_in_only_once(office, made, tab):
    press(office, tab, "join")
    office.wait(lambda: made.calling.is_aside)
    made.calling.come_back()
    office.wait(lambda: made.meeting.scene.scene == "paper")
    office.secretary.leading.check_in(made.canvas.meeting_id, "person-b", "online").result(10)
    office.wait(lambda: made.meeting.is_here("person-b"))
    assert office.programs.opened == [ADDRESS] and not made.calling.is_aside
    office.wait(lambda: tab.there.text() == "Online now: Nông Thị Hiền")


def test_the_list_says_whether_a_passcode_is_known(office, made, tab):
    words = [tab._links.itemAt(n).widget().text() for n in range(2)]
    assert words == ["Hội nghị tỉnh", "zoom.us · no passcode is known: it has to be typed if the"
                     " service asks"]  # fmt: skip


def test_asked_for_while_it_has_the_screen_it_is_opened_anew_and_else_not(office, made, tab):
    press(office, tab, "join")
    office.wait(lambda: made.calls._was_in)
    press(office, tab, "join")
    office.wait(lambda: office.programs.opened == [ADDRESS] * 2)
    made.calls.on_papers()
    press(office, tab, "join")
    office.wait(lambda: made.calling.is_aside)
    assert office.programs.opened == [ADDRESS] * 2


def test_the_list_says_who_is_in_the_call_and_ends_one_that_went_on_unseen(office, made, tab):
    press(office, tab, "join")
    office.wait(lambda: made.calls._was_in)
    office.wait(lambda: "Hội trường · since" in tab.in_call.text())
    paper = next(iter(made.meeting.papers))
    office.secretary.leading.show_paper(made.canvas.meeting_id, paper).result(10)
    office.wait(lambda: tab._meeting.scene.scene == "paper" and not made.calling.is_aside)
    press(office, tab, "back")
    office.wait(lambda: tab.in_call.text() == "" and not made.calling.link)
    assert made.meeting.scene.scene == "paper"


def test_under_a_warning_the_press_says_that_it_is_meant(office, display, qtbot):
    unsafe = "https://zoom.us.example.com/j/81234567890"
    shown = display(unsafe, unlocked=False)
    office.secretary.leading.open_meeting(shown.canvas.meeting_id).result(10)
    context = office.secretary
    online = Online(context, lambda future: future.result(10))
    qtbot.addWidget(online)
    office.wait(lambda: context.desk.meeting(shown.canvas.meeting_id).state == "open")
    online.show_meeting(context.desk.meeting(shown.canvas.meeting_id), context.desk.directory)
    office.wait(lambda: online._ways)
    button = next(b for name, b in online.buttons.items() if name.startswith("join"))
    assert button.accessibleName() == "Open it on the display all the same"
    button.click()
    office.wait(lambda: office.programs.opened == [unsafe])


def test_a_display_that_comes_to_another_meeting_opens_no_call_of_before(qtbot):
    window, wanted = QWidget(), []
    qtbot.addWidget(window)
    calling = Calling(window)
    calling.wanted.connect(wanted.append)
    asked = SceneShown(scene="online", link="l", join=True)
    lobby = Meeting(id="a", scene_record="lobby")
    called = msgspec.structs.replace(lobby, scene=asked, scene_record="asked")
    other = msgspec.structs.replace(called, id="b", scene_record="before")
    for meeting in (lobby, called, called, other, called):
        calling.note(meeting)
        calling.follow(meeting, may_join=True)
    assert wanted == [False]
    again = msgspec.structs.replace(called, scene_record="again")
    calling.follow(again, may_join=True)
    assert wanted == [False, False]
