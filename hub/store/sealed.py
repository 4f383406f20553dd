"""Sealed values: AES-256-GCM under a data key of the account, which is wrapped by the installation's master key.

A sealed value is one byte of format, four bytes of the data key's version, a nonce of twelve, and the ciphertext. It is
bound to its account and its place (`people.identities.value`), so that it opens nowhere else. Data keys live in a
database of their own: when an account's are erased, nothing of it can be read again, in no backup either.
"""

import asyncio
import base64
import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bson.binary import Binary
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.clock import Clock
from hub.errors import HubError, Unavailable
from hub.settings import Secret
from hub.store.indexes import Index
from hub.store.mongo import KEYS, Collection, Document, Duplicate

# How MongoDB tells our sealed values from other binaries: a subtype of the range for applications.
SUBTYPE = 0x80
FORMAT = b"\x01"
KEY_BYTES, MARK_BYTES = 32, 10
NONCE_BYTES = 12
VERSION_BYTES = 4
HEADER_BYTES = len(FORMAT) + VERSION_BYTES
# How long a process may go on with keys that another one has rotated or erased.
CACHED_FOR = timedelta(seconds=60)
CACHED_ACCOUNTS = 10_000
# Version 0 is the key of the lookup hashes: the hash of one text must stay the same, so it is never rotated.
LOOKUP_VERSION = 0

INDEXES = (Index(KEYS, (("account", 1), ("version", 1)), unique=True),)


class WrongMasterKey(Unavailable):
    """The data keys were wrapped by a master key that this process does not have."""

    code = "wrong_master_key"


class Unreadable(HubError):
    """A sealed value does not open: it was damaged or moved, or its key was erased."""

    code = "unreadable"


class MasterKeys:
    """The key that wraps, and those before it that may still be needed to unwrap."""

    def __init__(self, current: Secret, previous: Secret) -> None:
        keys = [base64.b64decode(part) for part in f"{current.reveal()},{previous.reveal()}".split(",") if part]
        self._by_name = {hashlib.sha256(key).hexdigest()[:16]: AESGCM(key) for key in keys}
        self.current = next(iter(self._by_name))
        self.names = list(self._by_name)

    def wrap(self, key: bytes, bound_to: str) -> Document:
        """The key as it may be stored."""
        nonce = os.urandom(NONCE_BYTES)
        wrapped = nonce + self._by_name[self.current].encrypt(nonce, key, bound_to.encode())
        return {"wrapped": wrapped, "wrapped_by": self.current}

    def unwrap(self, stored: Document, bound_to: str) -> bytes:
        """The key again, or WrongMasterKey."""
        wrapped, master = stored["wrapped"], self._by_name.get(stored["wrapped_by"])
        if master is None:
            raise WrongMasterKey(
                f"The data keys of {stored['account']} were wrapped by another master key: put that one into "
                "PARLEY_MASTER_KEY, or into PARLEY_MASTER_KEY_PREVIOUS if the master key was changed."
            )
        try:
            return master.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to.encode())
        except InvalidTag as error:
            raise Unreadable("A data key was damaged or belongs to another account.") from error


@dataclass(frozen=True)
class Keyring:
    """The keys of one account, ready to use without waiting."""

    account: str
    versions: Mapping[int, AESGCM]
    current: int
    lookup_key: bytes
    read_at: datetime

    def seal(self, place: str, plain: bytes) -> Binary:
        """The value as it may be stored at this place."""
        nonce = os.urandom(NONCE_BYTES)
        ciphertext = self.versions[self.current].encrypt(nonce, plain, self._bound_to(place))
        return Binary(FORMAT + self.current.to_bytes(VERSION_BYTES) + nonce + ciphertext, SUBTYPE)

    def unseal(self, place: str, sealed: bytes) -> bytes:
        """The value again, or Unreadable."""
        key = self.versions.get(version_of(sealed))
        nonce, ciphertext = sealed[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES], sealed[HEADER_BYTES + NONCE_BYTES :]
        try:
            if key is None or sealed[:1] != FORMAT:
                raise InvalidTag
            return key.decrypt(nonce, ciphertext, self._bound_to(place))
        except (InvalidTag, ValueError) as error:
            raise Unreadable("A sealed value does not open: it was damaged or moved, or its key was erased.") from error

    def lookup(self, place: str, plain: str) -> bytes:
        """The same hash for the same text, of use to nobody without the account's key: what unique indexes hold."""
        return hmac.digest(self.lookup_key, f"{place}\0{plain}".encode(), hashlib.sha256)

    def mark(self, place: str, plain: str) -> str:
        """The same in sixteen small letters and digits, for an address: who sees one can make no other."""
        return base64.b32encode(self.lookup(place, plain)[:MARK_BYTES]).decode().lower()

    def _bound_to(self, place: str) -> bytes:
        return f"{self.account}\0{place}".encode()


class Sealer:
    """Hands out keyrings, and changes what they hold."""

    def __init__(self, keys: Collection, masters: MasterKeys, clock: Clock) -> None:
        self._keys = keys
        self._masters = masters
        self._clock = clock
        self._cached: dict[str, Keyring] = {}
        self._reading: dict[str, asyncio.Task[Keyring]] = {}

    async def keyring(self, account: str) -> Keyring:
        """The account's keys, made at the first call."""
        cached = self._cached.get(account)
        if cached and self._clock.now() - cached.read_at < CACHED_FOR:
            return cached
        # Whoever asks for the same keys meanwhile shares the answer, a failure too: nobody waits in a queue for it.
        reading = self._reading.get(account)
        if reading is None:
            reading = self._reading[account] = asyncio.create_task(self._read(account))
            reading.add_done_callback(lambda _: self._reading.pop(account, None))
        return await asyncio.shield(reading)

    async def has_keys(self, account: str) -> bool:
        """Whether anything was ever sealed for this account, and not erased."""
        return await self._keys.find_one({"account": account}) is not None

    async def seal(self, account: str, place: str, text: str) -> Binary:
        """A text as it may be stored at this place."""
        return (await self.keyring(account)).seal(place, text.encode())

    async def text(self, account: str, place: str, sealed: bytes) -> str:
        """The text again."""
        return (await self.unseal(account, place, sealed)).decode()

    async def unseal(self, account: str, place: str, sealed: bytes) -> bytes:
        """Open a value, reading the keys anew when it is of a version that was made meanwhile."""
        keyring = await self.keyring(account)
        if version_of(sealed) > keyring.current:
            self._cached.pop(account, None)
            keyring = await self.keyring(account)
        return keyring.unseal(place, sealed)

    async def add_version(self, account: str, **more: object) -> int:
        """A new data key, from now on the one that seals; `more` is stored beside it."""
        version = (await self.keyring(account)).current + 1
        await self._store(account, version, more)
        self._cached.pop(account, None)
        return version

    async def erase(self, account: str) -> None:
        """Make everything of the account unreadable for good, here at once and elsewhere within a minute."""
        # The lookup key last: whoever is cut off half way leaves nothing that opens, and can begin again.
        await self._keys.delete_all({"account": account, "version": {"$gt": LOOKUP_VERSION}})
        await self._keys.delete_all({"account": account})
        self._cached.pop(account, None)

    async def forget_before(self, account: str, version: int) -> None:
        """Throw away data keys that nothing is sealed by any more."""
        await self._keys.delete_all({"account": account, "version": {"$gt": LOOKUP_VERSION, "$lt": version}})

    async def rewrap(self) -> int:
        """Wrap every data key that an earlier master key has wrapped by the current one; say how many."""
        stale = {"wrapped_by": {"$ne": self._masters.current}}
        done = 0
        async for stored in self._keys.each(stale):
            key = self._masters.unwrap(stored, stored["_id"])
            fresh = self._masters.wrap(key, stored["_id"])
            done += await self._keys.update({"_id": stored["_id"], "wrapped": stored["wrapped"]}, {"$set": fresh})
        return done

    async def check(self) -> None:
        """Raise WrongMasterKey when some data key cannot be unwrapped: before anything is sealed by another one."""
        foreign = await self._keys.find_one({"wrapped_by": {"$nin": self._masters.names}})
        if foreign:
            self._masters.unwrap(foreign, foreign["_id"])

    async def _read(self, account: str) -> Keyring:
        keyring = self._keyring(account, await self._stored(account))
        if len(self._cached) >= CACHED_ACCOUNTS:
            self._cached.pop(next(iter(self._cached)))
        self._cached[account] = keyring
        return keyring

    async def _stored(self, account: str) -> list[Document]:
        stored = await self._keys.majority.find({"account": account}, limit=1000)
        versions = {entry["version"] for entry in stored}
        if LOOKUP_VERSION in versions and versions - {LOOKUP_VERSION}:
            return stored
        for version in (LOOKUP_VERSION, LOOKUP_VERSION + 1):
            await self._store(account, version, {})
        return await self._keys.majority.find({"account": account}, limit=1000)

    async def _store(self, account: str, version: int, more: Mapping[str, object]) -> None:
        id = f"{account}.{version}"
        wrapped = self._masters.wrap(os.urandom(KEY_BYTES), id)
        made = {"_id": id, "account": account, "version": version, "made_at": self._clock.now()}
        try:
            await self._keys.insert({**made, **wrapped, **more})
        except Duplicate:
            # Another process was first: its key is the account's.
            return

    def _keyring(self, account: str, stored: Sequence[Document]) -> Keyring:
        keys = {entry["version"]: self._masters.unwrap(entry, entry["_id"]) for entry in stored}
        versions = {version: AESGCM(key) for version, key in keys.items() if version > LOOKUP_VERSION}
        return Keyring(account, versions, max(versions), keys[LOOKUP_VERSION], self._clock.now())


def version_of(sealed: bytes) -> int:
    """Which data key sealed it."""
    return int.from_bytes(sealed[len(FORMAT) : HEADER_BYTES])


def new_master_key() -> str:
    """32 random bytes as the setting takes them."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()
