"""Fetches what devices may have next: for all who wait in one go, off the network's loop.

One hop to the thread and back for a whole meeting instead of one for each device: that is
what keeps news quick while blob threads compete for the processor.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Protocol

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ports import Delivered
from meetingroom.network import protocol as wire
from meetingroom.services.doors import HubDoor, Session

log = logging.getLogger(__name__)


class Waiting(Protocol):
    """A line whose device waits for its sequence to go on."""

    session: Session
    since: int

    def deliver(self, frame: str, last: int) -> None:
        """Send these steps; `last` is the number of the last one."""
        ...

    def nothing_new(self) -> None: ...

    def fail(self) -> None:
        """The hub cannot read its log now: the device comes back later."""
        ...


Fetched = list[tuple[Waiting, str, int] | tuple[Waiting, None, int]]


class Delivery:
    """Lives on the network's loop."""

    def __init__(self, door: HubDoor, thread: Executor) -> None:
        self._door = door
        self._thread = thread
        self._waiting: dict[Waiting, None] = {}
        self._news = asyncio.Event()

    def ask_for(self, line: Waiting) -> None:
        """Fetch what follows `line.since` and hand it to the line."""
        self._waiting[line] = None
        self._news.set()

    async def run(self, incarnation: str) -> None:
        """Serve until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await self._news.wait()
            self._news.clear()
            lines, self._waiting = list(self._waiting), {}
            wishes = [(line, line.session, line.since) for line in lines]
            fetched = await loop.run_in_executor(self._thread, self._fetch, wishes, incarnation)
            for line, frame, last in fetched:
                _hand_over(line, frame, last)
            is_free = not self._waiting and self._door.is_behind()
            if is_free and await loop.run_in_executor(self._thread, self._catch_up):
                self._news.set()

    def _catch_up(self) -> bool:
        """While nobody waits for news; whoever is told now waits for it next."""
        try:
            self._door.catch_up()
        except MeetingError as error:
            log.warning("devices are not told yet of ballots they may read: %s", error.code)
            return False  # at the next news again
        except Exception:  # the net: a bug with old ballots costs nobody the news
            log.exception("devices are not told of ballots they may read")
            return False
        return True

    def _fetch(self, wishes: Sequence[tuple[Waiting, Session, int]], incarnation: str) -> Fetched:
        fetched: Fetched = []
        for line, session, since in wishes:
            try:
                steps = fitting(self._door.delivered_after(session, since, wire.STEPS_A_FRAME))
            except MeetingError as error:
                log.warning("a device's records cannot be read: %s", error.code)
                fetched.append((line, None, -1))
                continue
            except Exception:  # the net: a bug costs one line, not everybody's records
                log.exception("a device's records cannot be read")
                fetched.append((line, None, -1))
                continue
            if not steps:
                fetched.append((line, None, since))
                continue
            message = wire.Deliver(incarnation=incarnation, steps=tuple(steps))
            fetched.append((line, wire.encode(message), steps[-1].seq))
        return fetched


def _hand_over(line: Waiting, frame: str | None, last: int) -> None:
    if frame is not None:
        line.deliver(frame, last)
    elif last < 0:
        line.fail()
    else:
        line.nothing_new()


def fitting(steps: Sequence[Delivered]) -> list[Delivered]:
    """The beginning of a sequence that fits one frame, at least one step."""
    size = 0
    taken: list[Delivered] = []
    for step in steps:
        record = step.kept.record if step.kept else None
        # Quotes double inside JSON and Vietnamese letters take up to three bytes.
        size += 900 + (2 * len((record.head + (record.payload or "")).encode()) if record else 0)
        if taken and size > wire.BYTES_A_FRAME:
            break
        taken.append(step)
    return taken
