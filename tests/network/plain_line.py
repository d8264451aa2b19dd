"""A plain WebSocket that trusts whoever answers, for tests that speak the protocol by hand.

Over asyncio in a thread: the library's threaded client reads and writes one TLS object at
once, which now and then hangs with TLS 1.3.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from meetingroom.network.server import HubServer
from meetingroom.network.tls import client_context

# This side's client speaks of lost connections, which is what these tests make.
QUIET = logging.getLogger("tests.client")
QUIET.setLevel(logging.CRITICAL)


class PlainLine:
    """Blocking `send` and `recv` over one connection."""

    def __init__(self, connection: ClientConnection, loop: asyncio.AbstractEventLoop) -> None:
        self._connection = connection
        self._loop = loop

    def send(self, frame: str | bytes) -> None:
        self._wait(self._connection.send(frame))

    def recv(self, seconds: float = 20) -> str | bytes:
        return self._wait(asyncio.wait_for(self._connection.recv(), seconds))

    def close(self) -> None:
        self._wait(self._connection.close())

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)


@contextlib.contextmanager
def line(hub: HubServer, path: str = "/device") -> Iterator[PlainLine]:
    """A line to a hub, closed at the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        plain = PlainLine(asyncio.run_coroutine_threadsafe(_dial(hub, path), loop).result(30), loop)
        try:
            yield plain
        finally:
            plain.close()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _dial(hub: HubServer, path: str) -> ClientConnection:
    return await connect(
        f"wss://127.0.0.1:{hub.port}{path}",
        ssl=client_context(),
        proxy=None,
        close_timeout=1,
        open_timeout=20,
        logger=QUIET,
    )


def drain(connection: PlainLine) -> None:
    """Read until the other side closes."""
    while True:
        connection.recv()


def closed_with(connection: PlainLine) -> tuple[int, str]:
    """The code and the reason the hub closes with."""
    with pytest.raises(ConnectionClosed) as ended:
        drain(connection)
    return ended.value.rcvd.code, ended.value.rcvd.reason
