"""What this room adds to the whole."""

from hub.house import Room
from hub.sso import repository
from hub.sso.routes import ENDPOINTS

ROOM = Room(name="sso", endpoints=ENDPOINTS, indexes=repository.INDEXES, sealed=repository.SEALED)
