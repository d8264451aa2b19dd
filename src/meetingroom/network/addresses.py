"""Where a hub is: typed addresses, and what a failed connection means."""

import socket
import ssl

import msgspec
from websockets.asyncio.client import ClientConnection

from meetingroom.domain.errors import CallError, LinkError
from meetingroom.network.protocol import PORT
from meetingroom.network.tls import hash_of_der


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
