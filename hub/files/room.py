"""What this room adds to the whole."""

from hub.files import repository
from hub.files.following import REACTIONS
from hub.files.forgetting import FAREWELLS, KINDS
from hub.files.routes import ENDPOINTS
from hub.house import Room

ROOM = Room(
    name="files",
    endpoints=ENDPOINTS,
    kinds=KINDS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    reactions=REACTIONS,
    farewells=FAREWELLS,
)
