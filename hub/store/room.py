"""What this room adds to the whole."""

from hub.house import Room
from hub.store import sealed

ROOM = Room(name="store", indexes=sealed.INDEXES)
