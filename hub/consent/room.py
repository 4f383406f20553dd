"""What this room adds to the whole."""

from hub.consent import repository
from hub.consent.ledger import KINDS
from hub.consent.routes import ENDPOINTS
from hub.house import Room

ROOM = Room(
    name="consent",
    endpoints=ENDPOINTS,
    kinds=KINDS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
)
