"""What a room declares, and what all rooms together make."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from starlette.requests import HTTPConnection

from hub.bus import Event, Speaker, Teller
from hub.clock import Clock, SystemClock
from hub.command import Command
from hub.declared import Arrival, Declared, Farewell, Hearing, Parting, Reaction, Setback, Tally
from hub.deps import Speaking, Wanted
from hub.gateway import RedisSpeaker
from hub.http.endpoint import Endpoint
from hub.metrics import Metrics
from hub.settings import Settings
from hub.sockets.ask import Ask
from hub.store.indexes import Index
from hub.store.mongo import CommandListener
from hub.store.redis import Wire
from hub.work.kinds import Kind


@dataclass(frozen=True, kw_only=True)
class Room:
    """One part of the hub. `sealed` names its collections that hold sealed values."""

    name: str
    endpoints: Sequence[Endpoint] = ()
    kinds: Sequence[Kind] = ()
    indexes: Sequence[Index] = ()
    sealed: Sequence[str] = ()
    commands: Sequence[Command] = ()
    reactions: Sequence[Reaction] = ()
    tallies: Sequence[Tally] = ()
    setbacks: Sequence[Setback] = ()
    arrivals: Sequence[Arrival] = ()
    hearings: Sequence[Hearing] = ()
    farewells: Sequence[Farewell] = ()
    partings: Sequence[Parting] = ()
    asks: Sequence[Ask] = ()
    events: Sequence[type[Event]] = ()
    tellers: Sequence[Teller] = ()


def only_speaking(wire: Wire) -> Speaker:
    """For a process that holds no sockets."""
    return RedisSpeaker(wire, write_only=True)


@dataclass(frozen=True)
class House:
    """All rooms."""

    rooms: Sequence[Room]

    def wants(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        listeners: Sequence[CommandListener] = (),
        speaking: Speaking = only_speaking,
    ) -> Wanted:
        """What opens for it."""
        return Wanted(
            settings=settings,
            declared=self.declared,
            tellers=[teller for room in self.rooms for teller in room.tellers],
            speaking=speaking,
            clock=clock or SystemClock(),
            metrics=Metrics(),
            listeners=listeners,
        )

    @property
    def declared(self) -> Declared:
        """What lower rooms call without knowing whom."""
        return Declared(
            indexes=self.indexes,
            sealed=self.sealed,
            reactions=[reaction for room in self.rooms for reaction in room.reactions],
            tallies=[tally for room in self.rooms for tally in room.tallies],
            setbacks=[setback for room in self.rooms for setback in room.setbacks],
            arrivals=[arrival for room in self.rooms for arrival in room.arrivals],
            hearings=[hearing for room in self.rooms for hearing in room.hearings],
            farewells=[farewell for room in self.rooms for farewell in room.farewells],
            partings=[parting for room in self.rooms for parting in room.partings],
        )

    @property
    def endpoints(self) -> list[Endpoint]:
        """What can be asked."""
        return [endpoint for room in self.rooms for endpoint in room.endpoints]

    @property
    def asks(self) -> list[Ask]:
        """What can be asked over a socket."""
        return [ask for room in self.rooms for ask in room.asks]

    @property
    def events(self) -> list[type[Event]]:
        """What screens are told."""
        return [event for room in self.rooms for event in room.events]

    @property
    def kinds(self) -> list[Kind]:
        """What can be due."""
        return [kind for room in self.rooms for kind in room.kinds]

    @property
    def indexes(self) -> list[Index]:
        """What is read by, the claiming of due work included."""
        declared = [index for room in self.rooms for index in room.indexes]
        return [*declared, *(index for kind in self.kinds for index in kind.indexes)]

    @property
    def sealed(self) -> list[str]:
        """The collections that hold sealed values."""
        return [collection for room in self.rooms for collection in room.sealed]

    @property
    def commands(self) -> list[Command]:
        """What can be said at the terminal."""
        return [command for room in self.rooms for command in room.commands]


def house_of(connection: HTTPConnection) -> House:
    """The house of the application that got this request."""
    return cast(House, connection.app.state.house)
