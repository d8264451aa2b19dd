"""Somebody new: joins with a code, or founds the office and keeps the recovery key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from meetingroom.domain.errors import EnrolmentError, LinkError
from meetingroom.ui.first_founding import NAME, SECRETARY

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
PROBLEMS = (
    EnrolmentError("code.wrong"), EnrolmentError("code.unknown"), EnrolmentError("code.expired"),
    EnrolmentError("code.used"), EnrolmentError("code.too_many"),
    LinkError("link.nothing_there", address="10.0.0.9:47800"),
    LinkError("link.firewall", address="10.0.0.9:47800"),
    LinkError("link.not_found"), LinkError("link.not_a_hub", address="10.0.0.9:47800"),
)  # fmt: skip


def found(first, qtbot, name="Xã Mẫu", person="Hương Giang"):
    """Fill the form and press the button."""
    first.begin.click()
    first.found_card.name.setText(name)
    first.found_card.people.item(0, NAME).setText(person)
    first.found_card.go.click()


def test_each_problem_of_joining_is_its_own_sentence(first, answers, qtbot):
    told = set()
    for problem in PROBLEMS:
        answers.answer = problem
        first.join_card.code.clear()
        first.join_card.code.insert_code("H7KM-4P2X")
        first.join_card.on_join()
        qtbot.waitUntil(first.join_card.sentence.isVisible)
        told.add(first.join_card.sentence.text())
    assert len(told) == len(PROBLEMS)
    assert first.join_card.join.isEnabled()


def test_a_code_is_typed_and_joined_by_keyboard_alone(first, answers, qtbot):
    first.join_card.code.setFocus()
    QTest.keyClicks(first.join_card.code, "h7km4p2x")
    assert first.join_card.join.hasFocus()
    with qtbot.waitSignal(first.finished):
        QTest.keyClick(first.join_card.join, Qt.Key.Key_Return)
    assert answers.joined == [("H7KM4P2X", "")]


def test_where_no_hub_answers_the_address_can_be_typed(answers, qtbot):
    from meetingroom.ui.first_run import FirstRun

    answers.offices = []
    first = FirstRun(answers.steps())
    qtbot.addWidget(first)
    first.show()
    card = first.join_card
    qtbot.waitUntil(card.field.isVisible)
    card.address.setText("10.0.0.9:47800")
    card.code.insert_code("H7KM4P2X")
    with qtbot.waitSignal(first.finished):
        card.join.click()
    assert answers.joined == [("H7KM4P2X", "10.0.0.9:47800")]


def test_the_search_can_be_made_again(answers, qtbot):
    from meetingroom.ui.first_run import FirstRun

    answers.offices = []
    first = FirstRun(answers.steps())
    qtbot.addWidget(first)
    first.show()
    qtbot.waitUntil(first.join_card.again.isVisible)
    answers.offices = ["Xã Mẫu"]
    first.join_card.again.click()
    qtbot.waitUntil(lambda: "Xã Mẫu" in first.join_card.found.text())


def test_an_office_without_a_name_is_not_founded(first, answers, qtbot):
    found(first, qtbot, name="  ")
    assert first.found_card.name_field.below.text() == "The office needs a name."
    assert answers.charters == []


def test_an_office_without_a_secretary_is_not_founded(first, answers, qtbot):
    first.begin.click()
    first.found_card.people.item(0, SECRETARY).setCheckState(Qt.CheckState.Unchecked)
    found(first, qtbot)
    assert "tick who is the secretary" in first.found_card.sentence.text()
    assert answers.charters == []


def test_people_are_typed_one_a_row(first, answers, qtbot):
    first.begin.click()
    table = first.found_card.people
    table.item(0, NAME).setText("Hương  Giang")
    table.item(1, NAME).setText("Hoàng Văn Páo")
    assert table.rowCount() == 3
    found(first, qtbot, person="Hương Giang")
    qtbot.waitUntil(lambda: bool(answers.charters))
    people = answers.charters[0].people
    assert [person.name for person in people] == ["Hương Giang", "Hoàng Văn Páo"]
    assert people[0].rights == ("secretary", "administrator")


def test_a_file_fills_the_table_and_keeps_what_it_does_not_show(first, answers, qtbot, sample):
    first.begin.click()
    first.found_card.take_list(sample / "people.csv")
    qtbot.waitUntil(lambda: first.found_card.people.rowCount() > 20)
    first.found_card.name.setText("Xã Mẫu")
    first.found_card.go.click()
    qtbot.waitUntil(lambda: bool(answers.charters))
    assert any(person.phone or person.email for person in answers.charters[0].people)


def test_the_desk_opens_only_once_the_recovery_key_is_kept(first, qtbot):
    found(first, qtbot)
    card = first.recovery_card
    qtbot.waitUntil(card.isVisible)
    assert not card.go.isEnabled()
    card.written.setChecked(True)
    with qtbot.waitSignal(first.finished):
        card.go.click()


def test_the_recovery_key_is_copied_whole_and_saved_with_the_office(first, qtbot, tmp_path):
    found(first, qtbot)
    card = first.recovery_card
    qtbot.waitUntil(card.isVisible)
    card.on_copy()
    key = QApplication.clipboard().text()
    assert key.count("-") == 13
    card.save(tmp_path / "key.txt")
    words = (tmp_path / "key.txt").read_text(encoding="utf-8")
    assert key in words
    assert "Xã Mẫu" in words


def test_a_key_that_cannot_be_saved_is_said_not_lost(first, qtbot, tmp_path):
    found(first, qtbot)
    card = first.recovery_card
    qtbot.waitUntil(card.isVisible)
    card.save(tmp_path / "missing" / "key.txt")
    assert "key.txt cannot be written" in card.said.text()
    assert card.key.text()
