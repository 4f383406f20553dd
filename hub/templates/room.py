"""What this room adds to the whole."""

from hub.house import Room
from hub.templates import repository
from hub.templates.routes import ENDPOINTS
from hub.templates.syncing import KINDS

ROOM = Room(
    name="templates",
    endpoints=ENDPOINTS,
    kinds=KINDS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
)
