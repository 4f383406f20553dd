"""What this room adds to the whole."""

from hub.house import Room
from hub.people import repository
from hub.people.announcing import TELLERS
from hub.people.duplicates import KINDS
from hub.people.events import PersonChanged, PersonGone
from hub.people.routes import ENDPOINTS

ROOM = Room(
    name="people",
    endpoints=ENDPOINTS,
    kinds=KINDS,
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    events=(PersonChanged, PersonGone),
    tellers=TELLERS,
)
