"""What devices hand in at once is kept at once: one trip to the disk for a whole room.

While one lot is being judged and written, the next gathers; nobody waits for more to come.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Generic, TypeVar

from meetingroom.domain.errors import MeetingError
from meetingroom.network.device_workers import Workers
from meetingroom.services.doors import Answer, Ballot, HubDoor, Parcel

Handed = TypeVar("Handed")
Told = TypeVar("Told")
AT_ONCE = 50  # the hub's lock is held meanwhile, and a page turn waits for it


class Gathering(Generic[Handed, Told]):
    """Lives on the network's loop; `keep` runs in `thread`, for some of what waits at a time."""

    def __init__(
        self, thread: Executor, keep: Callable[[Sequence[Handed]], Sequence[Told]]
    ) -> None:
        self._thread = thread
        self._keep = keep
        self._waiting: list[tuple[Handed, asyncio.Future[Told]]] = []
        self._work: asyncio.Task[None] | None = None

    async def hand_in(self, what: Handed) -> Told:
        """What the hub says to it, once it is kept. Raises what `keep` raises for it alone."""
        told: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._waiting.append((what, told))
        if self._work is None or self._work.done():
            self._work = asyncio.ensure_future(self._keep_all())
        return await told

    async def _keep_all(self) -> None:
        while self._waiting:
            rows, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            await self._keep_some(rows)

    async def _keep_some(self, rows: Sequence[tuple[Handed, "asyncio.Future[Told]"]]) -> None:
        handed = [what for what, _ in rows]
        try:
            answers = await asyncio.get_running_loop().run_in_executor(
                self._thread, self._keep, handed
            )
        except Exception as error:  # known or not: it is for whoever handed it in
            if len(rows) == 1:
                _fail(rows[0][1], error)
                return
            # Nothing of a lot that failed was kept: only what fails alone is told so.
            for row in rows:
                await self._keep_some([row])
            return
        for (_, told), answer in zip(rows, answers, strict=True):
            if not told.done():  # its line may have gone
                told.set_result(answer)


def _fail(told: "asyncio.Future[Told]", error: Exception) -> None:
    if not told.done():
        told.set_exception(error)


class Reception:
    """Where the devices' lines hand in records and secret ballots."""

    def __init__(self, door: HubDoor, workers: Workers) -> None:
        self.records: Gathering[Parcel, list[Answer]] = Gathering(workers.records, door.accept_all)
        self.ballots: Gathering[Ballot, MeetingError | None] = Gathering(
            workers.requests, door.cast_all
        )
