"""How many sockets are open in one namespace of a process: of each caller, and of each address."""

from collections.abc import Iterator

from hub.sockets.connection import Connection
from hub.sockets.errors import TooManySockets

# More screens than anybody has.
MOST_SOCKETS = 30


class Places:
    """Whoever is there has one of their own, and one of their address. It costs the same, however many are there."""

    def __init__(self, most_of_address: int) -> None:
        self._most_of_address = most_of_address
        self.taken: dict[tuple[str, str], dict[str, Connection]] = {}

    def take(self, connection: Connection) -> None:
        """Or TooManySockets, where none is left."""
        for place, most in self._of(connection):
            if self._count(place, most) >= most:
                raise TooManySockets(f"{most} connections are open already: close one.", most=most)
        for place, _ in self._of(connection):
            self.taken.setdefault(place, {})[connection.id] = connection

    def leave(self, connection: Connection) -> None:
        """They are free again."""
        for place, _ in self._of(connection):
            there = self.taken[place]
            del there[connection.id]
            if not there:
                del self.taken[place]

    def _of(self, connection: Connection) -> Iterator[tuple[tuple[str, str], int]]:
        yield ("caller", connection.caller.id), MOST_SOCKETS
        yield ("address", connection.neighbourhood), self._most_of_address

    def _count(self, place: tuple[str, str], most: int) -> int:
        """Whoever has gone while we were answering takes nobody's; that is looked at only where it matters."""
        there = self.taken.get(place, {})
        return len(there) if len(there) < most else sum(not one.is_gone() for one in there.values())
