"""Blobs up and down a device's line: in threads, resuming, every byte checked afterwards."""

import http.client
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from meetingroom.domain.errors import LinkError, MeetingError, RefusedError, StoreError
from meetingroom.network.tls import client_context, hash_of_der
from meetingroom.services.doors import LinkInbox, Wanted

log = logging.getLogger(__name__)
CHUNK = 256 << 10
UPLOAD_CHUNK = 4 << 20
TELL_SECONDS = 0.2
AT_ONCE = 2


class BlobAccess(msgspec.Struct, frozen=True, kw_only=True):
    """Where blobs are while connected: the pinned certificate and the session's token."""

    host: str
    port: int
    tls: str
    token: str


def _open(access: BlobAccess) -> http.client.HTTPSConnection:
    connection = http.client.HTTPSConnection(
        access.host, access.port, timeout=15, context=client_context()
    )
    connection.connect()
    der = connection.sock.getpeercert(True)
    if der is None or hash_of_der(der) != access.tls:
        connection.close()
        raise LinkError("link.wrong_hub")
    return connection


class Downloads:
    """Fetches what the inbox wants while there is access; two at once, smallest urgency first."""

    def __init__(self, inbox: LinkInbox) -> None:
        self._inbox = inbox
        self._access: BlobAccess | None = None
        self._busy: set[str] = set()
        self._failed: dict[str, float] = {}
        self._is_stopped = False
        self._change = threading.Condition()
        self._serial = 0
        self._threads = [
            threading.Thread(target=self._work, name=f"download-{n}", daemon=True)
            for n in range(AT_ONCE)
        ]
        for thread in self._threads:
            thread.start()

    def use(self, access: BlobAccess | None) -> None:
        """A connection came (or went)."""
        with self._change:
            self._access = access
            self._failed.clear()
            self._serial += 1
            self._change.notify_all()

    def wake(self) -> None:
        """There may be something new to fetch."""
        with self._change:
            self._serial += 1
            self._change.notify_all()

    def stop(self) -> None:
        with self._change:
            self._is_stopped = True
            self._change.notify_all()
        for thread in self._threads:
            thread.join(timeout=5)

    def _work(self) -> None:
        while not self._is_stopped:
            with self._change:
                serial, access = self._serial, self._access
            wanted = self._next() if access is not None else None
            if wanted is not None and access is not None:
                self._fetch(access, wanted)
                continue
            with self._change:
                if self._is_stopped:
                    return
                if self._serial == serial:
                    self._change.wait(timeout=2.0)

    def _next(self) -> Wanted | None:
        now = time.monotonic()
        for wanted in self._inbox.wanted_blobs():
            with self._change:
                is_resting = self._failed.get(wanted.blob, 0.0) > now
                if wanted.blob not in self._busy and not is_resting:
                    self._busy.add(wanted.blob)
                    return wanted
        return None

    def _fetch(self, access: BlobAccess, wanted: Wanted) -> None:
        try:
            self._download(access, wanted)
            self._inbox.blob_arrived(wanted.blob)
        except MeetingError as error:
            self._rest(wanted.blob, 10.0)
            self._inbox.blob_failed(wanted.blob, error.code)
        except (OSError, http.client.HTTPException) as error:
            log.info("a download was cut: %s", type(error).__name__)
            self._rest(wanted.blob, 0.5)
        finally:
            with self._change:
                self._busy.discard(wanted.blob)

    def _rest(self, blob: str, seconds: float) -> None:
        with self._change:
            self._failed[blob] = time.monotonic() + seconds

    def _download(self, access: BlobAccess, wanted: Wanted) -> None:
        part = self._inbox.blob_part(wanted.blob)
        done = part.stat().st_size if part.is_file() else 0
        if done >= wanted.size > 0:
            return
        connection = _open(access)
        try:
            headers = {"Authorization": f"Bearer {access.token}"}
            if done:
                headers |= {"Range": f"bytes={done}-", "If-Range": f'"{wanted.blob}"'}
            path = f"/blob/{wanted.blob}?record={wanted.record}"
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            if answer.status == 404:
                raise StoreError("blob.not_there", blob=wanted.blob)
            if answer.status not in (200, 206):
                raise http.client.HTTPException(str(answer.status))
            self._collect(answer, part, done if answer.status == 206 else 0, wanted)
        finally:
            connection.close()

    def _collect(
        self, answer: http.client.HTTPResponse, part: Path, done: int, wanted: Wanted
    ) -> None:
        told = 0.0
        with part.open("r+b" if done else "wb") as file:
            file.seek(done)
            while chunk := answer.read(CHUNK):
                _write(file.write, chunk)
                done += len(chunk)
                if done > wanted.size or self._is_stopped:
                    break
                if time.monotonic() - told > TELL_SECONDS:
                    told = time.monotonic()
                    self._inbox.blob_progress(wanted.blob, done, wanted.size)
        if done < wanted.size:
            raise ConnectionError("cut")


def _write(write: Callable[[bytes], int], chunk: bytes) -> None:
    try:
        write(chunk)
    except OSError as error:
        raise StoreError("store.full") from error


def upload_blob(
    access: BlobAccess, blob: str, path: Path, progress: Callable[[int, int], None] | None
) -> None:
    """Send a file in pieces, from where an earlier try ended.

    Raises RefusedError, StoreError (what the hub said), LinkError("link.lost").
    """
    size = path.stat().st_size
    try:
        connection = _open(access)
        try:
            _send_pieces(connection, access, blob, path, size, progress)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:
        raise LinkError("link.lost") from error


def _send_pieces(
    connection: http.client.HTTPSConnection,
    access: BlobAccess,
    blob: str,
    path: Path,
    size: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    headers = {"Authorization": f"Bearer {access.token}"}
    connection.request("HEAD", f"/upload/{blob}", headers=headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status == 403:
        raise RefusedError("no_right")
    offset = int(answer.headers.get("Upload-Offset") or 0)
    is_done = False
    with path.open("rb") as file:
        file.seek(offset)
        while not is_done:
            piece = file.read(UPLOAD_CHUNK)
            is_done = offset + len(piece) >= size
            told = headers | {"Upload-Offset": str(offset), "Upload-Complete": str(int(is_done))}
            connection.request("PUT", f"/upload/{blob}", body=piece, headers=told)
            answer = connection.getresponse()
            words = answer.read().decode(errors="replace")
            if answer.status == 403:
                raise RefusedError(words)
            if answer.status == 507:
                raise StoreError(words)
            if answer.status != 204:
                raise http.client.HTTPException(str(answer.status))
            offset += len(piece)
            if progress is not None:
                progress(offset, size)
