"""What the sandbox tells a line: events, signed, over HTTP or straight into the ledger."""

import itertools
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx2
import msgspec

from channels.base import Hook
from hub.deps import Deps
from hub.intake import ledger
from hub.intake.models import IntakeEvent
from hub.lines.models import Line
from hub.threads import log
from hub.threads.models import Entry, Thread
from hub.threads.repository import MESSAGES, list_after
from tests.fakes.sandbox import signed
from tests.hub.lines.connected import SECRET
from tests.hubs import Hub

LEAD = "+4917012345678"
NUMBERS = itertools.count(1)


def message(text: str = "Hello", *, at: datetime, sender: str = LEAD, id: str = "", **more: Any) -> dict[str, Any]:
    """Somebody writes."""
    id = id or f"m{next(NUMBERS)}"
    return {"type": "message", "id": id, "from": sender, "at": at.isoformat(), "text": text, **more}


def event_of(*events: Any) -> bytes:
    """As it is sent."""
    return msgspec.json.encode({"events": events})


async def post(
    hub: Hub, line: Line, body: bytes, headers: Mapping[str, str] | None = None, *, event_id: str = ""
) -> httpx2.Response:
    """The provider's request; signed as it should be, unless other headers are given."""
    if headers is None:
        headers = signed(body, hub.deps.clock.now(), SECRET, event_id=event_id)
    return await hub.client.post(f"/in/{line.id}", content=body, headers=headers)


async def tell(hub: Hub, line: Line, *events: Any, event_id: str = "") -> None:
    """The provider's request, and all that comes of it."""
    answer = await post(hub, line, event_of(*events), event_id=event_id)
    assert answer.status_code == 200, answer.text
    await hub.deps.background.settle()


def hook_to(deps: Deps, line: Line, body: bytes, headers: Mapping[str, str]) -> Hook:
    """The same request, as an adapter sees it."""
    url = f"{deps.settings.base_url}/in/{line.id}"
    return Hook(method="POST", url=url, headers=headers, query={}, body=body, now=deps.clock.now())


async def stored_only(deps: Deps, line: Line, body: bytes) -> IntakeEvent:
    """Acknowledged by a process that has died before it could go on."""
    event = await ledger.take(deps, line, hook_to(deps, line, body, signed(body, deps.clock.now(), SECRET)))
    assert event
    return event


async def entries(deps: Deps, account: str = "acme") -> list[Entry]:
    """Every entry of every log."""
    found = await deps.mongo["threads"].find({"account": account}, limit=1000)
    logs = [await list_after(deps.mongo, account, thread["_id"], 0, limit=1000) for thread in found]
    return [entry for one in logs for entry in one]


async def texts(deps: Deps, account: str = "acme") -> list[str]:
    """What stands in the logs."""
    return [(await log.opened(deps, entry)).text for entry in await entries(deps, account) if entry.content]


async def only_thread(deps: Deps, account: str = "acme") -> Thread:
    """The conversation, where there is one."""
    (found,) = await deps.mongo["threads"].find({"account": account}, limit=2)
    return await log.get_thread(deps, account, found["_id"])


async def count_messages(deps: Deps) -> int:
    """How many messages there are in all logs."""
    return await deps.mongo[MESSAGES].count({"kind": "message"}, limit=100_000)


async def ledger_of(deps: Deps) -> list[IntakeEvent]:
    """All that stands in the ledger, in the order of its coming."""
    found = await deps.mongo["intake"].find({}, sort=[("_id", 1)], limit=1000)
    return [msgspec.convert(one, IntakeEvent) for one in found]
