"""One page turn of the chair heard by N devices over TLS: the hub, and two peers, one run.

    python fan_out.py N

The peers send the same bytes: a server of the `websockets` library that broadcasts, and
nats-server where there is one. All clients are of this process (`lean_lines`), and so is the
sender: from before it writes to when the others have read. 200 events, a rest after each.
"""

import asyncio
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench_office import bench_office
from figures import SAMPLE, hand_in, row, spread
from lean_lines import LeanNats, LeanSocket, trusting

EVENTS, WARM_UP, PAUSE, AT_ONCE = 200, 5, 0.05, 16
HERE = Path(__file__).parent


class Count:
    """When each of N lines heard the event that is out."""

    def __init__(self) -> None:
        self.start, self.delays = 0.0, list[float]()
        self.wanted = 0
        self.whole = asyncio.Event()

    def begin(self, wanted: int) -> None:
        self.delays, self.wanted = [], wanted
        self.whole.clear()
        self.start = time.perf_counter()

    def heard(self, now: float) -> None:
        self.delays.append((now - self.start) * 1000)
        if len(self.delays) == self.wanted:
            self.whole.set()


def fan_out(count: int) -> dict[str, Any]:
    """Ours against the better p99 of the peers."""
    with tempfile.TemporaryDirectory() as name:
        ours = asyncio.run(_hub(Path(name), count))
        keys = Path(name) / "office" / "secretary" / "hub" / "keys"
        peers = {"websockets": asyncio.run(_broadcast(keys, count))}
        if shutil.which("nats-server"):
            peers["nats"] = asyncio.run(_nats(Path(name), keys, count))
    mine = spread(ours)
    told = {f"{peer}_{key}": value for peer, rows in peers.items() for key, value in
            spread(rows).items()}  # fmt: skip
    ratios = {
        f"ratio_{key}_{peer}": round(mine[f"{key}_ms"] / spread(rows)[f"{key}_ms"], 2)
        for peer, rows in peers.items()
        for key in ("p50", "p99")
    }
    best = min(spread(rows)["p99_ms"] for rows in peers.values())
    return row(
        f"fan_out_{count}", "ms", ours=mine["p99_ms"], peer=best,
        ratio=round(mine["p99_ms"] / best, 2), **mine, clients=count, **told, **ratios,
    )  # fmt: skip


# --- the hub ------------------------------------------------------------------------------


async def _hub(root: Path, count: int) -> list[float]:
    paper = next((SAMPLE / "meeting").glob("*.pdf"))
    with bench_office(root / "office", [paper]) as office:
        office.stop_hub()
        devices = office.more_devices(count)
        office.start_hub()
        return await _turns(office, devices)


class Device:
    """A line that authenticates, takes its sequence, and then counts stages."""

    def __init__(self, count: Count, name: str, key: Any) -> None:
        self._count, self._name, self._key = count, name, key
        self.online: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.revision, self.papers = 0, dict[str, Any]()

    async def connect(self, port: int, gate: asyncio.Semaphore) -> None:
        async with gate:
            loop = asyncio.get_running_loop()
            _, self.line = await loop.create_connection(
                lambda: LeanSocket("/device", self._heard), "127.0.0.1", port, ssl=trusting()
            )
            await self.line.ready
            await asyncio.wait_for(self.online, 60)

    def _heard(self, frame: bytes, now: float) -> None:
        if frame.startswith(b'{"t":"stage"'):
            self._count.heard(now)
            return
        self._talk(frame, now)

    def _talk(self, frame: bytes, now: float) -> None:
        from meetingroom.domain.ports import Position
        from meetingroom.network import protocol as wire

        message = wire.decode(frame)
        if isinstance(message, wire.Hello):
            import hashlib

            shown = self.line.transport.get_extra_info("ssl_object").getpeercert(True)
            tls = hashlib.sha256(shown).hexdigest()
            signed = self._key.sign(wire.auth_bytes(message.nonce, tls, self._name))
            self.line.send(
                wire.encode(
                    wire.Authenticate(device=self._name, signature=signed, position=Position())
                )
            )
        elif isinstance(message, wire.Deliver):
            for step in message.steps:
                if step.kept is not None and '"kind":"paper_put"' in step.kept.record.head:
                    self.papers[step.stream] = step.kept.record.payload
            self.line.send(wire.encode(wire.Took(since=message.steps[-1].seq)))
            if self.papers and not self.online.done():
                self.online.set_result(None)
        elif isinstance(message, wire.Reply):
            self.revision = message.body["stage"]["revision"]
            self._count.heard(now)


async def _turns(office: Any, devices: list[tuple[str, Any]]) -> list[float]:
    count = Count()
    lines = [Device(count, name, key) for name, key in devices]
    gate = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(line.connect(office.port, gate) for line in lines))
    await asyncio.sleep(1)
    delays: list[float] = []
    for number in range(EVENTS + WARM_UP):
        wish = _wish(lines[0], office.meeting, number)
        count.begin(len(lines) + 1)  # and the hub's answer
        lines[0].line.send(wish)
        await asyncio.wait_for(count.whole.wait(), 30)
        if number >= WARM_UP:
            delays += count.delays
        await asyncio.sleep(PAUSE)
    return delays


def _wish(line: Device, meeting: str, number: int) -> str:
    import msgspec

    from meetingroom.domain.stage import Steer
    from meetingroom.network import protocol as wire

    paper = msgspec.json.decode(line.papers[meeting])
    wish = Steer(
        meeting=meeting, base=line.revision or 1 << 40, paper=paper["paper"], blob=paper["blob"],
        page=number % paper["pages"],
    )  # fmt: skip
    if not line.revision:
        wish = msgspec.structs.replace(wish, base=0)
    return wire.encode(wire.SteerWish(n=number + 1, wish=wish))


# --- peers --------------------------------------------------------------------------------

EVENT = (
    '{"t":"stage","stage":{"meeting":"meeting-' + "0" * 32 + '","revision":1000001,"controller":'
    '"person-' + "0" * 32 + '","paper":"paper-' + "0" * 32 + '","blob":"' + "0" * 64 + '"}}'
)


@contextmanager
def _running(command: list[str], **pipes: int) -> "Iterator[subprocess.Popen[bytes]]":
    """A server until the block ends."""
    server = subprocess.Popen(command, **pipes)  # type: ignore[call-overload]
    try:
        yield server
    finally:
        server.kill()
        server.wait()


async def _broadcast(keys: Path, count: int) -> list[float]:
    command = [sys.executable, str(HERE / "broadcast_peer.py"), keys / "tls.crt", keys / "tls.key"]
    with _running(list(map(str, command)), stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        port, all_of = int(server.stdout.readline()), Count()
        loop, lines = asyncio.get_running_loop(), []
        for _ in range(count):
            _, line = await loop.create_connection(
                lambda: LeanSocket("/", lambda _frame, now: all_of.heard(now)),
                "127.0.0.1", port, ssl=trusting(),
            )  # fmt: skip
            await line.ready
            lines.append(line)
        return await _events(all_of, count, lambda: lines[0].send(EVENT))


async def _nats(root: Path, keys: Path, count: int) -> list[float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = root / "nats.conf"
    config.write_text(
        f'listen: "127.0.0.1:{port}"\ntls {{ cert_file: "{keys / "tls.crt"}", '
        f'key_file: "{keys / "tls.key"}", timeout: 20 }}\n',
        encoding="utf-8",
    )
    with _running(["nats-server", "-c", str(config)], stderr=subprocess.DEVNULL):
        all_of, lines = Count(), []
        for _ in range(count):
            lines.append(await _nats_line(port, all_of))
        content = f"PUB room {len(EVENT)}\r\n{EVENT}\r\n".encode()
        return await _events(all_of, count, lambda: lines[0].transport.write(content))


async def _nats_line(port: int, all_of: Count) -> LeanNats:
    loop = asyncio.get_running_loop()
    for attempt in range(100):
        try:
            plain, line = await loop.create_connection(
                lambda: LeanNats(lambda _frame, now: all_of.heard(now)), "127.0.0.1", port
            )
            break
        except OSError:
            if attempt == 99:
                raise
            await asyncio.sleep(0.05)
    await line.ready  # INFO comes in the clear
    line.ready = loop.create_future()
    line.transport = await loop.start_tls(plain, line, trusting())
    line.greet()
    await line.ready
    return line


async def _events(all_of: Count, count: int, send: Any) -> list[float]:
    await asyncio.sleep(1)
    delays: list[float] = []
    for number in range(EVENTS + WARM_UP):
        all_of.begin(count)
        send()
        await asyncio.wait_for(all_of.whole.wait(), 30)
        if number >= WARM_UP:
            delays += all_of.delays
        await asyncio.sleep(PAUSE)
    return delays


if __name__ == "__main__":
    hand_in(lambda: fan_out(int(sys.argv[1])))
