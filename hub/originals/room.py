"""What this room adds to the whole."""

from hub.house import Room
from hub.originals.routes import ENDPOINTS

ROOM = Room(name="originals", endpoints=ENDPOINTS)
