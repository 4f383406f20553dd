"""Secrets that we make and show once: links, tickets, keys. What is kept of them is a hash."""

import hashlib
import hmac
import secrets

SECRET_BYTES = 32


def new_secret() -> str:
    """256 random bits, as they go into a link or a header."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of(secret: str) -> bytes:
    """As it is kept: so many random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


def fits(secret: str, hash: bytes) -> bool:
    """Whether it is the secret that this was kept of."""
    return hmac.compare_digest(hash_of(secret), hash)
