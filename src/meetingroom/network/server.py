"""The hub's server: one WebSocket a device for records and stage, blobs beside it."""

import asyncio
import logging
import secrets
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from meetingroom.domain.errors import LinkError
from meetingroom.network import protocol as wire
from meetingroom.network.blob_server import BlobServer
from meetingroom.network.device_line import DeviceLine
from meetingroom.network.enrolment import welcome_newcomer
from meetingroom.network.sessions import Sessions
from meetingroom.network.signatures import is_signed
from meetingroom.network.tls import hash_of_file, server_context
from meetingroom.services.doors import (
    DeviceShutOut,
    HubDoor,
    HubEvent,
    LaserMoved,
    NewForDevices,
    Session,
    StageMoved,
)

log = logging.getLogger(__name__)
MAX_NEWCOMERS = 64
SOURCE = (
    "This hub runs meetingroom, free software under the GNU AGPL 3 or later.\n"
    "Its complete source code comes with the program: see the folder it is installed in.\n"
)


class HubServer:
    """Serves a `HubDoor`; `start` returns once it listens. Own thread, named "network"."""

    def __init__(
        self, door: HubDoor, *, host: str, port: int, certificate: Path, key: Path
    ) -> None:
        self._door = door
        self._host = host
        self._wanted_port = port
        self._context: ssl.SSLContext = server_context(certificate, key)
        self._tls = hash_of_file(certificate)
        self._sessions = Sessions()
        self._lines: dict[str, set[DeviceLine]] = {}
        self._newcomers = 0
        self._work = ThreadPoolExecutor(4, thread_name_prefix="hub-work")
        self._started = threading.Event()
        self._failure: BaseException | None = None
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)
        self.port = 0
        self.blob_port = 0

    def start(self) -> None:
        """Listen. Raises LinkError("hub.port_taken", port)."""
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            raise LinkError("hub.port_taken", port=self._wanted_port) from self._failure

    def stop(self) -> None:
        """Close all connections and end the thread."""
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=10)
        self._work.shutdown(wait=False, cancel_futures=True)

    def connected(self) -> set[str]:
        """Ids of the devices on line."""
        return {device for device, lines in list(self._lines.items()) if lines}

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:
            self._failure = error
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_default_executor(self._work)
        self._stop = asyncio.Event()
        async with serve(
            self._handle,
            self._host,
            self._wanted_port,
            ssl=self._context,
            process_request=self._plain,
            compression=None,
            max_size=wire.MAX_FRAME,
            max_queue=8,
            ping_interval=2,
            ping_timeout=6,
            close_timeout=1,
            open_timeout=wire.HANDSHAKE_SECONDS,
        ) as server:
            self.port = _port_of(server)
            wanted = 0 if self._wanted_port == 0 else self.port + 1
            blobs = BlobServer(self._door, self._sessions, self._host, wanted, self._context)
            self.blob_port = blobs.port
            blobs.start()
            self._door.subscribe(self._on_event)
            self._started.set()
            await self._stop.wait()
            blobs.stop()

    # --- connections --------------------------------------------------------------------

    def _plain(self, _connection: ServerConnection, request: Request) -> Response | None:
        if request.path in ("/device", "/enrol"):
            return None
        return _connection.respond(
            HTTPStatus.OK if request.path == "/source" else HTTPStatus.NOT_FOUND,
            SOURCE if request.path == "/source" else "not found\n",
        )

    async def _handle(self, connection: ServerConnection) -> None:
        if self._newcomers >= MAX_NEWCOMERS:
            await connection.close(1013, "busy")
            return
        path = connection.request.path if connection.request else ""
        try:
            if path == "/enrol":
                await welcome_newcomer(connection, self._door, self._tls, self._hello())
            else:
                await self._serve_device(connection)
        except (LinkError, TimeoutError) as error:
            log.info("a connection was closed: %s", error)
            await connection.close(1008, "protocol")
        except ConnectionClosed:
            return

    def _hello(self) -> wire.Hello:
        hello = self._door.hello()
        return wire.Hello(
            protocol=wire.PROTOCOL,
            office=hello.office,
            office_name=hello.office_name,
            office_key=hello.office_key,
            incarnation=hello.incarnation,
            certificate=hello.certificate,
            signature=hello.certificate_signature,
            nonce=secrets.token_hex(32),
        )

    async def _serve_device(self, connection: ServerConnection) -> None:
        hello = self._hello()
        self._newcomers += 1
        try:
            async with asyncio.timeout(wire.HANDSHAKE_SECONDS):
                await connection.send(wire.encode(hello))
                first = wire.decode(await connection.recv())
        finally:
            self._newcomers -= 1
        if not isinstance(first, wire.Authenticate):
            raise LinkError("link.malformed")
        session = self._authenticated(first, hello.nonce)
        if session is None:
            await connection.send(wire.encode(wire.Refused(code="link.revoked")))
            return
        token = self._sessions.open(session)
        line = DeviceLine(connection, self._door, session, hello.incarnation, first.position)
        self._lines.setdefault(session.device, set()).add(line)
        welcome = wire.Welcome(principal=session.principal, token=token, blob_port=self.blob_port)
        try:
            await connection.send(wire.encode(welcome))
            await line.run()
        finally:
            self._sessions.close(token)
            self._lines[session.device].discard(line)

    def _authenticated(self, message: wire.Authenticate, nonce: str) -> Session | None:
        device = self._door.device(message.device)
        if device is None:
            return None
        signed = wire.auth_bytes(nonce, self._tls, message.device)
        if not is_signed(device.public_key, signed, message.signature):
            return None
        return Session(device=device.device, principal=device.principal)

    # --- news ---------------------------------------------------------------------------

    def _on_event(self, event: HubEvent) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._pass_on, event)

    def _pass_on(self, event: HubEvent) -> None:
        match event:
            case NewForDevices():
                for line in self._lines_of(event.devices):
                    line.has_more()
            case StageMoved():
                for line in self._lines_of(event.devices):
                    line.show_stage(event.stage)
            case LaserMoved():
                for line in self._lines_of(event.devices):
                    line.show_laser(event.laser)
            case DeviceShutOut():
                self._sessions.shut_out(event.device)
                for line in self._lines_of(frozenset({event.device})):
                    line.shut_out()

    def _lines_of(self, devices: frozenset[str]) -> list[DeviceLine]:
        return [line for device in devices for line in self._lines.get(device, ())]


def _port_of(server: Server) -> int:
    sockets: Any = list(server.sockets)
    return int(sockets[0].getsockname()[1])
