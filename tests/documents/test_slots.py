"""Shared memory for pixels: used again, bounded, and let go of by workers too."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_papers import write_good

from meetingroom.documents.crew import Crew
from meetingroom.documents.slots import GRAIN, Slot, SlotPool
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing

SIDE = 512  # pixels: a slot of one grain


@pytest.fixture
def pool():
    made = SlotPool(keep_bytes=8 * GRAIN)
    yield made
    made.close()


def taken(pool: SlotPool, count: int, side: int = SIDE) -> list[Slot]:
    return [pool.take(side, side) for _ in range(count)]


def test_a_slot_is_used_again(pool: SlotPool) -> None:
    slot = pool.take(SIDE, SIDE)
    slot.release()
    assert pool.take(SIDE - 8, SIDE) is slot


def test_slots_of_an_old_size_make_room_for_those_of_the_new(pool: SlotPool) -> None:
    small, large = taken(pool, 8), taken(pool, 2, SIDE * 3 // 2)
    for slot in (*small, *large):
        slot.release()
    again = taken(pool, 2, SIDE * 3 // 2)
    assert {slot.name for slot in again} == {slot.name for slot in large}


def test_free_slots_are_bounded(pool: SlotPool) -> None:
    for slot in taken(pool, 12):
        slot.release()
    assert sum(slot.capacity for slot in pool._free) <= 8 * GRAIN


@pytest.mark.skipif(sys.platform != "linux", reason="looks at Linux's processes")
def test_a_worker_lets_go_of_slots_the_program_gave_up(
    tmp_path: Path, until: Callable[..., None]
) -> None:
    crew = Crew(workers=1)
    crew.open("a", write_good(tmp_path / "a.pdf")).result(30)

    def draw(scale: int) -> None:
        crew.draw(Drawing(blob="a", page=0, step=scale * STEPS_PER_POINT)).result(60).release()

    crew._pool._keep = 0  # every slot is given up at once
    for scale in (1, 2, 3, 1):
        draw(scale)
    until(lambda: crew.workers)
    maps = Path(f"/proc/{next(iter(crew.workers))}/maps").read_text()
    crew.close()
    held = [line for line in maps.splitlines() if "psm_" in line]
    assert len(held) <= 1, os.linesep.join(held)
