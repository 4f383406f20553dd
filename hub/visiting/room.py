"""What this room adds to the whole."""

from hub.house import Room
from hub.visiting import repository
from hub.visiting.events import VisitorEntryChanged
from hub.visiting.routes import ENDPOINTS
from hub.visiting.sockets import ASKS
from hub.visiting.telling import TELLERS

ROOM = Room(
    name="visiting",
    endpoints=ENDPOINTS,
    indexes=repository.INDEXES,
    asks=ASKS,
    events=(VisitorEntryChanged,),
    tellers=TELLERS,
)
