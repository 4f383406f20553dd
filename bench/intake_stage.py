"""What the benchmark of intake needs: the web process and two references on the first core; on the others the database,
and a provider that signs and sends."""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

import httpx2
import msgspec
import psutil

from bench.door import OPERATOR, PASSWORD, cpu_s_of, listener, made
from bench.machine import on, shared_out
from bench.processes import started
from bench.start import answers, until
from hub.children import Report
from hub.settings import Secret, Settings, load
from hub.store.embedded import free_port, open_servers
from hub.store.ids import new_id
from hub.store.mongo import Mongo, open_mongo
from hub.store.sealed import new_master_key
from tests.fakes.sandbox.signing import signed

# So many people write, each again and again.
PEOPLE = 200
SECRET = "a secret of the bench"  # noqa: S105 - of a line that lasts as long as the bench
TEXT = "Good morning, is the flat in Garden Street still free, and may we come to see it on Saturday at ten?"
# No more at once than the process takes on: what is beyond that waits for a worker, and there is none.
AT_ONCE = 100
LOOK_EVERY_S, PATIENCE_S = 0.05, 120
TOO_MANY = 429


@dataclass(frozen=True)
class Target:
    """Where events go, and the process that takes them there."""

    client: httpx2.AsyncClient
    path: str
    process: psutil.Process

    @property
    def cpu_s(self) -> float:
        """What the process has used so far."""
        return cpu_s_of(self.process)


@dataclass(frozen=True)
class Stage:
    """What is open while we measure. `taken` answers as `real` does and goes on with nothing."""

    real: Target
    taken: Target
    bare: Target
    echo: Target
    mongo: Mongo
    account: str
    numbers: "count[int]" = field(default_factory=count)

    async def tell(self, target: Target) -> None:
        """The next event, by the next of the people who write."""
        number = next(self.numbers)
        now = datetime.now(UTC)
        message = {
            "type": "message",
            "id": f"message-{number}",
            "from": f"+4930{number % PEOPLE:07}",
            "at": now.isoformat(),
            "text": f"{TEXT} ({number})",
        }
        body = msgspec.json.encode({"events": [message]})
        headers = signed(body, now, SECRET, event_id=f"event-{number}")
        while (answer := await target.client.post(target.path, content=body, headers=headers)).status_code == TOO_MANY:
            await asyncio.sleep(float(answer.headers["retry-after"]))
        answer.raise_for_status()

    async def tell_many(self, target: Target, events: int) -> None:
        """As fast as they are taken in."""
        for first in range(0, events, AT_ONCE):
            await asyncio.gather(*(self.tell(target) for _ in range(min(AT_ONCE, events - first))))
            await self.until_caught_up()

    async def until_caught_up(self) -> None:
        """Return when all that was taken is taken in, and all reactions to it are done."""
        give_up_at = time.monotonic() + PATIENCE_S
        while await self.is_behind():
            if time.monotonic() > give_up_at:
                raise SystemExit(f"Some events were not taken in after {PATIENCE_S} s.")
            await asyncio.sleep(LOOK_EVERY_S)

    async def is_behind(self) -> bool:
        """Whether something waits."""
        waiting = await self.mongo["intake"].find_one({"account": self.account, "state": "waiting"})
        reacting = {"account": self.account, "follow.due_at": {"$exists": True}}
        return waiting is not None or await self.mongo["threads"].find_one(reacting) is not None


@asynccontextmanager
async def open_stage(report: Report) -> AsyncIterator[Stage]:
    """All of it, with everybody known who is going to write."""
    server_cores, load_cores = shared_out()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-bench-")))
        stack.enter_context(on(load_cores))
        given = replace(load(os.environ), data=folder)
        servers = await stack.enter_async_context(open_servers(given, role="command", report=report))
        database = f"bench{new_id(datetime.now(UTC))}"
        key = servers.master_key or given.master_key or Secret(new_master_key())
        settings = replace(
            given,
            mongodb_url=Secret(servers.mongodb_url),
            mongodb_database=database,
            redis_url=Secret(servers.redis_url),
            master_key=key,
        )
        mongo = await stack.enter_async_context(open_mongo(servers.mongodb_url, database, timeout_s=30))
        if given.mongodb_url:
            # The embedded one goes with its folder.
            stack.push_async_callback(mongo.drop)
        with on(server_cores):
            web = await server(stack, "bench.intake_web", environ=environ_of(settings))
            bare = await server(stack, "bench.reference.bare", servers.mongodb_url, database)
            echo = await server(stack, "bench.reference.http")
        founded, other = await account_with_line(web.client, "real"), await account_with_line(web.client, "taken")
        real, taken = replace(web, path=f"/in/{founded.line}"), replace(web, path=f"/taken/{other.line}")
        stage = Stage(real, taken, bare, echo, mongo, founded.account)
        report(f"intake: meeting {PEOPLE} people")
        await stage.tell_many(real, PEOPLE)
        yield stage


async def server(stack: AsyncExitStack, module: str, *more: str, environ: dict[str, str] | None = None) -> Target:
    """One that listens somewhere."""
    port = free_port()
    argv = ("-m", module, str(port), *more)
    process = await stack.enter_async_context(started(*argv, environ=environ or {}))
    await until(port, answers, process)
    limits = httpx2.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    client = httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=PATIENCE_S)
    return Target(await stack.enter_async_context(client), "/", listener(port))


class Founded(NamedTuple):
    """An account, a line of it on which people write, and a key that may do everything there."""

    account: str
    line: str
    key: str


async def account_with_line(client: httpx2.AsyncClient, name: str) -> Founded:
    """A new one."""
    wanted = {"name": name, "owner": f"{name}@bench.test", "password": PASSWORD}
    founded = await made(client, "/api/v1/accounts", wanted, OPERATOR)
    values = {"url": "http://127.0.0.1:1", "key": "key", "webhook_secret": SECRET}
    line = {"provider": "sandbox_sms", "name": name, "address": "+4930123456", "values": values}
    connected = await made(client, "/api/v1/lines", line, founded["key"])
    return Founded(founded["account_id"], connected["id"], founded["key"])


def environ_of(settings: Settings) -> dict[str, str]:
    """The settings as a process gets them."""
    return {
        "PARLEY_DATA": str(settings.data),
        "PARLEY_MONGODB_URL": settings.mongodb_url.reveal(),
        "PARLEY_MONGODB_DATABASE": settings.mongodb_database,
        "PARLEY_REDIS_URL": settings.redis_url.reveal(),
        "PARLEY_MASTER_KEY": settings.master_key.reveal(),
        "PARLEY_OPERATOR_TOKEN": OPERATOR,
        "PARLEY_LOG_LEVEL": "warning",
    }
