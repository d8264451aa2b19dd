"""Who leads sends the display into the online meeting and back, from a laptop."""

import pytest
from shown_paper import show_the_paper

from meetingroom.ui.chair.online import Online

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
