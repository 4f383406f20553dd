"""What this room adds to the whole."""

from hub.house import Room
from hub.threads import repository
from hub.threads.answering import give_to_agent
from hub.threads.events import EntryChanged
from hub.threads.follow import KINDS as FOLLOW_KINDS
from hub.threads.leaving import let_go, notice
from hub.threads.merging import tell
from hub.threads.routes import ENDPOINTS
from hub.threads.silence import KINDS as SILENCE_KINDS
from hub.threads.silence import watch
from hub.threads.sockets import ASKS
from hub.threads.waking import KINDS as WAKING_KINDS

ROOM = Room(
    name="threads",
    endpoints=ENDPOINTS,
    kinds=(*FOLLOW_KINDS, *WAKING_KINDS, *SILENCE_KINDS),
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    reactions=(tell, watch, notice, give_to_agent),
    partings=(let_go,),
    asks=ASKS,
    events=(EntryChanged,),
)
