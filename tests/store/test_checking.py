"""`check` finds what was altered: one byte anywhere in a record is enough."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from meetingroom.exports import check_data
from meetingroom.store.blobs import FileBlobs
from real_office import OFFICIAL, Office, an_office, issue, note, wait_until, write_pdf


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with an issued meeting and a mark, its hub stopped."""
    place = tmp_path_factory.mktemp("office")
    with an_office(place) as office:
        hub = office.start_hub()
        secretary = office.secretary()
        meeting = issue(secretary, [write_pdf(place / "a.pdf")])
        note(secretary, meeting, "xin ý kiến", (OFFICIAL,))
        wait_until(lambda: not secretary.desk.waiting())
        office.close()
        hub.stop()
        yield office


@pytest.fixture
def database(used: Office) -> Iterator[Path]:
    """The hub's database; every change is undone afterwards."""
    path = used.data / "hub" / "hub.db"
    kept = path.read_bytes()
    yield path
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.write_bytes(kept)


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(sql).rowcount == 1
        connection.commit()


def codes(path: Path) -> set[str]:
    return {fault["code"] for fault in check_data(path.parent.parent)}


def flipped(column: str, *, is_text: bool) -> str:
    """SQL that changes one byte in the middle of a column of the newest mark's record."""
    middle = f"length({column}) / 2"
    whole = (
        f"substr({column}, 1, {middle} - 1) ||"
        f" CASE substr({column}, {middle}, 1) WHEN 'a' THEN 'b' ELSE 'a' END ||"
        f" substr({column}, {middle} + 1)"
    )
    if not is_text:
        whole = f"CAST(substr({column}, 1, 8) || x'00' || substr({column}, 10) AS BLOB)"
    where = "id = (SELECT id FROM records WHERE head LIKE '%mark_put%' LIMIT 1)"
    return f"UPDATE records SET {column} = {whole} WHERE {where}"  # noqa: S608


def test_an_untouched_office_is_whole(database: Path) -> None:
    assert codes(database) == set()


@pytest.mark.parametrize(
    ("column", "is_text"),
    [
        ("head", True), ("payload", True), ("salt", False), ("signature", False),
        ("envelope", True), ("envelope_signature", False),
    ],
)  # fmt: skip
def test_one_byte_changed_in_a_record_is_found(database: Path, column: str, is_text: bool) -> None:
    change(database, flipped(column, is_text=is_text))
    assert codes(database) & {"chain", "payload", "signature", "envelope", "record", "place"}


@pytest.mark.parametrize("column", ["number", "epoch"])
def test_a_record_moved_to_another_place_is_found(database: Path, column: str) -> None:
    where = "WHERE id = (SELECT id FROM records WHERE head LIKE '%mark_put%' LIMIT 1)"
    change(database, f"UPDATE records SET {column} = {column} + 7 {where}")  # noqa: S608
    assert "place" in codes(database)


def test_a_record_taken_out_of_the_middle_is_found(database: Path) -> None:
    change(database, "DELETE FROM records WHERE stream = 'office' AND number = 2")
    assert "chain" in codes(database)


def test_letters_that_are_none_are_found_and_do_not_stop_the_check(database: Path) -> None:
    where = "WHERE stream = 'office' AND number = 3"
    change(database, f"UPDATE records SET head = CAST(x'7bff' AS TEXT) {where}")  # noqa: S608
    assert codes(database) & {"database", "record"}


def test_a_head_that_is_no_head_is_found_and_the_rest_is_still_checked(database: Path) -> None:
    change(database, "UPDATE records SET head = '{' WHERE stream = 'office' AND number = 3")
    change(database, flipped("payload", is_text=True))
    assert {"record", "payload"} <= codes(database)


def test_one_byte_changed_on_a_laptop_is_found(used: Office) -> None:
    path = used.data / "device" / "device.db"
    kept = path.read_bytes()
    change(path, flipped("payload", is_text=True))
    found = check_data(used.data)
    path.write_bytes(kept)
    assert [(fault["where"], fault["code"]) for fault in found] == [("device", "payload")]
    assert check_data(used.data) == []


def test_a_database_that_is_none_is_found_and_the_papers_are_still_checked(
    database: Path,
) -> None:
    blobs = FileBlobs(database.parent / "blobs")
    paper = blobs.path(blobs.all()[0])
    assert paper is not None
    kept = paper.read_bytes()
    paper.write_bytes(b"other bytes")
    database.write_bytes(b"no database" * 500)
    found = codes(database)
    paper.write_bytes(kept)
    assert found == {"database", "blob"}
