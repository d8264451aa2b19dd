"""The roll call from the reading room to the chair's list, on a real hub."""

import pytest

from meetingroom.ui.chair.attendance import Attendance
from meetingroom.ui.reader.presence_strip import PresenceStrip
from meetingroom.ui.reader.taking_part import TakingPart
from meetingroom.ui.stage.moments import now

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def strip(office, qtbot):
    """A member's strip in an open meeting."""
    meeting = office.issued(kind="ubnd_regular", starts_at=now().isoformat())
    office.secretary.leading.open_meeting(meeting).result(10)
    member = office.join("person-b")
    office.wait(lambda: member.desk.meeting(meeting) and member.desk.meeting(meeting).is_running)
    parts = TakingPart(member)
    qtbot.addWidget(parts)
    parts.open_meeting(meeting)
    found = next(part for part in parts.parts if isinstance(part, PresenceStrip))
    found.kept_with = parts  # its row lives as long as it does
    return found


def roll(office, strip):
    """The meeting as the secretary's computer has it."""
    return office.secretary.desk.meeting(strip._meeting)


def test_one_checks_in_leaves_and_comes_back(office, strip):
    assert not strip.isHidden() and strip.leave.isHidden()
    strip.online.click()
    office.wait(lambda: roll(office, strip).is_here("person-b"))
    office.wait(lambda: strip.words.text().startswith("You are here"))
    strip.leave.click()
    office.wait(lambda: not roll(office, strip).is_here("person-b"))
    office.wait(lambda: not strip.room.isHidden())
    strip.room.click()
    office.wait(lambda: roll(office, strip).is_here("person-b"))
    assert len(roll(office, strip).presence["person-b"].before) == 1


def test_the_list_says_who_sends_whom_and_what_is_missing(office, strip, qtbot):
    strip.answer("substitute", substitute="Vàng A Sử")
    office.wait(lambda: "person-b" in roll(office, strip).answers)
    listed = Attendance()
    qtbot.addWidget(listed)
    listed.show_meeting(roll(office, strip), office.secretary.desk.directory)
    assert listed.quorum.text().startswith("No quorum yet: 0 of 2")
    value = dict(listed._rows._wanted)["person-b"]
    assert value[3] == "Substitute: Vàng A Sử · the chair has not decided"


def test_the_chair_agrees_and_the_substitute_comes_in(office, strip, qtbot):
    strip.answer("substitute", substitute="Vàng A Sử")
    chair = office.join("person-a")
    office.wait(lambda: chair.desk.meeting(strip._meeting))
    office.wait(lambda: "person-b" in chair.desk.meeting(strip._meeting).answers)
    listed = Attendance()
    qtbot.addWidget(listed)
    listed.me = chair.me
    listed.show_meeting(chair.desk.meeting(strip._meeting), chair.desk.directory)
    assert [words for words, _ in listed._steps("person-b")] == ["Agree", "Decline"]
    chair.leading.decide(strip._meeting, "person-b", is_agreed=True).result(10)
    office.wait(lambda: roll(office, strip).substitute_agreed("Vàng A Sử", "person-b"))
    office.secretary.leading.stand_in(strip._meeting, "Vàng A Sử", "person-b").result(10)
    office.wait(lambda: chair.desk.meeting(strip._meeting).is_here("Vàng A Sử"))
