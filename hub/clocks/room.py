"""What this room adds to the whole."""

from hub.clocks import repository
from hub.clocks.breaching import KINDS as BREACHING_KINDS
from hub.clocks.keeping import keep
from hub.clocks.routes import ENDPOINTS
from hub.clocks.surveyed import hear
from hub.clocks.surveying import KINDS as SURVEYING_KINDS
from hub.clocks.surveying import plan
from hub.house import Room

ROOM = Room(
    name="clocks",
    endpoints=ENDPOINTS,
    kinds=(*BREACHING_KINDS, *SURVEYING_KINDS),
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    reactions=(keep, plan, hear),
)
