"""What this room adds to the whole."""

from hub.house import Room
from hub.inbox import repository
from hub.inbox.counting import doubt, tally
from hub.inbox.events import CountChanged, MarkChanged, ThreadChanged, ThreadGone
from hub.inbox.indexing import find_heard, make_findable
from hub.inbox.recounting import KINDS
from hub.inbox.routes import ENDPOINTS
from hub.inbox.sockets import ASKS
from hub.inbox.telling import TELLERS

ROOM = Room(
    name="inbox",
    endpoints=ENDPOINTS,
    kinds=KINDS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    reactions=(make_findable, doubt),
    hearings=(find_heard,),
    tallies=(tally,),
    asks=ASKS,
    events=(ThreadChanged, ThreadGone, MarkChanged, CountChanged),
    tellers=TELLERS,
)
