"""Lines that cost as little as Python allows: a thousand of them hear events in one process.

A WebSocket client by hand on asyncio's protocols (frames below 64 KiB, masked with zeros):
the library's own client takes longer to read a frame than a hub to send it. And one for NATS.
"""

import asyncio
import base64
import os
import ssl
import time
from collections.abc import Callable
from typing import Any

TEXT, PING, PONG = 1, 9, 10
Heard = Callable[[bytes, float], None]


class LeanSocket(asyncio.Protocol):
    """A WebSocket; `heard` gets each text frame and when it came."""

    def __init__(self, path: str, heard: Heard) -> None:
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.heard = heard
        self._path, self._buffer = path, bytearray()
        self._is_open = False

    def connection_made(self, transport: Any) -> None:
        """Shake hands."""
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {self._path} HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade"
            f"\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def connection_lost(self, _error: Exception | None) -> None:
        for future in (self.ready, self.lost):
            if not future.done():
                future.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Take the frames that are whole."""
        now = time.perf_counter()
        buffer = self._buffer
        buffer += data
        if not self._is_open:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            del buffer[: end + 4]
            self._is_open = True
            self.ready.set_result(None)
        while (frame := self._next()) is not None:
            kind, content = frame
            if kind == TEXT:
                self.heard(content, now)
            elif kind == PING:
                self._send(PONG, content)

    def _next(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1], 2
        if size == 126:
            size, start = int.from_bytes(buffer[2:4], "big"), 4
        elif size == 127:
            size, start = int.from_bytes(buffer[2:10], "big"), 10
        if len(buffer) < start + size:
            return None
        frame = buffer[0] & 15, bytes(buffer[start : start + size])
        del buffer[: start + size]
        return frame

    def send(self, text: str) -> None:
        self._send(TEXT, text.encode())

    def ping(self) -> None:
        self._send(PING, b"")

    def _send(self, kind: int, content: bytes) -> None:
        size = len(content)
        head = bytes((128 | kind,))
        head += bytes((128 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + content)


class LeanNats(asyncio.Protocol):
    """A NATS client that subscribes to one subject."""

    def __init__(self, heard: Heard) -> None:
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.heard = heard
        self._buffer = bytearray()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def greet(self) -> None:
        """After INFO (and TLS)."""
        self.transport.write(b'CONNECT {"verbose":false}\r\nSUB room 1\r\nPING\r\n')

    def data_received(self, data: bytes) -> None:
        """Take the messages that are whole."""
        now = time.perf_counter()
        buffer = self._buffer
        buffer += data
        while (end := buffer.find(b"\r\n")) >= 0:
            line = bytes(buffer[:end])
            if line.startswith(b"MSG"):
                size = int(line.rsplit(b" ", 1)[1])
                if len(buffer) < end + size + 4:
                    return
                content = bytes(buffer[end + 2 : end + 2 + size])
                del buffer[: end + size + 4]
                self.heard(content, now)
                continue
            del buffer[: end + 2]
            if line.startswith(b"PING"):
                self.transport.write(b"PONG\r\n")
            elif line.startswith((b"PONG", b"INFO")) and not self.ready.done():
                self.ready.set_result(None)


def trusting() -> ssl.SSLContext:
    """TLS 1.3 with whoever answers."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
