"""Blobs up and down a device's line: in threads, resuming, every byte checked afterwards."""

import contextlib
import http.client
import io
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from meetingroom.domain.errors import LinkError, MeetingError, RefusedError, StoreError
from meetingroom.network.part_files import disk_error, write_whole
from meetingroom.network.tls import client_context, hash_of_der
from meetingroom.services.doors import LinkInbox, Wanted

log = logging.getLogger(__name__)
CHUNK = 256 << 10
UPLOAD_CHUNK = 4 << 20
TELL_SECONDS = 0.2
AT_ONCE = 2
REST_AFTER_CUT, REST_AFTER_ERROR = 0.5, 10.0
UPLOAD_TRIES = 5
COMES_BACK_SECONDS = 20.0


class BlobAccess(msgspec.Struct, frozen=True, kw_only=True):
    """Where blobs are while connected: the pinned certificate and the session's token."""

    host: str
    port: int
    tls: str
    token: str


class PinnedConnection(http.client.HTTPSConnection):
    """HTTPS to the very certificate the control line was authenticated with."""

    def __init__(self, access: BlobAccess) -> None:
        super().__init__(access.host, access.port, timeout=15, context=client_context())
        self._tls = access.tls

    def connect(self) -> None:
        """Raises LinkError("link.wrong_hub") before a byte of a request is sent."""
        super().connect()
        secure: Any = self.sock
        der = secure.getpeercert(True)
        if der is None or hash_of_der(der) != self._tls:
            self.close()
            raise LinkError("link.wrong_hub")


class LineToBlobs:
    """The current access, and the transfers that must end when it goes. Safe for threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._access: BlobAccess | None = None
        self._open: set[PinnedConnection] = set()
        self.on_change: Callable[[], None] = lambda: None

    @property
    def access(self) -> BlobAccess | None:
        with self._changed:
            return self._access

    def use(self, access: BlobAccess | None) -> None:
        """A connection came (or went: what hangs on it is cut at once, to resume)."""
        with self._changed:
            self._access = access
            running = list(self._open)
            self._changed.notify_all()
        for connection in running:
            sock = connection.sock
            if sock is not None:
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)
        self.on_change()

    def wait(self, seconds: float) -> BlobAccess:
        """The access, now or soon. Raises LinkError("link.offline")."""
        with self._changed:
            self._changed.wait_for(lambda: self._access is not None, seconds)
            if self._access is None:
                raise LinkError("link.offline")
            return self._access

    @contextlib.contextmanager
    def opened(self, access: BlobAccess) -> Iterator[PinnedConnection]:
        """A connection that ends when the access goes. Raises LinkError, OSError."""
        connection = PinnedConnection(access)
        try:
            connection.connect()
            with self._changed:
                if self._access is not access:
                    raise ConnectionError("the line is gone")
                self._open.add(connection)
            yield connection
        finally:
            with self._changed:
                self._open.discard(connection)
            connection.close()


class Downloads:
    """Fetches what the inbox wants while there is access; two at once, smallest urgency first."""

    def __init__(self, inbox: LinkInbox, line: LineToBlobs) -> None:
        self._inbox = inbox
        self._line = line
        line.on_change = self._on_line_change
        self._busy: set[str] = set()
        self._resting: dict[str, float] = {}
        self._pause_until = 0.0
        self._plan: list[Wanted] = []
        self._is_stopped = False
        self._is_stale = True  # the inbox is to be asked again
        self._change = threading.Condition()
        self._asking = threading.Lock()
        self._threads = [
            threading.Thread(target=self._work, name=f"download-{n}", daemon=True)
            for n in range(AT_ONCE)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There may be something new to fetch."""
        with self._change:
            self._is_stale = True
            self._change.notify_all()

    def stop(self) -> None:
        with self._change:
            self._is_stopped = True
            self._change.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=5)

    def _on_line_change(self) -> None:
        with self._change:
            self._resting.clear()
            self._pause_until = 0.0
        self.wake()

    # --- which next -----------------------------------------------------------------------

    def _work(self) -> None:
        while not self._is_stopped:
            access = self._line.access
            try:
                wanted = self._next() if access is not None else None
            except MeetingError as error:
                log.warning("what is wanted cannot be read: %s", error.code)
                wanted = None
            if access is None or wanted is None:
                self._wait()
            else:
                self._fetch(access, wanted)

    def _wait(self) -> None:
        with self._change:
            if self._is_stopped or (self._is_stale and self._line.access is not None):
                return
            now = time.monotonic()
            ends = [end for end in (*self._resting.values(), self._pause_until) if end > now]
            self._change.wait(min(ends) - now if ends else None)

    def _next(self) -> Wanted | None:
        with self._asking:
            self._plan_anew()
            with self._change:
                now = time.monotonic()
                if now < self._pause_until:
                    return None
                for wanted in self._plan:
                    is_resting = self._resting.get(wanted.blob, 0.0) > now
                    if wanted.blob not in self._busy and not is_resting:
                        self._busy.add(wanted.blob)
                        return wanted
        return None

    def _plan_anew(self) -> None:
        with self._change:
            if not self._is_stale:
                return
            self._is_stale = False
        plan = sorted(self._inbox.wanted_blobs(), key=lambda wanted: wanted.urgency)
        with self._change:
            self._plan = plan

    # --- one download ---------------------------------------------------------------------

    def _fetch(self, access: BlobAccess, wanted: Wanted) -> None:
        try:
            self._download(access, wanted)
            self._inbox.blob_arrived(wanted.blob)
        except MeetingError as error:
            self._rest(wanted.blob, REST_AFTER_ERROR, is_for_all=error.code == "store.full")
            self._inbox.blob_failed(wanted.blob, error.code)
        except (OSError, http.client.HTTPException) as error:
            log.info("a download was cut: %s", type(error).__name__)
            self._rest(wanted.blob, REST_AFTER_CUT)
        except Exception:  # the net: a bug costs one download, not all that follow
            log.exception("a download failed")
            self._rest(wanted.blob, REST_AFTER_ERROR)
        finally:
            with self._change:
                self._busy.discard(wanted.blob)
                self._is_stale = True
                self._change.notify_all()

    def _rest(self, blob: str, seconds: float, *, is_for_all: bool = False) -> None:
        with self._change:
            self._resting[blob] = end = time.monotonic() + seconds
            if is_for_all:
                self._pause_until = end

    def _download(self, access: BlobAccess, wanted: Wanted) -> None:
        part = self._inbox.blob_part(wanted.blob)
        done = part.stat().st_size if part.is_file() else 0
        if done >= wanted.size > 0:
            return
        headers = {"Authorization": f"Bearer {access.token}"}
        if done:
            headers |= {"Range": f"bytes={done}-", "If-Range": f'"{wanted.blob}"'}
        with self._line.opened(access) as connection:
            path = f"/blob/{wanted.blob}?record={wanted.record}"
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            if answer.status == 404:
                raise StoreError("blob.not_there", blob=wanted.blob)
            if answer.status not in (200, 206):
                raise http.client.HTTPException(str(answer.status))
            self._collect(answer, part, done if answer.status == 206 else 0, wanted)

    def _collect(
        self, answer: http.client.HTTPResponse, part: Path, done: int, wanted: Wanted
    ) -> None:
        told = 0.0
        with _opened_part(part, "r+" if done else "w") as file:
            file.seek(done)
            while chunk := answer.read1(CHUNK):
                write_whole(file, chunk)
                done += len(chunk)
                if done > wanted.size or self._is_stopped:
                    break
                if time.monotonic() - told > TELL_SECONDS:
                    told = time.monotonic()
                    self._inbox.blob_progress(wanted.blob, done, wanted.size)
        if done < wanted.size:
            raise ConnectionError("cut")


def _opened_part(part: Path, mode: str) -> io.FileIO:
    try:
        return io.FileIO(part, mode)
    except OSError as error:
        raise disk_error(error) from error


# --- up -----------------------------------------------------------------------------------


def upload_blob(
    line: LineToBlobs, blob: str, path: Path, progress: Callable[[int, int], None] | None
) -> None:
    """Send a file in pieces, from where an earlier try ended; goes on after a cut.

    Raises RefusedError, StoreError (what the hub said), LinkError("link.offline"/"link.lost").
    """
    access = line.wait(0)
    for tries_left in range(UPLOAD_TRIES - 1, -1, -1):
        try:
            with line.opened(access) as connection:
                _send_pieces(connection, access, blob, path, progress)
        except (OSError, http.client.HTTPException, ssl.SSLError) as error:
            if not tries_left:
                raise LinkError("link.lost") from error
            log.info("an upload was cut: %s", type(error).__name__)
            access = line.wait(COMES_BACK_SECONDS)
        else:
            return


def _send_pieces(
    connection: PinnedConnection,
    access: BlobAccess,
    blob: str,
    path: Path,
    progress: Callable[[int, int], None] | None,
) -> None:
    size = path.stat().st_size
    headers = {"Authorization": f"Bearer {access.token}"}
    offset = _offset(connection, blob, headers)
    is_done = False
    with path.open("rb") as file:
        file.seek(offset)
        while not is_done:
            piece = file.read(UPLOAD_CHUNK)
            is_done = offset + len(piece) >= size
            told = headers | {"Upload-Offset": str(offset), "Upload-Complete": str(int(is_done))}
            connection.request("PUT", f"/upload/{blob}", body=piece, headers=told)
            answer = connection.getresponse()
            _raise_for(answer.status, answer.read())
            offset += len(piece)
            if progress is not None:
                progress(offset, size)


def _offset(connection: PinnedConnection, blob: str, headers: dict[str, str]) -> int:
    connection.request("HEAD", f"/upload/{blob}", headers=headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status == 403:
        raise RefusedError("no_right")
    if answer.status != 200:
        raise http.client.HTTPException(str(answer.status))
    return int(answer.headers.get("Upload-Offset") or 0)


def _raise_for(status: int, body: bytes) -> None:
    if status == 204:
        return
    kinds: dict[int, type[MeetingError]] = {403: RefusedError, 422: StoreError, 507: StoreError}
    kind = kinds.get(status)
    if kind is None:
        raise http.client.HTTPException(str(status))
    said = msgspec.json.decode(body)
    raise kind(said["code"], **said["fields"])
