"""One device's line at the hub: its sequence, its records, its requests, the stage."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from meetingroom.domain.errors import CallError, LinkError, MeetingError
from meetingroom.domain.ports import Position
from meetingroom.domain.records import SignedRecord
from meetingroom.domain.stage import Stage
from meetingroom.network import protocol as wire
from meetingroom.network.delivery import Delivery
from meetingroom.network.device_workers import Workers
from meetingroom.network.gathering import Reception
from meetingroom.services.doors import Ballot, HubDoor, Parcel, Session

log = logging.getLogger(__name__)
MAX_WAITING = 64
BALLOT = ("meeting", "vote", "choice", "cast")
GOODBYE_SECONDS = 0.5
WAITING_BYTES = 64 << 10  # of a slow device; more would make news stale before it is read


class DeviceLine:
    """Lives on the network's loop. Small news overtakes records; one frame is on its way."""

    def __init__(
        self,
        connection: ServerConnection,
        door: HubDoor,
        session: Session,
        position: Position,
        incarnation: str,
        *,
        workers: Workers,
        reception: Reception,
        delivery: Delivery,
    ) -> None:
        self.session = session
        self.since = position.since if position.incarnation == incarnation else 0
        self.connection = connection
        self._door = door
        self._workers = workers
        self._reception = reception
        self._delivery = delivery
        self._is_out = False
        self._is_told = False  # the stages as they stand are on their way
        self._is_busy = False  # steps are being fetched or are not yet taken
        self._has_more = False
        self._frame: str | None = None
        self._on_its_way = 0
        self._replies: list[wire.Message] = []
        self._stages: dict[str, Stage] = {}
        self._live: dict[tuple[bool, str], wire.Message] = {}
        self._pointed: dict[bool, wire.LaserNow] = {}
        self._is_passing = False
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._order = asyncio.Lock()
        self._unfinished: list[SignedRecord] = []
        self._unfinished_number = 0
        self._held_bytes = 0  # of records that were sent and are not judged yet

    # --- told by the server -------------------------------------------------------------

    def has_more(self) -> None:
        """The device's sequence grew."""
        self._has_more = True
        if not self._is_busy:
            self._has_more, self._is_busy = False, True
            self._delivery.ask_for(self)

    def deliver(self, frame: str, last: int) -> None:
        self._frame, self._on_its_way = frame, last
        self._news.set()

    def nothing_new(self) -> None:
        self._is_busy = False
        if self._has_more:
            self.has_more()

    def fail(self) -> None:
        self.end(1011, "log")

    @property
    def keeps_up(self) -> bool:
        """Whether news can be written at once: nothing waits, the device reads what it gets."""
        is_idle = not (self._stages or self._live or self._replies or self._is_out)
        waiting = self.connection.transport.get_write_buffer_size()
        return self._is_told and is_idle and waiting < WAITING_BYTES

    def show_stage(self, stage: Stage) -> None:
        """Latest wins; news from several threads may come in any order."""
        known = self._stages.get(stage.meeting)
        if known is None or known.revision < stage.revision:
            self._stages[stage.meeting] = stage
            self._news.set()

    def show_live(self, news: wire.LaserNow) -> None:
        """Where somebody points, or draws: latest wins."""
        self._live[news.stroke is not None, news.laser.meeting] = news
        self._news.set()

    def tell(self, message: wire.Message) -> None:
        """A word of the hub's own, among the answers."""
        self._reply(message)

    def shut_out(self) -> None:
        """The device was revoked: end now, saying so if it still listens."""
        self._is_out = True
        self._start(self._say_goodbye(wire.Refused(code="link.revoked"), wire.REVOKED, "revoked"))

    def end(self, code: int, reason: str) -> None:
        """Close the line; the device comes back by itself."""
        self._is_out = True
        self._start(self._say_goodbye(None, code, reason))

    async def _say_goodbye(self, word: wire.Message | None, code: int, reason: str) -> None:
        with contextlib.suppress(TimeoutError, ConnectionClosed):
            async with asyncio.timeout(GOODBYE_SECONDS):
                if word is not None:
                    await self.connection.send(wire.encode(word))
                await self.connection.close(code, reason)
        self.connection.transport.abort()

    # --- work ---------------------------------------------------------------------------

    async def run(self) -> None:
        """Serve until the device goes; ends with its receiving side."""
        for stage in await self._in(self._workers.stage, self._door.stages_for, self.session):
            self.show_stage(stage)
        self._is_told = True
        self.has_more()
        sender = asyncio.create_task(self._send_all())
        try:
            async for frame in self.connection:
                if not self._is_out:
                    self._on_message(wire.decode(frame))
        finally:
            sender.cancel()
            for task in list(self._tasks):
                task.cancel()

    def _on_message(self, message: wire.AnyMessage) -> None:
        match message:
            case wire.Took():
                self._on_took(message.since)
            case wire.Records():
                self._on_records(message)
            case wire.Ask():
                self._spawn(message.n, self._answer(message))
            case wire.SteerWish():
                self._spawn(message.n, self._steer(message))
            case wire.LaserNow():
                self._on_point(message)
            case _:
                raise LinkError("link.malformed", reason="unexpected")

    def _on_took(self, since: int) -> None:
        if since != self._on_its_way:
            raise LinkError("link.malformed", reason="took what was not sent")
        self.since = since
        self._is_busy = False
        self.has_more()

    # --- records ------------------------------------------------------------------------

    def _on_records(self, message: wire.Records) -> None:
        if self._unfinished and message.n != self._unfinished_number:
            raise LinkError("link.malformed", reason="records between records")
        self._unfinished_number = message.n
        self._unfinished += message.records
        self._held_bytes += sum(map(_size, message.records))
        if len(self._unfinished) > wire.MAX_BATCH or self._held_bytes > wire.MAX_WAITING_BYTES:
            raise LinkError("link.malformed", reason="too many records")
        if message.has_more:
            return
        records, self._unfinished = self._unfinished, []
        self._spawn(message.n, self._take_records(message, records))

    async def _take_records(self, message: wire.Records, records: list[SignedRecord]) -> None:
        try:
            async with self._order:
                parcel = Parcel(
                    session=self.session, records=tuple(records), is_batch=message.is_batch
                )
                answers = await self._reception.records.hand_in(parcel)
        finally:
            self._held_bytes -= sum(map(_size, records))
        self._reply(wire.Answers(n=message.n, answers=tuple(answers)))

    # --- requests -----------------------------------------------------------------------

    async def _answer(self, message: wire.Ask) -> None:
        if message.name == "vote.cast":
            await self._take_ballot(message)
            return
        body = await self._in(
            self._workers.requests, self._door.ask, self.session, message.name, message.body
        )
        self._reply(wire.Reply(n=message.n, body=body))

    async def _take_ballot(self, message: wire.Ask) -> None:
        """With those of others that come in now: a room votes in one moment."""
        try:
            words = {name: str(message.body[name]) for name in BALLOT}
        except KeyError as error:
            raise CallError("call.malformed", field=str(error.args[0])) from error
        refusal = await self._reception.ballots.hand_in(Ballot(session=self.session, **words))
        if refusal is not None:
            raise refusal
        self._reply(wire.Reply(n=message.n, body={}))

    async def _steer(self, message: wire.SteerWish) -> None:
        # Each hop to a thread and back costs a screen's news a moment of the processor's mercy.
        stage = self._door.steer_at_once(self.session, message.wish)
        if stage is None:
            stage = await self._in(
                self._workers.stage, self._door.steer, self.session, message.wish
            )
        self._reply(wire.Reply(n=message.n, body={"stage": msgspec.to_builtins(stage)}))

    def _on_point(self, message: wire.LaserNow) -> None:
        self._pointed[message.stroke is not None] = message
        if not self._is_passing:
            self._is_passing = True
            self._start(self._pass_points())

    async def _pass_points(self) -> None:
        """Hand the newest point and stroke to the door; those in between are dropped."""
        try:
            while self._pointed:
                _, message = self._pointed.popitem()
                try:
                    await self._in(self._workers.stage, self._pass_point, message)
                except MeetingError as error:
                    log.info("a laser or a stroke was refused: %s", error.code)
        finally:
            self._is_passing = False

    def _pass_point(self, message: wire.LaserNow) -> None:
        if message.stroke is None:
            self._door.point(self.session, message.laser, message.on_behalf_of)
        else:
            self._door.draw(self.session, message.stroke, message.on_behalf_of)

    def _spawn(self, number: int, work: Coroutine[Any, Any, None]) -> None:
        if len(self._tasks) >= MAX_WAITING or len(self._replies) >= MAX_WAITING:
            work.close()
            raise LinkError("link.malformed", reason="too many at once")
        self._start(self._known_errors(number, work))

    async def _known_errors(self, number: int, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except MeetingError as error:
            self._reply(wire.failure(number, error))
        except Exception:  # the net: a bug ends one request, not the hub
            log.exception("a request failed")
            self._reply(wire.failure(number, MeetingError("hub.failed")))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in(self, pool: ThreadPoolExecutor, call: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(pool, call, *args)

    # --- sending ------------------------------------------------------------------------

    def _reply(self, message: wire.Message) -> None:
        self._replies.append(message)
        self._news.set()

    async def _send_all(self) -> None:
        """Each turn the newest stage and laser first, then answers, then one frame of steps."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self._news.wait()
                self._news.clear()
                await self._send_small()
                if self._frame is not None:
                    frame, self._frame = self._frame, None
                    await self.connection.send(frame)

    async def _send_small(self) -> None:
        while self._stages or self._live or self._replies:
            stages = (wire.StageNow(stage=stage) for stage in self._stages.values())
            small: list[wire.Message] = [*stages, *self._live.values()]
            replies, self._replies = self._replies, []
            self._stages, self._live = {}, {}
            for message in (*small, *replies):
                await self.connection.send(wire.encode(message))


def _size(record: SignedRecord) -> int:
    """Characters a record takes, roughly."""
    return len(record.head) + len(record.payload or "")
