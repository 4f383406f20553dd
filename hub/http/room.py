"""What this room adds to the whole."""

from hub.house import Room
from hub.http import repository
from hub.http.routes import ENDPOINTS

ROOM = Room(
    name="http",
    endpoints=ENDPOINTS,
    indexes=repository.INDEXES,
    sealed=(repository.ANSWERS,),
)
