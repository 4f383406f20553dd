"""The frame of S1: every endpoint there is, an example of a request for each, and a witness of what the database is
asked. A new endpoint that takes anything needs a maker in tests/contracts/examples.py."""

import itertools
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address
from types import NoneType
from typing import Any

import httpx2
import msgspec
from msgspec import inspect
from pymongo.monitoring import CommandListener, CommandStartedEvent, CommandSucceededEvent

from hub.access import Permission
from hub.http.endpoint import Endpoint, Input
from hub.operations.repository import PROCESSES
from hub.rooms import ROOMS
from tests.contracts.companies import Person
from tests.hubs import Hub

ENDPOINTS: Sequence[Endpoint] = [endpoint for room in ROOMS for endpoint in room.endpoints]
# Whatever leaves a trace: to be tried by somebody new each time.
CHANGES = [endpoint for endpoint in ENDPOINTS if endpoint.is_written_down]
# Every request comes from an address of its own, so that no limit of strangers counts two of them.
ADDRESSES = itertools.count(int(IPv4Address("10.0.0.1")))
AUDIT = "audit"
# The log of the account that the answer names.
IN_THE_ANSWER = "in the answer"


@dataclass(frozen=True, kw_only=True)
class Example:
    """A request that succeeds. Every value of the path and every id in query and body is either in `owned`, the ids of
    something of the account, or in `words`, which mean the same for everybody. `log` is the account in whose audit log
    it stands, when that is not the caller's."""

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    owned: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    log: str = ""

    def with_the_ids_of(self, other: "Example", names: Sequence[str]) -> "Example":
        """The same request, with these ids taken from another one."""
        path, query, body = dict(self.path), dict(self.query), self.body
        for name in names:
            if name in path:
                path[name] = other.path[name]
            elif name in query:
                query[name] = other.query[name]
            else:
                body = replaced(body, name.split("."), other.body)
        return replace(self, path=path, query=query, body=body)


def replaced(body: Any, way: Sequence[str], other: Any) -> Any:
    """The body with what stands at the end of the way in another one; of a list, in each of its items that has it."""
    if isinstance(body, list):
        pairs = zip(body, other, strict=True)
        return [replaced(mine, way, theirs) if way[0] in mine else mine for mine, theirs in pairs]
    name, *further = way
    return {**body, name: replaced(body[name], further, other[name]) if further else other[name]}


# Makes what the request is about, among the things of this person or of the person's account.
Maker = Callable[[Person], Awaitable[Example]]


async def nothing(_: Person) -> Example:
    """For endpoints that take nothing."""
    return Example()


async def example_of(endpoint: Endpoint, person: Person, makers: Mapping[str, Maker]) -> Example:
    """A request for this endpoint that succeeds for whoever may; whatever making it has begun is done."""
    example = await makers.get(endpoint.id, nothing)(person)
    await person.deps.background.settle()
    return example


def needs_example(endpoint: Endpoint) -> bool:
    """Whether a request must say something to succeed."""
    is_query_required = any(field.required for field in msgspec.structs.fields(endpoint.query))
    return bool(endpoint.parameters) or endpoint.body is not NoneType or is_query_required


def ids_of(endpoint: Endpoint) -> set[str]:
    """Where query and body name something stored, as their types say it: `member_id`, or `place.team_id` inside."""
    types = [type for type in (endpoint.query, endpoint.body) if inspect.is_struct_type(type)]
    return {way for type in types for way, _ in ids_in(inspect.type_info(type))}


def ids_in(type: inspect.Type, way: str = "", is_id: bool = False) -> Iterator[tuple[str, inspect.Type]]:
    """The ways to every id of a type."""
    if isinstance(type, inspect.Metadata):
        yield from ids_in(type.type, way, is_id or "names" in (type.extra or {}))
    elif isinstance(type, inspect.UnionType):
        for one in type.types:
            yield from ids_in(one, way, is_id)
    elif isinstance(type, inspect.ListType | inspect.SetType | inspect.VarTupleType):
        yield from ids_in(type.item_type, way, is_id)
    elif isinstance(type, inspect.DictType):
        yield from (*ids_in(type.key_type, way), *ids_in(type.value_type, way))
    elif isinstance(type, inspect.StructType):
        for field in type.fields:
            yield from ids_in(field.type, f"{way}.{field.encode_name}".removeprefix("."))
    elif is_id and isinstance(type, inspect.StrType):
        yield way, type


def named_like_ids(type: Any) -> set[str]:
    """Fields that are called as ids are, in what we have named ourselves."""
    structs = (type, *nested(inspect.type_info(type))) if inspect.is_struct_type(type) else ()
    names = {
        one.encode_name for struct in structs if issubclass(struct, Input) for one in msgspec.structs.fields(struct)
    }
    return {name for name in names if name in ("id", "ids", "role", "teams") or name.endswith(("_id", "_ids", "_role"))}


def nested(type: inspect.Type) -> Iterator[type]:
    """Every struct inside a type."""
    for inner in (kind for part in vars_of(type) for kind in bare(part)):
        if isinstance(inner, inspect.StructType):
            yield inner.cls
        yield from nested(inner)


def vars_of(type: inspect.Type) -> Iterator[inspect.Type]:
    """The types that a type is made of."""
    for kind in bare(type):
        if isinstance(kind, inspect.StructType):
            yield from (one.type for one in kind.fields)
        elif isinstance(kind, inspect.ListType | inspect.SetType | inspect.VarTupleType):
            yield kind.item_type
        elif isinstance(kind, inspect.DictType):
            yield from (kind.key_type, kind.value_type)


def bare(type: inspect.Type) -> Iterator[inspect.Type]:
    """The one or several kinds of values that there can be, without what is said about them."""
    if isinstance(type, inspect.Metadata):
        yield from bare(type.type)
    elif isinstance(type, inspect.UnionType):
        for one in type.types:
            yield from bare(one)
    else:
        yield type


def new_address() -> str:
    """One that nobody else has."""
    return str(IPv4Address(next(ADDRESSES)))


async def send(
    hub: Hub,
    endpoint: Endpoint,
    example: Example,
    headers: Mapping[str, str],
    *,
    address: str = "",
    query: str | None = None,
) -> httpx2.Response:
    """Ask the endpoint; `query` is one as it is written, in the place of the example's."""
    path = endpoint.path.replace(":path}", "}").format_map(example.path)
    content = None if example.body is None else msgspec.json.encode(example.body)
    media_type = {} if content is None else {"content-type": "application/json"}
    given = {"x-forwarded-for": address or new_address(), **media_type, **example.headers, **headers}
    hub.client.cookies.clear()
    asked = {"url": path, "params": example.query} if query is None else {"url": f"{path}?{query}"}
    answer = await hub.client.request(endpoint.method, content=content, headers=given, **asked)
    # What the process goes on with would be taken for what the next request asks of the database.
    await hub.deps.background.settle()
    return answer


IN = "in"


def outcome_of(endpoint: Endpoint, answer: httpx2.Response) -> str:
    """Let in, or the status and the code of the refusal; some tell the code to the page that they lead on to."""
    _, is_led_on, code = answer.headers.get("location", "").partition("#error=")
    if answer.status_code == endpoint.status and not is_led_on:
        return IN
    return f"{answer.status_code} {code or answer.json()['error']['code']}"


def refusal(endpoint: Endpoint, status: int, code: str) -> str:
    """How the endpoint says no."""
    return f"{endpoint.status if endpoint.failure_page else status} {code}"


def is_open(endpoint: Endpoint) -> bool:
    """Whether strangers may ask."""
    return endpoint.permission is Permission.PUBLIC


class Sent(CommandListener):
    """What is asked of the database and whose documents it gives, except that this process is still there."""

    def __init__(self) -> None:
        self._commands: list[Mapping[str, Any]] = []
        self._read: set[str] = set()

    def started(self, event: CommandStartedEvent) -> None:
        if event.command.get(event.command_name) != PROCESSES:
            self._commands.append(dict(event.command))

    def succeeded(self, event: CommandSucceededEvent) -> None:
        cursor: Mapping[str, Any] = event.reply.get("cursor", {})
        found = [*cursor.get("firstBatch", ()), *cursor.get("nextBatch", ())]
        self._read |= {one["account"] for one in found if isinstance(one, Mapping) and "account" in one}

    def failed(self, event: object) -> None:
        pass

    def take(self) -> list[Mapping[str, Any]]:
        """The commands since the last time."""
        taken, self._commands, self._read = self._commands, [], set()
        return taken

    def take_read(self) -> set[str]:
        """Whose documents were read since the last time."""
        read = self._read
        self.take()
        return read
