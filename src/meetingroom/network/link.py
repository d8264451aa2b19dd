"""A device's line to the hub: finds it, trusts it by the office's key, reconnects by itself."""

import asyncio
import contextlib
import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from meetingroom import __version__
from meetingroom.domain.clock import utc_now
from meetingroom.domain.errors import LinkError, MeetingError
from meetingroom.domain.ports import Signer
from meetingroom.domain.records import moment_of, utc_text
from meetingroom.domain.stage import Laser, Stage, Steer, Stroke
from meetingroom.network import protocol as wire
from meetingroom.network.addresses import Address, answering, dial, peer_hash
from meetingroom.network.exchange import Exchange, Reply, Workers, fail
from meetingroom.network.signatures import is_hub_of
from meetingroom.network.transfers import BlobAccess, Downloads, LineToBlobs, upload_blob
from meetingroom.services.doors import LinkChanged, LinkInbox, Vouched

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 0.2, 1.5
STOPS = 5
REFUSED_WAIT = 60.0
CONNECT_SECONDS = 6.0
REFUSALS = ("link.revoked", "link.wrong_hub", "link.other_version")


class HubLink:
    """Implements `Link`. Its loop is a thread named "network"; the inbox has its own two."""

    def __init__(
        self,
        inbox: LinkInbox,
        *,
        office_key: str,
        device: str,
        signer: Signer,
        addresses: Callable[[], list[Address]],
    ) -> None:
        """`addresses` is asked before every round, in a thread, and may look around the LAN."""
        self._inbox = inbox
        self._office_key = office_key
        self._device = device
        self._signer = signer
        self._addresses = addresses
        self._line = LineToBlobs()
        self._downloads = Downloads(inbox, self._line)
        self._workers = Workers()
        self._uploads = ThreadPoolExecutor(1, thread_name_prefix="upload")
        self._exchange: Exchange | None = None
        self._asked: set[Future[Reply]] = set()
        self._last_good: Address | None = None
        self._hurry = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)
        self._is_ready = threading.Event()

    # --- Link ---------------------------------------------------------------------------

    def start(self) -> None:
        self._downloads.start()
        self._thread.start()
        self._is_ready.wait(5)

    def stop(self) -> None:
        self._line.use(None)
        for _ in range(STOPS):
            # Once may not be enough: what waits with a time limit can lose it (asyncio, 3.11).
            if self._main is not None:
                self._in_loop(self._main.cancel)
            if self._thread.is_alive():
                self._thread.join(timeout=1)
        # What was asked while the line ended has nobody left to answer it: nobody waits for it.
        for future in list(self._asked):
            fail(future, LinkError("link.offline"))
        self._downloads.stop()
        self._uploads.shutdown(wait=False, cancel_futures=True)
        self._workers.stop()

    def wake(self) -> None:
        self._downloads.wake()
        self._in_loop(lambda: self._exchange.wake() if self._exchange else None)

    def hurry(self) -> None:
        """Try to connect now instead of after the back-off."""
        self._in_loop(self._hurry.set)

    def ask(self, name: str, body: dict[str, Any], timeout: float = 10) -> "Future[dict[str, Any]]":
        return self._request(lambda n: wire.Ask(n=n, name=name, body=body), timeout)

    def steer(self, wish: Steer) -> "Future[Stage]":
        answer: Future[Stage] = Future()

        def done(reply: "Future[Reply]") -> None:
            error = reply.exception()
            if error is None:
                answer.set_result(msgspec.convert(reply.result()["stage"], Stage))
            else:
                answer.set_exception(error)

        self._request(lambda n: wire.SteerWish(n=n, wish=wish), 5).add_done_callback(done)
        return answer

    def point(self, laser: Laser, on_behalf_of: str | None) -> None:
        self._send_live(wire.LaserNow(laser=laser, on_behalf_of=on_behalf_of))

    def draw(self, stroke: Stroke, on_behalf_of: str | None) -> None:
        off = Laser(meeting=stroke.meeting)
        self._send_live(wire.LaserNow(laser=off, stroke=stroke, on_behalf_of=on_behalf_of))

    def _send_live(self, message: wire.LaserNow) -> None:
        self._in_loop(lambda: self._exchange.send_live(message) if self._exchange else None)

    def upload(
        self, blob: str, path: Path, progress: Callable[[int, int], None] | None = None
    ) -> "Future[None]":
        return self._uploads.submit(upload_blob, self._line, blob, path, progress)

    # --- requests -----------------------------------------------------------------------

    def _request(self, build: Callable[[int], wire.Message], timeout: float) -> "Future[Reply]":
        future: Future[Reply] = Future()
        self._asked.add(future)
        future.add_done_callback(self._asked.discard)

        def send() -> None:
            exchange = self._exchange
            if exchange is None:
                fail(future, LinkError("link.offline"))
                return
            number = exchange.request(build, future)
            asyncio.get_running_loop().call_later(timeout, exchange.give_up, number)

        if not self._in_loop(send):
            fail(future, LinkError("link.offline"))
        return future

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
            with contextlib.suppress(asyncio.CancelledError):
                asyncio.run(self._live())
        finally:
            self._is_ready.set()

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._main = asyncio.current_task()
        self._is_ready.set()
        await self._tell(LinkChanged(state="connecting"))
        wait = FIRST_WAIT
        while True:
            change = await self._round()
            if change.problem == "link.lost":
                wait = FIRST_WAIT
            await self._tell(change)
            rest = REFUSED_WAIT if change.problem == "link.revoked" else wait
            await self._rest(rest * random.uniform(0.7, 1.3))  # noqa: S311 - jitter
            wait = min(wait * 1.7, LONGEST_WAIT)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), seconds)
        self._hurry.clear()

    async def _round(self) -> LinkChanged:
        """One round over the known addresses; what it ended with."""
        addresses = await asyncio.to_thread(self._addresses)
        # The one that worked last is most likely still right.
        addresses = sorted(addresses, key=lambda address: address != self._last_good)
        last = LinkChanged(state="looking", problem="link.not_found")
        async for address in answering(addresses):
            last = await self._try(address)
            if last.problem in ("link.lost", "link.revoked"):
                break
        return last

    async def _try(self, address: Address) -> LinkChanged:
        """Connect and stay on line as long as it lasts; what it ended with."""
        problem, fields = "link.lost", {}
        try:
            await self._connect(address)
        except MeetingError as error:
            problem, fields = error.code, dict(error.fields)
        except Exception:  # the net: a bug costs one connection, not the line for good
            log.exception("the line to the hub failed")
            problem = "link.failed"
        state: Any = "refused" if problem in REFUSALS else "looking"
        return LinkChanged(state=state, address=address.url, problem=problem, fields=fields)

    async def _connect(self, address: Address) -> None:
        connection = await dial(address, "/device", CONNECT_SECONDS)
        try:
            incarnation, change = await self._come_on_line(connection, address)
            exchange = Exchange(
                connection,
                self._inbox,
                incarnation,
                self._workers,
                self._downloads.wake,
                self.upload,
            )
            self._exchange = exchange
            # Told only now: who hears it may ask at once.
            await self._tell(change)
            await exchange.run()
        finally:
            self._exchange = None
            self._line.use(None)
            await _close(connection)

    async def _come_on_line(
        self, connection: ClientConnection, address: Address
    ) -> tuple[str, LinkChanged]:
        """Judge the hub, then say who we are. The hub's incarnation, and what to tell."""
        try:
            async with asyncio.timeout(wire.HANDSHAKE_SECONDS):
                hello, welcome, tls = await self._introduce(connection, address)
        except TimeoutError as error:
            raise LinkError("link.unreachable", address=address.url) from error
        except ConnectionClosed as error:
            raise LinkError("link.unreachable", address=address.url) from error
        self._last_good = address
        offset = moment_of(welcome.now) - utc_now()
        fields = {"offset_ms": round(offset.total_seconds() * 1000)}
        change = LinkChanged(state="online", address=address.url, fields=fields)
        self._line.use(
            BlobAccess(host=address.host, port=welcome.blob_port, tls=tls, token=welcome.token)
        )
        return hello.incarnation, change

    async def _introduce(
        self, connection: ClientConnection, address: Address
    ) -> tuple[wire.Hello, wire.Welcome, str]:
        tls = peer_hash(connection)
        hello = wire.decode(await connection.recv())
        if not isinstance(hello, wire.Hello):
            raise LinkError("link.malformed", reason="no hello")
        if not is_hub_of(self._office_key, hello.certificate, hello.signature, tls):
            raise LinkError("link.wrong_hub", address=address.url)
        if hello.protocol != wire.PROTOCOL:
            raise LinkError("link.other_version", address=address.url)
        newer = await self._in_inbox(self._judge_rank, hello)
        position = await self._in_inbox(self._inbox.position)
        signed = await asyncio.to_thread(
            self._signer.sign, wire.auth_bytes(hello.nonce, tls, self._device)
        )
        auth = wire.Authenticate(
            device=self._device,
            signature=signed,
            position=position,
            now=utc_text(utc_now()),
            program=__version__,
            newer=newer.certificate if newer else "",
            newer_signature=newer.signature if newer else b"",
        )
        await connection.send(wire.encode(auth))
        welcome = wire.decode(await connection.recv())
        if isinstance(welcome, wire.Refused):
            raise LinkError(welcome.code)
        if newer is not None:
            raise LinkError("hub.fenced")  # it should know by now
        if not isinstance(welcome, wire.Welcome):
            raise LinkError("link.malformed", reason="no welcome")
        await self._in_inbox(self._follow, hello, welcome)
        return hello, welcome, tls

    def _judge_rank(self, hello: wire.Hello) -> Vouched | None:
        """A hub this device followed before, if it ranks above this one."""
        here = Vouched(certificate=hello.certificate, signature=hello.signature)
        known = self._inbox.followed()
        if known is not None and known.rank > here.rank:
            return known
        return None

    def _follow(self, hello: wire.Hello, welcome: wire.Welcome) -> None:
        """From now on this hub, unless somebody opened it who may not.

        Raises LinkError("link.wrong_hub") before the hub is given anything.
        """
        here = Vouched(certificate=hello.certificate, signature=hello.signature)
        known = self._inbox.followed()
        is_new = known is not None and known.rank < here.rank
        if is_new and welcome.takeover and not self._inbox.may_follow(here, welcome.takeover):
            raise LinkError("link.wrong_hub")
        if known != here:
            self._inbox.follow(here)

    async def _in_inbox(self, call: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._workers.inbox, call, *args)

    async def _tell(self, change: LinkChanged) -> None:
        await self._in_inbox(self._inbox.link_changed, change)


async def _close(connection: ClientConnection) -> None:
    try:
        await connection.close()
    finally:
        connection.transport.abort()
