"""Keys and small secrets: in the system's keyring, else in a file only its owner reads."""

import contextlib
import os
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meetingroom.store.blobs import disk_error

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEYRING_SECONDS = 3.0
SERVICE = "meetingroom"


class Ed25519Signer:
    """Implements the port `Signer`."""

    def __init__(self, private: bytes) -> None:
        self._private = private

    @classmethod
    def new(cls) -> "Ed25519Signer":
        """A fresh key."""
        return cls(_ed25519().Ed25519PrivateKey.generate().private_bytes_raw())

    @cached_property
    def _key(self) -> "Ed25519PrivateKey":
        key: Ed25519PrivateKey = _ed25519().Ed25519PrivateKey.from_private_bytes(self._private)
        return key

    @property
    def public_key(self) -> str:
        return self._key.public_key().public_bytes_raw().hex()

    @property
    def private_bytes(self) -> bytes:
        """32 bytes for the keeping of the key; never to be logged."""
        return self._private

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def verify(public_key: str, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature is right; the port `Verify`."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - see `_ed25519`

    try:
        key = _ed25519().Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _ed25519() -> Any:
    """Loaded when first signed or verified: a window opens what it kept without it."""
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    return ed25519


def write_private(path: Path, content: bytes) -> None:
    """A file only its owner can read: temporary name, flush, rename. Raises StoreError."""
    new = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise disk_error(error, path.name) from error


class SystemSecrets:
    """Implements the port `Secrets` for one data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "secrets"
        self._prefix = str(folder.resolve())

    @cached_property
    def is_in_keyring(self) -> bool:
        backend = _in_time(lambda keyring: keyring.get_keyring())
        if backend is None:
            return False
        module: str = type(backend).__module__
        return not module.startswith(("keyring.backends.fail", "keyring.backends.null"))

    def get(self, name: str) -> str | None:
        """The file first: where a secret lies in one, no keyring has it (or need be loaded)."""
        path = self._folder / name
        if path.is_file():
            return path.read_text(encoding="utf-8")
        return self._in_keyring(name) if self.is_in_keyring else None

    def set(self, name: str, secret: str | None) -> None:
        entry = f"{self._prefix}/{name}"
        if secret is None:
            (self._folder / name).unlink(missing_ok=True)
            if self.is_in_keyring and self._in_keyring(name):
                _in_time(lambda keyring: keyring.delete_password(SERVICE, entry))
            return
        if self.is_in_keyring:
            _in_time(lambda keyring: keyring.set_password(SERVICE, entry, secret))
            if self._in_keyring(name) == secret:
                (self._folder / name).unlink(missing_ok=True)
                return
        write_private(self._folder / name, secret.encode())

    def _in_keyring(self, name: str) -> str | None:
        entry = f"{self._prefix}/{name}"
        found = _in_time(lambda keyring: keyring.get_password(SERVICE, entry))
        return str(found) if found else None


def _in_time(call: Callable[[Any], Any]) -> Any:
    """A keyring call's answer; None where it fails or hangs (a locked keyring asks people)."""
    import keyring  # noqa: PLC0415 - only where a secret is not in a file
    import keyring.errors  # noqa: PLC0415

    answer: list[Any] = []

    def work() -> None:
        try:
            answer.append(call(keyring))
        except keyring.errors.KeyringError:
            return

    thread = threading.Thread(target=work, name="keyring", daemon=True)
    thread.start()
    thread.join(KEYRING_SECONDS)
    return answer[0] if answer else None
