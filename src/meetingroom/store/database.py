"""One SQLite file: one writer thread with group commit, a reading connection a thread.

`synchronous=FULL` and WAL: what a caller was told is kept survives a power cut. Writes
that wait together are committed together; one that fails is rolled back alone.
"""

import contextlib
import queue
import shutil
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from meetingroom.domain.errors import StoreError
from meetingroom.store.blobs import disk_error

if TYPE_CHECKING:
    from sqlite_utils import Database as SchemaDatabase

T = TypeVar("T")
Migration = Callable[["SchemaDatabase"], None]
Errand = tuple[Callable[[sqlite3.Connection], object], "Future[object]"]
MAX_GROUP = 64
LITTLE_ROOM = 1 << 17  # bytes
FULL_MARK = 13  # sqlite3.SQLITE_FULL
IOERR_MARK = 10
DAMAGED_MARKS = (11, 26)  # SQLITE_CORRUPT, SQLITE_NOTADB
READONLY_MARKS = (8, 14)  # SQLITE_READONLY, SQLITE_CANTOPEN


def translated(error: sqlite3.Error, path: Path) -> StoreError:
    """A known error for what the disk or the file did."""
    mark = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # A full disk also shows as an error of reading and writing, in the files beside it.
    if mark == FULL_MARK or (mark in (IOERR_MARK, *READONLY_MARKS) and _is_full(path.parent)):
        return StoreError("store.full", file=path.name)
    if mark in DAMAGED_MARKS:
        return StoreError("store.damaged", file=path.name)
    if mark in READONLY_MARKS:
        return StoreError("store.readonly", file=path.name)
    return StoreError("store.failed", file=path.name, reason=str(error))


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < LITTLE_ROOM
    except OSError:
        return False


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def write_anew(connection: sqlite3.Connection, path: Path) -> None:
    """The whole file without what was deleted. Raises StoreError("store.busy").

    While somebody reads what was before, the file keeps it: the checkpoint says so and no more.
    """
    connection.execute("VACUUM")
    (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise StoreError("store.busy", file=path.name)


class Database:
    """A file with a schema; `write` on the writer's thread, `read` on the caller's."""

    def __init__(self, path: Path, migrations: Sequence[Migration]) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(error, path.name) from error
        try:
            self._connection = _connect(path)
        except sqlite3.Error as error:
            raise translated(error, path) from error
        try:
            migrate(self._connection, path, migrations)
        except sqlite3.Error as error:
            self._connection.close()
            raise translated(error, path) from error
        except StoreError:
            self._connection.close()
            raise
        self._local = threading.local()
        self._gate, self._is_closed = threading.Lock(), False
        self._readers: list[sqlite3.Connection] = []
        self._queue: queue.SimpleQueue[
            tuple[Callable[[sqlite3.Connection], object], Future[object]] | None
        ] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, task: Callable[[sqlite3.Connection], T]) -> T:
        """Run a change in a transaction; its value once it is committed to the disk."""
        return self._on_writer(task).result()  # type: ignore[return-value]

    def read(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Rows of a question, on this thread's own connection."""
        try:
            return self._reader().execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise translated(error, self.path) from error

    def scrub(self) -> None:
        """Leave no trace of what was deleted, in the file, its log, and copies of older forms.

        Deleted rows are overwritten at once, but pages that were moved keep bits of them until
        the file is written anew.
        """
        self._on_writer(self._scrub).result()

    def _on_writer(self, task: Callable[[sqlite3.Connection], object]) -> "Future[object]":
        """Raises StoreError("store.closed"): nobody would do it, and who waits would for ever."""
        future: Future[object] = Future()
        with self._gate:
            if self._is_closed:
                raise StoreError("store.closed", file=self.path.name)
            self._queue.put((task, future))
        return future

    def _scrub(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA temp_store = MEMORY")
        write_anew(connection, self.path)
        for copy in self.path.parent.glob(f"{self.path.name}.before-*"):
            copy.unlink(missing_ok=True)

    def close(self) -> None:
        """Commit what is queued and let the file go."""
        with self._gate:
            self._is_closed = True
            self._queue.put(None)
        self._thread.join()
        for reader in self._readers:
            reader.close()
        self._connection.close()

    def _reader(self) -> sqlite3.Connection:
        reader: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if reader is None:
            reader = _connect(self.path)
            self._local.connection = reader
            self._readers.append(reader)
        return reader

    def _work(self) -> None:
        while True:
            first = self._queue.get()
            if first is None:
                return
            group: list[Errand] = []
            scrubs: list[Errand] = []
            is_last = False
            following: Errand | None = first
            while True:
                if following is None:
                    is_last = True
                    break
                (scrubs if following[0] == self._scrub else group).append(following)
                if len(group) >= MAX_GROUP or self._queue.empty():
                    break
                following = self._queue.get()
            if group:
                self._commit(group)
            for _, future in scrubs:
                self._clean(future)
            if is_last:
                return

    def _clean(self, future: Future[object]) -> None:
        """Outside any transaction, after what was queued before it."""
        try:
            self._scrub(self._connection)
        except StoreError as error:
            future.set_exception(error)
        except sqlite3.Error as error:
            future.set_exception(translated(error, self.path))
        except OSError as error:
            future.set_exception(disk_error(error, self.path.name))
        else:
            future.set_result(None)

    def _commit(
        self, group: list[tuple[Callable[[sqlite3.Connection], object], Future[object]]]
    ) -> None:
        done: list[tuple[Future[object], object]] = []
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for task, future in group:
                self._run_one(task, future, done, is_alone=len(group) == 1)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            for _, future in group:
                if not future.done():
                    future.set_exception(translated(error, self.path))
            return
        for future, value in done:
            future.set_result(value)

    def _run_one(
        self,
        task: Callable[[sqlite3.Connection], object],
        future: Future[object],
        done: list[tuple[Future[object], object]],
        *,
        is_alone: bool,
    ) -> None:
        if not is_alone:
            self._connection.execute("SAVEPOINT one")
        try:
            value = task(self._connection)
        except BaseException as error:
            if not self._connection.in_transaction:
                raise
            self._connection.execute("ROLLBACK" if is_alone else "ROLLBACK TO one")
            self._connection.execute("BEGIN IMMEDIATE" if is_alone else "RELEASE one")
            future.set_exception(
                translated(error, self.path) if isinstance(error, sqlite3.Error) else error
            )
            return
        if not is_alone:
            self._connection.execute("RELEASE one")
        done.append((future, value))


def migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Bring a file's schema up to date, each step in a transaction, a copy taken first.

    Raises StoreError("store.newer") for a file of a newer program.
    """
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > len(migrations):
        raise StoreError("store.newer", file=path.name, found=found, known=len(migrations))
    if 0 < found < len(migrations):
        copy = sqlite3.connect(path.with_name(f"{path.name}.before-{len(migrations)}"))
        with contextlib.closing(copy):
            connection.backup(copy)
    if found == len(migrations):
        return
    from sqlite_utils import Database as SchemaDatabase  # noqa: PLC0415 - not at every start

    for number, step in enumerate(migrations[found:], found + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            step(SchemaDatabase(connection))
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
