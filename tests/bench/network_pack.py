"""A pack of 100 MB to 23 clients over TLS on loopback, against nginx, with events meanwhile.

`pack_100mb_23()` runs hub, listeners and downloaders as processes of their own; the same
downloaders fetch the same file from nginx in the same run. Needs nginx and POSIX.
"""

import asyncio
import contextlib
import hashlib
import json
import multiprocessing
import os
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "network"))

CLIENTS = 23
SIZE = 100_000_000
EVENTS_A_SECOND = 20
ROUNDS = 3
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes {workers};
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nopush on;
  server {{
    listen 127.0.0.1:{port} ssl; root {folder};
    ssl_certificate {folder}/tls.crt; ssl_certificate_key {folder}/tls.key;
    ssl_protocols TLSv1.3;
  }}
}}
"""


def hub_process(folder: str, pipe: Connection) -> None:
    """The hub: serves, and on "events" tells a timed record twenty times a second."""
    from small_office import Key, SmallDoor, note, serve

    class KeptKey(Key):
        def __init__(self, public: str) -> None:
            self._public = public

        @property
        def public_key(self) -> str:
            return self._public

    door = SmallDoor(Path(folder))
    blob = hashlib.sha256((Path(folder) / "pack").read_bytes()).hexdigest()
    door.readable[blob, "paper-1"] = Path(folder) / "pack"
    for n, public in enumerate(pipe.recv()):
        door.admit(KeptKey(public), f"device-{n}", f"person-{n}")
    server = serve(door)
    _calm(server)
    pipe.send((server.port, server.blob_port, blob))
    is_over = threading.Event()

    def tell() -> None:
        while not is_over.wait(1 / EVENTS_A_SECOND):
            door.say(note(str(time.monotonic())))

    teller = threading.Thread(target=tell)
    while (order := pipe.recv()) != "stop":
        if order == "events":
            teller.start()
    is_over.set()
    teller.join()
    server.stop()


def _calm(server: Any) -> None:
    from meetingroom.network import server as module

    calm = getattr(module, "give_the_process_to_the_hub", None)
    if calm is not None:
        calm()


def listener_process(port: int, pipe: Connection) -> None:
    """23 devices on line: sends their tokens, then the milliseconds each event took."""
    pipe.send([key.public_key for key in _keys()])
    port = pipe.recv()
    asyncio.run(_listen(port, pipe))


def _keys() -> list[Any]:
    from small_office import Key

    if not _KEYS:
        _KEYS.extend(Key() for _ in range(CLIENTS))
    return _KEYS


_KEYS: list[Any] = []


async def _listen(port: int, pipe: Connection) -> None:
    late: list[float] = []
    tokens: asyncio.Queue[str] = asyncio.Queue()
    tasks = [asyncio.create_task(_one(port, n, tokens, late)) for n in range(CLIENTS)]
    pipe.send([await tokens.get() for _ in tasks])
    counted: list[float] = []
    while (order := await asyncio.to_thread(pipe.recv)) != "end":
        if order == "hold":
            counted += late
        late.clear()
    pipe.send(counted)
    for task in tasks:
        task.cancel()


async def _one(port: int, n: int, tokens: "asyncio.Queue[str]", late: list[float]) -> None:
    from websockets.asyncio.client import connect

    from meetingroom.domain.ports import Position
    from meetingroom.network import protocol as wire
    from meetingroom.network.addresses import peer_hash
    from meetingroom.network.tls import client_context

    url = f"wss://127.0.0.1:{port}/device"
    async with connect(url, ssl=client_context(), compression=None, proxy=None) as connection:
        hello = wire.decode(await connection.recv())
        device = f"device-{n}"
        signed = _KEYS[n].sign(wire.auth_bytes(hello.nonce, peer_hash(connection), device))
        await connection.send(
            wire.encode(wire.Authenticate(device=device, signature=signed, position=Position()))
        )
        tokens.put_nowait(wire.decode(await connection.recv()).token)
        async for frame in connection:
            message = wire.decode(frame)
            if isinstance(message, wire.Deliver):
                now = time.monotonic()
                late += [(now - float(s.kept.record.payload)) * 1000 for s in message.steps]
                await connection.send(wire.encode(wire.Took(since=message.steps[-1].seq)))


def _fetch(port: int, path: str, token: str, got_all: list[int]) -> None:
    from meetingroom.network.tls import client_context

    request = f"GET {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\n"
    buffer = memoryview(bytearray(1 << 18))
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        client_context().wrap_socket(plain) as secure,
    ):
        secure.sendall(f"{request}Connection: close\r\n\r\n".encode())
        got = 0
        with contextlib.suppress(ssl.SSLEOFError):
            while count := secure.recv_into(buffer):
                got += count
    got_all.append(got)


def load_process(pipe: Connection) -> None:
    """Downloads by CLIENTS threads; answers each order (port, path, tokens) with seconds."""
    while (order := pipe.recv()) is not None:
        port, path, tokens = order
        got: list[int] = []
        threads = [
            threading.Thread(target=_fetch, args=(port, path, token, got)) for token in tokens
        ]
        start = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.monotonic() - start
        pipe.send(seconds if len(got) == len(tokens) and min(got) > SIZE else f"cut: {got}")


@contextlib.contextmanager
def _nginx(folder: Path, workers: str) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, port=port, workers=workers))
    process = subprocess.Popen(["nginx", "-e", str(folder / "error.log"), "-c", str(config)])
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise RuntimeError("nginx does not answer")


def _spawned(target: Any, *args: Any) -> tuple[Any, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(*args, theirs), daemon=True)
    process.start()
    return process, ours


def pack_100mb_23(workers: str = "auto") -> dict[str, Any]:
    """One entry of the bench's list; MB/s summed over all clients, medians of the rounds."""
    entry: dict[str, Any] = {
        "name": "pack_100mb_23", "ours": None, "peer": None, "ratio": None, "unit": "MB/s",
        "p50_ms": None, "p99_ms": None, "events_p99_ms": None,
    }  # fmt: skip
    if shutil.which("nginx") is None or os.name == "nt":
        return entry | {"why": "nginx is not installed here"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "pack").write_bytes(os.urandom(SIZE))
        ours, peer, late = _measure(folder, workers)
    late.sort()
    entry |= {
        "ours": round(ours, 1),
        "peer": round(peer, 1),
        "ratio": round(ours / peer, 3),
        "p50_ms": round(statistics.median(late), 2),
        "p99_ms": round(late[int(len(late) * 0.99)], 2),
    }
    return entry | {"events_p99_ms": entry["p99_ms"], "events": len(late)}


def _rate(seconds: float | str) -> float:
    if isinstance(seconds, str):
        raise RuntimeError(seconds)
    return CLIENTS * SIZE / 1e6 / seconds


def _measure(folder: Path, workers: str) -> tuple[float, float, list[float]]:
    listeners, to_listeners = _spawned(listener_process, 0)
    hub, to_hub = _spawned(hub_process, str(folder))
    load, to_load = _spawned(load_process)
    to_hub.send(to_listeners.recv())
    port, blob_port, blob = to_hub.recv()
    to_listeners.send(port)
    tokens = to_listeners.recv()
    to_hub.send("events")
    ours, peer = [], []
    with _nginx(folder, workers) as nginx_port:
        for _ in range(ROUNDS):
            to_listeners.send("count")
            to_load.send((blob_port, f"/blob/{blob}?record=paper-1", tokens))
            ours.append(_rate(to_load.recv()))
            to_listeners.send("hold")
            to_load.send((nginx_port, "/pack", tokens))
            peer.append(_rate(to_load.recv()))
    to_listeners.send("end")
    late = to_listeners.recv()
    to_hub.send("stop")
    to_load.send(None)
    for process in (listeners, hub, load):
        process.join(5)
        if process.is_alive():
            process.kill()
    return statistics.median(ours), statistics.median(peer), late


if __name__ == "__main__":
    print(json.dumps(pack_100mb_23(*sys.argv[1:])))
