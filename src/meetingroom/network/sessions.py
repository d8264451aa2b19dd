"""Tokens of connected devices: what lets the blob server know who asks, while they may."""

import secrets
import threading

from meetingroom.services.doors import Session


class Sessions:
    """Tokens by device; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_token: dict[str, Session] = {}

    def open(self, session: Session) -> str:
        """A fresh token for a connection."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._by_token[token] = session
        return token

    def close(self, token: str) -> None:
        with self._lock:
            self._by_token.pop(token, None)

    def shut_out(self, device: str) -> None:
        """End all tokens of a revoked device: its running downloads stop at the next chunk."""
        with self._lock:
            self._by_token = {
                token: session
                for token, session in self._by_token.items()
                if session.device != device
            }

    def find(self, token: str) -> Session | None:
        with self._lock:
            return self._by_token.get(token)
