"""What this room adds to the whole."""

from hub.house import Room
from hub.logins import repository
from hub.logins.resets import KINDS

ROOM = Room(name="logins", kinds=KINDS, indexes=repository.INDEXES, sealed=repository.SEALED)
