"""Records: immutable, signed facts; envelopes: what the hub adds to them.

A record travels and is kept as its original bytes (`SignedRecord`); the structs here
are views of them, so that nothing a newer version wrote is lost by being passed on.
"""

import hashlib
import re
from datetime import UTC, datetime

import msgspec

from meetingroom.domain.errors import MeetingError

RECORD_CONTEXT = b"meetingroom record 1\x00"
ENVELOPE_CONTEXT = b"meetingroom envelope 1\x00"
GENESIS = "0" * 64  # the chain before a stream's first record
MAX_PAYLOAD = 1 << 20  # bytes; a long ink mark is some 20 kB
MAX_HEAD = 8192  # bytes
YEARS = range(1900, 3000)
MAX_DEPTH = 64  # of nesting; who may read deeper differs by how deep the reader itself stands
# A string (also one that never ends: no text is read twice), or a bracket.
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


class Head(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is signed: who says what kind of thing, where, to whom."""

    id: str
    stream: str
    kind: str
    version: int = 1
    author: str
    device: str
    on_behalf_of: str | None = None
    at: str
    audience: tuple[str, ...] = ()
    critical: bool = False
    payload_hash: str


class SignedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record as it travels and is kept.

    `head` and `payload` are the JSON texts exactly as the author's device wrote them;
    `salt` is 16 bytes and `signature` 64, both in base64 on the wire. A purged record
    keeps its head: `salt` and `payload` are None.
    """

    head: str
    payload: str | None
    salt: bytes | None
    signature: bytes

    @property
    def head_hash(self) -> str:
        """SHA-256 of the head's bytes, hexadecimal: what the chain is made of."""
        return hashlib.sha256(self.head.encode()).hexdigest()

    @property
    def signed_bytes(self) -> bytes:
        """The bytes the device's Ed25519 key signed."""
        return RECORD_CONTEXT + self.head.encode()


class Envelope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the hub says of a record: its place, when it came, and the chain so far.

    `written` is when it was written, by the hub's clock, where that was while the author's
    computer was away from the hub; it is for showing and decides nothing.
    """

    stream: str
    epoch: int
    number: int
    record: str
    head_hash: str
    chain: str
    received: str
    hub: str
    late: bool = False
    written: str = ""


class SignedEnvelope(msgspec.Struct, frozen=True, kw_only=True):
    """An envelope as it travels: its JSON text and the hub's signature of it."""

    body: str
    signature: bytes

    @property
    def signed_bytes(self) -> bytes:
        """The bytes the hub's Ed25519 key signed."""
        return ENVELOPE_CONTEXT + self.body.encode()


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A record as a computer keeps it: numbered (with envelope) or still only its own.

    `place` orders a device's own unnumbered records (its outbox order).
    """

    record: SignedRecord
    envelope: SignedEnvelope | None = None
    place: int = 0
    refused: str | None = None


_head_decoder = msgspec.json.Decoder(Head)
_envelope_decoder = msgspec.json.Decoder(Envelope)


def read_head(record: SignedRecord) -> Head:
    """The head of a record. Raises MeetingError("record.malformed")."""
    if is_too_long(record.head, record.payload or ""):
        raise MeetingError("record.malformed", reason="too long")
    try:
        return _head_decoder.decode(record.head)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
        raise MeetingError("record.malformed", reason=str(error)) from error


def read_envelope(signed: SignedEnvelope) -> Envelope:
    """The envelope's content. Raises MeetingError("record.malformed")."""
    try:
        return _envelope_decoder.decode(signed.body)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
        raise MeetingError("record.malformed", reason=str(error)) from error


def is_too_long(head: str, payload: str) -> bool:
    """Whether a record has more bytes (UTF-8) than every reader is sure to take."""
    return _bytes_beyond(head, MAX_HEAD) or _bytes_beyond(payload, MAX_PAYLOAD)


def _bytes_beyond(text: str, limit: int) -> bool:
    # A letter has one to four bytes: most texts need no counting.
    return 4 * len(text) > limit and len(text.encode()) > limit


def is_too_deep(text: str) -> bool:
    """Whether a JSON text is nested deeper than every reader is sure to bear."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = 0
    for match in _BRACKETS.finditer(text):
        bracket = match[0]
        if bracket in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif bracket in "]}":
            depth -= 1
    return False


class _NamesPaper(msgspec.Struct):
    paper: str = ""


_paper_decoder = msgspec.json.Decoder(_NamesPaper)


def paper_named(payload: str) -> str:
    """The paper a payload of an unknown kind is about, empty if none."""
    try:
        return _paper_decoder.decode(payload).paper
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError):
        return ""


def payload_hash(salt: bytes, payload: str) -> str:
    """SHA-256(salt ‖ payload), hexadecimal: the salt keeps short payloads unguessable."""
    return hashlib.sha256(salt + payload.encode()).hexdigest()


def payload_is_whole(record: SignedRecord, head: Head) -> bool:
    """Whether the payload is the one the head was signed for (a purged one is)."""
    if record.payload is None or record.salt is None:
        return record.payload is None and record.salt is None
    return payload_hash(record.salt, record.payload) == head.payload_hash


def next_chain(chain: str, head_hash: str) -> str:
    """The chain after one more record: SHA-256 of both hashes' bytes, hexadecimal."""
    return hashlib.sha256(bytes.fromhex(chain) + bytes.fromhex(head_hash)).hexdigest()


def utc_text(moment: datetime) -> str:
    """A moment as records hold it: ISO 8601 in UTC with milliseconds and "Z"."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """The moment a record's text names; the epoch where it is unreadable.

    So is a year that no clock shows: on the clock of another place it would be no date at all.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    if moment.year not in YEARS:
        return datetime.fromtimestamp(0, UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
