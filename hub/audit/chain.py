"""The chain: every entry has a keyed hash over itself and over the hash of the entry before it."""

from typing import NamedTuple

import msgspec
from bson import json_util

from hub.store.mongo import Document
from hub.store.sealed import Keyring

ENTRY_PLACE, KEYS_PLACE = "audit.chain", "audit.keys"


class Head(NamedTuple):
    """Where a log ends. It is kept apart from the entries, so that cutting off their end shows."""

    seq: int
    hash: bytes
    # A mark of the keys that the hashes are made with, and the first entry for which these keys were used: an account
    # whose keys were erased gets new ones when something is written down for it after all.
    keys: bytes
    since: int

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash.hex()}"


def beginning(keyring: Keyring) -> Head:
    """The head of an empty log."""
    return Head(0, b"", mark_of(keyring), 1)


def linked(entry: Document, head: Head, keyring: Keyring, detail: bytes) -> Document:
    """The entry as the next of the chain; `detail` is what its sealed part says."""
    placed = {**entry, "seq": head.seq + 1, "previous": head.hash}
    return {**placed, "hash": hash_of(placed, keyring, detail)}


def hash_of(entry: Document, keyring: Keyring, detail: bytes) -> bytes:
    """Over every field in plain, because values are sealed anew when the data key rotates. The key of lookups never
    rotates, and stands in the other database."""
    plain = {name: value for name, value in entry.items() if name != "hash"} | {"detail": detail}
    # BSON's canonical JSON names the type of every value: a date is no text that looks like one.
    canonical = json_util.dumps(plain, json_options=json_util.CANONICAL_JSON_OPTIONS, sort_keys=True)
    return keyring.lookup(ENTRY_PLACE, canonical)


def after(head: Head, entry: Document, keyring: Keyring) -> Head:
    """The head once this entry of ours stands in the log."""
    mark = mark_of(keyring)
    return Head(entry["seq"], entry["hash"], mark, head.since if head.keys == mark else entry["seq"])


def moved(head: Head, seq: int, hash: object) -> Head:
    """The head once it names what somebody else has put there, good or not: `verify` tells which."""
    return head._replace(seq=seq, hash=hash if isinstance(hash, bytes) else b"")


def mark_of(keyring: Keyring) -> bytes:
    """The same for the same keys, and of use to nobody."""
    return keyring.lookup(KEYS_PLACE, "")


def detail_of(address: str, before: object, after: object) -> bytes:
    """The part of an entry that may hold personal data, as it is sealed."""
    return msgspec.json.encode({"address": address, "before": before, "after": after})
