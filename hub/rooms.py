"""The rooms of the house: what each adds to the whole. A new capability is a new line here."""

from hub.house import House, Room
from hub.http import repository as http
from hub.http.routes import ENDPOINTS as HTTP_ENDPOINTS
from hub.keys.commands import COMMANDS as KEYS_COMMANDS
from hub.keys.resealing import KINDS as KEYS_KINDS
from hub.operations import repository as operations
from hub.operations.routes import ENDPOINTS as OPERATIONS_ENDPOINTS
from hub.pages.routes import ENDPOINTS as PAGES_ENDPOINTS
from hub.store import sealed
from hub.work.commands import COMMANDS as WORK_COMMANDS
from hub.work.routes import ENDPOINTS as WORK_ENDPOINTS

ROOMS = (
    Room(name="store", indexes=sealed.INDEXES),
    Room(
        name="http",
        endpoints=HTTP_ENDPOINTS,
        indexes=http.INDEXES,
        sealed=(http.ANSWERS, http.AUDIT),
    ),
    Room(name="pages", endpoints=PAGES_ENDPOINTS),
    Room(name="operations", endpoints=OPERATIONS_ENDPOINTS, indexes=operations.INDEXES),
    Room(name="work", endpoints=WORK_ENDPOINTS, commands=WORK_COMMANDS),
    Room(name="keys", kinds=KEYS_KINDS, commands=KEYS_COMMANDS),
)
HOUSE = House(ROOMS)
