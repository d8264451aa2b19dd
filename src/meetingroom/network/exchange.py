"""A device's traffic over one connection: outbox, steps, requests, the stage."""

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from meetingroom.domain.errors import LinkError, MeetingError
from meetingroom.domain.ports import Position
from meetingroom.domain.records import SignedRecord, read_head
from meetingroom.domain.rehearsal import RehearsalCall
from meetingroom.domain.stage import Laser, Stage, Stroke
from meetingroom.network import protocol as wire
from meetingroom.network.handing_in import RETRY_SECONDS, HandingIn, Upload
from meetingroom.services.doors import LinkInbox

log = logging.getLogger(__name__)
ANSWER_SECONDS = 30.0
Reply = dict[str, Any]
numbers = itertools.count(1)


class Workers:
    """The inbox's two threads: records strictly in order; the stage never behind them."""

    def __init__(self) -> None:
        self.inbox = ThreadPoolExecutor(1, thread_name_prefix="inbox")
        self.live = ThreadPoolExecutor(1, thread_name_prefix="inbox-stage")

    def stop(self) -> None:
        self.inbox.shutdown(wait=True)
        self.live.shutdown(wait=True, cancel_futures=True)


class Exchange:
    """Lives on the link's loop, from welcome to close."""

    def __init__(
        self,
        connection: ClientConnection,
        inbox: LinkInbox,
        incarnation: str,
        workers: Workers,
        on_taken: Callable[[], None],
        upload: Upload,
    ) -> None:
        self._connection = connection
        self._inbox = inbox
        self._incarnation = incarnation
        self._workers = workers
        self._on_taken = on_taken
        self._handing_in = HandingIn(
            inbox,
            incarnation,
            ask=self._ask,
            in_inbox=self._in_inbox,
            upload=upload,
            split=split,
        )
        self._has_handed_in = asyncio.Event()
        self._waiting: dict[int, Future[Reply]] = {}
        self._answered: set[str] = set()
        self._frames: asyncio.Queue[wire.Deliver] = asyncio.Queue()
        self._stages: dict[str, Stage] = {}
        self._lasers: dict[str, Laser] = {}
        self._strokes: dict[str, Stroke] = {}
        self._live: dict[bool, wire.Message] = {}
        self._wishes: list[wire.Message] = []
        self._calls: list[RehearsalCall] = []
        self._has_outgoing = asyncio.Event()
        self._has_live = asyncio.Event()
        self._has_small = asyncio.Event()

    async def run(self) -> None:
        """Until the connection ends. Raises LinkError("link.revoked"), StoreError …"""
        jobs = (
            self._receive(),
            self._take_steps(),
            self._send_outbox(),
            self._send_small(),
            self._pass_live(),
            self._bring_files(),
        )
        tasks = [asyncio.create_task(job) for job in jobs]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._fail_waiting()

    # --- told by the link (on its loop) ---------------------------------------------------

    def wake(self) -> None:
        """There is something in the outbox."""
        self._has_outgoing.set()

    def request(self, build: Callable[[int], wire.Message], future: "Future[Reply]") -> int:
        """Send a request; `future` gets the answer. Its number, for `give_up`."""
        number = next(numbers)
        self._waiting[number] = future
        self._wishes.append(build(number))
        self._has_small.set()
        return number

    def give_up(self, number: int) -> None:
        """The answer takes too long."""
        fail(self._waiting.pop(number, None), LinkError("link.slow"))

    def send_live(self, message: wire.LaserNow) -> None:
        """Latest wins, of what points and of what writes: what could not be sent never is."""
        self._live[message.stroke is not None] = message
        self._has_small.set()

    # --- receiving ------------------------------------------------------------------------

    async def _receive(self) -> None:
        try:
            async for frame in self._connection:
                self._on_message(wire.decode(frame))
        except ConnectionClosed:
            log.info("the line to the hub was cut")
        if self._connection.close_code == wire.REVOKED:
            raise LinkError("link.revoked")

    def _on_message(self, message: wire.AnyMessage) -> None:
        match message:
            case wire.Deliver():
                self._frames.put_nowait(message)
            case wire.StageNow():
                self._stages[message.stage.meeting] = message.stage
                self._has_live.set()
            case wire.LaserNow(stroke=Stroke() as stroke):
                self._strokes[stroke.meeting] = stroke
                self._has_live.set()
            case wire.LaserNow():
                self._lasers[message.laser.meeting] = message.laser
                self._has_live.set()
            case wire.Rehearse():
                self._calls.append(message.call)
                self._has_live.set()
            case wire.Reply():
                resolve(self._waiting.pop(message.n, None), message.body)
            case wire.Answers():
                resolve(self._waiting.pop(message.n, None), {"answers": message.answers})
            case wire.Failed():
                fail(self._waiting.pop(message.n, None), wire.raised(message))
            case wire.Refused():
                raise LinkError(message.code)
            case _:
                raise LinkError("link.malformed", reason="unexpected")

    async def _take_steps(self) -> None:
        while True:
            message = await self._frames.get()
            since = message.steps[-1].seq
            position = Position(incarnation=self._incarnation, since=since)
            await self._in_inbox(self._inbox.take, message.steps, position)
            await self._send(wire.Took(since=since))
            self._on_taken()

    async def _pass_live(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._has_live.wait()
            self._has_live.clear()
            stages, self._stages = self._stages, {}
            lasers, self._lasers = self._lasers, {}
            strokes, self._strokes = self._strokes, {}
            for stage in stages.values():
                await loop.run_in_executor(self._workers.live, self._inbox.stage_heard, stage)
            calls, self._calls = self._calls, []
            for call in calls:
                await loop.run_in_executor(self._workers.live, self._inbox.rehearsal_called, call)
            for laser in lasers.values():
                await loop.run_in_executor(self._workers.live, self._inbox.laser_heard, laser)
            for stroke in strokes.values():
                await loop.run_in_executor(self._workers.live, self._inbox.stroke_heard, stroke)

    # --- sending --------------------------------------------------------------------------

    async def _send_small(self) -> None:
        while True:
            await self._has_small.wait()
            self._has_small.clear()
            wishes, self._wishes = self._wishes, []
            live, self._live = self._live, {}
            for message in (*wishes, *live.values()):
                await self._send(message)

    async def _send_outbox(self) -> None:
        """Send what waits, in order, each frame after the last one's answers."""
        await self._handing_in.give_records()
        self._has_handed_in.set()
        while True:
            self._has_outgoing.clear()
            batches = await self._in_inbox(self._inbox.outgoing)
            looks_again = False
            for batch, records in batches:
                names = {read_head(record).id for record in records}
                if names <= self._answered:
                    continue  # it stays in the outbox until it comes back numbered
                if not await self._send_records(tuple(records), is_batch=bool(batch)):
                    await self._wait_for_outgoing(RETRY_SECONDS)
                    looks_again = True
                    break
                self._answered |= names
                looks_again = True
            if not looks_again:
                await self._has_outgoing.wait()

    async def _bring_files(self) -> None:
        await self._has_handed_in.wait()
        await self._handing_in.bring_files()
        await asyncio.Event().wait()  # the line goes on

    async def _ask(self, name: str, body: Reply) -> Reply:
        future: Future[Reply] = Future()
        number = self.request(lambda n: wire.Ask(n=n, name=name, body=body), future)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), ANSWER_SECONDS)
        finally:
            self._waiting.pop(number, None)

    async def _wait_for_outgoing(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._has_outgoing.wait(), seconds)

    async def _send_records(self, records: tuple[SignedRecord, ...], *, is_batch: bool) -> bool:
        """Whether the hub answered for all of them; else they are sent again later."""
        groups = [records] if is_batch else list(split(records))
        for group in groups:
            future: Future[Reply] = Future()
            number = next(numbers)
            self._waiting[number] = future
            parts = list(split(group))
            for n, part in enumerate(parts, 1):
                await self._send(
                    wire.Records(n=number, records=part, is_batch=is_batch, has_more=n < len(parts))
                )
            try:
                reply = await asyncio.wait_for(asyncio.wrap_future(future), ANSWER_SECONDS)
            except (MeetingError, TimeoutError) as error:
                log.info("records were not taken now: %s", error)
                self._waiting.pop(number, None)
                return False
            await self._in_inbox(self._inbox.answered, reply["answers"])
        return True

    async def _send(self, message: wire.Message) -> None:
        with contextlib.suppress(ConnectionClosed):  # the receiving side ends the exchange
            await self._connection.send(wire.encode(message))

    async def _in_inbox(self, call: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._workers.inbox, call, *args)

    def _fail_waiting(self) -> None:
        for future in self._waiting.values():
            fail(future, LinkError("link.lost"))
        self._waiting.clear()


def split(records: Sequence[SignedRecord]) -> Iterator[tuple[SignedRecord, ...]]:
    """Groups that fit one frame each, at least one record in each."""
    group: list[SignedRecord] = []
    size = 0
    for record in records:
        more = 2 * len((record.head + (record.payload or "")).encode()) + 200
        if group and size + more > wire.BYTES_A_FRAME:
            yield tuple(group)
            group, size = [], 0
        group.append(record)
        size += more
    if group:
        yield tuple(group)


def resolve(future: "Future[Reply] | None", body: Reply) -> None:
    """Give an answer to whoever still waits."""
    if future is not None and not future.done():
        future.set_result(body)


def fail(future: "Future[Any] | None", error: MeetingError) -> None:
    """Tell whoever still waits what went wrong."""
    if future is not None and not future.done():
        future.set_exception(error)
