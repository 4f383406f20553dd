"""What this room adds to the whole."""

from hub.house import Room
from hub.routing import repository
from hub.routing.reacting import route
from hub.routing.routes import ENDPOINTS
from hub.routing.waiting import KINDS

ROOM = Room(
    name="routing",
    endpoints=ENDPOINTS,
    kinds=KINDS,
    indexes=repository.INDEXES,
    reactions=(route,),
)
