"""A bug while devices catch up with old ballots costs nobody the news."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_office import SmallDoor

from meetingroom.network.delivery import Delivery
from meetingroom.services.doors import Session


class Behind(SmallDoor):
    """Always behind, and failing at it."""

    def is_behind(self) -> bool:
        return True

    def catch_up(self) -> None:
        raise ZeroDivisionError


class Line:
    """Waits for news."""

    session, since = Session(device="d", principal="p"), 0

    def __init__(self) -> None:
        self.frames: asyncio.Queue[str | None] = asyncio.Queue()

    def deliver(self, frame: str, last: int) -> None:
        self.frames.put_nowait(frame)

    def nothing_new(self) -> None:
        self.frames.put_nowait(None)


async def told_twice(door: Behind) -> list[str | None]:
    line = Line()
    with ThreadPoolExecutor(1) as thread:
        delivery = Delivery(door, thread)
        serving = asyncio.create_task(delivery.run("i"))
        told = []
        for _ in range(2):
            delivery.ask_for(line)
            told.append(await asyncio.wait_for(line.frames.get(), 20))
        serving.cancel()
    return told


def test_a_bug_with_old_ballots_costs_nobody_the_news(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert asyncio.run(told_twice(Behind(tmp_path))) == [None, None]
    assert "not told of ballots" in caplog.text
    caplog.clear()
