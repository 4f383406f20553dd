"""What this room adds to the whole."""

from hub.house import Room
from hub.sending import repository
from hub.sending.delivery import KINDS as DELIVERY_KINDS
from hub.sending.events import ScheduledChanged, ScheduledEnded
from hub.sending.routes import ENDPOINTS
from hub.sending.scheduled import KINDS as SCHEDULED_KINDS
from hub.sending.sockets import ASKS
from hub.sending.telling import TELLERS

ROOM = Room(
    name="sending",
    endpoints=ENDPOINTS,
    kinds=(*DELIVERY_KINDS, *SCHEDULED_KINDS),
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    asks=ASKS,
    events=(ScheduledChanged, ScheduledEnded),
    tellers=TELLERS,
)
