"""A device's copy of the log in SQLite, with its own outbox."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from meetingroom.domain.errors import StoreError
from meetingroom.domain.ids import ME
from meetingroom.domain.ports import Delivered, Position
from meetingroom.domain.records import Kept, SignedRecord, read_envelope, read_head
from meetingroom.store.database import Database
from meetingroom.store.hub_log import empty_records, put_value, set_value, values
from meetingroom.store.rows import RECORD_COLUMNS, kept_of, record_of

if TYPE_CHECKING:
    from sqlite_utils import Database as SchemaDatabase


def _first(database: "SchemaDatabase") -> None:
    database["records"].create(
        {
            "id": str, "stream": str, "epoch": int, "number": int, "place": int, "head": str,
            "payload": str, "salt": bytes, "signature": bytes, "envelope": str,
            "envelope_signature": bytes, "is_private": int, "refused": str, "batch": str,
        },
        pk="id",
        not_null={"stream", "head", "signature", "is_private"},
    )  # fmt: skip
    database["records"].create_index(["stream", "epoch", "number", "place"])
    database["kept_values"].create({"name": str, "value": bytes}, pk="name")


MIGRATIONS = (_first,)
WAITS = "envelope IS NULL AND is_private = 0 AND refused IS NULL"


class SqliteDeviceLog:
    """Implements the port `DeviceLog`."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path, MIGRATIONS)
        self._place = int(
            str(self.database.read("SELECT COALESCE(MAX(place), 0) FROM records")[0][0])
        )

    def append_own(self, records: Sequence[SignedRecord], *, private: bool) -> None:
        self.database.write(lambda connection: self._append(connection, records, private, None))

    def append_step(
        self,
        records: Sequence[SignedRecord],
        values: Mapping[str, bytes | None],
        refused: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        def change(connection: sqlite3.Connection) -> None:
            for record in records:
                self._append(connection, [record], ME in read_head(record).audience, None)
            for name, reason in refused.items():
                _refuse(connection, name, reason)
            for name, value in values.items():
                put_value(connection, name, value)

        self.database.write(change)

    def _append(
        self,
        connection: sqlite3.Connection,
        records: Sequence[SignedRecord],
        is_private: bool,
        batch: str | None,
    ) -> None:
        """On the writer's thread. A place is never given twice; gaps do not matter."""
        for record in records:
            self._place += 1
            head = read_head(record)
            connection.execute(
                "INSERT INTO records (id, stream, place, head, payload, salt, signature,"
                " is_private, batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    head.id, head.stream, self._place, record.head, record.payload, record.salt,
                    record.signature, int(is_private), batch,
                ),
            )  # fmt: skip

    def append_batch(self, records: Sequence[SignedRecord], batch: str) -> None:
        self.database.write(lambda connection: self._append(connection, records, False, batch))

    def batch_of(self, record: str) -> str:
        rows = self.database.read("SELECT batch FROM records WHERE id = ?", (record,))
        return str(rows[0][0] or "") if rows else ""

    def take(self, steps: Sequence[Delivered], position: Position) -> None:
        def change(connection: sqlite3.Connection) -> None:
            for step in steps:
                if step.kept is None:
                    connection.execute(
                        "DELETE FROM records WHERE id = ? AND is_private = 0", (step.record,)
                    )
                else:
                    _keep(connection, step)
            connection.execute(
                "REPLACE INTO kept_values VALUES ('position', ?)", (msgspec.json.encode(position),)
            )

        self.database.write(change)

    def position(self) -> Position:
        raw = self.value("position")
        return msgspec.json.decode(raw, type=Position) if raw else Position()

    def streams(self) -> list[str]:
        rows = self.database.read("SELECT stream FROM records GROUP BY stream ORDER BY MIN(rowid)")
        return [str(row[0]) for row in rows]

    def stream(self, stream: str) -> list[Kept]:
        rows = self.database.read(
            f"SELECT {RECORD_COLUMNS}, place, refused FROM records WHERE stream = ?"  # noqa: S608
            " ORDER BY envelope IS NULL, epoch, number, place, id",
            (stream,),
        )
        return [_kept(row) for row in rows]

    def own_records(self) -> list[Kept]:
        rows = self.database.read(
            f"SELECT {RECORD_COLUMNS}, place, refused FROM records"  # noqa: S608
            " WHERE envelope IS NULL ORDER BY place"
        )
        return [_kept(row) for row in rows]

    def numbered(self) -> list[str]:
        rows = self.database.read(
            "SELECT id FROM records WHERE envelope IS NOT NULL"
            " ORDER BY CASE json_extract(head, '$.kind') WHEN 'hub_certified' THEN 0"
            " WHEN 'device_enrolled' THEN 0 WHEN 'device_revoked' THEN 1 WHEN 'purged' THEN 1"
            " ELSE 2 END, stream != 'office', stream, epoch, number, id"
        )
        return [str(row[0]) for row in rows]

    def kept(self, records: Sequence[str]) -> list[Kept]:
        rows = self.database.read(
            f"SELECT {RECORD_COLUMNS}, place, refused FROM records"  # noqa: S608
            " WHERE envelope IS NOT NULL AND id IN (SELECT value FROM json_each(?))"
            " ORDER BY epoch, number",
            (msgspec.json.encode(list(records)).decode(),),
        )
        return [_kept(row) for row in rows]

    def outbox(self, limit: int = 200) -> list[SignedRecord]:
        rows = self.database.read(
            f"SELECT {RECORD_COLUMNS} FROM records WHERE {WAITS}"  # noqa: S608
            " ORDER BY place LIMIT ?",
            (limit,),
        )
        return [record_of(row) for row in rows]

    def purge(self, emptied: Sequence[str], deleted: Sequence[str]) -> None:
        def change(connection: sqlite3.Connection) -> None:
            empty_records(connection, emptied)
            connection.executemany(
                "DELETE FROM records WHERE id = ? AND envelope IS NULL",
                [(record,) for record in deleted],
            )

        self.database.write(change)

    def scrub(self) -> None:
        self.database.scrub()

    def refuse(self, record: str, reason: str) -> None:
        self.database.write(lambda connection: _refuse(connection, record, reason))

    def value(self, name: str) -> bytes | None:
        rows = self.database.read("SELECT value FROM kept_values WHERE name = ?", (name,))
        return rows[0][0] if rows else None  # type: ignore[return-value]

    def set_value(self, name: str, value: bytes | None) -> None:
        set_value(self.database, name, value)

    def values(self, prefix: str) -> dict[str, bytes]:
        return values(self.database, prefix)

    def close(self) -> None:
        self.database.close()


def _refuse(connection: sqlite3.Connection, record: str, reason: str) -> None:
    connection.execute(
        "UPDATE records SET refused = ? WHERE id = ? AND envelope IS NULL", (reason, record)
    )


def _keep(connection: sqlite3.Connection, step: Delivered) -> None:
    kept = step.kept
    assert kept is not None and kept.envelope is not None  # noqa: S101, PT018
    record = kept.record
    known = connection.execute("SELECT head FROM records WHERE id = ?", (step.record,)).fetchone()
    if known is not None and known[0] != record.head:
        raise StoreError("store.conflict", record=step.record)
    envelope = read_envelope(kept.envelope)
    connection.execute(
        "INSERT INTO records (id, stream, epoch, number, place, head, payload, salt, signature,"
        " envelope, envelope_signature, is_private) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, 0)"
        " ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, number = excluded.number,"
        " envelope = excluded.envelope, envelope_signature = excluded.envelope_signature,"
        " refused = NULL",
        (
            step.record, envelope.stream, envelope.epoch, envelope.number, record.head,
            record.payload, record.salt, record.signature, kept.envelope.body,
            kept.envelope.signature,
        ),
    )  # fmt: skip


def _kept(row: tuple[Any, ...]) -> Kept:
    return kept_of(row, place=row[6] or 0, refused=row[7])
