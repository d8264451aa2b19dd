"""Tokens of connected devices: what lets the blob server know who asks, while they may."""

import contextlib
import secrets
import socket
import threading
import time
from collections.abc import Iterator

from meetingroom.services.doors import Session

AT_ONCE = 4  # transfers of one device; more only take time from the others


class Ticket:
    """One connection's right to blobs; `is_valid` is read before every piece that is sent."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.is_valid = True
        self.sockets: set[socket.socket] = set()


class Sessions:
    """Tickets by token; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_token: dict[str, Ticket] = {}

    def open(self, session: Session) -> str:
        """A fresh token for a connection."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._by_token[token] = Ticket(session)
        return token

    def close(self, token: str) -> None:
        """The connection is gone: its transfers end, too; they resume on the next one."""
        with self._lock:
            ticket = self._by_token.pop(token, None)
        if ticket is not None:
            self._end(ticket)

    def shut_out(self, device: str) -> None:
        """End all tokens of a revoked device: its running transfers stop at once."""
        with self._lock:
            gone = [
                token for token, ticket in self._by_token.items() if ticket.session.device == device
            ]
        for token in gone:
            self.close(token)

    def find(self, token: str) -> Ticket | None:
        with self._lock:
            return self._by_token.get(token)

    @contextlib.contextmanager
    def transfer(self, ticket: Ticket, line: socket.socket) -> Iterator[bool]:
        """While a blob goes through `line`; False where the device has too many or is out."""
        with self._lock:
            may = ticket.is_valid and len(ticket.sockets) < AT_ONCE
            if may:
                ticket.sockets.add(line)
        try:
            yield may
        finally:
            with self._lock:
                ticket.sockets.discard(line)

    def _end(self, ticket: Ticket) -> None:
        with self._lock:
            ticket.is_valid = False
            lines = list(ticket.sockets)
        for line in lines:
            # A sender blocked on a slow device must end now, not when the device reads on.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)


class Road:
    """Blobs give way to the meeting: after live news they pause for a moment.

    Written on the network's loop, read by the blob threads between two pieces.
    """

    def __init__(self, pause: float = 0.004) -> None:
        self._pause = pause
        self._free_at = 0.0

    def live_news(self) -> None:
        """Something for the meeting goes out now."""
        self._free_at = time.monotonic() + self._pause

    def give_way(self) -> None:
        """Wait until live news has gone, a tenth of a second at most."""
        end = time.monotonic() + 0.1
        while (now := time.monotonic()) < min(self._free_at, end):
            time.sleep(self._free_at - now)
