"""What this room adds to the whole."""

from hub.house import Room
from hub.replying import repository
from hub.replying.events import DraftTyped
from hub.replying.routes import ENDPOINTS
from hub.replying.telling import TELLERS

ROOM = Room(
    name="replying",
    endpoints=ENDPOINTS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    events=(DraftTyped,),
    tellers=TELLERS,
)
