"""The roll call from the reading room to the chair's list, on a real hub."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from room_parts import console_list, part_of

from meetingroom.ui.chair.attendance import Attendance
from meetingroom.ui.reader.presence_strip import PresenceStrip
from meetingroom.ui.stage.moments import now

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def strip(office, qtbot):
    """A member's strip in an open meeting."""
    meeting = office.issued(kind="ubnd_regular", starts_at=now().isoformat())
    office.secretary.leading.open_meeting(meeting).result(10)
    member = office.join("person-b")
    office.wait(lambda: member.desk.meeting(meeting) and member.desk.meeting(meeting).is_running)
    return part_of(member, meeting, PresenceStrip, qtbot)


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
    listed = Attendance(office.secretary, print)
    qtbot.addWidget(listed)
    listed.show_meeting(roll(office, strip), office.secretary.desk.directory)
    assert listed.quorum.text().startswith("No quorum yet: 0 of 2")
    value = dict(listed._rows._wanted)["person-b"]
    assert value.told == "Substitute: Vàng A Sử · the chair has not decided"


def test_the_chair_agrees_and_the_substitute_comes_in(office, strip, qtbot):
    strip.answer("substitute", substitute="Vàng A Sử")
    chair = office.join("person-a")
    office.wait(lambda: chair.desk.meeting(strip._meeting))
    office.wait(lambda: "person-b" in chair.desk.meeting(strip._meeting).answers)
    listed = Attendance(chair, print)
    qtbot.addWidget(listed)
    listed.show_meeting(chair.desk.meeting(strip._meeting), chair.desk.directory)
    value = dict(listed._rows._wanted)["person-b"]
    assert value.steps == ("Agree", "Decline")
    chair.leading.decide(strip._meeting, "person-b", is_agreed=True).result(10)
    office.wait(lambda: roll(office, strip).substitute_agreed("Vàng A Sử", "person-b"))
    office.secretary.leading.stand_in(strip._meeting, "Vàng A Sử", "person-b").result(10)
    office.wait(lambda: chair.desk.meeting(strip._meeting).is_here("Vàng A Sử"))


@pytest.fixture
def listed(office, strip, qtbot):
    """The secretary's roll call, shown anew at each change."""
    with console_list(Attendance, office.secretary, strip._meeting, qtbot) as made:
        made.resize(460, 500)
        made.show()
        yield made


def touch(office, listed, name):
    """Press what is called so, once it is there."""

    def found():
        rows = listed.findChildren(QAbstractButton)
        return next((b for b in rows if b.accessibleName() == name and not b.isHidden()), None)

    office.wait(found)
    found().click()


HIEN = "Nông Thị Hiền"


def test_one_touch_checks_somebody_in_and_another_takes_it_back(office, strip, listed):
    touch(office, listed, f"Check in: {HIEN}")
    office.wait(lambda: roll(office, strip).is_here("person-b"))
    listed.toast.undo()
    office.wait(lambda: "person-b" not in roll(office, strip).presence)


def test_a_leaving_noted_by_mistake_leaves_no_gap(office, strip, listed):
    touch(office, listed, f"Check in: {HIEN}")
    touch(office, listed, f"Left: {HIEN}")
    office.wait(lambda: roll(office, strip).presence["person-b"].left_at)
    touch(office, listed, f"More: {HIEN}")
    touch(office, listed, f"Has not left: {HIEN}")
    office.wait(lambda: roll(office, strip).is_here("person-b"))
    assert roll(office, strip).presence["person-b"].before == ()


def test_two_touches_note_an_absence_and_its_reason(office, strip, listed):
    touch(office, listed, f"More: {HIEN}")
    touch(office, listed, f"Absent: ill: {HIEN}")
    office.wait(lambda: "person-b" in roll(office, strip).answers)
    assert roll(office, strip).answers["person-b"].reason == "ill"
    listed.toast.undo()
    office.wait(lambda: roll(office, strip).answers["person-b"].answer == "comes")


def test_a_substitute_is_a_person_of_the_directory_or_a_typed_name(office, strip, listed):
    for typed, kept in (("Hương Giang", "person-s"), ("Vàng A Sử", "Vàng A Sử")):
        touch(office, listed, f"More: {HIEN}")
        touch(office, listed, f"Substitute …: {HIEN}")
        office.wait(lambda: listed.findChild(QLineEdit))
        field = next(f for f in listed.findChildren(QLineEdit) if not f.isHidden())
        field.setText(typed)
        field.returnPressed.emit()
        office.wait(lambda kept=kept: _substitute(office, strip) == kept)


def _substitute(office, strip):
    answer = roll(office, strip).answers.get("person-b")
    return answer.substitute if answer else ""


def test_only_who_is_not_here_can_be_listed(office, strip, listed):
    touch(office, listed, f"Check in: {HIEN}")
    office.wait(lambda: roll(office, strip).is_here("person-b"))
    listed.missing.click()
    office.wait(lambda: "person-b" not in dict(listed._rows._wanted))
    assert "person-a" in dict(listed._rows._wanted)


def test_the_code_for_telephones_can_be_read_out_to_who_comes_late(office, strip, listed):
    if office.hub._phones.server is None:
        pytest.skip("the port beside this hub's is taken by another program")
    listed.show_code()
    office.wait(lambda: listed._codes.shown(roll(office, strip)))
    listed.show_code()
    code, address = listed._codes.shown(roll(office, strip))
    assert listed.code.isVisible()
    assert f"{code[:3]} {code[3:]}" in listed.code.text() and address[7:] in listed.code.text()
