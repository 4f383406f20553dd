"""What this room adds to the whole."""

from hub.house import Room
from hub.sockets.events import StandingChanged

ROOM = Room(name="sockets", events=(StandingChanged,))
