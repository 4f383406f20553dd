"""What this room adds to the whole."""

from hub.audit import repository
from hub.audit.commands import COMMANDS
from hub.audit.events import SettingChanged
from hub.audit.routes import ENDPOINTS
from hub.audit.telling import TELLERS
from hub.house import Room

ROOM = Room(
    name="audit",
    endpoints=ENDPOINTS,
    indexes=repository.INDEXES,
    sealed=(repository.AUDIT,),
    commands=COMMANDS,
    events=(SettingChanged,),
    tellers=TELLERS,
)
