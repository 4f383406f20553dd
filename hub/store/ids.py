"""Ids made by us: 26 characters, sortable by the time of their making, unguessable in the rest."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

# Crockford's base 32 in lower case: no i, l, o or u, so an id can be read aloud and typed.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LETTERS = frozenset(ALPHABET)
LENGTH = 26
RANDOM_BITS = 80
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def new_id(now: datetime) -> str:
    """48 bits of milliseconds, then 80 random bits."""
    number = (now - EPOCH) // MILLISECOND << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def follows_from(id: str, name: str) -> str:
    """The id of what comes of something else, the same each time: as old as that, and told from it by the name."""
    number = int.from_bytes(hashlib.sha256(f"{id}\0{name}".encode()).digest()[: RANDOM_BITS // 8])
    return id[:-16] + "".join(ALPHABET[number >> shift & 31] for shift in range(RANDOM_BITS - 5, -1, -5))


def is_id(text: str) -> bool:
    """Whether we could have made it."""
    return len(text) == LENGTH and set(text) <= LETTERS


def made_at(id: str) -> datetime:
    """When the id was made."""
    number = 0
    for letter in id:
        number = number << 5 | ALPHABET.index(letter)
    return EPOCH + (number >> RANDOM_BITS) * MILLISECOND
