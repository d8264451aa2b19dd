"""What a person may change on this computer, and where this program's source is."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from meetingroom.desktop import SOURCES, keep_settings
from meetingroom.domain.errors import StoreError
from meetingroom.settings import Settings, read_settings
from meetingroom.ui.context import Preferences
from meetingroom.ui.settings_room import SettingsRoom
from meetingroom.ui.theme import current_theme, load_theme
from meetingroom.wording import choose_language, language

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def make_settings(desk, qtbot, tmp_path):
    """The settings of one desk, kept in a real folder."""
    shown: list[Path] = []

    def make(keep=keep_settings, *, has_hub=False):
        run = desk.desk.run
        preferences = Preferences(
            read=lambda: run(lambda: read_settings(tmp_path)),
            keep=lambda new: run(lambda: keep(tmp_path, new)),
            sources=SOURCES,
            show_sources=lambda: shown.append(SOURCES),
            has_hub=has_hub,
        )
        context = desk.context
        fields = {name: getattr(context, name) for name in context.__dataclass_fields__}
        room = SettingsRoom(type(context)(**{**fields, "preferences": preferences}))
        qtbot.addWidget(room)
        room.resize(1150, 768)
        room.show()
        return room

    make.shown = shown
    return make


def press(choice, key):
    QTest.mouseClick(choice._buttons[key], LEFT)


def test_a_larger_text_is_worn_at_once_and_kept(make_settings, qtbot, tmp_path):
    room = make_settings()
    press(room.text_size, "150")
    qtbot.waitUntil(lambda: current_theme().text_scale == 1.5)
    assert read_settings(tmp_path).text_scale == 1.5
    again = make_settings()
    qtbot.waitUntil(lambda: again.text_size.current_key() == "150")


def test_high_contrast_is_worn_at_once_and_kept(make_settings, qtbot, tmp_path):
    press(make_settings().theme, "high_contrast")
    qtbot.waitUntil(lambda: current_theme().name == "high_contrast")
    assert read_settings(tmp_path).theme == "high_contrast"
    ground = QApplication.palette().window().color()
    assert ground == load_theme("high_contrast").colour("desk")


def test_another_language_is_kept_for_the_next_start_and_says_so(make_settings, qtbot, tmp_path):
    before = language()
    choose_language("vi")
    room = make_settings()
    press(room.language, "en")
    qtbot.waitUntil(lambda: read_settings(tmp_path).language == "en")
    assert room.next_start.isVisible() and language() == "vi"
    choose_language(before)


def test_settings_that_cannot_be_kept_are_told_and_shown_as_they_are(make_settings, qtbot):
    def full(_folder, _new):
        raise StoreError("store.unwritable", file="settings.toml", reason="full")

    room = make_settings(full)
    press(room.text_size, "200")
    qtbot.waitUntil(room.info.isVisible)
    qtbot.waitUntil(lambda: room.text_size.current_key() == "100")
    assert current_theme().text_scale == 1.0


def test_one_changed_setting_leaves_the_others_as_they_are(tmp_path):
    keep_settings(tmp_path, {"hub_port": 5000})
    keep_settings(tmp_path, {"theme": "high_contrast"})
    assert read_settings(tmp_path) == Settings(hub_port=5000, theme="high_contrast")


def test_a_path_of_windows_and_quotes_are_kept_as_they_are(tmp_path):
    folder = 'D:\\sao lưu\\"của tôi"'
    keep_settings(tmp_path, {"own_backup_folder": folder})
    assert read_settings(tmp_path) == Settings(own_backup_folder=folder)


def test_the_source_code_is_one_press_away(make_settings):
    QTest.mouseClick(make_settings().sources, LEFT)
    assert make_settings.shown == [SOURCES]
    assert (SOURCES / "ui" / "settings_room.py").is_file()


def test_check_in_by_phone_is_switched_on_the_hubs_computer_only(make_settings, qtbot, tmp_path):
    assert make_settings().phones.isHidden()
    room = make_settings(has_hub=True)
    qtbot.waitUntil(lambda: room.phones.current_key() == "yes")
    press(room.phones, "no")
    qtbot.waitUntil(lambda: not read_settings(tmp_path).check_in_by_code)
