"""What a room declares of its due work, and what a handler may say of one piece of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.deps import Deps
from hub.errors import HubError
from hub.store.indexes import Index
from hub.store.mongo import Document

Handler = Callable[[Deps, Document, "Lease"], Awaitable[None]]


class Later(Exception):
    """Not now: the work is due again at this time, and nothing went wrong."""

    def __init__(self, due_at: datetime) -> None:
        super().__init__(due_at)
        self.due_at = due_at


class Hopeless(HubError):
    """No further attempt would help: the work is buried at once, with this reason."""

    code = "hopeless"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of due work: where it stands, who does it, and how patient we are.

    The handler gets the document as it was seen before the claim, perhaps some seconds ago, and reads again what may
    have changed. It may run twice.

    `prefix` is the path of the part of the document that is due: `delivery.` for `delivery.due_at`. Beside `due_at` the
    part holds `claim`, `attempts` and, once buried, `buried`.
    """

    name: str
    collection: str
    handler: Handler
    prefix: str = ""
    lease: timedelta = timedelta(seconds=60)
    attempts: int = 8
    backoff: timedelta = timedelta(seconds=2)
    backoff_most: timedelta = timedelta(hours=1)
    # How many at once in one process; accounts share them. The setting PARLEY_WORK_SLOTS when not given.
    slots: int | None = None
    # It goes on until somebody ends it: a process that stops does not wait for it.
    is_endless: bool = False

    @property
    def due_at(self) -> str:
        """The field that makes a document work."""
        return f"{self.prefix}due_at"

    @property
    def claim(self) -> str:
        """Who holds the work, and until when; with `due_at` it tells a claim from every other."""
        return f"{self.prefix}claim"

    @property
    def attempted(self) -> str:
        """How often it was begun and not finished."""
        return f"{self.prefix}attempts"

    @property
    def buried(self) -> str:
        """Why and when it was given up."""
        return f"{self.prefix}buried"

    @property
    def indexes(self) -> tuple[Index, ...]:
        """What claiming and showing the buried reads by. Sparse: only what is due, or buried, has an entry."""
        return (
            Index(self.collection, ((self.due_at, 1),), sparse=True),
            Index(self.collection, ((f"{self.buried}.at", 1),), sparse=True),
        )


@dataclass(slots=True)
class Lease:
    """A claim on one piece of work: ours until it ends, unless somebody makes the work due again."""

    kind: Kind
    id: str
    account: str
    token: str
    # When it ends; and, after a renewal whose outcome is unknown, when it may end instead.
    moments: list[datetime]
    attempt: int
    is_lost: bool = False
    # Held by whoever writes under the claim: a renewal in flight would change what `where` must name.
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def where(self) -> Document:
        """Fits the document as long as the claim is ours. A handler may settle the work itself by writing under it,
        `async with lease.writing`."""
        return {"_id": self.id, self.kind.due_at: {"$in": self.moments}, f"{self.kind.claim}.token": self.token}


def part_of(document: Document, kind: Kind) -> Document:
    """The part of the document that is due."""
    part = document
    for name in kind.prefix.split(".")[:-1]:
        part = part.get(name) or {}
    return part
