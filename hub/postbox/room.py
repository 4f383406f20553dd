"""What this room adds to the whole."""

from hub.house import Room
from hub.postbox import repository
from hub.postbox.watching import KINDS

ROOM = Room(name="postbox", kinds=KINDS, indexes=repository.INDEXES)
