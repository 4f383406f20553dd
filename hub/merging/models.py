"""What is kept of a merge, so that it can be undone."""

from datetime import datetime

import msgspec
from bson.binary import Binary

from hub.people.models import Person
from hub.store.documents import Stored


class Images(msgspec.Struct, frozen=True, kw_only=True):
    """How the two were, and what the merge has made of the survivor; everything in them is open."""

    survivor: Person
    other: Person
    after: Person


class Begun(Stored, frozen=True):
    """A merge, or the undoing of one, that somebody is about to write; if it stays, they have died."""

    due_at: datetime


class Merge(Stored, frozen=True):
    """Two people who became one. It is due while what belongs to them has yet to follow: threads, notes, consents."""

    survivor: str
    other: str
    at: datetime
    by: str
    # The survivor's rev right after it: whatever has a greater one came later.
    rev: int
    # Both as they were, in one sealed piece: their own sealed values would not be found there by a change of keys.
    images: Binary
    undone_at: datetime | None = None
    undone_by: str = ""
    # What has followed from the other to the survivor, and goes back.
    threads: list[str] = msgspec.field(default_factory=list)
    notes: list[str] = msgspec.field(default_factory=list)
    consents: list[str] = msgspec.field(default_factory=list)
    due_at: datetime | None = None
