"""The hub's whole log in SQLite, with what each device was told."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from meetingroom.domain.ports import Accepted, Delivered, Merged
from meetingroom.domain.records import SignedEnvelope, read_envelope, read_head
from meetingroom.store.database import Database
from meetingroom.store.rows import RECORD_COLUMNS, envelope_of, kept_of, record_of

if TYPE_CHECKING:
    from sqlite_utils import Database as SchemaDatabase


def _first(database: "SchemaDatabase") -> None:
    database["records"].create(
        {
            "id": str, "stream": str, "epoch": int, "number": int, "head": str, "payload": str,
            "salt": bytes, "signature": bytes, "envelope": str, "envelope_signature": bytes,
            "readers": str,
        },
        pk="id",
        not_null={"stream", "epoch", "number", "head", "signature", "envelope"},
    )  # fmt: skip
    database["records"].create_index(["stream", "epoch", "number"], unique=True)
    database["deliveries"].create(
        {"device": str, "seq": int, "what": str, "stream": str, "record": str},
        pk=("device", "seq"),
    )
    database["kept_values"].create({"name": str, "value": bytes}, pk="name")


def _places_may_be_shared(database: "SchemaDatabase") -> None:
    """Two hubs that opened the same epoch both gave out its numbers: both records are kept."""
    database["records"].drop_index("idx_records_stream_epoch_number")
    database["records"].create_index(["stream", "epoch", "number"])


INSERT = "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
MIGRATIONS = (_first, _places_may_be_shared)


class SqliteHubLog:
    """Implements the port `HubLog`."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path, MIGRATIONS)

    def append(
        self,
        accepted: Sequence[Accepted],
        deliveries: Sequence[tuple[str, str, str, str]],
        emptied: Sequence[str] = (),
        values: Mapping[str, bytes | None] = MappingProxyType({}),
    ) -> None:
        rows = [_row(one) for one in accepted]

        def change(connection: sqlite3.Connection) -> None:
            connection.executemany(INSERT, rows)
            _deliver(connection, deliveries)
            empty_records(connection, emptied)
            for name, value in values.items():
                put_value(connection, name, value)

        self.database.write(change)

    def rows_after(self, place: int, limit: int, most: int) -> list[tuple[int, Accepted]]:
        rows = self.database.read(
            f"SELECT {RECORD_COLUMNS}, readers, rowid FROM records"  # noqa: S608
            " WHERE rowid > ? ORDER BY rowid LIMIT ?",
            (place, limit),
        )
        found: list[tuple[int, Accepted]] = []
        size = 0
        for row in rows:
            size += sum(len(part) for part in row if isinstance(part, str | bytes))
            if found and size > most:
                break
            found.append((int(row[7]), _accepted(row)))  # type: ignore[call-overload]
        return found

    def merge(self, merged: Merged) -> None:
        rows = [_row(one) for one in merged.accepted]
        filled = [(row.payload, row.salt, read_head(row).id) for row in merged.filled]
        readers = [(_words(who), name) for name, who in merged.readers.items()]

        def change(connection: sqlite3.Connection) -> None:
            connection.executemany(INSERT, rows)
            connection.executemany("UPDATE records SET payload = ?, salt = ? WHERE id = ?", filled)
            connection.executemany("UPDATE records SET readers = ? WHERE id = ?", readers)
            _deliver(connection, merged.deliveries)
            empty_records(connection, merged.emptied)
            for name, value in merged.values.items():
                put_value(connection, name, value)

        self.database.write(change)

    def lacking(self, records: Sequence[str]) -> list[str]:
        rows = self.database.read(
            "SELECT offered.value FROM json_each(?) offered LEFT JOIN records here"
            " ON here.id = offered.value AND here.payload IS NOT NULL"
            " WHERE here.id IS NULL ORDER BY offered.key",
            (msgspec.json.encode(list(records)).decode(),),
        )
        return [str(row[0]) for row in rows]

    def scrub(self) -> None:
        self.database.scrub()

    def deliver(self, deliveries: Sequence[tuple[str, str, str, str]]) -> None:
        self.database.write(lambda connection: _deliver(connection, deliveries))

    def find(self, record: str) -> Accepted | None:
        rows = self.database.read(
            f"SELECT {RECORD_COLUMNS}, readers FROM records WHERE id = ?",  # noqa: S608
            (record,),
        )
        return _accepted(rows[0]) if rows else None

    def stream(self, stream: str) -> list[Accepted]:
        rows = self.database.read(
            f"SELECT {RECORD_COLUMNS}, readers FROM records"  # noqa: S608
            " WHERE stream = ? ORDER BY epoch, number, id",
            (stream,),
        )
        return [_accepted(row) for row in rows]

    def streams(self) -> list[str]:
        rows = self.database.read("SELECT stream FROM records GROUP BY stream ORDER BY MIN(rowid)")
        return [str(row[0]) for row in rows]

    def misplaced(self) -> list[str]:
        """Ids of records that the table keeps elsewhere than their own words say."""
        rows = self.database.read(
            "SELECT id FROM records WHERE CASE WHEN json_valid(head) AND json_valid(envelope) THEN"
            " id IS NOT json_extract(head, '$.id')"
            " OR id IS NOT json_extract(envelope, '$.record')"
            " OR stream IS NOT json_extract(head, '$.stream')"
            " OR epoch IS NOT json_extract(envelope, '$.epoch')"
            " OR number IS NOT json_extract(envelope, '$.number')"
            " ELSE 0 END"
        )
        return [str(row[0]) for row in rows]

    def delivered_after(self, device: str, since: int, limit: int) -> list[Delivered]:
        # What a later step takes back is not given first, however far back a device asks.
        rows = self.database.read(
            "WITH gone AS (SELECT record, MAX(seq) AS seq FROM deliveries"
            " WHERE device = ? AND seq > ? AND what = 'forget' GROUP BY record)"
            " SELECT head, payload, salt, signature, envelope, envelope_signature,"
            " d.seq, d.what, d.stream, d.record FROM deliveries d"
            " LEFT JOIN gone g ON g.record = d.record AND g.seq > d.seq"
            " LEFT JOIN records r ON r.id = d.record AND g.record IS NULL"
            " WHERE d.device = ? AND d.seq > ? ORDER BY d.seq LIMIT ?",
            (device, since, device, since, limit),
        )
        return [_delivered(row) for row in rows]

    def holdings(self, device: str) -> dict[str, set[str]]:
        rows = self.database.read(
            "SELECT stream, record, what, MAX(seq) FROM deliveries WHERE device = ?"
            " GROUP BY stream, record",
            (device,),
        )
        held: dict[str, set[str]] = {}
        for stream, record, what, _ in rows:
            if what == "record":
                held.setdefault(str(stream), set()).add(str(record))
        return held

    def last_for(self, device: str) -> int:
        rows = self.database.read("SELECT MAX(seq) FROM deliveries WHERE device = ?", (device,))
        return rows[0][0] or 0  # type: ignore[return-value]

    def value(self, name: str) -> bytes | None:
        rows = self.database.read("SELECT value FROM kept_values WHERE name = ?", (name,))
        return rows[0][0] if rows else None  # type: ignore[return-value]

    def set_value(self, name: str, value: bytes | None) -> None:
        set_value(self.database, name, value)

    def values(self, prefix: str) -> dict[str, bytes]:
        return values(self.database, prefix)

    def close(self) -> None:
        self.database.close()


def empty_records(connection: sqlite3.Connection, records: Iterable[str]) -> None:
    """Take payload and salt out of records: head, envelope and chain stay."""
    connection.executemany(
        "UPDATE records SET payload = NULL, salt = NULL WHERE id = ?",
        [(record,) for record in records],
    )


def set_value(database: Database, name: str, value: bytes | None) -> None:
    """Keep, change or (None) remove a small value."""
    database.write(lambda connection: put_value(connection, name, value))


def put_value(connection: sqlite3.Connection, name: str, value: bytes | None) -> None:
    """The same, inside a transaction on the writer's thread."""
    if value is None:
        connection.execute("DELETE FROM kept_values WHERE name = ?", (name,))
    else:
        connection.execute("REPLACE INTO kept_values VALUES (?, ?)", (name, value))


def values(database: Database, prefix: str) -> dict[str, bytes]:
    """All small values whose name starts with `prefix`."""
    rows = database.read(
        "SELECT name, value FROM kept_values WHERE substr(name, 1, ?) = ? ORDER BY name",
        (len(prefix), prefix),
    )
    return {str(name): value for name, value in rows}  # type: ignore[misc]


def _row(one: Accepted) -> tuple[Any, ...]:
    envelope = read_envelope(one.envelope)
    return (
        envelope.record,
        envelope.stream,
        envelope.epoch,
        envelope.number,
        one.record.head,
        one.record.payload,
        one.record.salt,
        one.record.signature,
        one.envelope.body,
        one.envelope.signature,
        _words(one.readers),
    )


def _words(readers: tuple[str, ...]) -> str:
    return msgspec.json.encode(readers).decode()


def _accepted(row: tuple[Any, ...]) -> Accepted:
    return Accepted(
        record=record_of(row),
        envelope=SignedEnvelope(body=row[4], signature=row[5]),
        readers=tuple(msgspec.json.decode(row[6])),
    )


def _delivered(row: tuple[Any, ...]) -> Delivered:
    is_record = row[7] == "record" and envelope_of(row) is not None
    return Delivered(
        seq=row[6], stream=row[8], record=row[9], kept=kept_of(row) if is_record else None
    )


def _deliver(
    connection: sqlite3.Connection, deliveries: Sequence[tuple[str, str, str, str]]
) -> None:
    last: dict[str, int] = {}
    for device, what, stream, record in deliveries:
        if device not in last:
            row = connection.execute(
                "SELECT COALESCE(MAX(seq), 0) FROM deliveries WHERE device = ?", (device,)
            ).fetchone()
            last[device] = row[0]
        last[device] += 1
        connection.execute(
            "INSERT INTO deliveries VALUES (?, ?, ?, ?, ?)",
            (device, last[device], what, stream, record),
        )
