"""The house's key: Ed25519, through `cryptography`. No other module knows the library."""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from evidence.errors import EvidenceError

SIGNATURE = 64  # bytes


class Key:
    """A private key; `public` is what may be shown."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    def __repr__(self) -> str:
        return f"Key({fingerprint(self.public)})"

    @property
    def public(self) -> bytes:
        """The public part, 32 bytes."""
        return self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def pem(self) -> str:
        """The private part as a file holds it (PKCS 8, PEM)."""
        data = self._private.private_bytes(
            Encoding.PEM,
            PrivateFormat.PKCS8,
            NoEncryption(),
        )

        return data.decode("ascii")

    def sign(self, text: bytes) -> bytes:
        """Return the signature of a text, 64 bytes."""
        return self._private.sign(text)


def new_key() -> Key:
    """Return a key that nobody else has."""
    return Key(Ed25519PrivateKey.generate())


def read_key(pem: str) -> Key:
    """Return the key that a file holds; raises EvidenceError."""
    try:
        private = load_pem_private_key(pem.encode("ascii"), password=None)
    except (ValueError, TypeError) as error:
        raise EvidenceError("it is no private key in PEM without a password") from error

    if not isinstance(private, Ed25519PrivateKey):
        raise EvidenceError("it is a key of another kind than Ed25519")

    return Key(private)


def is_signed(public: bytes, signature: bytes, text: bytes) -> bool:
    """Tell whether a signature is that of a key under a text."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False

    return True


def public_pem(public: bytes) -> str:
    """Return a public key as openssl reads it (SubjectPublicKeyInfo, PEM)."""
    key = Ed25519PublicKey.from_public_bytes(public)
    data = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    return data.decode("ascii")


def fingerprint(public: bytes) -> str:
    """Return what people compare: SHA-256 of the public key, as ssh writes it."""
    digest = hashlib.sha256(public).digest()
    text = base64.b64encode(digest).decode("ascii").rstrip("=")

    return f"SHA256:{text}"
