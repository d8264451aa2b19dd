"""The key on its way to a standby: the one who presses connects to it, with the hub away.

The standby listens with a certificate whose hash the hub told those who may take over. They send
the key; it answers with what it would begin from; they sign that; it opens the hub.
"""

import asyncio
import contextlib
import logging
import socket
import threading
from pathlib import Path
from typing import Any, Protocol

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, WebSocketException

from meetingroom.domain.errors import LinkError, MeetingError
from meetingroom.domain.records import SignedRecord
from meetingroom.network import protocol as wire
from meetingroom.network.addresses import Address, dial, peer_hash
from meetingroom.network.certificates import hash_of_file
from meetingroom.network.tls import server_context
from meetingroom.services.opening import Offer, Sign

log = logging.getLogger(__name__)
PATH = "/takeover"
PORT = 47810
SECONDS = 60.0  # for everything; a large log is opened in some of them
FIRST_SECONDS, DIAL_SECONDS = 10.0, 3.0
KEY_FRAME = 4096
AT_ONCE = 4


class Key(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="key"):
    """Presser → standby: the key (hexadecimal), and the highest epoch that is known."""

    key: str
    epoch: int


class Begins(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="begins"):
    """Standby → presser: what the new hub would begin from."""

    offer: Offer


class Signed(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="signed"):
    record: SignedRecord


class Opened(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="opened"):
    """Standby → presser: the new hub's port."""

    port: int


class NotOpened(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="not_opened"):
    """A known error, as in `failed`."""

    group: str
    code: str
    fields: dict[str, Any] = {}


Word = Key | Begins | Signed | Opened | NotOpened
_decoder: "msgspec.json.Decoder[Word]" = msgspec.json.Decoder(Word)


class Host(Protocol):
    """What opens the hub here."""

    def begin(self, key: bytes, known_epoch: int) -> Offer: ...

    def finish(self, record: SignedRecord) -> int: ...

    def give_up(self) -> None: ...


def _read(frame: str | bytes) -> Word:
    try:
        return _decoder.decode(frame)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
        raise LinkError("link.malformed", reason="takeover") from error


def _text(word: Word) -> str:
    return msgspec.json.encode(word).decode()


# --- the standby ----------------------------------------------------------------------------


class Doorstep:
    """Listens for the key on a thread of its own, with a certificate made for this run."""

    def __init__(
        self,
        host: Host,
        certificate: Path,
        key: Path,
        address: str = "0.0.0.0",  # noqa: S104 - the LAN is whom it listens to
    ) -> None:
        self._host, self._address = host, address
        self.tls = hash_of_file(certificate)
        self._context = server_context(certificate, key)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._is_busy = asyncio.Lock()
        self._lines = 0
        self._ready = threading.Event()
        self._failure: OSError | None = None
        self.port = 0
        self._thread = threading.Thread(target=self._run, name="doorstep", daemon=True)

    def start(self) -> None:
        """Listen. Raises LinkError("hub.port_taken")."""
        self._thread.start()
        self._ready.wait(10)
        if self._failure is not None:
            raise LinkError("hub.port_taken", port=0) from self._failure

    def stop(self) -> None:
        if self._loop is not None and self._over is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._over.set)
        if self._thread.is_alive():
            self._thread.join(5)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:
            self._failure = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        quiet = logging.getLogger(f"{__name__}.websockets")
        quiet.setLevel(logging.CRITICAL)
        async with serve(
            self._handle,
            sock=_listening(self._address),
            ssl=self._context,
            compression=None,
            max_size=KEY_FRAME,
            open_timeout=FIRST_SECONDS,
            close_timeout=1,
            logger=quiet,
        ) as server:
            sockets: Any = list(server.sockets)
            self.port = int(sockets[0].getsockname()[1])
            self._ready.set()
            await self._over.wait()

    async def _handle(self, connection: ServerConnection) -> None:
        if self._lines >= AT_ONCE:
            await connection.close(1013, "busy")
            return
        self._lines += 1
        try:
            async with asyncio.timeout(FIRST_SECONDS):
                first = _read(await connection.recv())
            if not isinstance(first, Key):
                raise LinkError("link.malformed", reason="takeover")
            async with asyncio.timeout(SECONDS), self._is_busy:
                await self._open(connection, first)
        except MeetingError as error:
            log.info("a takeover was not carried out: %s", error)
            fields = {k: v for k, v in error.fields.items() if isinstance(v, str | int)}
            word = NotOpened(group=type(error).__name__, code=error.code, fields=fields)
            with contextlib.suppress(ConnectionClosed):
                await connection.send(_text(word))
        except (TimeoutError, ConnectionClosed):
            log.info("a takeover was cut off")
        except Exception:  # the net: a bug in one try leaves the standby listening
            log.exception("a takeover failed")
        finally:
            self._lines -= 1

    async def _open(self, connection: ServerConnection, first: Key) -> None:
        try:
            key = bytes.fromhex(first.key)
        except ValueError as error:
            raise LinkError("link.malformed", reason="takeover") from error
        try:
            await self._talk(connection, key, first.epoch)
        finally:
            await asyncio.to_thread(self._host.give_up)

    async def _talk(self, connection: ServerConnection, key: bytes, epoch: int) -> None:
        offer = await asyncio.to_thread(self._host.begin, key, epoch)
        connection.protocol.max_message_size = wire.MAX_FRAME
        await connection.send(_text(Begins(offer=offer)))
        signed = _read(await connection.recv())
        if not isinstance(signed, Signed):
            raise LinkError("link.malformed", reason="takeover")
        port = await asyncio.to_thread(self._host.finish, signed.record)
        await connection.send(_text(Opened(port=port)))


def _listening(address: str) -> socket.socket:
    """On the known port, which firewalls are told of; on any where that one is taken."""
    for port in (PORT, 0):
        listening = socket.socket()
        try:
            listening.bind((address, port))
        except OSError:
            listening.close()
            if port == 0:
                raise
        else:
            return listening
    raise OSError("no port")


# --- who presses ----------------------------------------------------------------------------


def hand_over(
    addresses: list[str], port: int, tls: str, key: str, epoch: int, sign: Sign
) -> Address:
    """Have a standby open the hub; where it is. Raises what it said, or LinkError."""
    return asyncio.run(_hand_over(addresses, port, tls, Key(key=key, epoch=epoch), sign))


async def _hand_over(addresses: list[str], port: int, tls: str, key: Key, sign: Sign) -> Address:
    last: MeetingError = LinkError("link.not_found")
    for host in addresses:
        try:
            connection = await dial(Address(host, port), PATH, DIAL_SECONDS)
        except MeetingError as error:
            last = error
            continue
        try:
            if peer_hash(connection) != tls:
                last = LinkError("link.wrong_hub", address=host)
                continue
            return Address(host, await _talk(connection, key, sign))
        except (TimeoutError, WebSocketException, OSError) as error:
            raise LinkError("link.lost") from error
        finally:
            await connection.close()
    raise last


async def _talk(connection: ClientConnection, key: Key, sign: Sign) -> int:
    async with asyncio.timeout(SECONDS):
        await connection.send(_text(key))
        begins = _judged(_read(await connection.recv()))
        if not isinstance(begins, Begins):
            raise LinkError("link.malformed", reason="takeover")
        record = await asyncio.to_thread(sign, begins.offer)
        await connection.send(_text(Signed(record=record)))
        opened = _judged(_read(await connection.recv()))
        if not isinstance(opened, Opened):
            raise LinkError("link.malformed", reason="takeover")
        return opened.port


def _judged(word: Word) -> Word:
    if isinstance(word, NotOpened):
        failed = wire.Failed(n=0, group=word.group, code=word.code, fields=word.fields)
        raise wire.raised(failed)
    return word
