"""What this room adds to the whole."""

from hub.house import Room
from hub.push import repository
from hub.push.jobs import KINDS
from hub.push.routes import ENDPOINTS
from hub.push.subscribing import forget_browsers

ROOM = Room(
    name="push",
    endpoints=ENDPOINTS,
    kinds=KINDS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    partings=(forget_browsers,),
)
