"""What this room adds to the whole."""

from hub.house import Room
from hub.minds import repository
from hub.minds.commands import COMMANDS
from hub.minds.routes import ENDPOINTS

ROOM = Room(
    name="minds",
    endpoints=ENDPOINTS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    commands=COMMANDS,
)
