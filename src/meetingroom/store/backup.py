"""The hub's backup: one file, encrypted to the office's recovery key.

Layout: the magic line, SHA-256 of the public recovery key (so that a wrong key is told
from a damaged file), a 32-byte ephemeral X25519 public key, then sealed chunks. Inside is a
tar file: `hub.db` (a consistent copy), `keys/…`, `blobs/<hash>`.

The recovery key is 32 random bytes, printed once as groups of letters with a checksum.
"""

import base64
import contextlib
import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from meetingroom.domain.errors import CallError, StoreError
from meetingroom.store.blobs import FileBlobs, disk_error, sync_folder
from meetingroom.store.database import translated
from meetingroom.store.keys import write_private
from meetingroom.store.sealing import CHUNK, Sealing, unseal

MAGIC = b"meetingroom backup 1\n"
WORK = "working-"
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


def _sealing(target: BinaryIO, recovery: bytes) -> Sealing:
    ephemeral = X25519PrivateKey.generate()
    whose = hashlib.sha256(recovery).digest()
    header = MAGIC + whose + ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recovery))
    return Sealing(target, _cipher(shared, header), header)


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
        _clear(target.parent)
        with tempfile.TemporaryDirectory(prefix=WORK, dir=target.parent) as folder:
            copy = Path(folder) / "hub.db"
            _copy_database(database, copy)
            _write(new, copy, blobs, keys, recovery)
        new.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise disk_error(error, target.name) from error
    except sqlite3.Error as error:
        raise translated(error, target) from error
    finally:
        new.unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Remove what a crash in the middle of a backup left behind."""
    for leftover in folder.glob("*.new"):
        leftover.unlink(missing_ok=True)
    for leftover in folder.glob(f"{WORK}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _copy_database(database: Path, copy: Path) -> None:
    """A consistent copy, while the hub goes on writing."""
    with (
        contextlib.closing(sqlite3.connect(database)) as source,
        contextlib.closing(sqlite3.connect(copy)) as sink,
    ):
        source.backup(sink)


def _write(
    new: Path, copy: Path, blobs: FileBlobs, keys: Mapping[str, bytes], recovery: bytes
) -> None:
    with new.open("wb") as file:
        sealing = _sealing(file, recovery)
        with tarfile.open(fileobj=sealing, mode="w|") as tar:
            _fill(tar, copy, blobs, keys)
        sealing.finish()
        file.flush()
        os.fsync(file.fileno())


def _fill(tar: tarfile.TarFile, copy: Path, blobs: FileBlobs, keys: Mapping[str, bytes]) -> None:
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
    header = source.read(len(MAGIC) + 64)
    if len(header) != len(MAGIC) + 64 or not header.startswith(MAGIC):
        raise StoreError("backup.damaged")
    if header[len(MAGIC) : -32] != hashlib.sha256(recovery_public(key)).digest():
        raise StoreError("backup.wrong_key")
    public = X25519PublicKey.from_public_bytes(header[-32:])
    try:
        cipher = _cipher(X25519PrivateKey.from_private_bytes(key).exchange(public), header)
    except ValueError as error:
        raise StoreError("backup.damaged") from error
    unseal(source, cipher, header, target)


def read_backup(source: Path, key: bytes, folder: Path) -> Path:
    """Unpack a backup into a folder inside `folder` (`hub.db`, `keys/`, `blobs/`); which.

    Everything is verified; nothing is put in place before `put_in_place`. Raises StoreError:
    backup.wrong_key, backup.damaged, store.full.
    """
    work = folder / WORK
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir(parents=True)
        plain = work / "plain.tar"
        with source.open("rb") as file, plain.open("wb") as target:
            _opened(file, key, target)
        _unpack(plain, work)
        plain.unlink()
    except OSError as error:
        shutil.rmtree(work, ignore_errors=True)
        raise disk_error(error, source.name) from error
    except (StoreError, tarfile.TarError) as error:
        shutil.rmtree(work, ignore_errors=True)
        raise error if isinstance(error, StoreError) else StoreError("backup.damaged") from error
    return work


def put_in_place(work: Path, folder: Path) -> None:
    """Move what was unpacked to where a hub keeps it; the database last: then it is a hub."""
    for name in ("keys", "blobs", "hub.db"):
        if name != "hub.db":
            shutil.rmtree(folder / name, ignore_errors=True)  # of a restore that was cut off
        (work / name).replace(folder / name)
    sync_folder(folder)
    shutil.rmtree(work, ignore_errors=True)


def _unpack(plain: Path, work: Path) -> None:
    blobs = FileBlobs(work / "blobs")
    with tarfile.open(plain) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                continue
            group, _, name = member.name.rpartition("/")
            if group == "keys":
                write_private(work / "keys" / Path(name).name, content.read())
            elif group == "blobs":
                with blobs.part(name).open("wb") as target:
                    shutil.copyfileobj(content, target, CHUNK)
                blobs.finish(name)
            elif member.name == "hub.db":
                with (work / "hub.db").open("wb") as target:
                    shutil.copyfileobj(content, target, CHUNK)
                    target.flush()
                    os.fsync(target.fileno())
    if not (work / "hub.db").is_file() or not (work / "keys").is_dir():
        raise StoreError("backup.damaged")
