"""A newcomer with a one-time code: SPAKE2 with confirmation both ways (README.md, Enrolment)."""

import asyncio
import hashlib
import hmac
import logging
import re
import secrets
import time
from collections import deque
from typing import NamedTuple, TypeVar

import msgspec
import spake2
from spake2.ed25519_basic import NotOnCurve
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from meetingroom.domain.codes import split_code
from meetingroom.domain.errors import EnrolmentError, LinkError, MeetingError
from meetingroom.domain.ids import new_id
from meetingroom.domain.ports import Signer
from meetingroom.network import protocol as wire
from meetingroom.network.addresses import Address, connect_error, dial, peer_hash
from meetingroom.network.signatures import is_hub_of
from meetingroom.services.doors import CodeClaim, Grant, HubDoor

log = logging.getLogger(__name__)
M = TypeVar("M", bound=wire.Message)
ID_DEVICE = b"meetingroom device"
ID_HUB = b"meetingroom hub"
TRIES_A_MINUTE = 10
MESSAGE_LENGTH = 33  # a side's letter and a point
DEVICE = re.compile(r"device-[0-9a-f]{32}")
KEY = re.compile(r"[0-9a-f]{64}")


def transcript(hello: wire.Hello, tls: str, claim: wire.Claim, challenge: wire.Challenge) -> bytes:
    """SHA-256 of everything both sides must agree on, each part with its length before it."""
    parts = (
        str(wire.PROTOCOL),
        hello.office,
        hello.office_key,
        challenge.role,
        challenge.principal,
        claim.slot,
        claim.nonce,
        challenge.nonce,
        claim.message.hex(),
        challenge.message.hex(),
        tls,
        claim.device,
        claim.public_key,
        claim.name,
    )
    digest = hashlib.sha256(b"meetingroom enrolment 1\x00")
    for part in parts:
        raw = part.encode()
        digest.update(len(raw).to_bytes(4, "big") + raw)
    return digest.digest()


def confirmation(key: bytes, side: bytes, agreed: bytes) -> bytes:
    """HMAC-SHA-256 of the transcript by one side ("device" or "hub")."""
    return hmac.digest(key, side + b"\x00" + agreed, "sha256")


# --- at the hub ---------------------------------------------------------------------------


class TriesByAddress:
    """How often an address tried within a minute; lives on the network's loop."""

    def __init__(self) -> None:
        self._times: dict[str, deque[float]] = {}

    def count(self, address: str) -> None:
        """Raises EnrolmentError("code.wait") beyond the limit: no code is closed by that."""
        now = time.monotonic()
        self._times = {host: times for host, times in self._times.items() if times[-1] > now - 60}
        times = self._times.setdefault(address, deque(maxlen=TRIES_A_MINUTE))
        if len(times) == TRIES_A_MINUTE and times[0] > now - 60:
            raise EnrolmentError("code.wait")
        times.append(now)


async def welcome_newcomer(
    connection: ServerConnection, door: HubDoor, tls: str, hello: wire.Hello, tries: TriesByAddress
) -> None:
    """One try with a code; a try counts when the hub answers."""
    async with asyncio.timeout(wire.HANDSHAKE_SECONDS):
        await connection.send(wire.encode(hello))
        claim = wire.decode(await connection.recv())
        if not isinstance(claim, wire.Claim) or not _is_well_formed(claim):
            raise LinkError("link.malformed", reason="not a claim")
        try:
            tries.count(str(connection.remote_address[0]))
            grant = await _judge(connection, door, tls, hello, claim)
        except MeetingError as error:
            log.info("a newcomer was turned away: %s", error.code)
            await connection.send(wire.encode(wire.failure(0, error)))
            return
        await connection.send(wire.encode(wire.Granted(grant=grant)))


async def _judge(
    connection: ServerConnection, door: HubDoor, tls: str, hello: wire.Hello, claim: wire.Claim
) -> Grant:
    key, known, challenge = await asyncio.to_thread(_challenge, door, claim)
    agreed = transcript(hello, tls, claim, challenge)
    mac = confirmation(key, b"hub", agreed)
    await connection.send(wire.encode(msgspec.structs.replace(challenge, mac=mac)))
    answer = wire.decode(await connection.recv())
    if not isinstance(answer, wire.Confirm) or not hmac.compare_digest(
        answer.mac, confirmation(key, b"device", agreed)
    ):
        raise EnrolmentError("code.wrong")
    return await asyncio.to_thread(door.enrol, known, claim.device, claim.public_key, claim.name)


def _is_well_formed(claim: wire.Claim) -> bool:
    return (
        len(claim.name) <= wire.MAX_NAME
        and DEVICE.fullmatch(claim.device) is not None
        and KEY.fullmatch(claim.public_key) is not None
    )


def _challenge(door: HubDoor, claim: wire.Claim) -> tuple[bytes, CodeClaim, wire.Challenge]:
    """Counts the try; the shared key and the hub's answer, still without its confirmation."""
    known = door.claim_code(claim.slot)
    pake = spake2.SPAKE2_B(known.secret.encode(), idA=ID_DEVICE, idB=ID_HUB)
    challenge = wire.Challenge(
        message=pake.start(),
        nonce=secrets.token_hex(16),
        role=known.role,
        principal=known.principal,
    )
    return _finished(pake, claim.message), known, challenge


def _finished(pake: "spake2.SPAKE2_A | spake2.SPAKE2_B", message: bytes) -> bytes:
    if len(message) != MESSAGE_LENGTH:
        raise EnrolmentError("code.wrong")
    try:
        key: bytes = pake.finish(message)
    except (spake2.SPAKEError, NotOnCurve, AssertionError, ValueError) as error:
        raise EnrolmentError("code.wrong") from error
    return key


# --- on the newcomer's computer -------------------------------------------------------------


def enrol(
    address: Address, code: str, signer: Signer, name: str, seconds: float = 15, device: str = ""
) -> Grant:
    """Join the office behind this address with a code; blocks.

    Who tries again after a cut gives the same signer and `device`: the hub may have taken
    it in already, and grants the same again. Without `device` it is a new one.

    Raises EnrolmentError (code.mistyped, .wrong, .expired, .used, .too_many, .wait, .unknown) or
    LinkError (link.nothing_there, .firewall, .unreachable, .no_such_host, .not_a_hub, .slow).
    """
    slot, secret = split_code(code)
    who = Newcomer(device or new_id("device"), signer.public_key, name[: wire.MAX_NAME])
    return asyncio.run(_enrol(address, slot, secret, who, seconds))


class Newcomer(NamedTuple):
    """What a computer says of itself."""

    device: str
    public_key: str
    name: str


async def _enrol(address: Address, slot: str, secret: str, who: Newcomer, seconds: float) -> Grant:
    connection = await dial(address, "/enrol", seconds)
    try:
        async with asyncio.timeout(seconds):
            return await _prove(connection, slot, secret, who)
    except TimeoutError as error:
        raise LinkError("link.slow", address=address.url) from error
    except ConnectionClosed as error:  # nothing takes this up again by itself
        raise LinkError("link.slow", address=address.url) from error
    except OSError as error:
        raise connect_error(address, error) from error
    finally:
        await connection.close()


async def _prove(connection: ClientConnection, slot: str, secret: str, who: Newcomer) -> Grant:
    tls = peer_hash(connection)
    hello = await _expect(connection, wire.Hello)
    if hello.protocol != wire.PROTOCOL:
        raise LinkError("link.other_version")
    pake = spake2.SPAKE2_A(secret.encode(), idA=ID_DEVICE, idB=ID_HUB)
    claim = wire.Claim(
        slot=slot,
        message=pake.start(),
        nonce=secrets.token_hex(16),
        device=who.device,
        public_key=who.public_key,
        name=who.name,
    )
    await connection.send(wire.encode(claim))
    challenge = await _expect(connection, wire.Challenge)
    key = _finished(pake, challenge.message)
    agreed = transcript(hello, tls, claim, challenge)
    if not hmac.compare_digest(challenge.mac, confirmation(key, b"hub", agreed)):
        wrong = EnrolmentError("code.wrong")
        await connection.send(wire.encode(wire.failure(0, wrong)))
        raise wrong
    if not is_hub_of(hello.office_key, hello.certificate, hello.signature, tls):
        raise LinkError("link.wrong_hub")
    await connection.send(wire.encode(wire.Confirm(mac=confirmation(key, b"device", agreed))))
    grant = (await _expect(connection, wire.Granted)).grant
    agreed_on = (claim.device, challenge.principal, hello.office, hello.office_key)
    if (grant.device, grant.principal, grant.office, grant.office_key) != agreed_on:
        raise EnrolmentError("code.wrong")
    return grant


async def _expect(connection: ClientConnection, kind: type[M]) -> M:
    message = wire.decode(await connection.recv())
    if isinstance(message, wire.Failed):
        raise wire.raised(message)
    if not isinstance(message, kind):
        raise LinkError("link.malformed")
    return message
