"""What a hub gives its standbys, sealed with a key they do not have: rows, secrets, files.

A small thing is ChaCha20-Poly1305 with a random nonce in front; its associated data names what
it is for. A file is a magic line, 32 random bytes, then sealed chunks under a key of its own,
made of both with HKDF. A file's name is an HMAC of the blob's, so that it tells nothing.
"""

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from meetingroom.domain.errors import StoreError
from meetingroom.store.blobs import disk_error
from meetingroom.store.sealing import CHUNK, TAG, Sealing, unseal

MAGIC = b"meetingroom standby 1\n"
CONTEXT = b"meetingroom standby 1\x00"
KEY, NONCE, SALT = 32, 12, 32


class StandbySeal:
    """Implements the port `Seal` for one key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY:
            raise StoreError("standby.wrong_key")
        self._key = key
        self._cipher = ChaCha20Poly1305(_derived(key, b"", b"small"))

    def seal(self, purpose: str, content: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, content, CONTEXT + purpose.encode())

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Raises StoreError("standby.wrong_key")."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], CONTEXT + purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise StoreError("standby.wrong_key") from error

    def name_of(self, blob: str) -> str:
        return hmac.new(
            _derived(self._key, b"", b"names"), blob.encode(), hashlib.sha256
        ).hexdigest()

    def size_of(self, size: int) -> int:
        chunks = max(1, -(-size // CHUNK))
        return len(MAGIC) + SALT + size + chunks * (4 + TAG)

    def seal_file(self, source: Path, target: Path) -> None:
        """Write `source` sealed; the target appears when it is whole."""
        header = MAGIC + os.urandom(SALT)
        new = target.with_name(f"{target.name}.{os.urandom(4).hex()}.new")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as plain, new.open("wb") as file:
                sealing = Sealing(file, self._file_cipher(header), header)
                while piece := plain.read(CHUNK):
                    sealing.write(piece)
                sealing.finish()
            new.replace(target)
        except OSError as error:
            raise disk_error(error, target.name) from error
        finally:
            new.unlink(missing_ok=True)

    def open_file(self, source: Path, target: Path) -> None:
        """Raises StoreError("standby.wrong_key")."""
        try:
            with source.open("rb") as sealed, target.open("wb") as plain:
                header = sealed.read(len(MAGIC) + SALT)
                unseal(sealed, self._file_cipher(header), header, plain)
        except OSError as error:
            raise disk_error(error, target.name) from error
        except StoreError as error:
            raise StoreError("standby.wrong_key") from error

    def _file_cipher(self, header: bytes) -> ChaCha20Poly1305:
        return ChaCha20Poly1305(_derived(self._key, header, b"file"))


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY)


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    info = CONTEXT + purpose
    return HKDF(algorithm=SHA256(), length=KEY, salt=salt or None, info=info).derive(key)
