"""Ed25519 signatures of the other side."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_signed(public_key: str, message: bytes, signature: bytes) -> bool:
    """Whether a signature is right; `public_key` is hexadecimal."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
