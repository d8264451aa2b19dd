"""The database file: brought up to date with a copy first, and never read wrongly."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from meetingroom.domain.errors import StoreError
from meetingroom.sentences import sentence_of
from meetingroom.store.database import Database


def first(database) -> None:
    database["rows"].create({"id": int, "word": str}, pk="id")


def second(database) -> None:
    database["rows"].add_column("more", str)


def broken(database) -> None:
    database["half"].create({"id": int}, pk="id")
    raise sqlite3.OperationalError("cut off")


def rows(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM rows").fetchall()


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}


def make(path: Path) -> Path:
    database = Database(path, (first,))
    database.write(lambda connection: connection.execute("INSERT INTO rows VALUES (1, 'một')"))
    database.close()
    return path


def test_a_file_is_brought_up_to_date_and_a_copy_of_the_old_one_kept(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db")
    Database(path, (first, second)).close()
    assert rows(path) == [(1, "một", None)]
    assert rows(tmp_path / "a.db.before-2") == [(1, "một")]


def test_a_step_that_was_cut_off_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db")
    with pytest.raises(StoreError):
        Database(path, (first, broken))
    assert "half" not in tables(path)
    Database(path, (first, second)).close()
    assert rows(path) == [(1, "một", None)]


def test_a_file_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db")
    Database(path, (first, second)).close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"store\.newer") as met:
        Database(path, (first,))
    assert path.read_bytes() == before
    assert "a.db" in sentence_of(met.value)


@pytest.mark.parametrize("start", [0, 20])
def test_a_damaged_file_is_a_known_error(tmp_path: Path, start: int) -> None:
    path = make(tmp_path / "a.db")
    content = bytearray(path.read_bytes())
    content[start : start + 3000] = b"\x5a" * 3000
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"store\.damaged"):
        Database(path, (first,)).read("SELECT * FROM rows")


def test_one_change_that_fails_takes_no_other_with_it(tmp_path: Path) -> None:
    database = Database(make(tmp_path / "a.db"), (first,))
    with pytest.raises(StoreError):
        database.write(lambda c: c.execute("INSERT INTO rows VALUES (1, 'again')"))
    with pytest.raises(ZeroDivisionError):
        database.write(lambda c: c.execute("INSERT INTO rows VALUES (2, 'two')") and 1 / 0)
    database.write(lambda c: c.execute("INSERT INTO rows VALUES (3, 'ba')"))
    database.close()
    assert rows(tmp_path / "a.db") == [(1, "một"), (3, "ba")]
