"""People and computers: typed, listed, given codes, cut off."""

import pytest
from PySide6.QtWidgets import QApplication

from meetingroom.ui.secretary.people_room import PeopleRoom
from meetingroom.ui.secretary.person_dialog import PersonDialog
from meetingroom.ui.secretary.standby_button import StandbyButton

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def room(office, qtbot):
    """The people's room, filled."""
    made = PeopleRoom(office.secretary)
    qtbot.addWidget(made)
    made.resize(1150, 768)
    made.show()
    office.wait(lambda: len(made._lines) == 4)
    return made


def names(office):
    """Everybody in the office."""
    return [person.name for person in office.secretary.desk.directory.in_protocol_order()]


def test_a_typed_person_belongs_to_the_office(office, room):
    room.on_new()
    dialog = room.findChild(PersonDialog)
    assert not dialog.keep.isEnabled()
    dialog.editors["name"].setText("Lý A  Sùng")
    dialog.editors["title"].setText("Trưởng phòng")
    dialog.secretary.setChecked(True)
    dialog.keep.click()
    office.wait(lambda: "Lý A Sùng" in names(office))
    added = office.secretary.desk.directory.in_protocol_order()[-1]
    assert (added.title, added.rights) == ("Trưởng phòng", ("secretary",))


def test_administrators_cannot_lock_themselves_out(office, room):
    room.on_change("person-s")
    assert not room.findChild(PersonDialog).administrator.isEnabled()


def test_a_list_adds_only_who_is_not_there_yet(office, room, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("Họ và tên;Chức vụ\nHoàng Văn Páo;Chủ tịch\nVi Thị Lan;Phó Chủ tịch HĐND\n")
    room.take_list(file)
    office.wait(lambda: "Vi Thị Lan" in names(office))
    office.wait(lambda: "1 people were added; 1 were here already." in room.info.title_label.text())
    assert names(office).count("Hoàng Văn Páo") == 1


def test_a_list_without_names_is_refused_with_a_sentence(office, room, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("a;b\n1;2\n")
    room.take_list(file)
    office.wait(lambda: "no column with names" in room.info.title_label.text())


def test_a_code_is_shown_large_and_can_be_copied(office, room):
    room.on_code("person-a", "Hoàng Văn Páo")
    office.wait(room.code_card.isVisible)
    code = room.code_card.code.text()
    assert len(code.replace("-", "")) == 8
    assert "Hoàng Văn Páo" in room.code_card.who.text()
    room.code_card.copy.click()
    assert QApplication.clipboard().text() == code


def test_a_revoked_computer_leaves_the_list_at_once(office, room):
    office.join("person-b")
    office.wait(lambda: room._shown["person-b"].devices)
    room.on_revoke(room._shown["person-b"].devices[0][0])
    office.wait(lambda: not room._shown["person-b"].devices)
    assert "new code" in room.info.advice_label.text()


def test_a_computer_is_made_a_standby_and_no_longer(office, room):
    office.join("person-b")
    office.wait(lambda: room._shown["person-b"].devices)
    device, _, _, is_standby = room._shown["person-b"].devices[0]
    assert not is_standby
    for expected in (True, False):
        room._lines["person-b"].findChild(StandbyButton).click()
        office.wait(lambda expected=expected: room._shown["person-b"].devices[0][3] is expected)
        directory = office.secretary.desk.directory
        assert (device in directory.standbys) is expected


def test_the_search_forgives_marks_and_capitals(office, room):
    room._filter("NONG hien")
    visible = [key for key, line in room._lines.items() if line.isVisibleTo(room)]
    assert visible == ["person-b"]
