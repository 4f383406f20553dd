"""Drafts and canned replies, as they are stored."""

from datetime import datetime

from bson.binary import Binary

from hub.store.documents import Stored

DRAFTS, CANNED = "drafts", "canned"


class KeptDraft(Stored, frozen=True):
    """What a member, or a script, was about to write in a thread. `text` is sealed JSON of all that was typed."""

    thread: str
    member: str
    text: Binary
    rev: int
    saved_at: datetime


class Canned(Stored, frozen=True):
    """A reply that is written once and used often. `key` is the hash that its shortcut is compared by."""

    name: Binary
    shortcut: Binary
    key: bytes
    text: Binary
    made_at: datetime
    team: str | None = None
