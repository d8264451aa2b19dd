"""Doors between the rooms: Protocols that `assembly` and `desktop` fill."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

import msgspec

from meetingroom.domain.marks import Mark, Placement
from meetingroom.domain.paper import (
    Comparison,
    Drawing,
    FileAnnotation,
    Inspection,
    Link,
    PaperShape,
    Word,
)
from meetingroom.domain.records import Kept, SignedEnvelope, SignedRecord


class Signer(Protocol):
    """A private Ed25519 key that never leaves its room."""

    @property
    def public_key(self) -> str:
        """The public key's 32 bytes, hexadecimal."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes of signature."""
        ...


class Verify(Protocol):
    """Checks an Ed25519 signature by a public key (hexadecimal)."""

    def __call__(self, public_key: str, message: bytes, signature: bytes) -> bool: ...


# --- what is kept -------------------------------------------------------------------


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """A record with the hub's envelope and the readers as frozen (kept at the hub only)."""

    record: SignedRecord
    envelope: SignedEnvelope
    readers: tuple[str, ...]


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a device's gapless sequence: a record to keep, or one to forget.

    `kept` is None for a `forget`; `record` is the record's id either way.
    """

    seq: int
    stream: str
    record: str
    kept: Kept | None = None


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """How far a device has come in its sequence, valid for one incarnation of the hub."""

    incarnation: str = ""
    since: int = 0


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What a hub takes in of another incarnation: new records, the content of those that lacked
    it, readers reckoned anew, and what goes with it as in `HubLog.append`."""

    accepted: Sequence[Accepted]
    filled: Sequence[SignedRecord]
    readers: Mapping[str, tuple[str, ...]]
    deliveries: Sequence[tuple[str, str, str, str]]
    emptied: Sequence[str]
    values: Mapping[str, bytes | None]


class HubLog(Protocol):
    """The whole log, kept at the hub. One writer; committed (FULL) when a call returns."""

    def append(
        self,
        accepted: Sequence[Accepted],
        deliveries: Sequence[tuple[str, str, str, str]],
        emptied: Sequence[str] = (),
        values: Mapping[str, bytes | None] = ...,
    ) -> None:
        """Keep records and what each device is to get, in one transaction.

        Payload and salt of the records `emptied` go with it, and small `values` are kept.

        A delivery is (device, "record" | "forget", stream, record id). Sequence numbers
        are given here, gapless per device.
        """
        ...

    def rows_after(self, place: int, limit: int, most: int) -> list[tuple[int, Accepted]]:
        """Records in the order they were kept, after a place, with their places; about so many
        bytes at most, unless one has more."""
        ...

    def merge(self, merged: "Merged") -> None:
        """Keep what came from another incarnation of the hub, in one transaction."""
        ...

    def lacking(self, records: Sequence[str]) -> list[str]:
        """Those of these ids that are not here, or without their content; in this order."""
        ...

    def scrub(self) -> None:
        """Leave no trace of what was emptied or deleted in any file."""
        ...

    def deliver(self, deliveries: Sequence[tuple[str, str, str, str]]) -> None:
        """Append to devices' sequences without a new record (permissions changed)."""
        ...

    def find(self, record: str) -> Accepted | None:
        """The record with this id."""
        ...

    def stream(self, stream: str) -> list[Accepted]:
        """All records of a stream in order."""
        ...

    def streams(self) -> list[str]:
        """The ids of all streams, oldest first."""
        ...

    def delivered_after(self, device: str, since: int, limit: int) -> list[Delivered]:
        """The device's sequence after `since`, at most `limit` steps.

        A record that a later step tells it to forget comes without content, as a forget.
        """
        ...

    def holdings(self, device: str) -> dict[str, set[str]]:
        """Stream → ids of the records the device was last told to keep."""
        ...

    def last_for(self, device: str) -> int:
        """The number of the last step of a device's sequence; 0 where it has none."""
        ...

    def value(self, name: str) -> bytes | None:
        """A small kept value (keys, codes, stage), None where never set."""
        ...

    def set_value(self, name: str, value: bytes | None) -> None:
        """Keep a small value; None removes it."""
        ...

    def values(self, prefix: str) -> dict[str, bytes]:
        """All kept values whose name starts with `prefix`."""
        ...

    def close(self) -> None: ...


class DeviceLog(Protocol):
    """What one computer keeps: its person's copy of the log and its own outbox."""

    def append_own(self, records: Sequence[SignedRecord], *, private: bool) -> None:
        """Keep own records, committed (FULL) when the call returns; private ones never leave."""
        ...

    def append_step(
        self,
        records: Sequence[SignedRecord],
        values: Mapping[str, bytes | None],
        refused: Mapping[str, str] = ...,
    ) -> None:
        """Keep own records and small values (None: remove) in one transaction.

        Records for oneself alone are private; `refused` has the hub's reason for some.
        """
        ...

    def take(self, steps: Sequence[Delivered], position: Position) -> None:
        """Keep what the hub delivered and how far it came, in one transaction.

        An own record that comes back numbered leaves the outbox; a repeated one changes
        nothing; a forgotten one is deleted (own private records never are).
        """
        ...

    def position(self) -> Position:
        """Where the device stands in its sequence."""
        ...

    def streams(self) -> list[str]:
        """The ids of all streams with records."""
        ...

    def stream(self, stream: str) -> list[Kept]:
        """All records of a stream: numbered by (epoch, number), then own ones by place."""
        ...

    def own_records(self) -> list[Kept]:
        """All own records without a number, by place: private, waiting and refused ones."""
        ...

    def numbered(self) -> list[str]:
        """Ids of all numbered records: who is who first, then revocations and purges."""
        ...

    def kept(self, records: Sequence[str]) -> list[Kept]:
        """Those of these numbered records that are here."""
        ...

    def outbox(self, limit: int = 200) -> list[SignedRecord]:
        """Own records that wait for the hub, oldest first (never private or refused ones)."""
        ...

    def batch_of(self, record: str) -> str:
        """The batch an own record belongs to ("" if alone): issued in one transaction."""
        ...

    def append_batch(self, records: Sequence[SignedRecord], batch: str) -> None:
        """Keep own records that the hub must accept together or not at all."""
        ...

    def purge(self, emptied: Sequence[str], deleted: Sequence[str]) -> None:
        """Payload and salt of numbered records go, and own unnumbered records whole."""
        ...

    def scrub(self) -> None:
        """Leave no trace of what was emptied or deleted in any file."""
        ...

    def refuse(self, record: str, reason: str) -> None:
        """The hub refused an own record: it stays, with the reason, out of the outbox."""
        ...

    def value(self, name: str) -> bytes | None: ...

    def set_value(self, name: str, value: bytes | None) -> None: ...

    def values(self, prefix: str) -> dict[str, bytes]: ...

    def close(self) -> None: ...


class Blobs(Protocol):
    """Files named by the SHA-256 of their bytes, which never change."""

    def path(self, blob: str) -> Path | None:
        """Where the whole, verified file lies; None if it is not here."""
        ...

    def keep_file(self, source: Path) -> tuple[str, int]:
        """Copy a file in (temporary name, flush, rename); its hash and size in bytes."""
        ...

    def keep_bytes(self, content: bytes) -> str:
        """Keep bytes; their hash."""
        ...

    def part(self, blob: str, owner: str = "") -> Path:
        """Where a transfer of this blob is collected; it may already hold a beginning.

        Each `owner` (an uploading device; "" is this computer) collects its own.
        """
        ...

    def finish(self, blob: str, owner: str = "") -> Path:
        """Verify the collected part and give it its name. A wrong one is deleted.

        Raises StoreError("blob.damaged") or StoreError("store.full").
        """
        ...

    def remove(self, blob: str) -> None: ...

    def remove_parts(self, blob: str) -> None:
        """Delete what was collected of it, whoever sent it."""
        ...

    def all(self) -> list[str]: ...

    def damaged(self) -> Iterable[str]:
        """Reads every blob and yields those whose bytes are not what their name says."""
        ...


# --- pages ----------------------------------------------------------------------------


class Pixels(Protocol):
    """A drawn page in shared memory: 32-bit BGRX rows, valid until `release`."""

    width: int
    height: int
    stride: int

    @property
    def buffer(self) -> memoryview: ...

    def release(self) -> None: ...


class Pages(Protocol):
    """Paper becomes pixels and words in worker processes; never blocks the caller.

    Every answer comes on a thread of this room. A failed one is a Future with a
    PaperError ("paper.page_failed", "paper.timeout", "paper.damaged" …).
    """

    def open(self, blob: str, path: Path, password: str = "") -> "Future[PaperShape]":
        """Page sizes, labels and outline of a file.

        PaperError("paper.encrypted") where it needs a password, "paper.password_wrong"
        where it is another one; the right one is remembered until the program ends.
        """
        ...

    def draw(self, drawing: Drawing) -> "Future[Pixels]":
        """Pixels; newest first by urgency, duplicates share one answer.

        A wish that was dropped (`forget_except`) is cancelled.
        """
        ...

    def forget_except(self, keys: Iterable[tuple[object, ...]]) -> None:
        """Drop all queued wishes whose key is not among these."""
        ...

    def words(self, blob: str, page: int) -> "Future[tuple[Word, ...]]":
        """The words of a page in reading order."""
        ...

    def links(self, blob: str, page: int) -> "Future[tuple[Link, ...]]":
        """The links of a page."""
        ...

    def annotations(self, blob: str) -> "Future[tuple[FileAnnotation, ...]]":
        """What was written on the paper in other programs, by page."""
        ...

    def compare(self, old: Path, new: Path) -> "Future[Comparison]":
        """What differs between two versions of a paper, page beside page."""
        ...

    def close(self) -> None: ...


class MarksOnPaper(Protocol):
    """Exports of marks; runs in a worker, answers in a Future."""

    def export_pdf(
        self, source: Path, target: Path, marks: Sequence[Mark], names: dict[str, str]
    ) -> "Future[int]":
        """A copy of the PDF with real annotations; the number written."""
        ...


class Carrier(Protocol):
    """Finds the places of marks on another version; runs in a worker."""

    def carry(
        self, old: Path | None, new: Path, marks: Sequence[Mark]
    ) -> "Future[tuple[Placement, ...]]":
        """One placement a mark, which stand on `old` as their page and shape say.

        Without the old file only quoted words can tell. Fails with a PaperError.
        """
        ...


class Inspector(Protocol):
    """Looks at files before anything is kept."""

    def inspect(self, files: Sequence[Path], pictures: Path | None = None) -> list[Inspection]: ...


# --- a copy of the hub elsewhere ------------------------------------------------------


class CopyState(msgspec.Struct, frozen=True, kw_only=True):
    """How far a standby has come: of which generation, up to which row; whether that was all."""

    generation: str
    after: int
    is_whole: bool


class StandbyStore(Protocol):
    """What a standby keeps: everything sealed with a key it does not have."""

    def state(self) -> CopyState: ...

    def keep(self, state: CopyState, sealed: bytes, secrets: bytes) -> None:
        """Keep rows (and secrets, unless empty) and how far it came, in one transaction.

        Another generation takes the place of all that was here.
        """
        ...

    def chunks(self) -> list[bytes]:
        """The sealed rows in the order they came."""
        ...

    def secrets(self) -> bytes: ...

    def files(self) -> list[str]:
        """Names of the files that are whole."""
        ...

    def part(self, name: str) -> Path: ...

    def finish(self, name: str) -> None: ...

    def file(self, name: str) -> Path: ...

    def remove(self, name: str) -> None: ...

    def clear(self) -> None:
        """Nothing of it stays on this computer."""
        ...

    def close(self) -> None: ...


class Seal(Protocol):
    """One key: seals and opens small things and files."""

    def seal(self, purpose: str, content: bytes) -> bytes: ...

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Raises StoreError("standby.wrong_key")."""
        ...

    def name_of(self, blob: str) -> str:
        """What a sealed file is called: 64 hexadecimal digits that tell nothing of the blob."""
        ...

    def size_of(self, size: int) -> int:
        """The bytes of a sealed file."""
        ...

    def seal_file(self, source: Path, target: Path) -> None: ...

    def open_file(self, source: Path, target: Path) -> None: ...


# --- secrets, time --------------------------------------------------------------------


class Secrets(Protocol):
    """Small secrets in the system's keyring, or a file only its owner can read."""

    @property
    def is_in_keyring(self) -> bool: ...

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, secret: str | None) -> None: ...


Listener = Callable[[object], None]


class BallotBox(Protocol):
    """Where secret ballots lie until their vote is closed: on disk, apart from the log.

    In no backup and on no other computer. Raises StoreError.
    """

    def put(self, vote: str, casts: Sequence[tuple[str, str, str]]) -> None:
        """Keep each person's choice, in place of an earlier one; on disk when this returns.

        A cast is (person, choice, the name of this act of voting); one that comes again
        changes nothing.
        """
        ...

    def choices(self, vote: str) -> dict[str, str]:
        """Person → choice."""
        ...

    def destroy(self, vote: str) -> None:
        """Overwrite and remove what there is."""
        ...
