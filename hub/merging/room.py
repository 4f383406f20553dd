"""What this room adds to the whole."""

from hub.house import Room
from hub.merging import repository
from hub.merging.guarding import KINDS as GUARDING_KINDS
from hub.merging.routes import ENDPOINTS
from hub.merging.settling import KINDS as MERGING_KINDS

ROOM = Room(
    name="merging",
    endpoints=ENDPOINTS,
    kinds=(*MERGING_KINDS, *GUARDING_KINDS),
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
)
