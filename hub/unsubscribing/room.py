"""What this room adds to the whole."""

from hub.house import Room
from hub.unsubscribing.routes import ENDPOINTS

ROOM = Room(name="unsubscribing", endpoints=ENDPOINTS)
