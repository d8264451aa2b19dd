"""How a hub takes in numbered records another incarnation gave out: verified, never judged again.

They keep their envelopes and so their places; who may read them is reckoned from the head's
audience, as the meeting stood at that place, and reckoned again while more comes in before it.
What is here already changes nothing, but that a record without its content gets it back: only
what points to a purged paper is empty, whoever handed it in.
"""

import logging
import time
from collections.abc import Sequence

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.entries import Entry, entry_of
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import HUB, ME, OFFICE
from meetingroom.domain.ports import Accepted, Blobs, HubLog, Merged, Verify
from meetingroom.domain.purging import pointing_to
from meetingroom.domain.records import Kept, SignedRecord, payload_is_whole
from meetingroom.domain.rights import blob_opened
from meetingroom.services.acceptance import Acceptance, readers_of
from meetingroom.services.copybook import CERTIFICATE_CONTEXT
from meetingroom.services.doors import HubCertificate
from meetingroom.services.hub_purging import due_of
from meetingroom.services.ledger import Delivery, Line

log = logging.getLogger(__name__)
CAME_BACK_ANY = "came_back"
CAME_BACK = "came_back:"  # and a record's id: devices handed it in to this incarnation
BROUGHT_AT_ONCE, BRINGING_SECONDS = 4, 60.0  # by one device, before another may
HEARD = "came_back_heard:"  # and a device's id: it told what it has


class Keys(msgspec.Struct):
    """Whose signatures count: hub → key, device → (principal, key)."""

    hubs: dict[str, str]
    devices: dict[str, tuple[str, str]]


class Opened(msgspec.Struct, frozen=True):
    """A record that is sound, with the bytes it came as."""

    kept: Kept
    entry: Entry

    @property
    def is_empty(self) -> bool:
        return self.kept.record.payload is None


class Merging:
    """Works on an acceptance's ledger; its owner holds a lock around every call."""

    def __init__(
        self, hub_log: HubLog, blobs: Blobs, acceptance: Acceptance, verify: Verify
    ) -> None:
        self._log = hub_log
        self._blobs = blobs
        self._acceptance = acceptance
        self._verify = verify
        self._bringing: dict[str, tuple[str, float]] = {}

    @property
    def came_back(self) -> tuple[int, int]:
        """How many records came back to this incarnation, and how many devices were heard."""
        return len(self._log.values(CAME_BACK)), len(self._log.values(HEARD))

    def hear(self, device: str) -> None:
        """A device tells what it has."""
        if self._log.value(HEARD + device) is None:
            self._log.set_value(HEARD + device, b"1")

    def lacking(self, records: Sequence[str]) -> list[str]:
        """Those of these ids that are not here whole, in the order they were offered."""
        return self._log.lacking(records)

    def take(self, rows: Sequence[Kept]) -> tuple[int, frozenset[str], list[Line]]:
        """How many records were new and sound, the devices with news, and what came."""
        new, filled = self._sorted_out(rows)
        if not new and not filled:
            return 0, frozenset(), []
        return self._keep(new, filled)

    def _sorted_out(self, rows: Sequence[Kept]) -> tuple[dict[str, Opened], dict[str, Opened]]:
        """What is not here, and what is here without its content."""
        keys = self._keys()
        new: dict[str, Opened] = {}
        filled: dict[str, Opened] = {}
        for kept in sorted(rows, key=_office_first):
            opened = self._opened(kept, keys)
            if opened is None:
                continue
            name = opened.entry.head.id
            here = self._log.find(name)
            if here is None:
                if name not in new or new[name].is_empty:
                    new[name] = opened
            elif _is_filled_by(here.record, kept.record):
                filled[name] = opened
        return new, filled

    def _keep(
        self, new: dict[str, Opened], filled: dict[str, Opened]
    ) -> tuple[int, frozenset[str], list[Line]]:
        ledger = self._acceptance.ledger
        try:
            lines, readers = self._put(new, filled)
            streams = {row.entry.head.stream for row in (*new.values(), *filled.values())}
            gone, due = self._emptied(streams)
            deliveries = self._deliveries(streams)
            bare = {name: _bare(row) if name in gone else row for name, row in new.items()}
            self._log.merge(
                Merged(
                    accepted=[_accepted(line, bare[line.entry.head.id].kept) for line in lines],
                    filled=[row.kept.record for name, row in filled.items() if name not in gone],
                    readers=readers,
                    deliveries=deliveries,
                    emptied=sorted(gone),
                    values={**due, **{CAME_BACK + name: b"1" for name in new}},
                )
            )
        except BaseException:
            ledger.read_again()
            raise
        ledger.note_delivered(deliveries)
        return len(lines), frozenset(step[0] for step in deliveries), lines

    def _put(
        self, new: dict[str, Opened], filled: dict[str, Opened]
    ) -> tuple[list[Line], dict[str, tuple[str, ...]]]:
        """Into the ledger: the lines added, and readers that are other ones now."""
        unsure = {name.removeprefix(CAME_BACK) for name in self._log.values(CAME_BACK)}
        everything = {**filled, **new}
        added: list[Line] = []
        readers: dict[str, tuple[str, ...]] = {}
        streams = {row.entry.head.stream for row in everything.values()}
        for stream in sorted(streams, key=_stream_order):
            entries = [row.entry for row in everything.values() if row.entry.head.stream == stream]
            lines, changed = self._acceptance.ledger.put_between(
                stream, entries, readers_of, unsure
            )
            added += lines
            readers |= changed
        return added, readers

    def _emptied(self, streams: set[str]) -> tuple[set[str], dict[str, bytes | None]]:
        """Empty what any purge of these streams still finds: the records, and what is due."""
        ledger = self._acceptance.ledger
        gone: set[str] = set()
        due: dict[str, bytes | None] = {}
        for stream in streams:
            entries = ledger.entries(stream)
            for purge in entries:
                rows = (
                    pointing_to(entries, purge.fact.paper)
                    if isinstance(purge.fact, facts.Purged)
                    else []
                )
                if rows:
                    gone |= {row.head.id for row in rows}
                    due |= dict([due_of(purge, rows)])
            ledger.empty(stream, gone)
        return gone, due

    def _deliveries(self, streams: set[str]) -> list[Delivery]:
        """What every device must be told of these streams (of all, when the office changed)."""
        ledger = self._acceptance.ledger
        if OFFICE in streams:
            streams = set(ledger.streams())
        return [
            step
            for device in ledger.directory.devices.values()
            if device.is_active
            for stream in sorted(streams, key=_stream_order)
            for step in ledger.differences(device.device, device.principal, stream)
        ]

    # --- whether it is sound --------------------------------------------------------------

    def _opened(self, kept: Kept, keys: Keys) -> Opened | None:
        """The record where both signatures hold; only then does what it certifies count."""
        try:
            entry = entry_of(kept)
        except MeetingError:
            return None
        if kept.envelope is None or entry.envelope is None or ME in entry.head.audience:
            return None
        if isinstance(entry.fact, facts.HubCertified):
            certificate = self.certificate(entry.fact)  # the office's key vouches for it
            if certificate is not None:
                keys.hubs[certificate.hub] = certificate.public_key
        reason = self._fault(kept, entry, keys)
        if reason:
            log.info("a record that was handed in is not sound: %s", reason)
            return None
        if isinstance(entry.fact, facts.DeviceEnrolled) and entry.head.author == HUB:
            who = (entry.fact.principal, entry.fact.public_key)
            keys.devices.setdefault(entry.fact.device, who)
        return Opened(kept, entry)

    def _fault(self, kept: Kept, entry: Entry, keys: Keys) -> str:
        head, envelope, signed = entry.head, entry.envelope, kept.envelope
        assert envelope is not None and signed is not None  # noqa: S101, PT018
        if not payload_is_whole(kept.record, head):
            return "payload"
        told = (envelope.record, envelope.stream, envelope.head_hash)
        if told != (head.id, head.stream, kept.record.head_hash):
            return "envelope"
        if not self._verify(keys.hubs.get(envelope.hub, ""), signed.signed_bytes, signed.signature):
            return "hub"
        if head.author == HUB:
            author = keys.hubs.get(head.device, "")
        else:
            principal, author = keys.devices.get(head.device, ("", ""))
            if principal != head.author:
                return "author"
        is_signed = self._verify(author, kept.record.signed_bytes, kept.record.signature)
        return "" if is_signed else "signature"

    def certificate(self, fact: facts.HubCertified) -> HubCertificate | None:
        """A hub's certificate, if the office's key signed it."""
        office = self._acceptance.ledger.directory.office
        text = fact.certificate.encode()
        try:
            signature = bytes.fromhex(fact.signature)
            certificate = msgspec.json.decode(text, type=HubCertificate)
        except (ValueError, msgspec.DecodeError):
            return None
        is_ours = office is not None and self._verify(
            office.office_key, CERTIFICATE_CONTEXT + text, signature
        )
        return certificate if is_ours else None

    def _keys(self) -> Keys:
        ledger = self._acceptance.ledger
        hubs: dict[str, str] = {}
        for entry in ledger.entries(OFFICE):
            if isinstance(entry.fact, facts.HubCertified):
                certificate = self.certificate(entry.fact)
                if certificate is not None:
                    hubs[certificate.hub] = certificate.public_key
        devices = ledger.directory.devices.values()
        return Keys(hubs, {row.device: (row.principal, row.public_key) for row in devices})

    # --- blobs ----------------------------------------------------------------------------

    def to_bring(self, principal: str, device: str, here: set[str]) -> tuple[list[str], int]:
        """Files that this device is to bring, and how many of its files others bring just now."""
        now = time.monotonic()
        lacking = [
            blob
            for blob in self._acceptance.ledger.blobs()
            if blob in here and self.may_bring(principal, blob)
        ]
        others = 0
        mine: list[str] = []
        for blob in lacking:
            who, until = self._bringing.get(blob, ("", 0.0))
            if who not in ("", device) and until > now:
                others += 1
            elif len(mine) < BROUGHT_AT_ONCE:
                self._bringing[blob] = (device, now + BRINGING_SECONDS)
                mine.append(blob)
        return mine, others

    def may_bring(self, principal: str, blob: str) -> bool:
        """Whether a principal reads a record here whose file is missing."""
        ledger = self._acceptance.ledger
        return self._blobs.path(blob) is None and any(
            ledger.may_read(principal, line) and blob_opened(line.entry.fact) == blob
            for line in ledger.lines_opening(blob)
        )


def _accepted(line: Line, kept: Kept) -> Accepted:
    assert kept.envelope is not None  # noqa: S101
    return Accepted(record=kept.record, envelope=kept.envelope, readers=line.readers)


def _is_filled_by(here: SignedRecord, other: SignedRecord) -> bool:
    return here.payload is None and other.payload is not None and here.head == other.head


def _bare(opened: Opened) -> Opened:
    """Without its content: what was purged is not even written for a moment."""
    record = msgspec.structs.replace(opened.kept.record, payload=None, salt=None)
    return Opened(msgspec.structs.replace(opened.kept, record=record), opened.entry)


def _office_first(kept: Kept) -> bool:
    return f'"stream":"{OFFICE}"' not in kept.record.head


def _stream_order(stream: str) -> tuple[bool, str]:
    return stream != OFFICE, stream
