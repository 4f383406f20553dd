"""The rooms of the house: what each adds to the whole. A new capability is a new line here."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.command import Command
from hub.http import audit, idempotency
from hub.http.endpoint import Endpoint
from hub.http.routes import ENDPOINTS as HTTP_ENDPOINTS
from hub.keys.commands import COMMANDS as KEYS_COMMANDS
from hub.keys.resealing import KINDS as KEYS_KINDS
from hub.operations import repository as operations
from hub.operations.routes import ENDPOINTS as OPERATIONS_ENDPOINTS
from hub.pages.routes import ENDPOINTS as PAGES_ENDPOINTS
from hub.store import sealed
from hub.store.indexes import Index
from hub.work.commands import COMMANDS as WORK_COMMANDS
from hub.work.kinds import Kind
from hub.work.routes import ENDPOINTS as WORK_ENDPOINTS


@dataclass(frozen=True, kw_only=True)
class Room:
    """What one room declares. `sealed` names the collections that hold sealed values."""

    name: str
    endpoints: Sequence[Endpoint] = ()
    kinds: Sequence[Kind] = ()
    indexes: Sequence[Index] = ()
    sealed: Sequence[str] = ()
    commands: Sequence[Command] = ()

    @property
    def all_indexes(self) -> tuple[Index, ...]:
        """Its own, and those that its kinds of work are claimed by."""
        return (*self.indexes, *(index for kind in self.kinds for index in kind.indexes))


ROOMS = (
    Room(name="store", indexes=sealed.INDEXES),
    Room(
        name="http",
        endpoints=HTTP_ENDPOINTS,
        indexes=(*audit.INDEXES, *idempotency.INDEXES),
        sealed=(audit.COLLECTION, idempotency.COLLECTION),
    ),
    Room(name="pages", endpoints=PAGES_ENDPOINTS),
    Room(name="operations", endpoints=OPERATIONS_ENDPOINTS, indexes=operations.INDEXES),
    Room(name="work", endpoints=WORK_ENDPOINTS, commands=WORK_COMMANDS),
    Room(name="keys", kinds=KEYS_KINDS, commands=KEYS_COMMANDS),
)
