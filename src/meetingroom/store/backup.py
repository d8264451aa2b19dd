"""The hub's backup: one file, encrypted to the office's recovery key.

Layout: the magic line, a 32-byte ephemeral X25519 public key, then chunks. Each chunk is
a 4-byte big-endian length and ChaCha20-Poly1305 ciphertext; its nonce is the chunk's
number (12 bytes, big-endian), its associated data the header and one byte that is 1 on
the last chunk, so that nothing can be cut off, swapped or joined. Inside is a tar file:
`hub.db` (a consistent copy), `keys/…`, `blobs/<hash>`.

The recovery key is 32 random bytes, printed once as groups of letters with a checksum.
"""

import base64
import hashlib
import io
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from meetingroom.domain.errors import CallError, StoreError
from meetingroom.store.blobs import FileBlobs, disk_error, sync_folder

MAGIC = b"meetingroom backup 1\n"
CHUNK = 1 << 20
TAG = 16
_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_SHOWN = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_recovery_key() -> bytes:
    """32 random bytes: the X25519 private key that opens every backup of an office."""
    return X25519PrivateKey.generate().private_bytes_raw()


def recovery_public(key: bytes) -> bytes:
    """The public half, which the hub keeps to encrypt with."""
    return X25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def recovery_text(key: bytes) -> str:
    """A recovery key as people write it down: 14 groups of 4 letters."""
    whole = key + hashlib.sha256(key).digest()[:3]
    letters = base64.b32encode(whole).decode().rstrip("=")
    shown = letters.translate(str.maketrans(_PLAIN, _SHOWN))
    return "-".join(shown[i : i + 4] for i in range(0, len(shown), 4))


def recovery_from_text(text: str) -> bytes:
    """The key of what somebody typed. Raises CallError("recovery.mistyped")."""
    letters = "".join(text.upper().split()).replace("-", "")
    try:
        whole = base64.b32decode(letters.translate(str.maketrans(_SHOWN, _PLAIN)))
    except ValueError as error:
        raise CallError("recovery.mistyped") from error
    key, check = whole[:32], whole[32:]
    if len(key) != 32 or hashlib.sha256(key).digest()[:3] != check:
        raise CallError("recovery.mistyped")
    return key


def _cipher(shared: bytes, header: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(
        HKDF(algorithm=SHA256(), length=32, salt=header, info=b"meetingroom backup").derive(shared)
    )


class _Sealing(io.RawIOBase):
    """A file to write to; what is written comes out encrypted in chunks."""

    def __init__(self, target: BinaryIO, recovery: bytes) -> None:
        ephemeral = X25519PrivateKey.generate()
        self._header = MAGIC + ephemeral.public_key().public_bytes_raw()
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recovery))
        self._cipher = _cipher(shared, self._header)
        self._target, self._rest, self._number = target, bytearray(), 0
        target.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self._rest += content
        while len(self._rest) > CHUNK:
            self._seal(bytes(self._rest[:CHUNK]), is_last=False)
            del self._rest[:CHUNK]
        return len(content)

    def finish(self) -> None:
        """Seal the last chunk."""
        self._seal(bytes(self._rest), is_last=True)

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(
            self._number.to_bytes(12, "big"), chunk, self._header + bytes([is_last])
        )
        self._number += 1
        self._target.write(len(sealed).to_bytes(4, "big") + sealed)


def write_backup(
    target: Path,
    *,
    database: Path,
    blobs: FileBlobs,
    keys: Mapping[str, bytes],
    recovery: bytes,
) -> None:
    """Write one encrypted file; it appears under its name only when it is whole.

    `recovery` is the public recovery key. Raises StoreError("store.full" | …).
    """
    new = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file, tempfile.TemporaryDirectory(dir=target.parent) as folder:
            sealing = _Sealing(file, recovery)
            with tarfile.open(fileobj=sealing, mode="w|") as tar:
                _fill(tar, database, blobs, keys, Path(folder))
            sealing.finish()
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise disk_error(error, target.name) from error


def _fill(
    tar: tarfile.TarFile, database: Path, blobs: FileBlobs, keys: Mapping[str, bytes], folder: Path
) -> None:
    copy = folder / "hub.db"
    source, sink = sqlite3.connect(database), sqlite3.connect(copy)
    source.backup(sink)
    sink.close()
    source.close()
    tar.add(copy, "hub.db")
    for name, key in keys.items():
        info = tarfile.TarInfo(f"keys/{name}")
        info.size, info.mode = len(key), 0o600
        tar.addfile(info, io.BytesIO(key))
    for blob in blobs.all():
        path = blobs.path(blob)
        if path is not None:
            tar.add(path, f"blobs/{blob}")


def _opened(source: BinaryIO, key: bytes, target: BinaryIO) -> None:
    header = source.read(len(MAGIC) + 32)
    if len(header) != len(MAGIC) + 32 or not header.startswith(MAGIC):
        raise StoreError("backup.damaged")
    public = X25519PublicKey.from_public_bytes(header[len(MAGIC) :])
    cipher = _cipher(X25519PrivateKey.from_private_bytes(key).exchange(public), header)
    number, is_last = 0, False
    while not is_last:
        size = int.from_bytes(source.read(4), "big")
        if not TAG <= size <= CHUNK + TAG:
            raise StoreError("backup.damaged")
        sealed = source.read(size)
        is_last = not source.peek(1)  # type: ignore[attr-defined]
        try:
            target.write(
                cipher.decrypt(number.to_bytes(12, "big"), sealed, header + bytes([is_last]))
            )
        except InvalidTag as error:
            code = "backup.damaged" if number else "backup.wrong_key"
            raise StoreError(code) from error
        number += 1


def read_backup(source: Path, key: bytes, folder: Path) -> dict[str, bytes]:
    """Unpack a backup into an empty folder (`hub.db`, `blobs/`); the keys it held.

    Everything is verified before anything is put in place. Raises StoreError:
    backup.wrong_key, backup.damaged, store.full.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent) as work:
            plain = Path(work) / "plain.tar"
            with source.open("rb") as file, plain.open("wb") as target:
                _opened(file, key, target)
            return _unpack(plain, Path(work) / "hub", folder)
    except OSError as error:
        raise disk_error(error, source.name) from error


def _unpack(plain: Path, work: Path, folder: Path) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    work.mkdir()
    blobs = FileBlobs(work / "blobs")
    with tarfile.open(plain) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                continue
            group, _, name = member.name.rpartition("/")
            if group == "keys":
                keys[name] = content.read()
            elif group == "blobs":
                part = blobs.part(name)
                with part.open("wb") as target:
                    while chunk := content.read(CHUNK):
                        target.write(chunk)
                blobs.finish(name)
            elif member.name == "hub.db":
                (work / "hub.db").write_bytes(content.read())
    for entry in work.iterdir():
        entry.replace(folder / entry.name)
    return keys
