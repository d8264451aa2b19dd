"""What was deleted leaves no trace in the file, and nobody waits for a file that is closed."""

import sqlite3
from pathlib import Path

import pytest

from meetingroom.domain.errors import StoreError
from meetingroom.store.device_log import SqliteDeviceLog

WORDS = b"Phuong an tac chien. "


@pytest.fixture
def log(tmp_path: Path):
    made = SqliteDeviceLog(tmp_path / "device.db")
    made.database._connection.execute("PRAGMA busy_timeout = 50")
    yield made
    made.close()


def is_left(tmp_path: Path) -> bool:
    return any(WORDS in file.read_bytes() for file in tmp_path.iterdir())


def test_a_scrubbed_file_has_nothing_of_what_was_deleted(log, tmp_path) -> None:
    log.set_value("words", WORDS * 500)
    assert is_left(tmp_path)
    log.set_value("words", None)
    log.scrub()
    assert not is_left(tmp_path)


def test_a_file_that_somebody_reads_meanwhile_is_not_called_scrubbed(log, tmp_path) -> None:
    log.set_value("words", WORDS * 500)
    reading = sqlite3.connect(tmp_path / "device.db")
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM kept_values").fetchall()
    log.set_value("words", None)
    with pytest.raises(StoreError, match=r"store\.busy"):
        log.scrub()
    reading.close()
    log.scrub()
    assert not is_left(tmp_path)


def test_what_is_to_be_written_after_the_close_fails_at_once(tmp_path) -> None:
    log = SqliteDeviceLog(tmp_path / "device.db")
    log.close()
    for act in (lambda: log.set_value("words", WORDS), log.scrub):
        with pytest.raises(StoreError, match=r"store\.closed"):
            act()
