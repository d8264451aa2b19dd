"""Hubs that were on this computer before another one took over: all they have is offered."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from meetingroom.domain.records import Kept
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.database import translated
from meetingroom.store.rows import RECORD_COLUMNS, kept_of


class OldHubs:
    """Implements `OldHub` over the folders `hub` and `hub-before-…` of a data folder.

    Only read: an old hub's process may still have its own open.
    """

    def __init__(self, data: Path) -> None:
        self._data = data

    def records(self, incarnation: str) -> list[str]:
        """Ids of all they numbered; nothing of the hub that is this very incarnation."""
        found: dict[str, None] = {}
        for database in self._databases():
            with _opened(database) as reader:
                sql = "SELECT value FROM kept_values WHERE name = 'incarnation'"
                row = reader.execute(sql).fetchone()
                if row is None or bytes(row[0]) != incarnation.encode():
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
