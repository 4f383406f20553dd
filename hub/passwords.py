"""Passwords: argon2id, in a thread, and never many at once: each takes a good part of a core and of memory."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hub.errors import Unavailable

AT_ONCE, MOST_WAITING = 2, 40


class PasswordsBusy(Unavailable):
    """More passwords wait to be looked at than can be in good time."""

    code = "passwords_busy"


def normal(password: str) -> str:
    """One way to write each: keyboards make é of one letter or of two, and wide letters beside the plain ones."""
    # The form that NIST SP 800-63B names.
    return unicodedata.normalize("NFKC", password)


class Passwords:
    """Hashes and compares: three passes and four lanes, as RFC 9106 recommends, over the memory in the settings."""

    def __init__(self, memory_mb: int) -> None:
        self._hasher = PasswordHasher(memory_cost=memory_mb * 1024)
        self._places = asyncio.Semaphore(AT_ONCE)
        self._present = 0
        # What nobody has the password of, to be slow for.
        self._decoy = self._hasher.hash("there is no such password")

    async def hash(self, password: str) -> str:
        """As it may be stored."""
        async with self._place():
            return await asyncio.to_thread(self._hasher.hash, normal(password))

    async def is_right(self, password: str, stored: str | None) -> bool:
        """Whether it is the stored one. Without a stored one it takes as long, and is never right."""
        async with self._place():
            fits = await asyncio.to_thread(self._verify, normal(password), stored or self._decoy)
        return fits and stored is not None

    def is_dated(self, stored: str) -> bool:
        """Whether it was hashed otherwise than it would be today."""
        return self._hasher.check_needs_rehash(stored)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """A place of one's own, in turn. Where too many wait already, it is better to be told so at once."""
        if self._present >= AT_ONCE + MOST_WAITING:
            raise PasswordsBusy("Too many passwords are being looked at: try again in a moment.", retry_after_s=2)
        self._present += 1
        try:
            async with self._places:
                yield
        finally:
            self._present -= 1

    def _verify(self, password: str, stored: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False
