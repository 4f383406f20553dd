"""What this room adds to the whole."""

from hub.house import Room
from hub.rules import repository
from hub.rules.routes import ENDPOINTS
from hub.rules.running import run_rules

ROOM = Room(
    name="rules",
    endpoints=ENDPOINTS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    reactions=(run_rules,),
)
