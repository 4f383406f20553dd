"""What the benchmarks of due work need: real servers, our worker, a bare arq worker, and something that nudges both."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from arq.connections import ArqRedis, RedisSettings, create_pool

from bench.due_worker import HOUSE, KIND
from bench.machine import on, shared_out
from bench.processes import Process, started
from bench.reference.arq import QUEUE
from hub.children import Report
from hub.deps import Deps, open_deps
from hub.settings import Secret, Settings
from hub.store.embedded import open_servers
from hub.work.worker import POLL_DELAY_S


@dataclass(frozen=True)
class Stage:
    """What is open while we measure."""

    deps: Deps
    ours: Process
    arq: ArqRedis
    reference: Process

    async def nudge_ours(self, id: str) -> int:
        """The due document first, then the bell; gives the moment between the two."""
        await self.put(id, account="bench")
        written_ns = time.monotonic_ns()
        await self.deps.bell.ring(KIND.name, id)
        return written_ns

    async def nudge_reference(self, id: str) -> int:
        """Nothing but the queue; gives the moment before."""
        begun_ns = time.monotonic_ns()
        await self.arq.enqueue_job("begin", id)
        return begun_ns

    async def put(self, id: str, *, account: str) -> None:
        """Work that is due now, and nobody rings."""
        document = {"_id": id, "account": account, "due_at": self.deps.clock.now()}
        await self.deps.mongo[KIND.collection].insert(document)

    async def put_many(self, ids: list[str], *, accounts: int, at_once: int = 32) -> None:
        """A backlog that becomes due all at once."""
        works = self.deps.mongo[KIND.collection]
        waiting = [{"_id": id, "account": f"bench-{number % accounts}", "new": True} for number, id in enumerate(ids)]
        for first in range(0, len(waiting), at_once):
            await asyncio.gather(*(works.insert(document) for document in waiting[first : first + at_once]))
        await works.update_all({"new": True}, {"$set": {"due_at": self.deps.clock.now()}, "$unset": {"new": ""}})


@asynccontextmanager
async def open_stage(report: Report) -> AsyncIterator[Stage]:
    """Both workers stand on the same servers; the one that waits costs the other about one percent of a core."""
    servers_cores, load_cores = shared_out()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-bench-")))
        with on(servers_cores):
            opening = open_servers(Settings(data=folder), role="command", report=report)
            servers = await stack.enter_async_context(opening)
            settings = Settings(
                data=folder,
                mongodb_url=Secret(servers.mongodb_url),
                redis_url=Secret(servers.redis_url),
                master_key=servers.master_key,
            )
            ours = await stack.enter_async_context(started("-m", "bench.due_worker", environ=environ_of(settings)))
            argv = ("-m", "bench.reference.arq", servers.redis_url, str(POLL_DELAY_S))
            reference = await stack.enter_async_context(started(*argv, environ={}))
        stack.enter_context(on(load_cores))
        await ours.until_ready()
        await reference.until_ready()
        arq = await create_pool(RedisSettings.from_dsn(servers.redis_url), default_queue_name=QUEUE)
        stack.push_async_callback(arq.aclose)
        deps = await stack.enter_async_context(open_deps(HOUSE.wants(settings), report=report))
        yield Stage(deps, ours, arq, reference)


def environ_of(settings: Settings) -> dict[str, str]:
    """The settings as a process gets them."""
    return {
        "PARLEY_DATA": str(settings.data),
        "PARLEY_MONGODB_URL": settings.mongodb_url.reveal(),
        "PARLEY_REDIS_URL": settings.redis_url.reveal(),
        "PARLEY_MASTER_KEY": settings.master_key.reveal(),
        "PARLEY_LOG_LEVEL": "warning",
    }
