"""What this room adds to the whole."""

from hub.attending.showing import notice_read
from hub.house import Room

ROOM = Room(name="attending", tallies=(notice_read,))
