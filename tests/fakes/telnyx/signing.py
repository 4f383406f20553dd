"""How Telnyx signs its webhooks."""

import base64
import hashlib
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def key_of(word: str) -> Ed25519PrivateKey:
    """The same key for the same word, so that a line goes on to be believed when the fake is started anew."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(word.encode()).digest())


def public_key(word: str) -> str:
    """What an owner copies out of the portal."""
    return base64.b64encode(key_of(word).public_key().public_bytes_raw()).decode()


def signed(body: bytes, at: datetime, word: str) -> dict[str, str]:
    """The headers of a webhook with this body."""
    time = str(int(at.timestamp()))
    signature = key_of(word).sign(time.encode() + b"|" + body)
    return {"telnyx-timestamp": time, "telnyx-signature-ed25519": base64.b64encode(signature).decode()}
