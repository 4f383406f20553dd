"""What this room adds to the whole."""

from hub.accounts import repository
from hub.accounts.closing import KINDS as ACCOUNTS_KINDS
from hub.accounts.commands import COMMANDS
from hub.accounts.leaving import KINDS as LEAVING_KINDS
from hub.accounts.routes import ENDPOINTS
from hub.house import Room

ROOM = Room(
    name="accounts",
    endpoints=ENDPOINTS,
    kinds=(*ACCOUNTS_KINDS, *LEAVING_KINDS),
    indexes=repository.INDEXES,
    sealed=repository.SEALED,
    commands=COMMANDS,
)
