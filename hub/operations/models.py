"""What there is to say about the health of an installation."""

from enum import StrEnum

from hub.http.endpoint import Output


class PartState(StrEnum):
    """How one part does. `degraded`: it is away, and the hub goes on without it."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


class ReadyState(StrEnum):
    """How the whole does. Only `down` means: send nobody here."""

    READY = "ready"
    DEGRADED = "degraded"
    DOWN = "down"


class Part(Output, frozen=True):
    """One thing that the hub stands on."""

    name: str
    state: PartState
    detail: str


class Readiness(Output, frozen=True):
    """The whole and its parts."""

    state: ReadyState
    version: str
    parts: list[Part]


class Alive(Output, frozen=True):
    """This process answers. `installation` is the same for all processes that share a database."""

    alive: bool
    version: str
    installation: str


def whole(parts: list[Part]) -> ReadyState:
    """As bad as the worst part."""
    states = {part.state for part in parts}
    if PartState.DOWN in states:
        return ReadyState.DOWN
    return ReadyState.DEGRADED if PartState.DEGRADED in states else ReadyState.READY
