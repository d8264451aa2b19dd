"""A device's line to the hub: finds it, trusts it by the office's key, reconnects by itself."""

import asyncio
import itertools
import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from meetingroom.domain.errors import LinkError, MeetingError
from meetingroom.domain.ports import Position, Signer
from meetingroom.domain.stage import Laser, Stage, Steer
from meetingroom.network import protocol as wire
from meetingroom.network.addresses import Address, connect_error, peer_hash
from meetingroom.network.signatures import is_signed
from meetingroom.network.tls import client_context
from meetingroom.network.transfers import BlobAccess, Downloads, upload_blob
from meetingroom.services.copybook import CERTIFICATE_CONTEXT
from meetingroom.services.doors import HubCertificate, LinkChanged, LinkInbox

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 0.2, 8.0
CONNECT_SECONDS = 6.0


class HubLink:
    """Implements `Link`. Its loop is a thread named "network"; the inbox has one of its own."""

    def __init__(
        self,
        inbox: LinkInbox,
        *,
        office_key: str,
        device: str,
        signer: Signer,
        addresses: Callable[[], list[Address]],
    ) -> None:
        self._inbox = inbox
        self._office_key = office_key
        self._device = device
        self._signer = signer
        self._addresses = addresses
        self._downloads = Downloads(inbox)
        self._inbox_work = ThreadPoolExecutor(1, thread_name_prefix="inbox")
        self._uploads = ThreadPoolExecutor(1, thread_name_prefix="upload")
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Future[dict[str, Any]]] = {}
        self._access: BlobAccess | None = None
        self._connection: ClientConnection | None = None
        self._sending: asyncio.Event | None = None
        self._hurry: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)
        self._is_ready = threading.Event()

    # --- Link ---------------------------------------------------------------------------

    def start(self) -> None:
        self._thread.start()
        self._is_ready.wait(5)

    def stop(self) -> None:
        loop, main = self._loop, self._main
        if loop is not None and main is not None and not loop.is_closed():
            loop.call_soon_threadsafe(main.cancel)
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        self._downloads.stop()
        self._inbox_work.shutdown(wait=True)
        self._uploads.shutdown(wait=False, cancel_futures=True)

    def wake(self) -> None:
        self._downloads.wake()
        self._in_loop(lambda: self._sending.set() if self._sending else None)

    def hurry(self) -> None:
        """Try to connect now instead of after the back-off."""
        self._in_loop(lambda: self._hurry.set() if self._hurry else None)

    def ask(self, name: str, body: dict[str, Any], timeout: float = 10) -> "Future[dict[str, Any]]":
        return self._request(lambda n: wire.Ask(n=n, name=name, body=body), timeout)

    def steer(self, wish: Steer) -> "Future[Stage]":
        answer: Future[Stage] = Future()

        def done(reply: "Future[dict[str, Any]]") -> None:
            error = reply.exception()
            if error is not None:
                answer.set_exception(error)
                return
            answer.set_result(_stage_after(wish, int(reply.result()["revision"])))

        self._request(lambda n: wire.SteerWish(n=n, wish=wish), 5).add_done_callback(done)
        return answer

    def point(self, laser: Laser, on_behalf_of: str | None) -> None:
        message = wire.LaserNow(laser=laser, on_behalf_of=on_behalf_of)
        self._in_loop(lambda: self._send_soon(message))

    def upload(
        self, blob: str, path: Path, progress: Callable[[int, int], None] | None = None
    ) -> "Future[None]":
        def task() -> None:
            access = self._access
            if access is None:
                raise LinkError("link.offline")
            upload_blob(access, blob, path, progress)

        return self._uploads.submit(task)

    # --- requests -----------------------------------------------------------------------

    def _request(
        self, message: Callable[[int], wire.Message], timeout: float
    ) -> "Future[dict[str, Any]]":
        future: Future[dict[str, Any]] = Future()
        number = next(self._numbers)

        def send() -> None:
            if self._connection is None:
                future.set_exception(LinkError("link.offline"))
                return
            self._waiting[number] = future
            self._send_soon(message(number))
            asyncio.get_running_loop().call_later(timeout, self._give_up, number)

        if not self._in_loop(send):
            future.set_exception(LinkError("link.offline"))
        return future

    def _give_up(self, number: int) -> None:
        future = self._waiting.pop(number, None)
        if future is not None and not future.done():
            future.set_exception(LinkError("link.slow"))

    def _send_soon(self, message: wire.Message) -> None:
        connection = self._connection
        if connection is not None:
            task = asyncio.ensure_future(_send_quietly(connection, wire.encode(message)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _in_loop(self, call: Callable[[], object]) -> bool:
        loop = self._loop
        if loop is None or loop.is_closed():
            return False
        try:
            loop.call_soon_threadsafe(call)
        except RuntimeError:  # closed in between
            return False
        return True

    # --- the loop -----------------------------------------------------------------------

    def _run(self) -> None:
        try:
            asyncio.run(self._live())
        except asyncio.CancelledError:
            pass
        finally:
            self._is_ready.set()

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._main = asyncio.current_task()
        self._sending, self._hurry = asyncio.Event(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_ready.set()
        wait = FIRST_WAIT
        while True:
            change = await self._try_all()
            if change.state == "online":
                wait = FIRST_WAIT
                change = LinkChanged(state="looking", problem="link.lost", address=change.address)
            await self._tell(change)
            if change.problem == "link.revoked":
                wait = 60.0
            await self._rest(wait * random.uniform(0.7, 1.3))  # noqa: S311 - jitter
            wait = min(wait * 1.7, LONGEST_WAIT)

    async def _rest(self, seconds: float) -> None:
        assert self._hurry is not None  # noqa: S101
        self._hurry.clear()
        await _wait(self._hurry, seconds)

    async def _try_all(self) -> LinkChanged:
        """One round over the known addresses; what it ended with."""
        addresses = await asyncio.to_thread(self._addresses)
        if not addresses:
            return LinkChanged(state="looking", problem="link.not_found")
        last = LinkChanged(state="looking")
        for address in addresses:
            try:
                was_online = await self._connect(address)
            except MeetingError as error:
                state = "refused" if error.code in ("link.revoked", "link.wrong_hub") else "looking"
                last = LinkChanged(
                    state=state,  # type: ignore[arg-type]
                    address=address.url,
                    problem=error.code,
                    fields=dict(error.fields),
                )
                continue
            if was_online:
                return LinkChanged(state="online", address=address.url)
        return last

    async def _connect(self, address: Address) -> bool:
        try:
            connection = await connect(
                f"wss://{address.url}/device",
                ssl=client_context(),
                compression=None,
                max_size=2 * wire.MAX_FRAME,
                ping_interval=2,
                ping_timeout=5,
                open_timeout=CONNECT_SECONDS,
                close_timeout=1,
                proxy=None,
            )
        except (OSError, TimeoutError, InvalidHandshake) as error:
            raise connect_error(address, error) from error
        try:
            return await self._session(connection, address)
        except ConnectionClosed:
            return self._access is not None
        finally:
            self._lose()
            await connection.close()

    def _lose(self) -> None:
        self._connection, self._access = None, None
        self._downloads.use(None)
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(LinkError("link.lost"))
        self._waiting.clear()

    async def _session(self, connection: ClientConnection, address: Address) -> bool:
        tls = peer_hash(connection)
        async with asyncio.timeout(wire.HANDSHAKE_SECONDS):
            hello = wire.decode(await connection.recv())
            if not isinstance(hello, wire.Hello) or not self._is_our_hub(hello, tls):
                raise LinkError("link.wrong_hub", address=address.url)
            position = await self._in_inbox(self._inbox.position)
            signed = self._signer.sign(wire.auth_bytes(hello.nonce, tls, self._device))
            auth = wire.Authenticate(device=self._device, signature=signed, position=position)
            await connection.send(wire.encode(auth))
            welcome = wire.decode(await connection.recv())
        if not isinstance(welcome, wire.Welcome):
            raise LinkError(getattr(welcome, "code", "link.malformed"))
        self._connection = connection
        self._access = BlobAccess(
            host=address.host, port=welcome.blob_port, tls=tls, token=welcome.token
        )
        await self._tell(LinkChanged(state="online", address=address.url))
        self._downloads.use(self._access)
        await self._exchange(connection, hello.incarnation)
        return True

    def _is_our_hub(self, hello: wire.Hello, tls: str) -> bool:
        text = hello.certificate.encode()
        if not is_signed(self._office_key, CERTIFICATE_CONTEXT + text, hello.signature):
            return False
        return msgspec.json.decode(text, type=HubCertificate).tls == tls

    async def _exchange(self, connection: ClientConnection, incarnation: str) -> None:
        sender = asyncio.create_task(self._send_outbox(connection))
        try:
            async for frame in connection:
                await self._on_message(connection, wire.decode(frame), incarnation)
        finally:
            sender.cancel()

    async def _on_message(
        self, connection: ClientConnection, message: wire.AnyMessage, incarnation: str
    ) -> None:
        match message:
            case wire.Deliver():
                since = message.steps[-1].seq
                position = Position(incarnation=incarnation, since=since)
                await self._in_inbox(self._inbox.take, message.steps, position)
                await connection.send(wire.encode(wire.Took(since=since)))
                self._downloads.wake()
            case wire.StageNow():
                self._inbox_work.submit(self._inbox.stage_heard, message.stage)
            case wire.LaserNow():
                self._inbox_work.submit(self._inbox.laser_heard, message.laser)
            case wire.Reply():
                self._resolve(message.n, message.body)
            case wire.Answers():
                self._resolve(message.n, {"answers": message.answers})
            case wire.Failed():
                future = self._waiting.pop(message.n, None)
                if future is not None and not future.done():
                    future.set_exception(wire.raised(message))
            case wire.Refused():
                raise LinkError(message.code)
            case _:
                raise LinkError("link.malformed")

    def _resolve(self, number: int, body: dict[str, Any]) -> None:
        future = self._waiting.pop(number, None)
        if future is not None and not future.done():
            future.set_result(body)

    async def _send_outbox(self, connection: ClientConnection) -> None:
        """Send what waits, in order, each frame after the last one's answers."""
        assert self._sending is not None  # noqa: S101
        while True:
            self._sending.clear()
            batches = await self._in_inbox(self._inbox.outgoing)
            for batch, records in batches:
                await self._send_batch(connection, bool(batch), tuple(records))
            if not batches:
                await self._sending.wait()
            elif not self._sending.is_set():
                # Accepted records leave the outbox when they come back numbered.
                await _wait(self._sending, 3)

    async def _send_batch(
        self, connection: ClientConnection, is_batch: bool, records: tuple[Any, ...]
    ) -> None:
        number = next(self._numbers)
        future: Future[dict[str, Any]] = Future()
        self._waiting[number] = future
        message = wire.Records(n=number, records=records, is_batch=is_batch)
        await connection.send(wire.encode(message))
        try:
            reply = await asyncio.wait_for(asyncio.wrap_future(future), 30)
        except (MeetingError, TimeoutError) as error:
            log.info("records were not taken now: %s", error)
            await asyncio.sleep(1)
            return
        await self._in_inbox(self._inbox.answered, reply["answers"])

    async def _in_inbox(self, call: Callable[..., Any], *args: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._inbox_work, lambda: call(*args))

    async def _tell(self, change: LinkChanged) -> None:
        await self._in_inbox(self._inbox.link_changed, change)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


async def _send_quietly(connection: ClientConnection, text: str) -> None:
    try:
        await connection.send(text)
    except ConnectionClosed:
        return


def _stage_after(wish: Steer, revision: int) -> Stage:
    return Stage(
        meeting=wish.meeting,
        revision=revision,
        paper=wish.paper,
        blob=wish.blob,
        page=wish.page,
        view=wish.view,
    )
