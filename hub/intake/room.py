"""What this room adds to the whole."""

from hub.house import Room
from hub.intake import repository
from hub.intake.jobs import KINDS
from hub.intake.routes import ENDPOINTS

ROOM = Room(
    name="intake",
    endpoints=ENDPOINTS,
    kinds=KINDS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
)
