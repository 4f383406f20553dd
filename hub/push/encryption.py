"""Encryption for one browser, which push services cannot read: RFC 8291, in the form of RFC 8188 (aes128gcm)."""

import base64
import os
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
AUTH_BYTES, SALT_BYTES, KEY_BYTES, NONCE_BYTES = 16, 16, 16, 12
# All is one record, the last one, which this byte ends.
RECORD_BYTES = 4_096
LAST = b"\x02"


@dataclass(frozen=True)
class BrowserKeys:
    """The public key of a browser's subscription, and the secret that only we two know."""

    public: ec.EllipticCurvePublicKey
    auth: bytes

    @classmethod
    def read(cls, p256dh: str, auth: str) -> Self:
        """From base64url; a ValueError says that they are none."""
        secret = unspelled(auth)
        if len(secret) != AUTH_BYTES:
            raise ValueError("not a secret of 16 bytes")
        return cls(ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unspelled(p256dh)), secret)


def encrypted(plain: bytes, keys: BrowserKeys) -> bytes:
    """For this browser alone."""
    return encrypted_with(plain, keys, own=ec.generate_private_key(CURVE), salt=os.urandom(SALT_BYTES))


def encrypted_with(plain: bytes, keys: BrowserKeys, *, own: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """By this key and this salt, which are good for one message."""
    ours, theirs = point_of(own.public_key()), point_of(keys.public)
    secret = derived(own.exchange(ec.ECDH(), keys.public), keys.auth, b"WebPush: info\0" + theirs + ours, 32)
    key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", KEY_BYTES)
    nonce = derived(secret, salt, b"Content-Encoding: nonce\0", NONCE_BYTES)
    head = salt + RECORD_BYTES.to_bytes(4) + len(ours).to_bytes(1) + ours
    return head + AESGCM(key).encrypt(nonce, plain + LAST, None)


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF, as both RFCs use it."""
    return HKDF(SHA256(), length, salt, info).derive(secret)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """The key as it is sent: 65 bytes, not compressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def spelled(content: bytes) -> str:
    """In base64url without padding, as all of web push is written."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def unspelled(text: str) -> bytes:
    """The bytes again; a ValueError says that it is no base64url."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
