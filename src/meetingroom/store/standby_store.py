"""What a standby keeps of the hub: sealed rows and secrets in a small file, sealed papers."""

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meetingroom.domain.ports import CopyState
from meetingroom.store.blobs import disk_error
from meetingroom.store.database import Database

if TYPE_CHECKING:
    from sqlite_utils import Database as SchemaDatabase


def _first(database: "SchemaDatabase") -> None:
    database["chunks"].create({"place": int, "sealed": bytes}, pk="place")
    database["state"].create(
        {"one": int, "generation": str, "after": int, "is_whole": int, "secrets": bytes}, pk="one"
    )


MIGRATIONS = (_first,)
EMPTY = CopyState(generation="", after=0, is_whole=False)


class SqliteStandbyStore:
    """Implements the port `StandbyStore`; makes its folder when something first comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = folder / "files"
        self._database: Database | None = None

    @property
    def database(self) -> Database:
        if self._database is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._database = Database(self._folder / "copy.db", MIGRATIONS)
        return self._database

    def state(self) -> CopyState:
        if self._database is None and not (self._folder / "copy.db").is_file():
            return EMPTY
        rows: list[Any] = list(
            self.database.read("SELECT generation, after, is_whole FROM state", ())
        )
        if not rows:
            return EMPTY
        generation, after, is_whole = rows[0]
        return CopyState(generation=generation, after=after, is_whole=bool(is_whole))

    def keep(self, state: CopyState, sealed: bytes, secrets: bytes) -> None:
        is_new = self.state().generation != state.generation

        def change(connection: sqlite3.Connection) -> None:
            if is_new:
                connection.execute("DELETE FROM chunks")
                connection.execute("DELETE FROM state")
            if sealed:
                connection.execute(
                    "INSERT INTO chunks (sealed) VALUES (?)",
                    (sealed,),
                )
            connection.execute(
                "INSERT OR REPLACE INTO state VALUES (1, ?, ?, ?, COALESCE(?,"
                " (SELECT secrets FROM state)))",
                (state.generation, state.after, state.is_whole, secrets or None),
            )

        if is_new:
            shutil.rmtree(self._files, ignore_errors=True)
        self.database.write(change)
        if is_new:
            self.database.scrub()

    def chunks(self) -> list[bytes]:
        rows: list[Any] = list(self.database.read("SELECT sealed FROM chunks ORDER BY place", ()))
        return [row[0] for row in rows]

    def secrets(self) -> bytes:
        if not self.state().generation:
            return b""
        rows: list[Any] = list(self.database.read("SELECT secrets FROM state", ()))
        return rows[0][0] or b"" if rows else b""

    def files(self) -> list[str]:
        if not self._files.is_dir():
            return []
        return sorted(path.name for path in self._files.iterdir() if path.suffix != ".part")

    def part(self, name: str) -> Path:
        try:
            self._files.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(error, name) from error
        return self._files / f"{name}.part"

    def finish(self, name: str) -> None:
        self.part(name).replace(self._files / name)

    def file(self, name: str) -> Path:
        return self._files / name

    def remove(self, name: str) -> None:
        (self._files / name).unlink(missing_ok=True)
        (self._files / f"{name}.part").unlink(missing_ok=True)

    def clear(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
