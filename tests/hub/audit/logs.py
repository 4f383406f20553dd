"""Logs to read, to check and to tamper with."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any

import msgspec
from pymongo import MongoClient
from pymongo.database import Database

from hub.access import Caller, Permission, Scope
from hub.act import Act, Note
from hub.audit.log import record
from hub.audit.repository import AUDIT
from hub.audit.verify import verify
from hub.clock import Clock
from hub.deps import Deps
from hub.settings import Settings
from hub.store.ids import new_id
from hub.store.mongo import AUDIT_HEADS, CommandListener, Document
from tests.hub.http.rooms import CALLER, by_header
from tests.hubs import Hub, running_hub

OURS, THEIRS = "acme", "zenith"
# How many entries our log has in the tests that tamper with it.
LENGTH = 5
ADDRESS = "2001:db8::7"
# What may stand in no database in plain.
CANARY = "canary-4711"


def opened(
    settings: Settings, clock: Clock | None = None, listeners: Sequence[CommandListener] = ()
) -> AbstractAsyncContextManager[Hub]:
    """The hub as it ships, for callers who say who they are."""
    return running_hub(settings, identify=by_header, clock=clock, listeners=listeners)


@contextmanager
def behind_its_back(settings: Settings, suffix: str = "") -> Iterator[Database[Document]]:
    """The main database, or with `_keys` the other one, as somebody has it who did not come through Parley."""
    with MongoClient[Document](settings.mongodb_url.reveal(), tz_aware=True) as client:
        yield client[f"{settings.mongodb_database}{suffix}"]


def reader(
    id: str = "asha", account: str = OURS, *, scope: Scope = Scope.ALL, teams: frozenset[str] = frozenset()
) -> dict[str, str]:
    """The header of a member who may read the log as far as this."""
    caller = Caller("member", id, account, {Permission.AUDIT_VIEW: scope}, teams)
    return {CALLER: msgspec.json.encode(caller).decode()}


async def write(
    deps: Deps,
    account: str = OURS,
    *,
    by: str = "asha",
    action: str = "door.open",
    target: str = "d1",
    after: Any = None,
) -> None:
    """One entry."""
    note = Note({"door": target}, before=[CANARY], after=after)
    act = Act(deps, Caller("member", by, account), new_id(deps.clock.now()), "request-1", ADDRESS, note=note)
    await record(act, action, status=200)


async def write_many(deps: Deps, count: int, account: str = OURS) -> None:
    """So many, one after the other."""
    for number in range(1, count + 1):
        await write(deps, account, target=f"d{number}")


async def entries_of(deps: Deps, account: str = OURS) -> list[Document]:
    """The log as it is stored, the earliest first."""
    return await deps.mongo[AUDIT].find({"account": account}, sort=[("seq", 1)], limit=1000)


async def head_of(deps: Deps, account: str = OURS) -> Document:
    """Where the log is said to end."""
    head = await deps.mongo[AUDIT_HEADS].find_one({"_id": account})
    assert head is not None
    return head


async def problem_of(hub: Hub, account: str = OURS) -> str:
    """What a walk finds wrong with the log; nothing when it is as it was written."""
    return (await verify(hub.deps, account)).problem
