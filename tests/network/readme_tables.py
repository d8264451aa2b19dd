"""What the program's own code says of the protocol, in the words of the network's README."""

import ast
import importlib
import types
import typing
from datetime import timedelta
from pathlib import Path

import msgspec
import spake2
from small_office import Key

from meetingroom.domain import call_check, facts, marks, ports, records, rehearsal, stage
from meetingroom.network import enrolment
from meetingroom.network import protocol as wire
from meetingroom.services import doors
from meetingroom.services.copybook import CERTIFICATE_CONTEXT

SOURCE = Path(wire.__file__).resolve().parents[1]
README = SOURCE / "network" / "README.md"
PLAIN = {str: "string", int: "int", float: "number", bool: "bool", bytes: "bytes", dict: "object"}
Row = tuple[str, str, str]  # a field's name, type and default ("" where it must be there)

MESSAGES = typing.get_args(wire.AnyMessage)
VALUES = (
    ports.Position,
    ports.Delivered,
    records.Kept,
    records.SignedRecord,
    records.SignedEnvelope,
    records.Head,
    records.Envelope,
    doors.HubCertificate,
    doors.Answer,
    doors.Grant,
    stage.Stage,
    stage.Steer,
    stage.Laser,
    stage.Stroke,
    rehearsal.RehearsalCall,
    rehearsal.RehearsalReport,
    rehearsal.PageSeen,
    rehearsal.ScreenSeen,
    rehearsal.LinkSeen,
    rehearsal.CallSeen,
    rehearsal.WaySeen,
    call_check.Tick,
    rehearsal.Rehearsal,
    rehearsal.RehearsalRow,
    facts.Invited,
    facts.AgendaItem,
    facts.OnlineLink,
    *typing.get_args(marks.Shape),
)
# What the hub decides by; how our own client paces itself is its own business.
CONSTANTS = (
    "domain.codes",
    "domain.records",
    "network.blob_server",
    "network.device_line",
    "network.discovery",
    "network.enrolment",
    "network.protocol",
    "network.server",
    "network.sessions",
    "services.copybook",
    "services.enrolling",
    "services.requests",
)
NOT_THE_PROTOCOL = {
    "network.blob_server.CHUNK",
    "network.blob_server.NICE",
    "network.blob_server.SENDERS",
    "network.device_line.GOODBYE_SECONDS",
    "network.discovery.LOOK_AGAIN_SECONDS",
    "network.discovery.LOOPBACK",
    "network.discovery.MAX_HUBS",
    "network.discovery.SETTLE_SECONDS",
    "network.server.MAX_FILES",
    "network.server.SOURCE",
}


def type_words(hint: typing.Any) -> str:
    """A type as the README writes it."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint in PLAIN or origin is dict:
        return PLAIN.get(hint, "object")
    if origin is typing.Literal:
        return "string"
    if origin in (typing.Union, types.UnionType):
        return " or ".join("null" if arg is type(None) else type_words(arg) for arg in args)
    if origin is tuple and args[-1] is Ellipsis:
        return f"list of {type_words(args[0])}"
    if origin is tuple:
        return f"[{', '.join(type_words(arg) for arg in args)}]"
    return str(hint.__name__)


def fields_of(struct: type[msgspec.Struct]) -> list[Row]:
    """A struct's fields in order."""
    hints = typing.get_type_hints(struct)
    return [
        (field.name, type_words(hints[field.name]), _default(field))
        for field in msgspec.structs.fields(struct)
    ]


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.default is not msgspec.NODEFAULT:
        return msgspec.json.encode(field.default).decode()
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.json.encode(field.default_factory()).decode()
    return ""


def constants() -> dict[str, str]:
    """Every constant of the protocol by its full name."""
    found = {}
    for room in CONSTANTS:
        module = importlib.import_module(f"meetingroom.{room}")
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                value = getattr(module, name)
                if isinstance(value, int | float | str | bytes | timedelta) and name.isupper():
                    found[f"{room}.{name}"] = _shown(value)
    return {name: value for name, value in found.items() if name not in NOT_THE_PROTOCOL}


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1").replace("\x00", "\\0")
    if isinstance(value, timedelta):
        return str(int(value.total_seconds()))
    return str(value)


def refusals() -> set[str]:
    """Every code a record can be refused with: what the judging functions return."""
    found = set()
    others = (SOURCE / "domain" / "ruling.py", SOURCE / "services" / "acceptance.py")
    for judge in (*(SOURCE / "domain").glob("*rights.py"), *others):
        for node in ast.walk(ast.parse(judge.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Return | ast.Assign) and node.value is not None:
                found |= _codes_of(node.value)
            if isinstance(node, ast.Call) and _name_of(node.func) == "_answer":
                found |= _codes_of(node.args[-1])
            if isinstance(node, ast.keyword) and node.arg == "refusal":
                found |= _codes_of(node.value)
    return found


def _codes_of(value: ast.expr) -> set[str]:
    """The plain words an expression may be."""
    if isinstance(value, ast.IfExp):
        return _codes_of(value.body) | _codes_of(value.orelse)
    if isinstance(value, ast.BoolOp):
        return set().union(*(_codes_of(one) for one in value.values))
    is_word = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return {value.value} - {""} if is_word else set()  # type: ignore[attr-defined]


HUB_SIDE = (
    "domain/codes.py",
    "network/blob_server.py",
    "network/device_line.py",
    "network/enrolment.py",
    "network/server.py",
    "services/enrolling.py",
    "services/hub.py",
    "services/rehearsing_hub.py",
    "services/newcomers.py",
    "services/reign.py",
    "services/requests.py",
    "services/standby_requests.py",
    "services/subscriptions.py",
    "services/standbys.py",
    "store/blobs.py",
)
OTHER_DOORS = {  # of the same files, but never sent to a device
    "blob.bad_name",
    "code.mistyped",
    "hub.not_founded",
    "hub.port_taken",
    "link.lost",
    "link.other_version",
    "link.slow",
    "link.wrong_hub",
    "store.unwritable",
}


def error_codes() -> set[str]:
    """Every code of `failed`, `refused` and the blob port's answers."""
    found = set()
    for name in HUB_SIDE:
        for node in ast.walk(ast.parse((SOURCE / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found |= _code_raised(node)
    return found - OTHER_DOORS


def _code_raised(call: ast.Call) -> set[str]:
    name = _name_of(call.func)
    if name == "_say":
        return _codes_of(call.args[1]) if len(call.args) > 1 else set()
    if name == "Refused":
        return _codes_of(call.keywords[0].value)
    return _codes_of(call.args[0]) if name.endswith("Error") and call.args else set()


def _name_of(func: ast.expr) -> str:
    return str(getattr(func, "id", getattr(func, "attr", "")))


# --- test vectors -------------------------------------------------------------------------


class Fixed(Key):
    """A key whose private bytes are one byte, 32 times."""

    def __init__(self, byte: int) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key = Ed25519PrivateKey.from_private_bytes(bytes([byte]) * 32)


OFFICE, HUB, DEVICE = Fixed(1), Fixed(2), Fixed(3)
TLS = "ab" * 32
NAME = "device-00112233445566778899aabbccddeeff"


def vectors() -> dict[str, str]:
    """The README's test vectors as the real code computes them."""
    return {**_record_vectors(), **_trust_vectors(), **_enrolment_vectors()}


def _record_vectors() -> dict[str, str]:
    salt, payload = bytes(range(16)), '{"answer":"comes","reason":"Có mặt"}'
    head = records.Head(
        id="record-1",
        stream="meeting-1",
        kind="answer_given",
        author="person-1",
        device=NAME,
        at="2026-11-23T01:00:00.000Z",
        payload_hash=records.payload_hash(salt, payload),
    )
    record = records.SignedRecord(
        head=msgspec.json.encode(head).decode(), payload=payload, salt=salt, signature=b""
    )
    chain = records.next_chain(records.GENESIS, record.head_hash)
    envelope = records.Envelope(
        stream="meeting-1",
        epoch=1,
        number=1,
        record="record-1",
        head_hash=record.head_hash,
        chain=chain,
        received="2026-11-23T01:00:01.000Z",
        hub="hub-1",
    )
    signed = records.SignedEnvelope(body=msgspec.json.encode(envelope).decode(), signature=b"")
    return {
        "device public key": DEVICE.public_key,
        "salt": salt.hex(),
        "payload": payload,
        "payload_hash": head.payload_hash,
        "head": record.head,
        "record signature": DEVICE.sign(record.signed_bytes).hex(),
        "head_hash": record.head_hash,
        "chain after it": chain,
        "chain after the same head_hash once more": records.next_chain(chain, record.head_hash),
        "envelope body": signed.body,
        "hub public key": HUB.public_key,
        "envelope signature": HUB.sign(signed.signed_bytes).hex(),
    }


def _trust_vectors() -> dict[str, str]:
    certificate = msgspec.json.encode(
        doors.HubCertificate(
            office="office-1",
            hub="hub-1",
            public_key=HUB.public_key,
            tls=TLS,
            epoch=1,
            issued="2026-11-23T01:00:00.000Z",
            until="2066-11-13T01:00:00.000Z",
        )
    )
    signed = wire.auth_bytes("cd" * 32, TLS, NAME)
    return {
        "office public key": OFFICE.public_key,
        "certificate": certificate.decode(),
        "certificate signature": OFFICE.sign(CERTIFICATE_CONTEXT + certificate).hex(),
        "nonce": "cd" * 32,
        "tls": TLS,
        "device": NAME,
        "auth bytes": signed.hex(),
        "auth signature": DEVICE.sign(signed).hex(),
    }


def _enrolment_vectors() -> dict[str, str]:
    sides = {"idA": enrolment.ID_DEVICE, "idB": enrolment.ID_HUB}
    device = spake2.SPAKE2_A(b"KM4QXA", **sides, entropy_f=lambda count: b"\x01" * count)
    hub = spake2.SPAKE2_B(b"KM4QXA", **sides, entropy_f=lambda count: b"\x02" * count)
    ours, theirs = device.start(), hub.start()
    key = device.finish(theirs)
    assert key == hub.finish(ours)
    claim = wire.Claim(
        slot="H7",
        message=ours,
        nonce="11" * 16,
        device=NAME,
        public_key=DEVICE.public_key,
        name="Máy của tôi",
    )
    challenge = wire.Challenge(message=theirs, nonce="22" * 16, role="person", principal="person-1")
    hello = wire.Hello(
        protocol=wire.PROTOCOL,
        office="office-1",
        office_name="",
        office_key=OFFICE.public_key,
        incarnation="",
        certificate="",
        signature=b"",
        nonce="",
    )
    agreed = enrolment.transcript(hello, TLS, claim, challenge)
    return {
        "secret": "KM4QXA",
        "claim.message": ours.hex(),
        "challenge.message": theirs.hex(),
        "SPAKE2 key": key.hex(),
        "slot": claim.slot,
        "claim.nonce": claim.nonce,
        "challenge.nonce": challenge.nonce,
        "role": challenge.role,
        "principal": challenge.principal,
        "name": claim.name,
        "transcript": agreed.hex(),
        "challenge.mac": enrolment.confirmation(key, b"hub", agreed).hex(),
        "confirm.mac": enrolment.confirmation(key, b"device", agreed).hex(),
    }
