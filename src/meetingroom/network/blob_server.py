"""Blobs over HTTPS from threads: ranges, resume both ways, one answer for "no" and "none"."""

import contextlib
import io
import logging
import mmap
import os
import re
import selectors
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec

from meetingroom.domain.errors import MeetingError, RefusedError
from meetingroom.network.part_files import disk_error, write_whole
from meetingroom.network.sessions import Road, Sessions, Ticket
from meetingroom.services.doors import HubDoor

log = logging.getLogger(__name__)
CHUNK = 256 << 10
MAX_BLOB = 4 << 30
MAX_PIECE = 64 << 20
MAX_CONNECTIONS = 160
MAX_FROM_ONE = 80  # so that one computer cannot keep all others out
SENDERS = 3  # more at once only take time from each other and from the meeting's news
HANDSHAKE_SECONDS = 10.0
IDLE_SECONDS = 30.0
NICE = 5  # on Linux each thread has its own: the meeting's thread goes first
PATH = re.compile(r"/(blob|upload)/([0-9a-f]{64})(?:\?record=([\w-]{1,80}))?")
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class BlobServer(ThreadingHTTPServer):
    """Serves one hub's blobs; `start` and `stop`. A thread for each connection."""

    daemon_threads = True
    request_queue_size = 128
    block_on_close = False
    allow_reuse_address = os.name == "posix"  # on Windows it would let two programs share a port

    def __init__(
        self,
        door: HubDoor,
        sessions: Sessions,
        road: Road,
        host: str,
        port: int,
        context: ssl.SSLContext,
    ) -> None:
        super().__init__((host, port), BlobRequest)
        self.door = door
        self.sessions = sessions
        self.road = road
        self._context = context
        self.turns = threading.Semaphore(SENDERS)
        self._from: Counter[str] = Counter()
        self._uploading: set[Path] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(
            target=self.serve_forever, args=(0.1,), name="blobs", daemon=True
        )

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        host = str(client_address[0])
        with self._lock:
            may = self._from.total() < MAX_CONNECTIONS and self._from[host] < MAX_FROM_ONE
            if may:
                self._from[host] += 1
        if not may:
            log.info("too many blob connections: one was closed")
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._from[str(client_address[0])] -= 1
                self._from = +self._from  # without those who left

    def finish_request(self, request: Any, client_address: Any) -> None:
        _step_back()
        request.settimeout(HANDSHAKE_SECONDS)
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            with self._context.wrap_socket(request, server_side=True) as secure:
                super().finish_request(secure, client_address)
        except (OSError, ValueError) as error:
            log.info("a blob connection ended: %s", type(error).__name__)

    def handle_error(self, request: Any, client_address: Any) -> None:
        log.exception("a blob request failed")  # noqa: LOG004 - called while handling one

    @contextlib.contextmanager
    def only_upload(self, part: Path) -> Iterator[bool]:
        """One upload at a time into a part; False where another one is running."""
        with self._lock:
            is_first = part not in self._uploading
            self._uploading.add(part)
        try:
            yield is_first
        finally:
            if is_first:
                with self._lock:
                    self._uploading.discard(part)


def _step_back() -> None:
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


class BlobRequest(BaseHTTPRequestHandler):
    """GET and HEAD /blob/HASH?record=ID; HEAD and PUT /upload/HASH."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "meetingroom", ""
    timeout = HANDSHAKE_SECONDS  # longer once the device is known
    server: BlobServer

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Paths name papers' blobs: they are not logged."""

    def do_GET(self) -> None:
        self._answer("blob", self._give)

    def do_HEAD(self) -> None:
        if self.path.startswith("/upload/"):
            self._answer("upload", self._tell_offset)
        else:
            self._answer("blob", self._give)

    def do_PUT(self) -> None:
        self._answer("upload", self._receive)

    # --- inside -------------------------------------------------------------------------

    def _answer(self, what: str, work: Any) -> None:
        matched = PATH.fullmatch(self.path)
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        ticket = self.server.sessions.find(token)
        if ticket is None:
            self.close_connection = True
            self._say(401, "session.over")
        elif matched is None or matched[1] != what:
            self._say(404, "blob.not_there")
        else:
            self._work(work, ticket, matched[2], matched[3] or "")

    def _work(self, work: Any, ticket: Ticket, blob: str, record: str) -> None:
        self.connection.settimeout(IDLE_SECONDS)
        with self.server.sessions.transfer(ticket, self.connection) as may:
            if not may:
                self._say(429, "blob.busy")
                return
            try:
                work(ticket, blob, record)
            except MeetingError as error:
                self._say(_status_of(error), error.code, error.fields)

    # --- down ---------------------------------------------------------------------------

    def _give(self, ticket: Ticket, blob: str, record: str) -> None:
        path = self.server.door.blob_path(ticket.session, blob, record)
        if path is None:
            self._say(404, "blob.not_there")
            return
        size = path.stat().st_size
        span = self._span(size, blob)
        if span is None:
            self._head(416, {"Content-Range": f"bytes */{size}", "Content-Length": "0"})
            return
        first, end = span
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Length": str(end - first),
            "ETag": f'"{blob}"',
            "Accept-Ranges": "bytes",
        }
        is_part = (first, end) != (0, size)
        if is_part:
            headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
        self._head(206 if is_part else 200, headers)
        if self.command != "HEAD" and end > first:
            self._pour(ticket, path, first, end)

    def _span(self, size: int, blob: str) -> tuple[int, int] | None:
        wanted = RANGE.fullmatch(self.headers.get("Range") or "")
        condition = self.headers.get("If-Range")
        if wanted is None or (condition is not None and condition != f'"{blob}"'):
            return 0, size
        if not wanted[1]:  # "bytes=-500": the last 500
            count = min(int(wanted[2] or "0"), size)
            return (size - count, size) if count else None
        first = int(wanted[1])
        last = min(int(wanted[2]) if wanted[2] else size - 1, size - 1)
        return None if first > last else (first, last + 1)

    def _pour(self, ticket: Ticket, path: Path, first: int, end: int) -> None:
        with (
            path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as view,
            self._unblocked(),
            selectors.DefaultSelector() as ready,
        ):
            ready.register(self.connection, selectors.EVENT_WRITE)
            while first < end:
                # Waiting for a slow device takes nobody's turn; only sending does.
                if not ready.select(IDLE_SECONDS) or not ticket.is_valid:
                    self.close_connection = True
                    return
                self.server.road.give_way()
                with self.server.turns, view[first : min(first + CHUNK, end)] as chunk:
                    first += self._send(chunk)

    def _send(self, chunk: memoryview) -> int:
        try:
            return int(self.connection.send(chunk))
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
            return 0

    @contextlib.contextmanager
    def _unblocked(self) -> Iterator[None]:
        seconds = self.connection.gettimeout()
        self.connection.setblocking(False)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                self.connection.settimeout(seconds)

    # --- up -----------------------------------------------------------------------------

    def _tell_offset(self, ticket: Ticket, blob: str, _record: str) -> None:
        part = self.server.door.upload_part(ticket.session, blob)
        self._head(200, {"Upload-Offset": str(_size(part)), "Content-Length": "0"})

    def _receive(self, ticket: Ticket, blob: str, _record: str) -> None:
        # Whatever is refused before its body was read ends the connection.
        self.close_connection = True
        offset, length = self._number("Upload-Offset"), self._number("Content-Length")
        if offset is None or length is None:
            self._say(400, "blob.malformed")
            return
        if length > MAX_PIECE or offset + length > MAX_BLOB:
            self._say(413, "blob.too_large")
            return
        part = self.server.door.upload_part(ticket.session, blob)
        with self.server.only_upload(part) as is_only:
            known = _size(part)
            if not is_only or offset != known:
                self._say(409, "upload.elsewhere", {"offset": known})
                return
            if not self._collect(ticket, part, length):
                return
            if self.headers.get("Upload-Complete") == "1":
                self.server.door.upload_done(ticket.session, blob)
        self.close_connection = False
        self._head(204, {})

    def _collect(self, ticket: Ticket, part: Path, length: int) -> bool:
        with _opened_part(part) as file:
            while length > 0:
                chunk = self.rfile.read(min(CHUNK, length))
                if not chunk or not ticket.is_valid:
                    return False
                write_whole(file, chunk)
                length -= len(chunk)
        return True

    def _number(self, header: str) -> int | None:
        text = self.headers.get(header) or "0"
        return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None

    # --- words --------------------------------------------------------------------------

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _say(self, status: int, code: str, fields: dict[str, Any] | None = None) -> None:
        facts = {k: v for k, v in (fields or {}).items() if isinstance(v, str | int)}
        body = msgspec.json.encode({"code": code, "fields": facts})
        if self.command == "PUT":
            self.close_connection = True
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        if self.close_connection:
            headers["Connection"] = "close"
        self._head(status, headers)
        if self.command != "HEAD":
            self.wfile.write(body)


def _opened_part(part: Path) -> io.FileIO:
    try:
        return io.FileIO(part, "ab")
    except OSError as error:
        raise disk_error(error) from error


def _size(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


def _status_of(error: MeetingError) -> int:
    if isinstance(error, RefusedError):
        return 403
    return {"store.full": 507, "blob.damaged": 422}.get(error.code, 500)
