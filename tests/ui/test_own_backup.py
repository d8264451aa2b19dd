"""The own backup in the settings: made with a passphrase typed twice, and brought back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from one_desk import MEETING, OneDesk, one_desk
from PySide6.QtWidgets import QFileDialog

from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Note
from meetingroom.services.marking import Content
from meetingroom.services.personal_backup import PersonalBackup
from meetingroom.store import personal
from meetingroom.store.keys import verify
from meetingroom.ui.context import Safekeeping
from meetingroom.ui.own_backup import PassphraseDialog
from meetingroom.ui.settings_room import SettingsRoom
from meetingroom.wording import choose_language

WORDS = "mưa rừng Tây Bắc"


@pytest.fixture
def settings_of(theme, qtbot, monkeypatch):
    """The settings of a desk, with a backup that keeps itself up in `itself` ("" for none)."""
    choose_language("en")
    real, pool = personal.Recipe, ThreadPoolExecutor(1)
    monkeypatch.setattr(personal, "Recipe", lambda salt: real(salt=salt, cost=16))
    itself = [""]

    def make(desk: OneDesk) -> SettingsRoom:
        backup = PersonalBackup(desk.desk, desk.context.marking, personal, verify)

        def back_up(folder, words, keeps):
            itself[0] = str(folder) if keeps else itself[0]
            return backup.back_up(folder, words)[0]

        safe = Safekeeping(
            state=lambda: pool.submit(lambda: (backup.last(), itself[0])),
            back_up=lambda *what: pool.submit(back_up, *what),
            restore=lambda *what: pool.submit(backup.restore, *what),
            stop=lambda: pool.submit(itself.__setitem__, 0, ""),
        )
        room = SettingsRoom(replace(desk.context, safekeeping=safe))
        qtbot.addWidget(room)
        room.resize(1150, 900)
        room.show()
        return room

    yield make
    pool.shutdown()


def note(desk: OneDesk, text: str) -> None:
    meeting = desk.desk.meeting(MEETING)
    paper = next(iter(meeting.papers.values()))
    content = Content(shape=Note(at=Point(9, 9)), text=text)
    desk.context.marking.put(MEETING, paper.paper, paper.current.blob, 0, content).result()


def dialog_of(room: SettingsRoom, qtbot) -> PassphraseDialog:
    qtbot.waitUntil(lambda: bool(room.own_backup.findChildren(PassphraseDialog)))
    return room.own_backup.findChildren(PassphraseDialog)[-1]


def test_a_backup_is_made_and_says_when_and_where(
    desk, settings_of, qtbot, tmp_path, monkeypatch
) -> None:
    note(desk, "riêng tôi")
    room = settings_of(desk)
    qtbot.waitUntil(lambda: "no backup yet" in room.own_backup.last.text())
    folder = staticmethod(lambda *_: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    room.own_backup.make.click()
    dialog = dialog_of(room, qtbot)
    dialog.first.setText(WORDS)
    assert not dialog.go.isEnabled()
    dialog.again.setText(WORDS)
    dialog.itself.setChecked(True)
    dialog.go.click()
    qtbot.waitUntil(lambda: "Last backup" in room.own_backup.last.text())
    (made,) = tmp_path.glob("*.marks")
    assert str(made) in room.info.title_label.text()
    assert str(tmp_path) in room.own_backup.itself.text()
    room.own_backup.stop.click()
    qtbot.waitUntil(lambda: not room.own_backup.itself.isVisible())


def test_the_next_laptop_brings_it_back_and_a_wrong_passphrase_nothing(
    desk, settings_of, qtbot, tmp_path, monkeypatch
) -> None:
    note(desk, "riêng tôi")
    backup = PersonalBackup(desk.desk, desk.context.marking, personal, verify)
    made, _ = backup.back_up(tmp_path, WORDS)
    chosen = staticmethod(lambda *_: (made.file, ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    with one_desk(tmp_path / "next") as following:
        room = settings_of(following)
        for words, told in (("wrong words", "does not open"), (WORDS, "Came back: 1 records")):
            room.own_backup.bring.click()
            dialog = dialog_of(room, qtbot)
            dialog.first.setText(words)
            dialog.go.click()
            qtbot.waitUntil(lambda told=told: told in room.info.title_label.text())
        assert [mark.text for mark in following.marks] == ["riêng tôi"]


def test_passphrases_that_differ_or_are_short_cannot_be_used(desk, settings_of, qtbot) -> None:
    dialog = PassphraseDialog("Back up", settings_of(desk), is_new=True)
    for first, again, is_good in (
        ("ngắn", "ngắn", False), (WORDS, "mưa rào", False), (WORDS, WORDS, True),
    ):  # fmt: skip
        dialog.first.setText(first)
        dialog.again.setText(again)
        assert dialog.go.isEnabled() == is_good
    assert dialog.first.echoMode() == dialog.first.EchoMode.Password
    assert "not the same" not in dialog.again_field.below.text()
