"""Checks of what is kept: the database, every blob, and the chain of the log."""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from meetingroom.domain.entries import entry_of
from meetingroom.domain.errors import MeetingError, StoreError
from meetingroom.domain.facts import HubCertified
from meetingroom.domain.ids import HUB, OFFICE
from meetingroom.domain.ports import Accepted, Verify
from meetingroom.domain.records import (
    Kept,
    SignedEnvelope,
    SignedRecord,
    payload_is_whole,
    read_envelope,
    read_head,
)
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.chains import Beginning, Chain
from meetingroom.store.database import Database
from meetingroom.store.device_log import SqliteDeviceLog
from meetingroom.store.hub_log import SqliteHubLog


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not as it should be: `code` (database, blob, chain …) and what."""

    code: str
    what: str


def database_faults(database: Database) -> Iterator[Fault]:
    """What SQLite's own integrity check says."""
    try:
        rows = database.read("PRAGMA integrity_check")
    except StoreError as error:
        rows = [(error.code,)]
    for row in rows:
        if row[0] != "ok":
            yield Fault(code="database", what=str(row[0]))


def blob_faults(blobs: FileBlobs) -> Iterator[Fault]:
    """Blobs whose bytes are not what their name says."""
    for blob in blobs.damaged():
        yield Fault(code="blob", what=blob)


def log_faults(log: SqliteHubLog, verify: Verify) -> Iterator[Fault]:
    """Every record's hash, both signatures, its place, and the chain of every stream."""
    try:
        office = log.stream(OFFICE)
        hubs, devices = _keys(office)
        beginnings = list(_beginnings(office))
        for stream in log.streams():
            chain = Chain(stream, beginnings)
            yield from _stream_faults(
                stream, log.stream(stream), chain, verify, hubs.get, devices.get
            )
        yield from (Fault(code="place", what=record) for record in log.misplaced())
    except StoreError as error:
        yield Fault(code="database", what=str(error.fields.get("reason") or error.code))


def _stream_faults(
    stream: str,
    rows: list[Accepted],
    chain: Chain,
    verify: Verify,
    hub_key: Callable[[str], str | None],
    device_key: Callable[[str], str | None],
) -> Iterator[Fault]:
    for accepted in rows:
        try:
            opened = _Opened(accepted.record, accepted.envelope)
        except MeetingError:
            yield Fault(code="record", what=f"{stream}: {accepted.record.head[:60]}")
            chain.skip()
            continue
        yield from _record_faults(opened, stream, chain, verify, hub_key, device_key)


def device_log_faults(log: SqliteDeviceLog, verify: Verify) -> Iterator[Fault]:
    """The same for what a device holds: gaps are no fault there, altered records are."""
    try:
        hubs, devices = _keys(log.stream(OFFICE))
        for stream in log.streams():
            for kept in log.stream(stream):
                yield from _kept_faults(kept, stream, verify, hubs, devices)
    except StoreError as error:
        yield Fault(code="database", what=str(error.fields.get("reason") or error.code))


def _kept_faults(
    kept: Kept, stream: str, verify: Verify, hubs: dict[str, str], devices: dict[str, str]
) -> Iterator[Fault]:
    try:
        if kept.envelope is None:
            head = read_head(kept.record)
            if not payload_is_whole(kept.record, head):
                yield Fault(code="payload", what=head.id)
            return
        opened = _Opened(kept.record, kept.envelope)
    except MeetingError:
        yield Fault(code="record", what=f"{stream}: {kept.record.head[:60]}")
        return
    for fault in _record_faults(opened, stream, None, verify, hubs.get, devices.get):
        # A device does not know everybody's computers.
        if fault.code != "signature" or opened.head.device in devices:
            yield fault


class _Opened:
    """A record and its envelope, read. Raises MeetingError."""

    def __init__(self, record: SignedRecord, signed: SignedEnvelope) -> None:
        self.record, self.signed = record, signed
        self.head, self.envelope = read_head(record), read_envelope(signed)
        if not re.fullmatch(r"[0-9a-f]{64}", self.envelope.chain):
            raise MeetingError("record.malformed", reason="chain")


def _beginnings(office: Sequence[Accepted]) -> Iterator[Beginning]:
    for row in office:
        try:
            fact = entry_of(Kept(record=row.record, envelope=row.envelope)).fact
        except MeetingError:
            continue  # told as a fault of the record itself
        if isinstance(fact, Beginning):
            yield fact


def _keys(office: Sequence[Accepted | Kept]) -> tuple[dict[str, str], dict[str, str]]:
    hubs: dict[str, str] = {}
    devices: dict[str, str] = {}
    for accepted in office:
        try:
            fact = entry_of(Kept(record=accepted.record, envelope=accepted.envelope)).fact
            if isinstance(fact, HubCertified):
                certificate = msgspec.json.decode(fact.certificate)
                hubs[certificate["hub"]] = certificate["public_key"]
        except (MeetingError, msgspec.DecodeError, msgspec.ValidationError, KeyError, TypeError):
            continue  # told as a fault of the record itself
        device = getattr(fact, "device", "")
        if device and hasattr(fact, "public_key"):
            devices[device] = fact.public_key
    return hubs, devices


def _record_faults(
    opened: _Opened,
    stream: str,
    chain: Chain | None,
    verify: Verify,
    hub_key: Callable[[str], str | None],
    device_key: Callable[[str], str | None],
) -> Iterator[Fault]:
    record, head, envelope = opened.record, opened.head, opened.envelope
    is_next = chain is None or chain.holds(envelope, record.head_hash)
    if not is_next or envelope.head_hash != record.head_hash or envelope.stream != stream:
        yield Fault(code="chain", what=head.id)
    if not payload_is_whole(record, head):
        yield Fault(code="payload", what=head.id)
    key = hub_key(envelope.hub) or ""
    if not verify(key, opened.signed.signed_bytes, opened.signed.signature):
        yield Fault(code="envelope", what=head.id)
    author = hub_key(head.device) if head.author == HUB else device_key(head.device)
    if not verify(author or "", record.signed_bytes, record.signature):
        yield Fault(code="signature", what=head.id)
