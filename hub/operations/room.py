"""What this room adds to the whole."""

from hub.house import Room
from hub.operations import repository
from hub.operations.routes import ENDPOINTS

ROOM = Room(name="operations", endpoints=ENDPOINTS, indexes=repository.INDEXES)
