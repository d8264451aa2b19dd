"""TLS contexts: devices pin the office's key, so no authority is asked."""

import hashlib
import ssl
from pathlib import Path


def hash_of_der(der: bytes) -> str:
    """SHA-256 of a certificate, hexadecimal."""
    return hashlib.sha256(der).hexdigest()


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.3 with the hub's own certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(certificate, key)
    return context


def client_context() -> ssl.SSLContext:
    """TLS 1.3 without authorities: the office's key, not a name or date, decides afterwards."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
