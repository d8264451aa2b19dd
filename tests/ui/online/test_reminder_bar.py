"""Who leads is reminded of an online meeting: an hour before, ten minutes before, now."""

from datetime import timedelta

import msgspec
import pytest
from online_meeting import online_meeting

from meetingroom.ui.online.reminder_bar import ReminderBar
from meetingroom.ui.stage.moments import local, now

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def bar(office, qtbot):
    """Made anew, as after a start of the program; `led` is what it led to."""

    def make(context=None):
        led: list[tuple[str, bool]] = []
        made = ReminderBar(context or office.secretary, lambda *said: led.append(said))
        made.led = led
        qtbot.addWidget(made)
        office.wait(made._reminders.read.done)
        made.look()
        return made

    return make


@pytest.fixture
def starts(office, time):
    """A meeting in two hours; `at` minutes before it starts."""
    meeting = online_meeting(office, draft={"starts_at": (now() + timedelta(hours=2)).isoformat()})
    moment = local(office.secretary.desk.meeting(meeting).issued.starts_at)
    time.meeting = meeting
    time.before = lambda minutes: time.be(moment - timedelta(minutes=minutes))
    return time


def test_it_comes_an_hour_before_ten_minutes_before_and_at_the_time(bar, starts):
    shown = bar()
    assert shown.isHidden()
    seen = []
    for minutes in (59, 40, 9, 5, -0.1, -3):
        starts.before(minutes)
        shown.look()
        seen.append(not shown.isHidden())
        shown.action_requested.emit("later")
    assert seen == [True, False, True, False, True, False]


def test_it_says_how_long_it_is_still(bar, starts):
    starts.before(8.5)
    shown = bar()
    assert "in 9 minutes" in shown.title_label.text()
    starts.before(7.5)
    shown.look()
    assert "in 8 minutes" in shown.title_label.text()


def test_a_program_started_late_reminds_once_of_what_is_next(bar, starts):
    starts.before(7)
    assert not bar().isHidden()
    starts.before(6)
    assert bar().isHidden()


def test_one_press_leads_to_the_list(bar, starts):
    starts.before(50)
    shown = bar()
    shown.action_requested.emit("lead")
    assert shown.led == [(starts.meeting, False)]
    assert shown.isHidden()


def test_who_does_not_lead_is_not_reminded(office, bar, starts):
    member = office.join("person-b")
    office.wait(lambda: member.desk.meeting(starts.meeting))
    starts.before(9)
    assert bar(member).isHidden()


def test_a_meeting_that_is_over_takes_its_reminder_along(office, bar, starts):
    starts.before(9)
    shown = bar()
    office.secretary.leading.open_meeting(starts.meeting).result(10)
    office.secretary.leading.close_meeting(starts.meeting).result(10)
    office.wait(shown.isHidden)


def test_a_meeting_put_off_reminds_again(office, bar, starts):
    starts.before(9)
    shown = bar()
    assert shown._reminders.due(now()) is None
    drafting = office.secretary.drafting
    later = (now() + timedelta(minutes=30)).isoformat()
    draft = drafting.revise(starts.meeting).result(10)
    drafting.adopt(msgspec.structs.replace(draft, starts_at=later)).result(10)
    office.secretary.issuing.issue(starts.meeting).result(30)
    office.wait(lambda: "in 30 minutes" in shown.title_label.text())


def test_at_the_time_it_leads_to_where_it_is_entered(bar, starts):
    starts.before(-1)
    shown = bar()
    shown.action_requested.emit("lead")
    assert shown.led == [(starts.meeting, True)]


def test_who_is_in_already_is_not_reminded_of_the_beginning(office, bar, starts):
    leading = office.secretary.leading
    leading.open_meeting(starts.meeting).result(10)
    link = office.secretary.desk.meeting(starts.meeting).issued.links[0].link
    leading.enter_call(starts.meeting, link).result(10)
    starts.before(-1)
    assert bar().isHidden()


def test_who_opens_the_meeting_needs_no_bar_until_it_begins(office, bar, starts):
    starts.before(9)
    shown = bar()
    office.secretary.leading.open_meeting(starts.meeting).result(10)
    office.wait(shown.isHidden)
    starts.before(-1)
    shown.look()
    assert not shown.isHidden()
