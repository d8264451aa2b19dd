"""Sealed chunks: a stream encrypted so that nothing can be cut off, swapped or joined.

Each chunk is a 4-byte big-endian length and ChaCha20-Poly1305 ciphertext; its nonce is the
chunk's number (12 bytes, big-endian), its associated data the header and one byte that is 1
on the last chunk. A key seals one stream only.
"""

import io
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from meetingroom.domain.errors import StoreError

CHUNK = 1 << 20
TAG = 16


class Sealing(io.RawIOBase):
    """A file to write to; what is written comes out encrypted in chunks after the header."""

    def __init__(self, target: BinaryIO, cipher: ChaCha20Poly1305, header: bytes) -> None:
        self._target, self._cipher, self._header = target, cipher, header
        self._rest, self._number = bytearray(), 0
        target.write(header)

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


def unseal(source: BinaryIO, cipher: ChaCha20Poly1305, header: bytes, target: BinaryIO) -> None:
    """What was sealed, from behind its header. Raises StoreError("backup.damaged")."""
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
            raise StoreError("backup.damaged") from error
        number += 1
