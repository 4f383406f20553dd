"""What this room adds to the whole."""

from hub.house import Room
from hub.keys.commands import COMMANDS
from hub.keys.resealing import KINDS

ROOM = Room(name="keys", kinds=KINDS, commands=COMMANDS)
