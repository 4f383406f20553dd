"""What this room adds to the whole."""

from hub.house import Room
from hub.presence import repository
from hub.presence.events import LeadTypes, MemberPresence, SomebodyTypes, ThreadPresence
from hub.presence.routes import ENDPOINTS
from hub.presence.sockets import ASKS
from hub.presence.telling import TELLERS
from hub.presence.writing import stop

ROOM = Room(
    name="presence",
    endpoints=ENDPOINTS,
    indexes=repository.INDEXES,
    reactions=(stop,),
    asks=ASKS,
    events=(MemberPresence, ThreadPresence, LeadTypes, SomebodyTypes),
    tellers=TELLERS,
)
