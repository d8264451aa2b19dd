"""Devices that speak the protocol without a window: they keep up and count what they hear."""

import asyncio
import threading
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect


def enrolled(data: Path, count: int) -> list[tuple[str, Any]]:
    """So many more laptops of an office whose hub does not run: (device, its key).

    Straight into the hub's log: over the network one address may try ten codes a minute.
    """
    from meetingroom.assembly import RunningHub
    from meetingroom.domain.ids import new_id
    from meetingroom.services.founding import enrol_first_device
    from meetingroom.store.keys import Ed25519Signer

    hub = RunningHub(data, announces=False)
    devices = []
    for person in [*hub.office.ledger.directory.people][-count:]:
        device, key = new_id("device"), Ed25519Signer.new()
        enrol_first_device(hub.office, person, device, key.public_key)
        devices.append((device, key))
    hub.stop_unstarted()
    return devices


class ProtocolClients:
    """Connected until `stop`; `heard` and `lasers` count over all of them."""

    def __init__(self, port: int, devices: list[tuple[str, Any]]) -> None:
        self.heard = self.lasers = 0
        self._port, self._devices = port, devices
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        for device, key in self._devices:
            self._loop.create_task(self._one(device, key))
        self._loop.run_forever()

    async def _one(self, device: str, key: Any) -> None:
        from meetingroom.domain.ports import Position
        from meetingroom.network import protocol as wire
        from meetingroom.network.addresses import peer_hash
        from meetingroom.network.tls import client_context

        url = f"wss://127.0.0.1:{self._port}/device"
        async with connect(url, ssl=client_context(), compression=None, proxy=None) as line:
            hello = wire.decode(await line.recv())
            signed = key.sign(wire.auth_bytes(hello.nonce, peer_hash(line), device))
            await line.send(
                wire.encode(wire.Authenticate(device=device, signature=signed, position=Position()))
            )
            async for frame in line:
                message = wire.decode(frame)
                if isinstance(message, wire.Deliver):
                    await line.send(wire.encode(wire.Took(since=message.steps[-1].seq)))
                self.heard += isinstance(message, wire.StageNow)
                self.lasers += isinstance(message, wire.LaserNow)
