"""The frame of S1: every endpoint, times whose thing it names, times who asks. A new endpoint that takes an id, a body
or a required query needs a maker of examples here; a new permission or role is in the matrix by itself."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType
from typing import Any

import httpx2
import msgspec
from pymongo.monitoring import CommandListener, CommandStartedEvent

from hub.access import STRANGER, Permission
from hub.deps import Deps
from hub.http.endpoint import Endpoint
from hub.operations.repository import PROCESSES
from hub.rooms import ROOMS
from hub.store.mongo import KEYS
from tests.hub.http.rooms import as_caller
from tests.hubs import Hub

ENDPOINTS: Sequence[Endpoint] = [endpoint for room in ROOMS for endpoint in room.endpoints]
OURS, THEIRS = "acme", "zenith"


@dataclass(frozen=True, kw_only=True)
class Example:
    """A request that succeeds. `owned` names the parameters that are ids of something of the account; `marks` are words
    that nobody of another account may ever read."""

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    owned: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()


Maker = Callable[[Deps, str], Awaitable[Example]]


async def nothing(_: Deps, __: str) -> Example:
    """For endpoints that take nothing."""
    return Example()


async def a_file(_: Deps, __: str) -> Example:
    """A file of a page."""
    return Example(path={"name": "start-abc123.js"})


async def a_buried_piece(deps: Deps, account: str) -> Example:
    """Work of the account that was given up: a new data key whose resealing failed."""
    reason = f"what {account} alone may know"
    grave = {"at": deps.clock.now(), "reason": reason, "attempts": 8}
    version = await deps.sealer.add_version(account, buried=grave)
    stored = await deps.mongo[KEYS].find_one({"account": account, "version": version}) or {}
    return Example(
        path={"kind": "keys.reseal", "id": stored["_id"]},
        owned=frozenset({"id"}),
        marks=frozenset({stored["_id"], reason}),
    )


async def a_kind_of_work(deps: Deps, account: str) -> Example:
    """A kind of which the account has something buried."""
    piece = await a_buried_piece(deps, account)
    return Example(path={"kind": piece.path["kind"]}, marks=piece.marks)


EXAMPLES: Mapping[str, Maker] = {
    "asset": a_file,
    "list_buried_work": a_kind_of_work,
    "revive_work": a_buried_piece,
}


def needs_example(endpoint: Endpoint) -> bool:
    """Whether a request must say something to succeed."""
    is_query_required = any(field.required for field in msgspec.structs.fields(endpoint.query))
    return bool(endpoint.parameters) or endpoint.body is not NoneType or is_query_required or bool(id_fields(endpoint))


def id_fields(endpoint: Endpoint) -> set[str]:
    """The fields of body and query that name something stored."""
    types = [type for type in (endpoint.body, endpoint.query) if msgspec.inspect.is_struct_type(type)]
    names = {field.encode_name for type in types for field in msgspec.structs.fields(type)}
    return {name for name in names if name == "id" or name.endswith(("_id", "_ids"))}


async def example_of(endpoint: Endpoint, deps: Deps, account: str, makers: Mapping[str, Maker] = EXAMPLES) -> Example:
    """A request for this endpoint that succeeds for whoever may."""
    return await makers.get(endpoint.id, nothing)(deps, account)


@dataclass(frozen=True)
class Role:
    """Who asks. Every sort of member and key will be one."""

    name: str
    permissions: frozenset[Permission]
    is_stranger: bool = False

    def headers(self, account: str = OURS) -> dict[str, str]:
        """How somebody of this role says so; somebody new each time, whom no limit knows."""
        return {} if self.is_stranger else as_caller(account=account, permissions=self.permissions)

    def may(self, endpoint: Endpoint) -> bool:
        """Whether the declaration lets this role through."""
        return endpoint.permission in {Permission.PUBLIC, *self.permissions}


EVERYTHING = Role("everything", frozenset(Permission))
ROLES: Sequence[Role] = (
    Role("stranger", STRANGER.permissions, is_stranger=True),
    Role("nothing", frozenset()),
    EVERYTHING,
    *(Role(f"only {permission}", frozenset({permission})) for permission in Permission),
    *(Role(f"all but {permission}", frozenset(Permission) - {permission}) for permission in Permission),
)


async def send(hub: Hub, endpoint: Endpoint, example: Example, headers: Mapping[str, str]) -> httpx2.Response:
    """Ask the endpoint."""
    path = endpoint.path.replace(":path}", "}").format_map(example.path)
    content = None if example.body is None else msgspec.json.encode(example.body)
    media_type = {} if content is None else {"content-type": "application/json"}
    return await hub.client.request(
        endpoint.method, path, params=example.query, content=content, headers={**media_type, **headers}
    )


class Sent(CommandListener):
    """What leaves for the database, except that this process is still there."""

    def __init__(self) -> None:
        self.commands: list[Mapping[str, Any]] = []

    def started(self, event: CommandStartedEvent) -> None:
        if event.command.get(event.command_name) != PROCESSES:
            self.commands.append(dict(event.command))

    def succeeded(self, event: object) -> None:
        pass

    def failed(self, event: object) -> None:
        pass

    def take(self) -> list[Mapping[str, Any]]:
        """What has left since the last time."""
        taken, self.commands = self.commands, []
        return taken
