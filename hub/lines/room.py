"""What this room adds to the whole."""

from hub.house import Room
from hub.lines import repository
from hub.lines.routes import ENDPOINTS

ROOM = Room(name="lines", endpoints=ENDPOINTS, indexes=repository.INDEXES, sealed=repository.SEALED)
