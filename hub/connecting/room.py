"""What this room adds to the whole."""

from hub.connecting.commands import COMMANDS
from hub.connecting.minding import KINDS
from hub.connecting.routes import ENDPOINTS
from hub.house import Room

ROOM = Room(name="connecting", endpoints=ENDPOINTS, commands=COMMANDS, kinds=KINDS)
