"""A protected paper asks for its password where the page would be."""

import pytest
from one_desk import A4
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

NAME, SECRET = "Một", "mở ra"


@pytest.fixture
def locked(desk, make_view, qtbot):
    """A view on a paper that needs a password."""
    desk.pages.passwords[NAME] = SECRET
    view = make_view()
    qtbot.waitUntil(view.password_sheet.isVisible)
    return view


def type_password(view, words: str) -> None:
    view.password_sheet.password.insert(words)
    QTest.keyClick(view.password_sheet.password, Qt.Key.Key_Return)


def test_the_right_password_opens_the_paper_and_the_sheet_goes(locked, qtbot):
    sheet = locked.password_sheet
    with qtbot.waitSignal(locked.painted):
        type_password(locked, SECRET)
    assert locked.pages.size(locked.blob, 0) == A4
    qtbot.waitUntil(lambda: not sheet.isVisible())
    assert sheet.password.text() == ""


def test_a_wrong_password_is_said_and_may_be_typed_again(locked, qtbot):
    sheet = locked.password_sheet
    before = sheet.field.below.text()
    type_password(locked, "sai")
    qtbot.waitUntil(lambda: sheet.field.below.text() != before)
    assert sheet.isVisible() and not sheet.password.isReadOnly()
    assert sheet.password.selectedText() == "sai"
    type_password(locked, SECRET)
    qtbot.waitUntil(lambda: not sheet.isVisible())


def test_nothing_is_tried_before_something_is_typed(locked):
    sheet = locked.password_sheet
    assert not sheet.open_button.isEnabled()
    QTest.keyClick(sheet.password, Qt.Key.Key_Return)
    assert not sheet.password.isReadOnly()


def test_what_is_typed_cannot_be_read_by_others(locked):
    password = locked.password_sheet.password
    password.insert(SECRET)
    assert SECRET not in password.displayText()


def test_another_paper_is_read_meanwhile(locked, desk, qtbot):
    sheet = locked.password_sheet
    other = desk.desk.meeting("meeting-1").in_reading_order()[1].current.blob
    sheet.password.insert("nửa chừng")
    first = locked.blob
    locked.show_page(other, 0)
    qtbot.waitUntil(lambda: not sheet.isVisible())
    locked.show_page(first, 0)
    qtbot.waitUntil(sheet.isVisible)
    assert sheet.password.text() == ""
