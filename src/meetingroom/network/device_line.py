"""One device's line at the hub: its sequence, its records, its requests, the stage."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from websockets.asyncio.server import ServerConnection

from meetingroom.domain.errors import LinkError, MeetingError
from meetingroom.domain.ports import Delivered, Position
from meetingroom.domain.stage import Laser, Stage
from meetingroom.network import protocol as wire
from meetingroom.services.doors import HubDoor, Session

log = logging.getLogger(__name__)
MAX_WAITING = 256


class DeviceLine:
    """Lives on the network's loop. Small news overtakes records; one frame is on its way."""

    def __init__(
        self,
        connection: ServerConnection,
        door: HubDoor,
        session: Session,
        incarnation: str,
        position: Position,
    ) -> None:
        self._connection = connection
        self._door = door
        self._session = session
        self._incarnation = incarnation
        self._since = position.since if position.incarnation == incarnation else 0
        self._is_on_its_way = False
        self._has_more = True
        self._replies: list[wire.Message] = []
        self._stages: dict[str, Stage] = {}
        self._lasers: dict[str, Laser] = {}
        self._news = asyncio.Event()
        self._news.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._records = asyncio.Lock()

    # --- told by the server -------------------------------------------------------------

    def has_more(self) -> None:
        """The device's sequence grew."""
        self._has_more = True
        self._news.set()

    def show_stage(self, stage: Stage) -> None:
        """Latest wins."""
        self._stages[stage.meeting] = stage
        self._news.set()

    def show_laser(self, laser: Laser) -> None:
        self._lasers[laser.meeting] = laser
        self._news.set()

    def shut_out(self) -> None:
        """The device was revoked: end now."""
        self._tasks.add(task := asyncio.ensure_future(self._close()))
        task.add_done_callback(self._tasks.discard)

    async def _close(self) -> None:
        await self._connection.send(wire.encode(wire.Refused(code="link.revoked")))
        await self._connection.close(4003, "revoked")

    # --- work ---------------------------------------------------------------------------

    async def run(self) -> None:
        """Serve until the device goes; ends with its receiving side."""
        for stage in await self._in_thread(self._door.stages_for, self._session):
            self.show_stage(stage)
        sender = asyncio.create_task(self._send_all())
        try:
            async for frame in self._connection:
                self._on_message(wire.decode(frame))
        finally:
            sender.cancel()
            for task in list(self._tasks):
                task.cancel()

    def _on_message(self, message: wire.AnyMessage) -> None:
        match message:
            case wire.Took():
                self._since = max(self._since, message.since)
                self._is_on_its_way = False
                self._news.set()
            case wire.Records():
                self._spawn(self._take_records(message))
            case wire.Ask():
                self._spawn(self._answer(message))
            case wire.SteerWish():
                self._spawn(self._steer(message))
            case wire.LaserNow():
                self._spawn(self._point(message))
            case _:
                raise LinkError("link.malformed", reason="unexpected")

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        if len(self._tasks) >= MAX_WAITING:
            work.close()
            raise LinkError("link.malformed", reason="too many at once")
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_thread(self, call: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(None, lambda: call(*args))

    async def _take_records(self, message: wire.Records) -> None:
        if len(message.records) > 10 * wire.RECORDS_A_FRAME:
            raise LinkError("link.malformed", reason="too many records")
        async with self._records:
            try:
                answers = await self._in_thread(
                    lambda: self._door.accept(
                        self._session, message.records, is_batch=message.is_batch
                    )
                )
            except MeetingError as error:
                self._reply(wire.failure(message.n, error))
                return
        self._reply(wire.Answers(n=message.n, answers=tuple(answers)))

    async def _answer(self, message: wire.Ask) -> None:
        try:
            body = await self._in_thread(self._door.ask, self._session, message.name, message.body)
        except MeetingError as error:
            self._reply(wire.failure(message.n, error))
        else:
            self._reply(wire.Reply(n=message.n, body=body))

    async def _steer(self, message: wire.SteerWish) -> None:
        try:
            stage = await self._in_thread(self._door.steer, self._session, message.wish)
        except MeetingError as error:
            self._reply(wire.failure(message.n, error))
        else:
            self._reply(wire.Reply(n=message.n, body={"revision": stage.revision}))

    async def _point(self, message: wire.LaserNow) -> None:
        try:
            await self._in_thread(
                self._door.point, self._session, message.laser, message.on_behalf_of
            )
        except MeetingError as error:
            log.info("a laser was refused: %s", error.code)

    def _reply(self, message: wire.Message) -> None:
        self._replies.append(message)
        self._news.set()

    async def _send_all(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            small: list[wire.Message] = [
                *(wire.StageNow(stage=stage) for stage in self._stages.values()),
                *(wire.LaserNow(laser=laser) for laser in self._lasers.values()),
                *self._replies,
            ]
            self._stages, self._lasers, self._replies = {}, {}, []
            for message in small:
                await self._connection.send(wire.encode(message))
            if self._has_more and not self._is_on_its_way:
                await self._send_steps()

    async def _send_steps(self) -> None:
        self._has_more = False
        steps: list[Delivered] = await self._in_thread(
            self._door.delivered_after, self._session, self._since, wire.STEPS_A_FRAME
        )
        frame = _fitting(steps)
        if not frame:
            return
        self._has_more = True
        self._is_on_its_way = True
        message = wire.Deliver(incarnation=self._incarnation, steps=tuple(frame))
        await self._connection.send(wire.encode(message))


def _fitting(steps: list[Delivered]) -> list[Delivered]:
    """The beginning of a sequence that fits one frame, at least one step."""
    size = 0
    fitting: list[Delivered] = []
    for step in steps:
        record = step.kept.record if step.kept else None
        size += 600 + (len(record.head) + len(record.payload or "") if record else 0)
        if fitting and size > wire.BYTES_A_FRAME:
            break
        fitting.append(step)
    return fitting
