"""An official goes into the online meeting from the own laptop, where the invitation allows it."""

import pytest
from online_meeting import ADDRESS, online_meeting

from meetingroom.ui.reader.call_strip import CallStrip
from meetingroom.wording import tr

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def strip(office, qtbot):
    """The strip of a member of an open meeting, following its news."""

    ends = []

    def make(**said: object):
        meeting = online_meeting(office, passcode="482915", **said)
        office.secretary.leading.open_meeting(meeting).result(10)
        context = office.join("person-b")
        office.wait(lambda: (m := context.desk.meeting(meeting)) and m.state == "open")
        made = CallStrip(context)
        qtbot.addWidget(made)

        def show(what):
            made.show_meeting(what.meeting)

        changed = context.bridge.meeting_changed
        changed.connect(show)
        ends.append(lambda: changed.disconnect(show))
        made.show_meeting(context.desk.meeting(meeting))
        return made

    yield make
    for end in ends:
        end()


def known(office, made):
    return office.secretary.desk.meeting(made._meeting.id)


def test_one_press_joins_and_checks_in_and_another_leaves(office, strip):
    made = strip(is_for_all=True)
    assert made.isVisible() and made.leave.isHidden()
    made.join_here.click()
    office.wait(lambda: office.programs.opened == [f"{ADDRESS}?pwd=482915"])
    office.wait(lambda: known(office, made).presence.get("person-b"))
    assert known(office, made).presence["person-b"].way == "online"
    office.wait(lambda: made.leave.isVisible() and made.join_here.isHidden())
    made.leave.click()
    office.wait(made.leave.isHidden)
    office.wait(lambda: not next(iter(known(office, made).calls.values())).is_in)


def test_joining_alone_checks_nobody_in(office, strip):
    made = strip(is_for_all=True)
    made.join.click()
    office.wait(made.leave.isVisible)
    assert made.join.text() == tr("Join again")
    assert "person-b" not in known(office, made).presence


def test_without_leave_for_all_nothing_is_offered(office, strip):
    made = strip(is_for_all=False)
    assert made.isHidden()


def test_an_address_that_is_not_what_it_seems_is_not_opened_and_the_strip_says_so(office, strip):
    made = strip(is_for_all=True, url="https://192.0.2.7/j/1", secret=None, local_secret=None)
    made.join.click()
    office.wait(lambda: "192.0.2.7" in made.words.text())
    assert office.programs.opened == [] and known(office, made).calls == {}
