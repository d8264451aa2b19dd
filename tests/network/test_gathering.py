"""What comes in while something is being kept is kept together next, each told its own."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from meetingroom.domain.errors import StoreError
from meetingroom.network.gathering import AT_ONCE, Gathering


class Kept:
    """A slow disk: begins each time `go` allows, and notes what it was given."""

    def __init__(self) -> None:
        self.go, self.has_begun = threading.Semaphore(0), threading.Semaphore(0)
        self.lots: list[list[int]] = []

    def keep(self, rows) -> list[int]:
        self.has_begun.release()
        assert self.go.acquire(timeout=30)
        if (len(rows) > 1 and 13 in rows) or rows == [13]:
            raise StoreError("store.full")
        self.lots.append(list(rows))
        return [row * 10 for row in rows]


async def handed_in(kept: Kept, *rows: int) -> list[object]:
    """The first is being kept when the others come."""
    with ThreadPoolExecutor(1) as thread:
        gathering: Gathering[int, int] = Gathering(thread, kept.keep)
        first = asyncio.ensure_future(gathering.hand_in(rows[0]))
        await asyncio.sleep(0)
        assert await asyncio.to_thread(kept.has_begun.acquire, timeout=30)
        others = [asyncio.ensure_future(gathering.hand_in(row)) for row in rows[1:]]
        await asyncio.sleep(0)
        for _ in range(200):
            kept.go.release()
        return await asyncio.gather(first, *others, return_exceptions=True)


def test_those_who_come_meanwhile_are_kept_together_in_their_order() -> None:
    kept = Kept()
    assert asyncio.run(handed_in(kept, 1, 2, 3, 4)) == [10, 20, 30, 40]
    assert kept.lots == [[1], [2, 3, 4]]


def test_no_lot_is_so_large_that_others_wait_long() -> None:
    kept = Kept()
    asyncio.run(handed_in(kept, *range(100, 102 + AT_ONCE)))
    assert [len(lot) for lot in kept.lots] == [1, AT_ONCE, 1]


def test_what_cannot_be_kept_fails_alone() -> None:
    kept = Kept()
    told = asyncio.run(handed_in(kept, 1, 2, 13, 4))
    assert [one for one in told if not isinstance(one, Exception)] == [10, 20, 40]
    assert isinstance(told[2], StoreError)
    assert kept.lots == [[1], [2], [4]]


def test_a_line_that_went_keeps_nobody_else_from_an_answer() -> None:
    kept = Kept()

    async def play() -> int:
        with ThreadPoolExecutor(1) as thread:
            gathering: Gathering[int, int] = Gathering(thread, kept.keep)
            gone = asyncio.ensure_future(gathering.hand_in(1))
            other = asyncio.ensure_future(gathering.hand_in(2))
            await asyncio.sleep(0)
            gone.cancel()
            kept.go.release(10)
            with pytest.raises(asyncio.CancelledError):
                await gone
            return await other

    assert asyncio.run(play()) == 20
