"""A newcomer with a one-time code: SPAKE2 with confirmation both ways (README.md, Enrolment)."""

import asyncio
import hashlib
import hmac
import secrets
from typing import TypeVar

import spake2
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from meetingroom.domain.codes import split_code
from meetingroom.domain.errors import EnrolmentError, LinkError, MeetingError
from meetingroom.domain.ids import new_id
from meetingroom.domain.ports import Signer
from meetingroom.network import protocol as wire
from meetingroom.network.addresses import Address, connect_error, peer_hash
from meetingroom.network.tls import client_context
from meetingroom.services.doors import Grant, HubDoor

M = TypeVar("M", bound=wire.Message)
ID_DEVICE = b"meetingroom device"
ID_HUB = b"meetingroom hub"


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


async def welcome_newcomer(
    connection: ServerConnection, door: HubDoor, tls: str, hello: wire.Hello
) -> None:
    """One try with a code; a try counts when the hub answers."""
    async with asyncio.timeout(wire.HANDSHAKE_SECONDS):
        await connection.send(wire.encode(hello))
        claim = wire.decode(await connection.recv())
        if not isinstance(claim, wire.Claim):
            raise LinkError("link.malformed")
        try:
            granted = await _judge(connection, door, tls, hello, claim)
        except MeetingError as error:
            await connection.send(wire.encode(wire.failure(0, error)))
            return
        await connection.send(wire.encode(granted))


async def _judge(
    connection: ServerConnection, door: HubDoor, tls: str, hello: wire.Hello, claim: wire.Claim
) -> wire.Granted:
    known = await asyncio.to_thread(door.claim_code, claim.slot)
    pake = spake2.SPAKE2_B(known.secret.encode(), idA=ID_DEVICE, idB=ID_HUB)
    challenge = wire.Challenge(
        message=pake.start(),
        nonce=secrets.token_hex(16),
        role=known.role,
        principal=known.principal,
    )
    await connection.send(wire.encode(challenge))
    try:
        key = pake.finish(claim.message)
    except (spake2.SPAKEError, AssertionError, ValueError) as error:
        raise EnrolmentError("code.wrong") from error
    answer = wire.decode(await connection.recv())
    agreed = transcript(hello, tls, claim, challenge)
    if not isinstance(answer, wire.Confirm) or not hmac.compare_digest(
        answer.mac, confirmation(key, b"device", agreed)
    ):
        raise EnrolmentError("code.wrong")
    grant = await asyncio.to_thread(
        door.enrol, claim.slot, claim.device, claim.public_key, claim.name
    )
    return wire.Granted(mac=confirmation(key, b"hub", agreed), grant=grant)


# --- on the newcomer's computer -------------------------------------------------------------


def enrol(address: Address, code: str, signer: Signer, name: str, seconds: float = 15) -> Grant:
    """Join the office behind this address with a code; blocks.

    Raises EnrolmentError (code.mistyped, .wrong, .expired, .used, .too_many, .unknown) or
    LinkError (link.nothing_there, .firewall, .unreachable, .no_such_host).
    """
    slot, secret = split_code(code)
    return asyncio.run(_enrol(address, slot, secret, signer, name, seconds))


async def _enrol(
    address: Address, slot: str, secret: str, signer: Signer, name: str, seconds: float
) -> Grant:
    try:
        async with asyncio.timeout(seconds):
            async with connect(
                f"wss://{address.url}/enrol",
                ssl=client_context(),
                compression=None,
                max_size=wire.MAX_FRAME,
                proxy=None,
                close_timeout=1,
            ) as connection:
                return await _prove(connection, slot, secret, signer, name)
    except (OSError, TimeoutError, InvalidHandshake) as error:
        raise connect_error(address, error) from error
    except ConnectionClosed as error:
        raise LinkError("link.lost") from error


async def _prove(
    connection: ClientConnection, slot: str, secret: str, signer: Signer, name: str
) -> Grant:
    tls = peer_hash(connection)
    hello = await _expect(connection, wire.Hello)
    pake = spake2.SPAKE2_A(secret.encode(), idA=ID_DEVICE, idB=ID_HUB)
    claim = wire.Claim(
        slot=slot,
        message=pake.start(),
        nonce=secrets.token_hex(16),
        device=new_id("device"),
        public_key=signer.public_key,
        name=name,
    )
    await connection.send(wire.encode(claim))
    challenge = await _expect(connection, wire.Challenge)
    try:
        key = pake.finish(challenge.message)
    except (spake2.SPAKEError, AssertionError, ValueError) as error:
        raise EnrolmentError("code.wrong") from error
    agreed = transcript(hello, tls, claim, challenge)
    await connection.send(wire.encode(wire.Confirm(mac=confirmation(key, b"device", agreed))))
    granted = await _expect(connection, wire.Granted)
    if not hmac.compare_digest(granted.mac, confirmation(key, b"hub", agreed)):
        raise EnrolmentError("code.wrong")
    is_ours = granted.grant.device == claim.device and granted.grant.office_key == hello.office_key
    if not is_ours:
        raise EnrolmentError("code.wrong")
    return granted.grant


async def _expect(connection: ClientConnection, kind: type[M]) -> M:
    message = wire.decode(await connection.recv())
    if isinstance(message, wire.Failed):
        raise wire.raised(message)
    if not isinstance(message, kind):
        raise LinkError("link.malformed")
    return message
