"""What the gateway asks of whoever keeps the door of a namespace, and what it hands to them."""

from typing import Any, Protocol

from hub.audiences import Namespace


class HeldSocket:
    """A socket of one namespace, as a door sees it."""

    def __init__(self, id: str, socket: Any) -> None:
        self.id, self.socket, self.scope = id, socket, socket.scope

    def is_gone(self) -> bool:
        """Whether its line has ended."""
        return bool(self.socket.line.is_gone)

    def end(self, code: int, reason: str) -> None:
        """Cut it off: all of it."""
        self.socket.end(code, reason)


class Door(Protocol):
    """What is done for the sockets of one namespace."""

    @property
    def namespace(self) -> Namespace:
        """Which one."""

    async def enter(self, socket: HeldSocket, auth: object) -> None:
        """Let it in, or raise."""

    async def leave(self, id: str) -> None:
        """It has gone."""

    async def answer(self, id: str, name: str, arguments: tuple[object, ...]) -> object:
        """What it is told; never raises."""
