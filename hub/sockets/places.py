"""How many sockets are open in one namespace of a process: of each caller, and of each address."""

from hub.sockets.connection import Connection
from hub.sockets.errors import TooManySockets

# More screens than anybody has.
MOST_SOCKETS = 30
Place = tuple[str, str]


class Places:
    """Whoever is there has one of their own, and one of their address. It costs the same, however many are there."""

    def __init__(self) -> None:
        self.taken: dict[Place, dict[str, Connection]] = {}

    def take(self, connection: Connection, most_of_address: int) -> None:
        """Or TooManySockets, where none is left."""
        for place, most in zip(places_of(connection), (MOST_SOCKETS, most_of_address), strict=True):
            if self._count(place, most) >= most:
                raise TooManySockets(f"{most} connections are open already: close one.", most=most)
        for place in places_of(connection):
            self.taken.setdefault(place, {})[connection.id] = connection

    def leave(self, connection: Connection) -> None:
        """They are free again."""
        for place in places_of(connection):
            there = self.taken[place]
            del there[connection.id]
            if not there:
                del self.taken[place]

    def _count(self, place: Place, most: int) -> int:
        """Whoever has gone while we were answering takes nobody's; that is looked at only where it matters."""
        there = self.taken.get(place, {})
        return len(there) if len(there) < most else sum(not one.is_gone() for one in there.values())


def places_of(connection: Connection) -> tuple[Place, Place]:
    """That of the caller, and that of their address."""
    return ("caller", connection.caller.id), ("address", connection.neighbourhood)
