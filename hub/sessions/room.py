"""What this room adds to the whole."""

from hub.house import Room
from hub.sessions import repository
from hub.sessions.entrance import ENDPOINTS as ENTRANCE_ENDPOINTS
from hub.sessions.my_routes import ENDPOINTS as MY_ENDPOINTS
from hub.sessions.passkey_routes import ENDPOINTS as PASSKEY_ENDPOINTS
from hub.sessions.routes import ENDPOINTS as SESSIONS_ENDPOINTS

ROOM = Room(
    name="sessions",
    endpoints=(*ENTRANCE_ENDPOINTS, *SESSIONS_ENDPOINTS, *MY_ENDPOINTS, *PASSKEY_ENDPOINTS),
    indexes=repository.INDEXES,
    sealed=(repository.SESSIONS,),
)
