"""A person's own backup as a file, sealed with a passphrase only that person knows.

Layout: the magic line, then one line of JSON (how the key is made from the passphrase, a
salt for this file, a check of the key), then sealed chunks of compressed content. The check
tells a wrong passphrase from a damaged file. The key made from the passphrase may be kept on
the computer for backups that are made by themselves; each file is sealed with another key
derived from it, so none is used twice. Implements the vault of `services.personal_backup`.
"""

import hashlib
import hmac
import io
import os
import secrets
import unicodedata
import zlib
from pathlib import Path
from typing import BinaryIO

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from meetingroom.domain.errors import StoreError
from meetingroom.store.blobs import disk_error, sync_folder
from meetingroom.store.sealing import Sealing, unseal

MAGIC, VERSION = b"meetingroom own backup ", b"1"
MAX_HEADER, MAX_CONTENT = 4096, 1 << 30  # bytes
# 128 MB and some tenths of a second for every guess.
COST, BLOCK, LANES = 1 << 17, 8, 1
MOST_MEMORY = 1 << 30


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How a key is made from a passphrase: scrypt with these numbers; salt in hexadecimal."""

    salt: str
    cost: int = COST
    block: int = BLOCK
    lanes: int = LANES


class OwnKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key and how it was made: a secret of this computer, never to be logged."""

    recipe: Recipe
    key: str


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The line of a file before what is sealed; `salt` and `check` in hexadecimal."""

    recipe: Recipe
    salt: str
    check: str


def new_key(passphrase: str) -> str:
    """A key for backups from now on, as text to keep."""
    recipe = Recipe(salt=secrets.token_hex(16))
    key = _key(passphrase, recipe)
    return msgspec.json.encode(OwnKey(recipe=recipe, key=key.hex())).decode()


def write(target: Path, content: bytes, key: str) -> None:
    """Write one sealed file, whole or not at all, that only its owner can read.

    `key` is from `new_key`. Raises StoreError("store.full" | "store.unwritable").
    """
    own = msgspec.json.decode(key, type=OwnKey)
    secret, salt = bytes.fromhex(own.key), secrets.token_bytes(32)
    line = msgspec.json.encode(Header(recipe=own.recipe, salt=salt.hex(), check=_check(secret)))
    header = MAGIC + VERSION + b"\n" + line + b"\n"
    new = target.with_name(target.name + ".new")
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            sealing = Sealing(file, _cipher(secret, salt), header)
            sealing.write(zlib.compress(content))
            sealing.finish()
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise disk_error(error, target.name) from error
    finally:
        new.unlink(missing_ok=True)


def read(source: Path, passphrase: str) -> bytes:
    """The content of a backup.

    Raises StoreError: backup.not_one, backup.newer, backup.wrong_passphrase, backup.damaged.
    """
    try:
        with source.open("rb") as file:
            return _read(file, source.name, passphrase)
    except OSError as error:
        raise StoreError("file.unreadable", file=source.name) from error


def _read(file: BinaryIO, name: str, passphrase: str) -> bytes:
    magic = file.readline(len(MAGIC) + 8)
    if not magic.startswith(MAGIC):
        raise StoreError("backup.not_one", file=name)
    if magic != MAGIC + VERSION + b"\n":
        raise StoreError("backup.newer", file=name)
    line = file.readline(MAX_HEADER)
    header = _header(line)
    secret = _key(passphrase, header.recipe)
    if not hmac.compare_digest(_check(secret), header.check):
        raise StoreError("backup.wrong_passphrase")
    plain = io.BytesIO()
    unseal(file, _cipher(secret, bytes.fromhex(header.salt)), magic + line, plain)
    inflate = zlib.decompressobj()
    try:
        content = inflate.decompress(plain.getvalue(), MAX_CONTENT)
    except zlib.error as error:
        raise StoreError("backup.damaged") from error
    if not inflate.eof:
        raise StoreError("backup.damaged")
    return content


def _header(line: bytes) -> Header:
    try:
        header = msgspec.json.decode(line, type=Header)
        salts = bytes.fromhex(header.recipe.salt), bytes.fromhex(header.salt)
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError, RecursionError) as error:
        raise StoreError("backup.damaged") from error
    recipe = header.recipe
    is_power = recipe.cost > 1 and recipe.cost & (recipe.cost - 1) == 0
    is_bounded = 0 < recipe.block <= 64 and 0 < recipe.lanes <= 16
    if not (is_power and is_bounded and all(salts)):
        raise StoreError("backup.damaged")
    if 128 * recipe.cost * recipe.block > MOST_MEMORY:
        raise StoreError("backup.damaged")
    return header


def _key(passphrase: str, recipe: Recipe) -> bytes:
    """However a keyboard composes the marks of Vietnamese letters, it is the same passphrase."""
    words = unicodedata.normalize("NFC", passphrase).encode()
    return hashlib.scrypt(
        words,
        salt=bytes.fromhex(recipe.salt),
        n=recipe.cost,
        r=recipe.block,
        p=recipe.lanes,
        maxmem=2 * MOST_MEMORY - 1,
        dklen=32,
    )


def _check(secret: bytes) -> str:
    """Tells whether a key is the right one, and nothing of what it seals."""
    return hmac.new(secret, b"meetingroom own backup check", hashlib.sha256).hexdigest()[:32]


def _cipher(secret: bytes, salt: bytes) -> ChaCha20Poly1305:
    derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"meetingroom own backup")
    return ChaCha20Poly1305(derived.derive(secret))
