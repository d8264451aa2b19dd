"""The self-signed certificate a hub keeps for decades. Only hubs need what makes one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from meetingroom.network.tls import hash_of_der


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


def hash_of_file(certificate: Path) -> str:
    """The same of a PEM file."""
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    return hash_of_der(loaded.public_bytes(serialization.Encoding.DER))
