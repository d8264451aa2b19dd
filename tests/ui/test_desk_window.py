"""The window of a desk: where one is, and how much room the side bar takes."""

from concurrent.futures import Future
from types import SimpleNamespace

import pytest
from one_desk import MEETING
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meetingroom.domain.facts import PersonSet
from meetingroom.domain.ids import OFFICE
from meetingroom.sentences import sentence
from meetingroom.services.news import Problem
from meetingroom.ui.controls import Button
from meetingroom.ui.desk_window import DeskWindow
from meetingroom.ui.settings_room import SettingsRoom
from meetingroom.ui.theme import apply_theme, load_theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside")


@pytest.fixture
def window(desk, qtbot):
    """The window of one person's desk, open at the calendar."""
    opened = SimpleNamespace(context=desk.context, start=lambda: None, close=lambda: None)

    def open_home():
        future = Future()
        future.set_result(None)
        return future

    made = DeskWindow(open_home, lambda _home: opened, None)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.begin()
    qtbot.waitUntil(lambda: made.context is not None and not made.is_preparing, timeout=30_000)
    yield made
    made.end()


def test_the_side_bar_marks_where_one_is_also_after_reading(window):
    assert window.side_bar.current_key() == "home"
    window.go("settings")
    assert window.side_bar.current_key() == "settings"
    window.read(MEETING)
    window.room.home_requested.emit()
    assert window.side_bar.current_key() == "home" and window.side_bar.isVisible()


def test_the_settings_are_reached_from_the_foot_of_the_side_bar(window):
    entries = window.side_bar.findChildren(Button)
    shown = [button for button in entries if button.isVisible()]
    QTest.mouseClick(shown[-1], Qt.MouseButton.LeftButton)
    assert isinstance(window.stack.currentWidget(), SettingsRoom)


def test_the_side_bar_keeps_its_words_for_who_only_reads(window):
    wide = window.side_bar.width()
    window.resize(1000, 768)
    assert window.side_bar.width() < wide


def test_the_side_bar_of_a_secretary_shows_icons_below_1600(window, desk, qtbot):
    wide = window.side_bar.width()
    secretary = PersonSet(person=desk.desk.person, name="Thử", rights=("secretary",))
    desk.desk.run(lambda: desk.desk.write(OFFICE, secretary)).result(30)
    qtbot.waitUntil(lambda: window.side_bar.width() < wide)
    window.resize(1920, 1080)
    assert window.side_bar.width() == wide


def test_larger_text_folds_the_readers_panels_and_every_tab_stays_in_sight(window, qapp, qtbot):
    window.read(MEETING)
    room = window.room
    qtbot.waitUntil(lambda: room.notes.isVisible() and room.contents.isVisible())
    window.go("settings")
    apply_theme(qapp, load_theme("light", 2.0, less_motion=True))
    window.read(MEETING)

    qtbot.waitUntil(lambda: room.width() == 1366)
    assert not room.notes.isVisible() and not room.contents.isVisible()
    QTest.mouseClick(room.agenda_button, Qt.MouseButton.LeftButton)
    tabs = room.contents.tabs
    qtbot.waitUntil(lambda: tabs.tabRect(tabs.count() - 1).right() <= tabs.width())
    assert window.width() == 1366


def test_a_full_disk_that_no_screen_waits_for_is_told_over_any_place(window, desk, qtbot):
    window.go("settings")
    desk.desk.announce(Problem(code="link.lost"))
    desk.desk.announce(Problem(code="store.full"))
    qtbot.waitUntil(window.trouble.isVisible)
    assert window.trouble.title_label.text() == sentence("store.full")
    window.trouble.action_requested.emit("done")
    qtbot.waitUntil(window.trouble.isHidden)


def test_a_bug_in_what_somebody_wished_for_is_told(window, desk, qtbot, caplog):
    def wish() -> None:
        raise ZeroDivisionError

    desk.context.bridge.when_done(desk.desk.run(wish))
    qtbot.waitUntil(window.trouble.isVisible)
    assert "logs" in window.trouble.advice_label.text()
    assert "ZeroDivisionError" in caplog.text
    caplog.clear()
