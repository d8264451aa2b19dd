"""Blobs over HTTPS from threads: ranges, resume both ways, one answer for "no" and "none"."""

import logging
import mmap
import re
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from meetingroom.domain.errors import MeetingError, RefusedError
from meetingroom.network.sessions import Sessions
from meetingroom.services.doors import HubDoor, Session

log = logging.getLogger(__name__)
CHUNK = 256 << 10
MAX_BLOB = 4 << 30
SENDERS = 6  # more at once only take time from each other and from the meeting's records
PATH = re.compile(r"/(blob|upload)/([0-9a-f]{64})(?:\?record=([\w-]{1,80}))?")
RANGE = re.compile(r"bytes=(\d+)-(\d*)")


class BlobServer(ThreadingHTTPServer):
    """Serves one hub's blobs; `start` and `stop`."""

    daemon_threads = True
    request_queue_size = 128
    block_on_close = False

    def __init__(
        self, door: HubDoor, sessions: Sessions, host: str, port: int, context: ssl.SSLContext
    ) -> None:
        super().__init__((host, port), BlobRequest)
        self.door = door
        self.sessions = sessions
        self.turns = threading.Semaphore(SENDERS)
        self._context = context
        self._thread = threading.Thread(target=self.serve_forever, name="blobs", daemon=True)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()

    def finish_request(self, request: Any, client_address: Any) -> None:
        request.settimeout(30)
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            with self._context.wrap_socket(request, server_side=True) as secure:
                super().finish_request(secure, client_address)
        except (OSError, ssl.SSLError) as error:
            log.info("a blob connection ended: %s", type(error).__name__)

    def handle_error(self, request: Any, client_address: Any) -> None:
        log.exception("a blob request failed")  # noqa: LOG004 - called while handling one


class BlobRequest(BaseHTTPRequestHandler):
    """GET and HEAD /blob/HASH?record=ID; HEAD and PUT /upload/HASH."""

    protocol_version = "HTTP/1.1"
    server: BlobServer

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        log.debug("blob request %s", args[0] if args else "")

    def do_GET(self) -> None:
        self._answer_get(is_head=False)

    def do_HEAD(self) -> None:
        self._answer_get(is_head=True)

    def do_PUT(self) -> None:
        target = self._target("upload")
        if target is None:
            return
        session, blob, _ = target
        try:
            self._receive(session, blob)
        except MeetingError as error:
            status = 403 if isinstance(error, RefusedError) else 507
            self._say(status, error.code)

    # --- inside -------------------------------------------------------------------------

    def _target(self, what: str) -> tuple[Session, str, str] | None:
        matched = PATH.fullmatch(self.path)
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        session = self.server.sessions.find(token)
        if session is None:
            self._say(401, "session")
            return None
        if matched is None or matched[1] != what:
            self._say(404, "not found")
            return None
        self._token = token
        return session, matched[2], matched[3] or ""

    def _answer_get(self, *, is_head: bool) -> None:
        if is_head and self.path.startswith("/upload/"):
            self._tell_offset()
            return
        target = self._target("blob")
        if target is None:
            return
        session, blob, record = target
        path = self.server.door.blob_path(session, blob, record)
        if path is None:
            self._say(404, "not found")
            return
        self._send_file(path, blob, is_head=is_head)

    def _tell_offset(self) -> None:
        target = self._target("upload")
        if target is None:
            return
        try:
            part = self.server.door.upload_part(target[0], target[1])
        except MeetingError as error:
            self._say(403, error.code)
            return
        size = part.stat().st_size if part.is_file() else 0
        self.send_response(200)
        self.send_header("Upload-Offset", str(size))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _span(self, size: int, blob: str) -> tuple[int, int] | None:
        wanted = RANGE.fullmatch(self.headers.get("Range") or "")
        condition = self.headers.get("If-Range")
        if wanted is None or (condition is not None and condition != f'"{blob}"'):
            return 0, size
        first = int(wanted[1])
        last = min(int(wanted[2]) if wanted[2] else size - 1, size - 1)
        return None if first > last else (first, last + 1)

    def _send_file(self, path: Path, blob: str, *, is_head: bool) -> None:
        size = path.stat().st_size
        span = self._span(size, blob)
        if span is None:
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        first, end = span
        is_part = (first, end) != (0, size)
        self.send_response(206 if is_part else 200)
        if is_part:
            self.send_header("Content-Range", f"bytes {first}-{end - 1}/{size}")
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(end - first))
        self.send_header("ETag", f'"{blob}"')
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        if not is_head and end > first:
            self._pour(path, first, end)

    def _pour(self, path: Path, first: int, end: int) -> None:
        with (
            path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as view,
        ):
            for start in range(first, end, CHUNK):
                if self.server.sessions.find(self._token) is None:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                with self.server.turns, view[start : min(start + CHUNK, end)] as chunk:
                    self.connection.sendall(chunk)

    def _receive(self, session: Session, blob: str) -> None:
        offset = int(self.headers.get("Upload-Offset") or "0")
        length = int(self.headers.get("Content-Length") or "0")
        part = self.server.door.upload_part(session, blob)
        known = part.stat().st_size if part.is_file() else 0
        if offset != known or offset + length > MAX_BLOB:
            self.close_connection = True
            self._say(409, str(known))
            return
        with part.open("ab") as file:
            while length > 0:
                chunk = self.rfile.read(min(CHUNK, length))
                if not chunk:
                    self.close_connection = True
                    return
                file.write(chunk)
                length -= len(chunk)
        if self.headers.get("Upload-Complete") == "1":
            self.server.door.upload_done(session, blob)
        self._say(204, "")

    def _say(self, status: int, words: str) -> None:
        body = words.encode() if status != 204 else b""
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
