"""What this room adds to the whole."""

from hub.house import Room
from hub.pages.routes import ENDPOINTS

ROOM = Room(name="pages", endpoints=ENDPOINTS)
