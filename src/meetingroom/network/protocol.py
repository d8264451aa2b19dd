"""Messages between a hub and a device: JSON objects told apart by `t` (see README.md)."""

import hashlib
from typing import Any

import msgspec

from meetingroom.domain.errors import (
    CallError,
    EnrolmentError,
    LinkError,
    MeetingError,
    RefusedError,
    StoreError,
)
from meetingroom.domain.ports import Delivered, Position
from meetingroom.domain.records import SignedRecord
from meetingroom.domain.rehearsal import RehearsalCall
from meetingroom.domain.stage import Laser, Stage, Steer, Stroke
from meetingroom.services.doors import Answer, Grant

PROTOCOL = 1
PORT = 47800
MAX_FRAME = 4 << 20
FIRST_FRAME = 64 << 10  # from who has not proved yet who it is
STEPS_A_FRAME = 200
BYTES_A_FRAME = 256 << 10
MAX_BATCH = 5000
MAX_WAITING_BYTES = 32 << 20  # of records a device sent and the hub did not judge yet
AUTH_CONTEXT = b"meetingroom auth 1\x00"
HANDSHAKE_SECONDS = 10.0
REVOKED = 4003  # the close code of a device that was taken out
MAX_NAME = 200


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", omit_defaults=True):
    """One frame."""


class Hello(Message, frozen=True, tag="hello"):
    """Hub → anyone: who it is, and a nonce (hexadecimal) to sign."""

    protocol: int
    office: str
    office_name: str
    office_key: str
    incarnation: str
    certificate: str
    signature: bytes
    nonce: str


class Authenticate(Message, frozen=True, tag="auth"):
    """Device → hub: who this is. `now` is the device's clock, so that the hub knows it;
    `program` its version: only who tells it is asked for a rehearsal.

    `newer` is the certificate of a hub with a higher epoch the device knows: who is told of one
    steps back.
    """

    device: str
    signature: bytes
    position: Position
    now: str = ""
    program: str = ""
    newer: str = ""
    newer_signature: bytes = b""


class Welcome(Message, frozen=True, tag="welcome"):
    """Hub → device: on line. `now` is the hub's clock; `token` opens the blob port.

    `takeover` is the record the hub began with, where it took over from another one.
    """

    principal: str
    token: str
    blob_port: int
    now: str
    takeover: SignedRecord | None = None


class Refused(Message, frozen=True, tag="refused"):
    code: str


class Deliver(Message, frozen=True, tag="deliver"):
    incarnation: str
    steps: tuple[Delivered, ...]


class Took(Message, frozen=True, tag="took"):
    """Device → hub: committed up to here; the next frame may come."""

    since: int


class Records(Message, frozen=True, tag="records"):
    """Device → hub. With `has_more` the next frame goes on; all are judged together."""

    n: int
    records: tuple[SignedRecord, ...]
    is_batch: bool = False
    has_more: bool = False


class Answers(Message, frozen=True, tag="answers"):
    n: int
    answers: tuple[Answer, ...]


class Ask(Message, frozen=True, tag="ask"):
    n: int
    name: str
    body: dict[str, Any]


class SteerWish(Message, frozen=True, tag="steer"):
    n: int
    wish: Steer


class Reply(Message, frozen=True, tag="reply"):
    n: int
    body: dict[str, Any]


class Failed(Message, frozen=True, tag="failed"):
    """A request's known error: `group` names its class, `code` and `fields` its sentence."""

    n: int
    group: str
    code: str
    fields: dict[str, Any] = {}


class StageNow(Message, frozen=True, tag="stage"):
    stage: Stage


class LaserNow(Message, frozen=True, tag="laser"):
    """What a hand does on the stage's page: it points, or with `stroke` it writes."""

    laser: Laser
    on_behalf_of: str | None = None
    stroke: Stroke | None = None


class Rehearse(Message, frozen=True, tag="rehearse"):
    """Hub → device: how are you? Answered by requests, `rehearsal.tell`."""

    call: RehearsalCall


class Claim(Message, frozen=True, tag="claim"):
    """Newcomer → hub: the code's slot, its PAKE message, and the device's key."""

    slot: str
    message: bytes
    nonce: str
    device: str
    public_key: str
    name: str


class Challenge(Message, frozen=True, tag="challenge"):
    """Hub → newcomer: its PAKE message, and its confirmation of all both sides know."""

    message: bytes
    nonce: str
    role: str
    principal: str
    mac: bytes = b""


class Confirm(Message, frozen=True, tag="confirm"):
    mac: bytes


class Granted(Message, frozen=True, tag="granted"):
    grant: Grant


AnyMessage = (
    Hello | Authenticate | Welcome | Refused | Deliver | Took | Records | Answers | Ask
    | SteerWish | Reply | Failed | StageNow | LaserNow | Rehearse
    | Claim | Challenge | Confirm | Granted
)  # fmt: skip

_decoder = msgspec.json.Decoder(AnyMessage)
_encoder = msgspec.json.Encoder()
_ERRORS: dict[str, type[MeetingError]] = {
    error.__name__: error
    for error in (CallError, EnrolmentError, LinkError, RefusedError, StoreError, MeetingError)
}


def encode(message: Message) -> str:
    """A frame's text."""
    return _encoder.encode(message).decode()


def decode(frame: str | bytes) -> AnyMessage:
    """A frame as a message. Raises LinkError("link.malformed")."""
    try:
        message: AnyMessage = _decoder.decode(frame)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
        raise LinkError("link.malformed", reason=str(error)) from error
    return message


def failure(n: int, error: MeetingError) -> Failed:
    """A known error on its way to the other side."""
    fields = {key: value for key, value in error.fields.items() if isinstance(value, str | int)}
    return Failed(n=n, group=type(error).__name__, code=error.code, fields=fields)


def raised(message: Failed) -> MeetingError:
    """The error the other side met."""
    return _ERRORS.get(message.group, MeetingError)(message.code, **message.fields)


def auth_bytes(nonce: str, tls: str, device: str) -> bytes:
    """What a device signs: the hub's nonce, the TLS certificate as it saw it, its own id."""
    text = f"{nonce}\n{tls}\n{device}"
    return AUTH_CONTEXT + hashlib.sha256(text.encode()).digest()
