"""Files named by the SHA-256 of their bytes: temporary name, flush, rename; never changed."""

import contextlib
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from meetingroom.domain.errors import CallError, StoreError

CHUNK = 1 << 20
NAME = re.compile(r"[0-9a-f]{64}")
OWNER = re.compile(r"[\w-]{0,80}")
SPACE_MARKS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def disk_error(error: OSError, name: str) -> StoreError:
    """A known error for what the disk said."""
    if error.errno in SPACE_MARKS:
        return StoreError("store.full", file=name)
    return StoreError("store.unwritable", file=name, reason=error.strerror or "")


def keep_file(path: Path, content: bytes) -> None:
    """Write a file outside the program's folder, whole or not at all. Raises StoreError."""
    new = path.with_name(path.name + ".new")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError as error:
        raise disk_error(error, path.name) from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut (nothing to do on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class FileBlobs:
    """Implements the port `Blobs` in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts = folder / "parts"
        try:
            self._parts.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(error, folder.name) from error

    def sweep(self) -> None:
        """Remove what a crash left half written; only for the folder's one owner."""
        for leftover in self._folder.glob("*.new"):
            leftover.unlink(missing_ok=True)

    def path(self, blob: str) -> Path | None:
        path = self._place(blob)
        return path if path.is_file() else None

    def keep_file(self, source: Path) -> tuple[str, int]:
        with source.open("rb") as file:
            return self._keep(file, source.name)

    def keep_bytes(self, content: bytes) -> str:
        import io  # noqa: PLC0415

        return self._keep(io.BytesIO(content), "")[0]

    def part(self, blob: str, owner: str = "") -> Path:
        self._place(blob)
        if not OWNER.fullmatch(owner):
            raise CallError("blob.bad_name")
        return self._parts / (f"{blob}.{owner}" if owner else blob)

    def finish(self, blob: str, owner: str = "") -> Path:
        part, place = self.part(blob, owner), self._place(blob)
        if not part.is_file():
            if place.is_file():
                return place
            raise StoreError("blob.damaged", blob=blob)
        try:
            if hash_of(part) != blob:
                part.unlink()
                raise StoreError("blob.damaged", blob=blob)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            self._rename(part, place)
        except OSError as error:
            raise disk_error(error, blob) from error
        return place

    def remove(self, blob: str) -> None:
        self._place(blob).unlink(missing_ok=True)

    def remove_parts(self, blob: str) -> None:
        self._place(blob)
        for part in (self._parts / blob, *self._parts.glob(f"{blob}.*")):
            part.unlink(missing_ok=True)

    def all(self) -> list[str]:
        names = (path.name for path in self._folder.glob("??/*"))
        return sorted(name for name in names if NAME.fullmatch(name))

    def damaged(self) -> Iterator[str]:
        for blob in self.all():
            try:
                is_whole = hash_of(self._place(blob)) == blob
            except OSError:  # the disk itself cannot read it
                is_whole = False
            if not is_whole:
                yield blob

    def _place(self, blob: str) -> Path:
        if not NAME.fullmatch(blob):
            raise CallError("blob.bad_name")
        return self._folder / blob[:2] / blob

    def _keep(self, source: BinaryIO, name: str) -> tuple[str, int]:
        new = self._folder / f"{secrets.token_hex(8)}.new"
        digest, size = hashlib.sha256(), 0
        try:
            with new.open("wb") as target:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            self._rename(new, self._place(digest.hexdigest()))
        except OSError as error:
            new.unlink(missing_ok=True)
            raise disk_error(error, name) from error
        return digest.hexdigest(), size

    def _rename(self, source: Path, place: Path) -> None:
        place.parent.mkdir(exist_ok=True)
        source.replace(place)
        sync_folder(place.parent)
