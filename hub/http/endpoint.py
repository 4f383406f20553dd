"""What an endpoint is. The declaration is the single source for everything that is done around its handler."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from types import NoneType
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

import msgspec
from starlette.requests import Request

from hub.access import Caller, Permission
from hub.act import Act
from hub.deps import Deps
from hub.limits import Rate

Body = TypeVar("Body")
Query = TypeVar("Query")
Handler = Callable[["Call[Any, Any]"], Awaitable[object]]
# (deps, the values of the path): the origins of the pages that may ask.
Origins = Callable[[Deps, Mapping[str, str]], Awaitable[Collection[str]]]
# (deps, the values of the path, the address of whoever asks): what holds a place for a large body.
Hold = Callable[[Deps, Mapping[str, str], str], AbstractAsyncContextManager[None]]

MUTATING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
PATH_PARAMETER = re.compile(r"{(\w+)(?::path)?}")
BODY_BYTES = 64 * 1024
USUAL_RATE = Rate(300)
# A body that has not arrived by then is not coming; a slow reader of ours must not be a slow writer of theirs.
BODY_TIMEOUT_S = 20.0
YEARS = 2000, 2200
# A time that comes from outside: with its offset. That it is one that the house works with, `Input` checks.
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What comes from outside: exactly these fields, of exactly these types; times with their offset, and none that is
    so far away that reckoning with it fails."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, datetime) and not is_usual(value):
                raise ValueError(f"`{name}` is a time with its offset, in a year from 2000 on and before 2200.")


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """What goes out."""


def is_usual(moment: datetime) -> bool:
    """Whether it can be reckoned with, in every zone, and stored."""
    return moment.tzinfo is not None and YEARS[0] <= moment.year < YEARS[1]


class NoQuery(Input, frozen=True):
    """No query parameters at all."""


class PageQuery(Input, frozen=True):
    """Which page of a list."""

    cursor: Annotated[str, msgspec.Meta(max_length=200)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class Tag(NamedTuple):
    """A chapter of the API's documentation, and a sentence about it."""

    name: str
    about: str
    # Pages are for browsers: programs need not read about them.
    is_internal: bool = False


@dataclass(frozen=True)
class Call(Generic[Body, Query]):
    """One request, checked: what a handler gets."""

    act: Act
    body: Body
    query: Query
    path: Mapping[str, str]
    request: Request

    @property
    def deps(self) -> Deps:
        """What the lifespan opened."""
        return self.act.deps

    @property
    def caller(self) -> Caller:
        """Whoever asks."""
        return self.act.caller


@dataclass(frozen=True)
class Reply:
    """An answer that sets cookies. They are not kept for a repeat."""

    value: object
    cookies: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One method of one path.

    Whoever asks needs `permission`, and `also` that one, where there is one. Whatever changes something names its
    action for the audit log in `audit`, or in `recorded_in` the record that is kept instead, such as a ledger. So does
    a GET that `takes_out` what people have said, as a file: it must be known who has it. So does a GET with a
    `failure_page`: a browser is led here with something that is good once, and led on to that page by whatever fails,
    with the error's code behind the #. `creates` makes the endpoint take an Idempotency-Key. With a `media_type` other
    than JSON the handler makes the response itself. `other_answers` are those with another status that are no failures.
    With `origins` it is for pages of other sites, and for those alone. Whoever asks `by_others` shows credentials that
    are none of ours, and is a stranger whatever they are: the handler itself finds out whom to believe. Where the body
    may be large, `hold` is entered before any of it is read, and left with the answer: it finds out whether anybody
    wants the body at all, and has a place for it. A body that says that it has `hold_above` bytes at most needs none.
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    handler: Handler
    permission: Permission
    summary: str
    tag: Tag
    answer: Any = NoneType
    body: Any = NoneType
    query: type[Input] = NoQuery
    status: int = 200
    media_type: str = "application/json"
    rate: Rate | None = USUAL_RATE
    body_bytes: int = BODY_BYTES
    body_timeout_s: float = BODY_TIMEOUT_S
    creates: bool = False
    audit: str = ""
    recorded_in: str = ""
    failure_page: str = ""
    also: Permission | None = None
    takes_out: bool = False
    other_answers: Mapping[int, Any] = field(default_factory=dict)
    origins: Origins | None = None
    by_others: bool = False
    hold: Hold | None = None
    hold_above: int = -1

    def __post_init__(self) -> None:
        records = [place for place in (self.audit, self.recorded_in) if place]
        if len(records) != self.is_written_down:
            raise TypeError(f"{self.id}: a change, and nothing else, is written down: in `audit` or in `recorded_in`")
        if self.creates and (self.method != "POST" or self.media_type != "application/json"):
            raise TypeError(f"{self.id}: only a POST creates, and what it answers is kept as JSON")
        if self.by_others and self.permission is not Permission.PUBLIC:
            raise TypeError(f"{self.id}: strangers may do only what all may")

    @property
    def id(self) -> str:
        """The name of the operation in OpenAPI, in the metrics and in the limits."""
        return self.handler.__name__

    @property
    def is_written_down(self) -> bool:
        """Whether it must be known later that somebody has asked for it."""
        return self.method in MUTATING or bool(self.failure_page) or self.takes_out

    @property
    def parameters(self) -> list[str]:
        """The names in the path."""
        return PATH_PARAMETER.findall(self.path)
