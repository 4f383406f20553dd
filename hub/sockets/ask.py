"""What a client may ask over a socket. As with endpoints, the declaration is the single source for everything that is
done around its handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import NoneType
from typing import Any, Generic, TypeVar

from hub.access import Caller, Permission
from hub.act import Act
from hub.audiences import Namespace
from hub.deps import Deps
from hub.http.endpoint import Input
from hub.sockets.connection import Connection

Body = TypeVar("Body", bound=Input)


@dataclass(frozen=True)
class Question(Generic[Body]):
    """One question, checked: what a handler gets."""

    act: Act
    body: Body
    connection: Connection

    @property
    def deps(self) -> Deps:
        """What the lifespan opened."""
        return self.act.deps

    @property
    def caller(self) -> Caller:
        """Whoever asks."""
        return self.act.caller


Handler = Callable[["Question[Any]"], Awaitable[object]]


class Nothing(Input, frozen=True):
    """Nothing has to be said."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One thing that can be asked in one namespace. `weight` is how much of the budgets it takes. What changes
    something names in `recorded_in` the record that is kept of it."""

    namespace: Namespace
    name: str
    handler: Handler
    permission: Permission
    summary: str
    body: type[Input] = Nothing
    answer: Any = NoneType
    weight: int = 1
    recorded_in: str = ""
