"""What this room adds to the whole."""

from hub.house import Room

ROOM = Room(name="correspondence")
