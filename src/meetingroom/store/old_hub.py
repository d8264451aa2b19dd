"""Hubs that were on this computer before another one took over: all they have is offered."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from meetingroom.domain.entries import Entry, entry_of
from meetingroom.domain.purging import files_of, pointing_to
from meetingroom.domain.records import Kept
from meetingroom.domain.rights import blob_opened
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.database import translated
from meetingroom.store.hub_log import SqliteHubLog, empty_records
from meetingroom.store.rows import RECORD_COLUMNS, kept_of


class OldHubs:
    """Implements `OldHub` over the folders `hub` and `hub-before-…` of a data folder.

    Only read, but for a purge: an old hub's process may still have its own open.
    """

    def __init__(self, data: Path) -> None:
        self._data = data

    def records(self, incarnation: str) -> list[str]:
        """Ids of all they numbered; nothing of the hub that is this very incarnation."""
        found: dict[str, None] = {}
        for database in self._databases():
            with _opened(database) as reader:
                if _incarnation_in(reader) != incarnation.encode():
                    ids = reader.execute(
                        "SELECT id FROM records ORDER BY stream != 'office', rowid"
                    )
                    found |= dict.fromkeys(str(name) for (name,) in ids)
        return list(found)

    def kept(self, records: Sequence[str]) -> list[Kept]:
        wanted = set(records)
        found: list[Kept] = []
        for database in self._databases():
            if not wanted:
                break
            with _opened(database) as reader:
                rows = reader.execute(
                    f"SELECT {RECORD_COLUMNS}, id FROM records"  # noqa: S608
                    " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY epoch, number",
                    (msgspec.json.encode(sorted(wanted)).decode(),),
                ).fetchall()
            found += [kept_of(row) for row in rows]
            wanted -= {row[6] for row in rows}
        return found

    def files(self) -> list[str]:
        return [blob for folder in self._blob_folders() for blob in FileBlobs(folder).all()]

    def file_path(self, blob: str) -> Path | None:
        paths = (FileBlobs(folder).path(blob) for folder in self._blob_folders())
        return next((path for path in paths if path is not None), None)

    def purge(self, stream: str, paper: str, blobs: Sequence[str], now: str) -> None:
        """Take a paper out of them. Raises StoreError.

        The hub that is the incarnation of `now` does that itself.
        """
        for folder in self._folders():
            database = folder / "hub.db"
            if database.is_file() and _incarnation(database) != now.encode():
                _purge(database, FileBlobs(folder / "blobs"), stream, paper, blobs)

    def _folders(self) -> list[Path]:
        return [self._data / "hub", *sorted(self._data.glob("hub-before-*"), reverse=True)]

    def _databases(self) -> list[Path]:
        return [path for folder in self._folders() if (path := folder / "hub.db").is_file()]

    def _blob_folders(self) -> list[Path]:
        return [path for folder in self._folders() if (path := folder / "blobs").is_dir()]


@contextlib.contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    """Raises StoreError."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
        ) as reader:
            reader.execute("PRAGMA busy_timeout = 5000")
            yield reader
    except sqlite3.Error as error:
        raise translated(error, database) from error


def _incarnation(database: Path) -> bytes:
    with _opened(database) as reader:
        return _incarnation_in(reader)


def _incarnation_in(reader: sqlite3.Connection) -> bytes:
    sql = "SELECT value FROM kept_values WHERE name = 'incarnation'"
    row = reader.execute(sql).fetchone()
    return bytes(row[0]) if row is not None else b""


def _purge(database: Path, files: FileBlobs, stream: str, paper: str, blobs: Sequence[str]) -> None:
    hub_log = SqliteHubLog(database)
    try:
        gone = pointing_to(_entries(hub_log, stream), paper)
        names = [entry.head.id for entry in gone]
        hub_log.database.write(lambda connection: empty_records(connection, names))
        hub_log.scrub()
        rest = (entry for one in hub_log.streams() for entry in _entries(hub_log, one))
        still = {blob_opened(entry.fact) for entry in rest}
    finally:
        hub_log.close()
    for blob in {*blobs, *files_of(gone)} - still:  # another paper's file stays for that one
        files.remove(blob)
        files.remove_parts(blob)


def _entries(hub_log: SqliteHubLog, stream: str) -> list[Entry]:
    rows = hub_log.stream(stream)
    return [entry_of(Kept(record=row.record, envelope=row.envelope)) for row in rows]
