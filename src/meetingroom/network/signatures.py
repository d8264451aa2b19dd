"""Ed25519 signatures of the other side, and whether a hub is the office's own."""

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from meetingroom.services.copybook import CERTIFICATE_CONTEXT
from meetingroom.services.doors import HubCertificate


def is_signed(public_key: str, message: bytes, signature: bytes) -> bool:
    """Whether a signature is right; `public_key` is hexadecimal."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_hub_of(office_key: str, certificate: str, signature: bytes, tls: str) -> bool:
    """Whether the office's key vouches for the hub behind this TLS certificate's SHA-256."""
    text = certificate.encode()
    if not is_signed(office_key, CERTIFICATE_CONTEXT + text, signature):
        return False
    try:
        return msgspec.json.decode(text, type=HubCertificate).tls == tls
    except msgspec.DecodeError:  # signed by the office, but not as a hub's certificate
        return False
