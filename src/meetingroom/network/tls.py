"""TLS: a self-signed certificate a hub keeps for decades; devices pin the office's key."""

import hashlib
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def new_certificate() -> tuple[bytes, bytes, str]:
    """A fresh certificate and key (PEM), and SHA-256 of its DER form, hexadecimal."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "meetingroom hub")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=365 * 40))
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return pem, private, hash_of_der(certificate.public_bytes(serialization.Encoding.DER))


def hash_of_der(der: bytes) -> str:
    """SHA-256 of a certificate, hexadecimal."""
    return hashlib.sha256(der).hexdigest()


def hash_of_file(certificate: Path) -> str:
    """The same of a PEM file."""
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    return hash_of_der(loaded.public_bytes(serialization.Encoding.DER))


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
