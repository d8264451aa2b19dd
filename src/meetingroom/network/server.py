"""The hub's server: one WebSocket a device for records and stage, blobs beside it."""

import asyncio
import contextlib
import gc
import logging
import os
import secrets
import ssl
import sys
import threading
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from meetingroom.domain.clock import utc_now
from meetingroom.domain.errors import LinkError, MeetingError
from meetingroom.domain.ids import HUB
from meetingroom.domain.records import moment_of, utc_text
from meetingroom.domain.stage import Laser
from meetingroom.network import protocol as wire
from meetingroom.network.announcing import write_to_all
from meetingroom.network.blob_server import BlobServer
from meetingroom.network.certificates import hash_of_file
from meetingroom.network.delivery import Delivery
from meetingroom.network.device_line import DeviceLine
from meetingroom.network.device_workers import Workers
from meetingroom.network.enrolment import TriesByAddress, welcome_newcomer
from meetingroom.network.gathering import Reception
from meetingroom.network.sessions import Road, Sessions
from meetingroom.network.signatures import is_signed
from meetingroom.network.tls import server_context
from meetingroom.services.doors import (
    DeviceShutOut,
    HubDoor,
    HubEvent,
    LaserMoved,
    NewForDevices,
    RehearsalCalled,
    Session,
    StageMoved,
    SteppedBack,
    StrokeGrew,
)

log = logging.getLogger(__name__)
MAX_NEWCOMERS = 64
MAX_NEWCOMERS_FROM_ONE = 32  # so that one computer cannot keep all others out
MAX_POSITION = 1 << 53
MAX_FILES = 65_536
MAX_LINES = 4  # of one device; after a cut an old one may not know yet that it is dead
MAX_VERSION = 40  # characters of a program's version
PING_SECONDS = 5.0
PONG_SECONDS = 15.0
SOURCE = (
    "This hub runs meetingroom, free software under the GNU AGPL 3 or later.\n"
    "Its complete source code comes with the program: see the folder it is installed in.\n"
)


def give_the_process_to_the_hub() -> None:
    """Tune this process for quick news: for a process that does nothing but serve."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    sys.setswitchinterval(0.001)
    if os.name == "posix":
        import resource  # noqa: PLC0415 - there is none on Windows

        # A crowd of silent strangers must not leave the log and the papers without files.
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = MAX_FILES if hard == resource.RLIM_INFINITY else min(hard, MAX_FILES)
        if soft != resource.RLIM_INFINITY and soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class HubServer:
    """Serves a `HubDoor`; `start` returns once it listens. Own thread, named "network"."""

    def __init__(
        self,
        door: HubDoor,
        *,
        host: str,
        port: int,
        certificate: Path,
        key: Path,
        blob_port: int | None = None,
        source: str = SOURCE,
    ) -> None:
        """`port` 0 picks free ones; `blob_port` is the next one unless told otherwise."""
        self._door = door
        self._host = host
        self._wanted_port = port
        self._wanted_blob_port = blob_port
        self._source = source
        self._context: ssl.SSLContext = server_context(certificate, key)
        self._tls = hash_of_file(certificate)
        self._sessions = Sessions()
        self._road = Road()
        self._tries = TriesByAddress()
        self._lines: dict[str, list[DeviceLine]] = {}
        self._newcomers: Counter[str] = Counter()
        self._workers = Workers()
        self._reception = Reception(door, self._workers)
        self._delivery = Delivery(door, self._workers.delivery)
        self._started = threading.Event()
        self._failure: LinkError | None = None
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
            self._workers.stop()
            raise self._failure

    def stop(self) -> None:
        """Close all connections and end the thread."""
        if self._loop is not None and self._stop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        self._workers.stop()

    def connected(self) -> set[str]:
        """Ids of the devices on line."""
        return {device for device, lines in list(self._lines.items()) if lines}

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except LinkError as error:
            self._failure = error
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        blobs = None
        server = await self._listen()
        try:
            self.port = _port_of(server)
            blobs = self._listen_for_blobs()
            self.blob_port = blobs.port
            blobs.start()
            hello = await self._off_loop(self._door.hello)
            delivery = asyncio.create_task(self._delivery.run(hello.incarnation))
            self._door.subscribe(self._on_event)
            self._started.set()
            await self._stop.wait()
            delivery.cancel()
        finally:
            server.close(code=1001, reason="the hub stops")
            if blobs is not None:
                await asyncio.to_thread(blobs.stop)
            await server.wait_closed()

    async def _listen(self) -> Server:
        try:
            return await serve(
                self._handle,
                self._host,
                self._wanted_port,
                ssl=self._context,
                ssl_handshake_timeout=wire.HANDSHAKE_SECONDS,
                process_request=self._plain,
                compression=None,
                max_size=wire.FIRST_FRAME,
                max_queue=8,
                ping_interval=PING_SECONDS,
                ping_timeout=PONG_SECONDS,
                close_timeout=1,
                open_timeout=wire.HANDSHAKE_SECONDS,
                logger=_quiet_logger(),
            )
        except OSError as error:
            raise LinkError("hub.port_taken", port=self._wanted_port) from error

    def _listen_for_blobs(self) -> BlobServer:
        wanted = self._wanted_blob_port
        if wanted is None:
            wanted = 0 if self._wanted_port == 0 else self.port + 1
        try:
            return BlobServer(
                self._door, self._sessions, self._road, self._host, wanted, self._context
            )
        except OSError as error:
            raise LinkError("hub.port_taken", port=wanted) from error

    async def _off_loop(self, call: Any, *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._workers.stage, call, *args)

    # --- connections --------------------------------------------------------------------

    async def _plain(self, connection: ServerConnection, request: Request) -> Response | None:
        if request.path in ("/device", "/enrol"):
            return None
        if request.path == "/source":
            return connection.respond(HTTPStatus.OK, self._source)
        if request.path == "/hello":
            return connection.respond(HTTPStatus.OK, wire.encode(await self._hello("")))
        return connection.respond(HTTPStatus.NOT_FOUND, "not found\n")

    async def _handle(self, connection: ServerConnection) -> None:
        try:
            await self._welcome(connection)
        except (MeetingError, TimeoutError) as error:
            reason = getattr(error, "code", "link.slow")
            log.info("a connection was closed: %s", error or reason)
            await connection.close(1008, reason)
        except ConnectionClosed as error:
            log.info("a connection ended: %s", error)
        except Exception:  # the net: a bug ends one connection, not the hub
            log.exception("a connection failed")
            await connection.close(1011, "hub.failed")

    async def _welcome(self, connection: ServerConnection) -> None:
        host = str(connection.remote_address[0])
        if (
            self._newcomers.total() >= MAX_NEWCOMERS
            or self._newcomers[host] >= MAX_NEWCOMERS_FROM_ONE
        ):
            log.info("too many connections at once: one was closed")
            await connection.close(1013, "busy")
            return
        path = connection.request.path if connection.request else ""
        self._newcomers[host] += 1
        try:
            hello = await self._hello(secrets.token_hex(32))
            if path == "/enrol":
                await welcome_newcomer(connection, self._door, self._tls, hello, self._tries)
                return
            first = await self._first_word(connection, hello)
        finally:
            self._newcomers[host] -= 1
            self._newcomers = +self._newcomers  # without those who left
        await self._serve_device(connection, hello, first)

    async def _hello(self, nonce: str) -> wire.Hello:
        hello = await self._off_loop(self._door.hello)
        return wire.Hello(
            protocol=wire.PROTOCOL,
            office=hello.office,
            office_name=hello.office_name,
            office_key=hello.office_key,
            incarnation=hello.incarnation,
            certificate=hello.certificate,
            signature=hello.certificate_signature,
            nonce=nonce,
        )

    async def _first_word(
        self, connection: ServerConnection, hello: wire.Hello
    ) -> wire.Authenticate:
        async with asyncio.timeout(wire.HANDSHAKE_SECONDS):
            await connection.send(wire.encode(hello))
            first = wire.decode(await connection.recv())
        if not isinstance(first, wire.Authenticate):
            raise LinkError("link.malformed", reason="not authenticated")
        if not 0 <= first.position.since < MAX_POSITION:
            raise LinkError("link.malformed", reason="no position")
        return first

    async def _serve_device(
        self, connection: ServerConnection, hello: wire.Hello, first: wire.Authenticate
    ) -> None:
        if first.newer:
            await self._off_loop(self._door.fence, first.newer, first.newer_signature)
        session = await self._off_loop(self._authenticated, first, hello.nonce)
        if session is None:
            await self._turn_away(connection, first.device)
            return
        connection.protocol.max_message_size = wire.MAX_FRAME
        token = self._sessions.open(session)
        line = DeviceLine(
            connection,
            self._door,
            session,
            first.position,
            hello.incarnation,
            workers=self._workers,
            reception=self._reception,
            delivery=self._delivery,
        )
        lines = self._lines.setdefault(session.device, [])
        lines.append(line)
        if len(lines) > MAX_LINES:
            lines[-1 - MAX_LINES].end(1013, "busy")
        try:
            # A revocation before the line was in the list has told nobody.
            if await self._off_loop(self._door.device, session.device) is None:
                await self._turn_away(connection, session.device)
                return
            await connection.send(wire.encode(await self._welcome_word(session, token)))
            self._tell_door(self._door.came, session)
            try:
                await line.run()
            finally:
                self._tell_door(self._door.left, session)
        finally:
            self._sessions.close(token)
            self._forget(line)

    def _tell_door(self, call: Callable[[Session], None], session: Session) -> None:
        """In the order it happens, on a thread that may touch the disk."""
        with contextlib.suppress(RuntimeError):  # the hub stops
            self._workers.delivery.submit(call, session)

    async def _turn_away(self, connection: ServerConnection, device: str) -> None:
        code = await self._off_loop(self._door.turned_away, device)
        await connection.send(wire.encode(wire.Refused(code=code)))
        if code == "link.revoked":
            await connection.close(wire.REVOKED, "revoked")
        else:
            await connection.close(1013, code)

    async def _welcome_word(self, session: Session, token: str) -> wire.Welcome:
        hello = await self._off_loop(self._door.hello)
        return wire.Welcome(
            principal=session.principal,
            token=token,
            blob_port=self.blob_port,
            now=utc_text(utc_now()),
            takeover=hello.takeover,
        )

    def _forget(self, line: DeviceLine) -> None:
        lines = self._lines[line.session.device]
        lines.remove(line)
        if not lines:
            del self._lines[line.session.device]

    def _authenticated(self, message: wire.Authenticate, nonce: str) -> Session | None:
        device = self._door.device(message.device)
        if device is None or device.principal == HUB:  # the hub speaks through no line
            return None
        signed = wire.auth_bytes(nonce, self._tls, message.device)
        if not is_signed(device.public_key, signed, message.signature):
            return None
        known = (utc_now() - moment_of(message.now)).total_seconds()
        return Session(
            device=device.device,
            principal=device.principal,
            clock_offset=known if message.now else None,
            program=message.program[:MAX_VERSION],
        )

    # --- news ---------------------------------------------------------------------------

    def _on_event(self, event: HubEvent) -> None:
        if isinstance(event, DeviceShutOut):
            self._sessions.shut_out(event.device)  # at once, whatever the loop does
        if threading.current_thread() is self._thread:
            self._pass_on(event)
            return
        loop = self._loop
        if loop is not None and not loop.is_closed():
            try:
                loop.call_soon_threadsafe(self._pass_on, event)
            except RuntimeError:  # closed in between: the hub stops
                return

    def _pass_on(self, event: HubEvent) -> None:
        self._road.live_news()
        match event:
            case NewForDevices():
                for line in self._lines_of(event.devices):
                    line.has_more()
            case StageMoved():
                for line in self._at_once(event.devices, wire.StageNow(stage=event.stage)):
                    line.show_stage(event.stage)
            case LaserMoved():
                self._show_live(event.devices, wire.LaserNow(laser=event.laser))
            case StrokeGrew():
                self._show_live(
                    event.devices,
                    wire.LaserNow(laser=Laser(meeting=event.stroke.meeting), stroke=event.stroke),
                )
            case _:
                self._pass_word_on(event)

    def _pass_word_on(self, event: HubEvent) -> None:
        """What the hub says to some devices, seldom."""
        match event:
            case RehearsalCalled():
                self._call_all(event)
            case DeviceShutOut() | SteppedBack():
                self._end_lines(event)

    def _end_lines(self, event: DeviceShutOut | SteppedBack) -> None:
        if isinstance(event, DeviceShutOut):
            for line in self._lines_of(frozenset({event.device})):
                line.shut_out()
        else:
            for line in self._lines_of(frozenset(self._lines)):
                line.end(1013, "hub.fenced")

    def _show_live(self, devices: frozenset[str], news: wire.LaserNow) -> None:
        for line in self._at_once(devices, news):
            line.show_live(news)

    def _call_all(self, event: RehearsalCalled) -> None:
        """After a cut a device may have two lines: one answer is enough, on the newest."""
        for device in event.devices:
            for line in self._lines.get(device, ())[-1:]:
                line.tell(wire.Rehearse(call=event.call))

    def _at_once(self, devices: frozenset[str], news: wire.Message) -> list[DeviceLine]:
        """Write news to all who keep up, encoded once; the lines that must wait for it."""
        ready: list[DeviceLine] = []
        waiting: list[DeviceLine] = []
        for line in self._lines_of(devices):
            (ready if line.keeps_up else waiting).append(line)
        write_to_all((line.connection for line in ready), wire.encode(news))
        return waiting

    def _lines_of(self, devices: frozenset[str]) -> list[DeviceLine]:
        return [line for device in devices for line in self._lines.get(device, ())]


def _port_of(server: Server) -> int:
    sockets: Any = list(server.sockets)
    return int(sockets[0].getsockname()[1])


def _quiet_logger() -> logging.Logger:
    """The library's log without tracebacks of strangers' broken handshakes."""
    quiet = logging.getLogger(f"{__name__}.websockets")
    quiet.setLevel(logging.INFO)
    quiet.addFilter(_without_traceback)
    return quiet


def _without_traceback(record: logging.LogRecord) -> bool:
    if record.levelno >= logging.ERROR:
        record.levelno, record.levelname, record.exc_info = logging.INFO, "INFO", None
        return True
    return False
