"""A person's own backup as a file: opened by the passphrase, and only whole."""

import logging
import os
import unicodedata
from pathlib import Path

import pytest

from meetingroom.domain.errors import MeetingError, StoreError
from meetingroom.store import personal

WORDS = "mưa rừng Tây Bắc"
CONTENT = b"ghi ch\xc3\xba" + os.urandom(2_500_000)  # several chunks


@pytest.fixture(scope="module")
def key() -> str:
    return personal.new_key(WORDS)


@pytest.fixture
def backup(key: str, tmp_path: Path) -> Path:
    target = tmp_path / "a.marks"
    personal.write(target, CONTENT, key)
    return target


def test_what_was_sealed_comes_back(backup: Path) -> None:
    assert personal.read(backup, WORDS) == CONTENT


def test_the_passphrase_is_the_same_however_its_letters_are_composed(backup: Path) -> None:
    assert personal.read(backup, unicodedata.normalize("NFD", WORDS)) == CONTENT


def test_nothing_of_it_can_be_read_and_nobody_else_may(backup: Path) -> None:
    raw = backup.read_bytes()
    assert b"ghi ch" not in raw and WORDS.encode() not in raw
    assert backup.stat().st_mode & 0o077 == 0


def test_two_files_of_one_key_are_sealed_differently(backup: Path, key: str) -> None:
    other = backup.with_name("b.marks")
    personal.write(other, CONTENT, key)
    first, second = (one.read_bytes().split(b"\n", 2)[2] for one in (backup, other))
    assert first[:64] != second[:64]


@pytest.mark.parametrize("words", ["mưa rừng tây bắc", "", "something else"])
def test_a_wrong_passphrase_is_told(backup: Path, words: str) -> None:
    with pytest.raises(StoreError, match=r"backup\.wrong_passphrase"):
        personal.read(backup, words)


@pytest.mark.parametrize("left", [-1, -40, 300, 200, 100])
def test_a_file_cut_short_is_not_used(backup: Path, left: int) -> None:
    backup.write_bytes(backup.read_bytes()[:left])
    with pytest.raises(StoreError, match=r"backup\.damaged"):
        personal.read(backup, WORDS)


def test_a_changed_byte_anywhere_is_seen(backup: Path) -> None:
    raw = backup.read_bytes()
    for place in (30, 60, len(raw) // 2, len(raw) - 1):
        backup.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        with pytest.raises(MeetingError, match=r"backup\."):
            personal.read(backup, WORDS)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "backup.not_one"), (b"%PDF-1.7", "backup.not_one"),
     (b"meetingroom own backup 2\n{}", "backup.newer"),
     (b"meetingroom own backup 1\n{}\n", "backup.damaged"),
     (b"meetingroom own backup 1\n" + b'{"recipe":{"salt":"00","cost":1073741824},'
      b'"salt":"00","check":"x"}\n', "backup.damaged")],
)  # fmt: skip
def test_what_is_no_backup_or_a_newer_one_is_told(tmp_path: Path, content: bytes, code) -> None:
    file = tmp_path / "x.marks"
    file.write_bytes(content)
    with pytest.raises(StoreError) as told:
        personal.read(file, WORDS)
    assert told.value.code == code


def test_a_folder_that_is_not_there_leaves_nothing(tmp_path: Path, key: str) -> None:
    with pytest.raises(StoreError, match=r"store\.unwritable"):
        personal.write(tmp_path / "stick" / "a.marks", b"x", key)
    assert list(tmp_path.iterdir()) == []


def test_the_passphrase_is_in_no_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    personal.write(tmp_path / "a.marks", b"x", personal.new_key(WORDS))
    personal.read(tmp_path / "a.marks", WORDS)
    assert WORDS not in caplog.text
