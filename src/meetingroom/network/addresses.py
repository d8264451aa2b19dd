"""Where a hub is: typed addresses, and what a failed connection means."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from meetingroom.domain.errors import CallError, LinkError
from meetingroom.network.protocol import MAX_FRAME, PORT
from meetingroom.network.tls import client_context, hash_of_der

DIAL_SECONDS = 4.0
PROBE_SECONDS = 2.0  # of a computer that may not be there at all
PING_SECONDS = 2.0  # a hub that died without a word is noticed within both together
PONG_SECONDS = 4.0


class Address(msgspec.Struct, frozen=True):
    """A host name or IP address, and the hub's port."""

    host: str
    port: int = PORT

    @property
    def url(self) -> str:
        """As it stands in an address line; IPv6 in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def address_of(text: str) -> Address:
    """What somebody typed: "192.168.1.5", "host:47800", "[::1]:47800".

    Raises CallError("address.mistyped").
    """
    plain = text.strip().removeprefix("https://").removeprefix("wss://").rstrip("/")
    if plain.startswith("["):
        host, _, rest = plain[1:].partition("]")
        port = rest.removeprefix(":")
    elif plain.count(":") > 1:
        host, port = plain, ""
    else:
        host, _, port = plain.partition(":")
    if not host or (port and not (port.isdecimal() and 0 < int(port) < 65536)):
        raise CallError("address.mistyped", text=text)
    return Address(host, int(port) if port else PORT)


async def dial(address: Address, path: str, seconds: float) -> ClientConnection:
    """A WebSocket to a hub whose certificate is not yet judged.

    Raises LinkError: link.no_such_host, link.nothing_there (refused), link.firewall (no
    answer at all), link.unreachable (no way there), link.not_a_hub (answers otherwise).
    """
    try:
        line = await _dial_tcp(address, min(seconds, DIAL_SECONDS))
    except (OSError, TimeoutError) as error:
        raise connect_error(address, error) from error
    try:
        return await connect(
            f"wss://{address.url}{path}",
            sock=line,
            ssl=client_context(),
            server_hostname=address.host,
            compression=None,
            # The hub's frames may be longer than ours: envelopes come on top.
            max_size=2 * MAX_FRAME,
            ping_interval=PING_SECONDS,
            ping_timeout=PONG_SECONDS,
            open_timeout=seconds,
            close_timeout=1,
            proxy=None,
        )
    except TimeoutError as error:
        # It took the connection but never spoke: nothing between us and it is in the way.
        raise LinkError("link.unreachable", address=address.url) from error
    except (OSError, InvalidHandshake, InvalidMessage, ConnectionClosed) as error:
        raise LinkError("link.not_a_hub", address=address.url) from error


async def answering(addresses: list[Address]) -> AsyncIterator[Address]:
    """Those to try, as they answer; where none does, the first, to learn why.

    A computer that is switched off makes nobody wait for the others.
    """
    if len(addresses) < 2:
        for address in addresses:
            yield address
        return
    probes = {asyncio.create_task(_answers(address)) for address in addresses}
    has_any = False
    try:
        for done in asyncio.as_completed(probes):
            found = await done
            if found is not None:
                has_any = True
                yield found
    finally:
        for probe in probes:
            probe.cancel()
    if not has_any:
        yield addresses[0]


async def _answers(address: Address) -> Address | None:
    try:
        line = await _dial_tcp(address, PROBE_SECONDS)
    except (OSError, TimeoutError):
        return None
    line.close()
    return address


async def _dial_tcp(address: Address, seconds: float) -> socket.socket:
    loop = asyncio.get_running_loop()
    last: OSError | TimeoutError | None = None
    async with asyncio.timeout(seconds):
        found = await loop.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    for family, kind, number, _, place in found:
        line = socket.socket(family, kind, number)
        line.setblocking(False)
        try:
            async with asyncio.timeout(seconds):
                await loop.sock_connect(line, place)
        except (OSError, TimeoutError) as error:
            line.close()
            last = error
        except BaseException:
            line.close()
            raise
        else:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return line
    raise last or OSError("no address")


def peer_hash(connection: ClientConnection) -> str:
    """SHA-256 of the certificate the other side showed."""
    secure: ssl.SSLObject = connection.transport.get_extra_info("ssl_object")
    der = secure.getpeercert(True)
    if der is None:
        raise LinkError("link.wrong_hub")
    return hash_of_der(der)


def connect_error(address: Address, error: BaseException) -> LinkError:
    """What a connection that failed means, as a known error."""
    if isinstance(error, TimeoutError):
        code = "link.firewall"
    elif isinstance(error, ConnectionRefusedError):
        code = "link.nothing_there"
    elif isinstance(error, socket.gaierror):
        code = "link.no_such_host"
    elif isinstance(error, ssl.SSLError):
        code = "link.not_a_hub"
    else:
        code = "link.unreachable"
    return LinkError(code, address=address.url)
