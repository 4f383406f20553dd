"""How SendGrid signs its webhooks."""

import base64
import hashlib
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def key_of(word: str) -> EllipticCurvePrivateKey:
    """The same key for the same word, so that a line goes on to be believed when the fake is started anew."""
    return derive_private_key(int.from_bytes(hashlib.sha256(word.encode()).digest()) >> 1, SECP256R1())


def public_key(word: str) -> str:
    """What an owner copies out of the settings."""
    key = key_of(word).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(key).decode()


def signed(body: bytes, at: datetime, word: str) -> dict[str, str]:
    """The headers of a webhook with this body."""
    time = str(int(at.timestamp()))
    signature = key_of(word).sign(time.encode() + body, ECDSA(SHA256()))
    return {
        "x-twilio-email-event-webhook-signature": base64.b64encode(signature).decode(),
        "x-twilio-email-event-webhook-timestamp": time,
    }
