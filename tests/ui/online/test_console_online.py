"""The console's online list: the passcode on request, and what lacks for opening by itself."""

from datetime import timedelta

import pytest
from online_meeting import PASSCODE, online_meeting

from meetingroom.ui.chair.online import Online
from meetingroom.ui.stage.moments import local, now

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def tab(office, qtbot, time):
    """The secretary's list of a meeting in two hours."""
    made = []

    def make(**said: object):
        starts_at = (now() + timedelta(hours=2)).isoformat()
        meeting = online_meeting(office, draft={"starts_at": starts_at}, **said)
        context = office.secretary
        online = Online(context, lambda future: future.result(10))
        qtbot.addWidget(online)

        def show(_what=None):
            online.show_meeting(context.desk.meeting(meeting), context.desk.directory)

        context.bridge.meeting_changed.connect(show)
        made.append(show)
        show()
        moment = local(online._meeting.issued.starts_at)
        online.before = lambda minutes: time.be(moment - timedelta(minutes=minutes))
        return online

    yield make
    for show in made:
        office.secretary.bridge.meeting_changed.disconnect(show)


def button(tab, key):
    return next((one for name, one in tab.buttons.items() if name.startswith(f"{key} ")), None)


def test_one_press_shows_the_passcode_and_one_hides_it(office, tab):
    shown = tab(passcode=PASSCODE)
    button(shown, "passcode").click()
    office.wait(lambda: shown._meeting.scene.passcode)
    office.wait(lambda: button(shown, "passcode").text() == "Hide the passcode")
    button(shown, "passcode").click()
    office.wait(lambda: not shown._meeting.scene.passcode)
    assert shown._meeting.scene.scene == "online"


def test_without_a_passcode_there_is_no_such_button(tab):
    assert button(tab(), "passcode") is None


def test_over_the_higher_levels_own_system_nothing_can_be_entered(tab):
    shown = tab(url="")
    assert button(shown, "join") is None and button(shown, "own") is None
    assert button(shown, "show").isEnabled()


def test_it_says_what_to_press_so_that_the_display_enters_by_itself(office, tab):
    shown = tab(opens_itself=True)
    assert "open the meeting and unlock" in shown.itself.words.text()
    meeting = shown._meeting.id
    office.secretary.leading.open_meeting(meeting).result(10)
    office.wait(lambda: "unlock the display" in shown.itself.words.text())
    office.secretary.leading.unlock_display(meeting, office.room).result(10)
    office.wait(lambda: "Not now" in shown.itself.words.text())


def test_in_the_last_minute_the_way_back_is_called_not_now(office, tab):
    shown = tab(opens_itself=True)
    meeting, leading = shown._meeting.id, office.secretary.leading
    leading.open_meeting(meeting).result(10)
    leading.unlock_display(meeting, office.room).result(10)
    leading.show_scene(meeting, "online").result(10)
    office.wait(lambda: button(shown, "back").isEnabled())
    assert button(shown, "back").text() == "Back from the call"
    shown.before(0.5)
    shown._show_time()
    assert button(shown, "back").text() == "Not now"
    button(shown, "back").click()
    office.wait(lambda: shown._meeting.scene.scene == "lobby")


def test_a_meeting_opened_early_still_counts_down_to_its_online_hour(office, tab):
    shown = tab()
    shown.before(20)
    office.secretary.leading.open_meeting(shown._meeting.id).result(10)
    office.wait(lambda: shown._meeting.state == "open")
    shown._show_time()
    assert shown.until.text() == "Starts in 20 minutes"
    shown.before(-5)
    shown._show_time()
    assert shown.until.text().startswith("Since ")
