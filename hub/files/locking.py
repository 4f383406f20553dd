"""Contents as they are kept: AES-256-GCM under the file's own key, bound to the file."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.store.sealed import KEY_BYTES, NONCE_BYTES, Unreadable


def new_key() -> bytes:
    """One for one file."""
    return os.urandom(KEY_BYTES)


def lock(key: bytes, content: bytes, *, bound_to: str) -> bytes:
    """The content as the store may see it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())


def unlock(key: bytes, locked: bytes, *, bound_to: str) -> bytes:
    """The content again, or Unreadable."""
    try:
        return AESGCM(key).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable("The content of a file does not open: it was damaged or exchanged.") from error
