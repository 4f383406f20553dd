"""What this room adds to the whole."""

from hub.house import Room
from hub.transcribing.routes import ENDPOINTS
from hub.transcribing.transcribing import KINDS
from hub.transcribing.wanting import want

ROOM = Room(
    name="transcribing",
    endpoints=ENDPOINTS,
    kinds=KINDS,
    arrivals=(want,),
)
