"""What this room adds to the whole."""

from hub.fetching import repository
from hub.fetching.fetching import KINDS
from hub.fetching.planning import plan
from hub.house import Room

ROOM = Room(
    name="fetching",
    kinds=KINDS,
    indexes=repository.INDEXES,
    reactions=(plan,),
)
