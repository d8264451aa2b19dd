"""The search index: words of papers in a file of its own, made again whenever it is wrong.

Two full-text tables hold each page's words folded and with their marks; the text itself
is kept for snippets. Nothing here ever makes a record wait: it is another file, written
by one thread, read by another.
"""

import contextlib
import logging
import sqlite3
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TypeVar

import msgspec

from meetingroom.domain.errors import StoreError
from meetingroom.domain.folding import folded, marked
from meetingroom.domain.paper import Word
from meetingroom.domain.search import Query
from meetingroom.domain.search_ports import Found, IndexedPaper, PageText, Place
from meetingroom.store.blobs import disk_error
from meetingroom.store.database import translated, write_anew

T = TypeVar("T")
log = logging.getLogger(__name__)
VERSION = 1
PAGES = 20  # bits of a place that are the page; the rest is the paper's number
TEXT, WAITING, LOOKED_AT = 0, 1, 2  # what a page is: text, a picture, a picture that was read
SCHEMA = (
    "CREATE TABLE papers (number INTEGER PRIMARY KEY, blob TEXT UNIQUE NOT NULL,"
    " pages INTEGER NOT NULL, is_whole INTEGER NOT NULL)",
    "CREATE TABLE pages (place INTEGER PRIMARY KEY, text TEXT NOT NULL, kind INTEGER NOT NULL)",
    "CREATE INDEX pictures ON pages (place, kind) WHERE kind <> 0",
    "CREATE TABLE scans (place INTEGER PRIMARY KEY, words BLOB NOT NULL)",
    *(
        f"CREATE VIRTUAL TABLE {table} USING fts5 (words, content='', columnsize=0,"
        # Without lists of beginnings one letter would join the pages of thousands of words.
        " prefix='1 2', tokenize='unicode61 remove_diacritics 0')"
        for table in ("folded", "marked")
    ),
    f"PRAGMA user_version = {VERSION}",
)
GIVEN_UP = 9  # sqlite3.SQLITE_INTERRUPT
_WORDS = msgspec.msgpack.Decoder(tuple[Word, ...])


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        for setting in (
            "busy_timeout = 5000", "journal_mode = WAL", "synchronous = NORMAL",
            "secure_delete = ON", "cache_size = -16000",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class SqliteSearchIndex:
    """Implements the port `SearchIndex`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(error, path.name) from error
        self._lock = threading.Lock()
        self._writer = self._reader = None  # type: sqlite3.Connection | None
        try:
            self._open()
        except StoreError as error:
            if error.code != "store.damaged":
                raise
            self.start_afresh()

    # --- the file -----------------------------------------------------------------------

    def _open(self) -> None:
        with self._faults():
            self._writer = _connect(self._path)
            version = self._writer.execute("PRAGMA user_version").fetchone()[0]
            has_tables = self._writer.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            if version == 0 and not has_tables:
                self._make()
            elif version != VERSION:
                raise StoreError("store.damaged", file=self._path.name)
            self._writer.execute("SELECT COUNT(*) FROM papers").fetchone()
            self._reader = _connect(self._path)

    def _make(self) -> None:
        assert self._writer is not None  # noqa: S101
        with _transaction(self._writer):
            for statement in SCHEMA:
                self._writer.execute(statement)

    def start_afresh(self) -> None:
        log.info("the search index is made again")
        self.close()
        try:
            for end in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + end).unlink(missing_ok=True)
        except OSError as error:
            raise disk_error(error, self._path.name) from error
        with self._lock:
            self._open()

    def close(self) -> None:
        self.interrupt()
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        for connection in (self._reader, self._writer):
            if connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
        self._reader = self._writer = None

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == GIVEN_UP:
                raise StoreError("search.given_up") from error
            raise translated(error, self._path) from error

    # --- writing (one thread) -------------------------------------------------------------

    def _write(self, change: Callable[[sqlite3.Connection], T]) -> T:
        if self._writer is None:
            raise StoreError("store.damaged", file=self._path.name)
        with self._faults(), _transaction(self._writer):
            return change(self._writer)

    def papers(self) -> dict[str, IndexedPaper]:
        def ask(connection: sqlite3.Connection) -> dict[str, IndexedPaper]:
            pictures: dict[int, list[int]] = {}
            for place, kind in connection.execute("SELECT place, kind FROM pages WHERE kind <> 0"):
                pictures.setdefault(place >> PAGES, []).append(kind)
            rows = connection.execute("SELECT number, blob, pages, is_whole FROM papers").fetchall()
            return {
                blob: IndexedPaper(
                    blob=blob,
                    read=read,
                    is_whole=bool(is_whole),
                    scans_left=pictures.get(number, []).count(WAITING),
                    scans=len(pictures.get(number, [])),
                )
                for number, blob, read, is_whole in rows
            }

        return self._write(ask)

    def keep(self, blob: str, first: int, texts: Sequence[PageText], *, is_last: bool) -> None:
        # Folded before the file is locked for others.
        rows = [(text.text, WAITING if text.is_scan else TEXT) for text in texts]
        pages = [(folded(text), marked(text)) for text, _ in rows]

        def change(connection: sqlite3.Connection) -> None:
            number, read = _number(connection, blob)
            if first != read:
                return  # forgotten meanwhile, or kept before
            start = (number << PAGES) + first
            connection.executemany(
                "INSERT INTO pages VALUES (?, ?, ?)",
                ((start + step, text, kind) for step, (text, kind) in enumerate(rows)),
            )
            _index(connection, ((start + step, *page) for step, page in enumerate(pages)))
            connection.execute(
                "UPDATE papers SET pages = ?, is_whole = ? WHERE number = ?",
                (first + len(rows), int(is_last), number),
            )

        self._write(change)

    def scans(self, blob: str, limit: int) -> list[int]:
        def ask(connection: sqlite3.Connection) -> list[int]:
            number, _ = _number(connection, blob)
            first = number << PAGES
            rows = connection.execute(
                "SELECT place FROM pages WHERE kind <> 0 AND kind = ?"
                " AND place BETWEEN ? AND ? ORDER BY place LIMIT ?",
                (WAITING, first, first + (1 << PAGES) - 1, limit),
            )
            return [row[0] - first for row in rows.fetchall()]

        return self._write(ask)

    def keep_scan(self, blob: str, page: int, words: Sequence[Word]) -> None:
        text = _text_of(words)
        packed = msgspec.msgpack.encode(tuple(words))

        def change(connection: sqlite3.Connection) -> None:
            number, read = _number(connection, blob)
            place = (number << PAGES) + page
            if page >= read:
                return
            changed = connection.execute(
                "UPDATE pages SET text = ?, kind = ? WHERE place = ? AND kind = ?",
                (text, LOOKED_AT, place, WAITING),
            )
            if changed.rowcount:
                connection.execute("REPLACE INTO scans VALUES (?, ?)", (place, packed))
                _index(connection, [(place, folded(text), marked(text))])

        self._write(change)

    def forget(self, blobs: Iterable[str]) -> None:
        went = self._write(lambda connection: [_forget(connection, blob) for blob in blobs])
        if not any(went) or self._writer is None:
            return
        with self._faults():
            # Deleted words stay in a full-text table until its parts are joined, and in the
            # log of changes until that is emptied.
            for table in ("folded", "marked"):
                self._writer.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def scrub(self, blobs: Iterable[str]) -> None:
        """Forget papers, and leave no trace of them in any corner of the file."""
        self.forget(blobs)
        if self._writer is not None:
            with self._faults():
                write_anew(self._writer, self._path)

    # --- asking (one thread) ----------------------------------------------------------------

    def find(
        self, query: Query, blobs: Sequence[str], page: int | None = None, limit: int = 100
    ) -> Found:
        with self._asking() as connection:
            asked = _Question(connection, self._wanted(connection, blobs), page, limit)
            if not query.is_hardly_begun:
                asked.add("marked", _phrase(query.words, query.is_open))
            asked.add("folded", _phrase(query.bare, query.is_open))
            if len(query.bare) > 1 and asked.has_room:
                asked.add("folded", _all(query.bare, query.is_open))
            return asked.found()

    def texts(self, places: Sequence[Place]) -> tuple[str, ...]:
        with self._asking() as connection:
            keys = self._keys(connection, places)
            signs = ",".join("?" * len(keys))
            sql = f"SELECT place, text FROM pages WHERE place IN ({signs})"  # noqa: S608
            found: dict[int, str] = dict(connection.execute(sql, keys).fetchall())
        return tuple(found.get(key, "") for key in keys)

    def scan_words(self, place: Place) -> tuple[Word, ...] | None:
        with self._asking() as connection:
            keys = self._keys(connection, [place])
            sql = "SELECT words FROM scans WHERE place = ?"
            row = connection.execute(sql, keys).fetchone()
        return None if row is None else _WORDS.decode(row[0])

    def interrupt(self) -> None:
        reader = self._reader
        if reader is not None:
            with contextlib.suppress(sqlite3.Error):
                reader.interrupt()

    @contextmanager
    def _asking(self) -> Iterator[sqlite3.Connection]:
        """The reading connection, which is not thrown away meanwhile."""
        with self._lock, self._faults():
            if self._reader is None:
                raise StoreError("store.damaged", file=self._path.name)
            yield self._reader

    def _keys(self, connection: sqlite3.Connection, places: Sequence[Place]) -> list[int]:
        """The places' rows; -1 for a paper that is not here."""
        blobs = tuple(dict.fromkeys(place.blob for place in places))
        numbers = {blob: number for number, blob in self._wanted(connection, blobs).items()}
        return [
            (numbers[place.blob] << PAGES) + place.page if place.blob in numbers else -1
            for place in places
        ]

    @staticmethod
    def _wanted(connection: sqlite3.Connection, blobs: Sequence[str]) -> dict[int, str]:
        """The papers' numbers in the index, in the order of the blobs."""
        rows = connection.execute("SELECT blob, number FROM papers").fetchall()
        numbers: dict[str, int] = dict(rows)
        return {numbers[blob]: blob for blob in blobs if blob in numbers}


class _Question:
    """The best pages, each once, in the order of their papers and then of pages.

    What is added later is wider: it holds every page that was added before.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        wanted: dict[int, str],
        page: int | None,
        limit: int,
    ) -> None:
        self._connection, self._wanted, self._page = connection, wanted, page
        self._limit = limit
        self._best: dict[int, None] = {}
        self._pages = 0

    @property
    def has_room(self) -> bool:
        """Whether fewer were found than may be named."""
        return len(self._best) < self._limit

    def add(self, table: str, match: str) -> None:
        """Pages that match and were not found before, after those that were."""
        if not self._wanted or not match:
            return
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"  # noqa: S608 - our own names
        values: list[object] = [match]
        if len(self._wanted) == 1:
            first, last = self._span(next(iter(self._wanted)))
            sql, values = sql + " AND rowid BETWEEN ? AND ?", [match, first, last]
        # By row, as a full-text table gives them: each paper's pages lie together.
        found = self._connection.execute(sql + " ORDER BY rowid", values).fetchall()
        rows = list(chain.from_iterable(found))
        self._pages = 0
        for number in self._wanted:
            first, last = self._span(number)
            begin, end = bisect_left(rows, first), bisect_right(rows, last)
            self._pages += end - begin
            if begin < end and self.has_room:
                self._take(rows[begin:end])

    def _take(self, run: list[int]) -> None:
        for place in run:
            self._best.setdefault(place)
            if not self.has_room:
                return

    def found(self) -> Found:
        pages = (1 << PAGES) - 1
        places = (Place(self._wanted[one >> PAGES], one & pages) for one in self._best)
        return Found(places=tuple(places), pages=self._pages)

    def _span(self, number: int) -> tuple[int, int]:
        first = number << PAGES
        if self._page is not None:
            return first + self._page, first + self._page
        return first, first + (1 << PAGES) - 1


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _number(connection: sqlite3.Connection, blob: str) -> tuple[int, int]:
    """A paper's number and how many of its pages are here; it gets one where it has none."""
    row = connection.execute("SELECT number, pages FROM papers WHERE blob = ?", (blob,)).fetchone()
    if row is not None:
        return int(row[0]), int(row[1])
    made = connection.execute(
        "INSERT INTO papers (blob, pages, is_whole) VALUES (?, 0, 0)", (blob,)
    )
    return int(made.lastrowid or 0), 0


def _index(connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    kept = [row for row in rows if row[1]]
    for table, column in (("folded", 1), ("marked", 2)):
        connection.executemany(
            f"INSERT INTO {table} (rowid, words) VALUES (?, ?)",  # noqa: S608 - our own names
            ((row[0], row[column]) for row in kept),
        )


def _forget(connection: sqlite3.Connection, blob: str) -> bool:
    row = connection.execute("SELECT number FROM papers WHERE blob = ?", (blob,)).fetchone()
    if row is None:
        return False
    span = row[0] << PAGES, (row[0] + 1 << PAGES) - 1
    between = "WHERE place BETWEEN ? AND ?"
    pages = connection.execute(f"SELECT place, text FROM pages {between}", span).fetchall()  # noqa: S608
    for table, form in (("folded", folded), ("marked", marked)):
        # A table without content of its own must be told what it forgets.
        connection.executemany(
            f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)",  # noqa: S608
            ((place, form(text)) for place, text in pages if folded(text)),
        )
    for table in ("pages", "scans"):
        connection.execute(f"DELETE FROM {table} {between}", span)  # noqa: S608 - our own names
    connection.execute("DELETE FROM papers WHERE number = ?", (row[0],))
    return True


def _text_of(words: Sequence[Word]) -> str:
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return "\n".join(" ".join(line) for line in lines.values())


def _phrase(words: Sequence[str], is_open: bool) -> str:
    if not words:
        return ""
    return '"' + " ".join(words) + '"' + (" *" if is_open else "")


def _all(words: Sequence[str], is_open: bool) -> str:
    """All of the words, the last one perhaps only begun."""
    single = [_phrase((word,), is_open and word is words[-1]) for word in words]
    return " AND ".join(single)
