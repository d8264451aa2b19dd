"""Checks of what is kept: the database, every blob, and the chain of the log."""

from collections.abc import Callable, Iterator

import msgspec

from meetingroom.domain.entries import entry_of
from meetingroom.domain.facts import HubCertified
from meetingroom.domain.ids import HUB, OFFICE
from meetingroom.domain.ports import Accepted, Verify
from meetingroom.domain.records import (
    GENESIS,
    Kept,
    next_chain,
    payload_is_whole,
    read_envelope,
    read_head,
)
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.database import Database
from meetingroom.store.hub_log import SqliteHubLog


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not as it should be: `code` (database, blob, chain …) and what."""

    code: str
    what: str


def database_faults(database: Database) -> Iterator[Fault]:
    """What SQLite's own integrity check says."""
    for row in database.read("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Fault(code="database", what=str(row[0]))


def blob_faults(blobs: FileBlobs) -> Iterator[Fault]:
    """Blobs whose bytes are not what their name says."""
    for blob in blobs.damaged():
        yield Fault(code="blob", what=blob)


def log_faults(log: SqliteHubLog, verify: Verify) -> Iterator[Fault]:
    """Every record's hash, both signatures, and the chain of every stream."""
    office = log.stream(OFFICE)
    hubs, devices = _keys(office)
    for stream in log.streams():
        yield from _stream_faults(log.stream(stream), verify, hubs.get, devices.get)


def _keys(office: list[Accepted]) -> tuple[dict[str, str], dict[str, str]]:
    hubs: dict[str, str] = {}
    devices: dict[str, str] = {}
    for accepted in office:
        fact = entry_of(Kept(record=accepted.record, envelope=accepted.envelope)).fact
        if isinstance(fact, HubCertified):
            certificate = msgspec.json.decode(fact.certificate)
            hubs[certificate["hub"]] = certificate["public_key"]
        device = getattr(fact, "device", "")
        if device and hasattr(fact, "public_key"):
            devices[device] = fact.public_key
    return hubs, devices


def _stream_faults(
    rows: list[Accepted],
    verify: Verify,
    hub_key: Callable[[str], str | None],
    device_key: Callable[[str], str | None],
) -> Iterator[Fault]:
    chain = GENESIS
    for accepted in rows:
        record = accepted.record
        head, envelope = read_head(record), read_envelope(accepted.envelope)
        chain = next_chain(chain, record.head_hash)
        if envelope.chain != chain or envelope.head_hash != record.head_hash:
            yield Fault(code="chain", what=head.id)
            chain = envelope.chain
        if not payload_is_whole(record, head):
            yield Fault(code="payload", what=head.id)
        key = hub_key(envelope.hub) or ""
        if not verify(key, accepted.envelope.signed_bytes, accepted.envelope.signature):
            yield Fault(code="envelope", what=head.id)
        author = hub_key(head.device) if head.author == HUB else device_key(head.device)
        if not verify(author or "", record.signed_bytes, record.signature):
            yield Fault(code="signature", what=head.id)
