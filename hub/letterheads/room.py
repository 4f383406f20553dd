"""What this room adds to the whole."""

from hub.house import Room
from hub.letterheads import repository
from hub.letterheads.keeping import forget
from hub.letterheads.routes import ENDPOINTS

ROOM = Room(
    name="letterheads",
    endpoints=ENDPOINTS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    partings=(forget,),
)
