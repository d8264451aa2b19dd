"""What the hub costs while 23 laptops are on line and nothing happens.

    python hub_idle.py [SECONDS]

Two minutes stand for the hour that is asked: nothing the hub does takes longer to come round
(pings every 5 s and 2 s; its only slower work is the daily backup, looked for every 10 min).
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench_office import BenchOffice, bench_office
from fan_out import Count, Device
from figures import SAMPLE, hand_in, row

LAPTOPS, SECONDS = 23, 120.0


def hub_idle(seconds: float) -> dict[str, Any]:
    """Memory in MB, and the share of one core in percent."""
    with tempfile.TemporaryDirectory() as name:
        paper = next((SAMPLE / "meeting").glob("*.pdf"))
        with bench_office(Path(name) / "office", [paper]) as office:
            office.stop_hub()
            devices = office.more_devices(LAPTOPS)
            office.start_hub()
            memory, share = asyncio.run(_watch(office, devices, seconds))
    return row(
        "hub_idle", "MB", ours=round(memory, 1), core_percent=round(share, 2),
        laptops=LAPTOPS, seconds=seconds,
    )  # fmt: skip


async def _watch(
    office: BenchOffice, devices: list[tuple[str, Any]], seconds: float
) -> tuple[float, float]:
    assert office.hub is not None
    count = Count()
    lines = [Device(count, name, key) for name, key in devices]
    gate = asyncio.Semaphore(4)
    await asyncio.gather(*(line.connect(office.port, gate) for line in lines))
    pings = [asyncio.create_task(_ping(line)) for line in lines]
    await asyncio.sleep(5)
    before = _processor_seconds(office.hub.pid)
    await asyncio.sleep(seconds)
    used = _processor_seconds(office.hub.pid) - before
    for ping in pings:
        ping.cancel()
    return office.resident_mb(), used / seconds * 100


async def _ping(line: Device) -> None:
    """As a desk does."""
    while True:
        await asyncio.sleep(2)
        line.line.ping()


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    hand_in(lambda: hub_idle(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
