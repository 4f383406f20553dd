"""What this room adds to the whole."""

from hub.house import Room
from hub.work.commands import COMMANDS
from hub.work.routes import ENDPOINTS

ROOM = Room(name="work", endpoints=ENDPOINTS, commands=COMMANDS)
