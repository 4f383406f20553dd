"""The worker process."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from hub.app import app_of
from hub.children import Report
from hub.deps import Deps, open_deps
from hub.house import House, Room
from hub.operations.presence import present
from hub.operations.routes import ENDPOINTS
from hub.rooms import HOUSE
from hub.running.web import listen, server_of
from hub.settings import Settings
from hub.work.worker import Worker, working

# All that a worker shows of itself.
HEALTH = House((Room(name="operations", endpoints=ENDPOINTS),))


async def work(settings: Settings, report: Report) -> None:
    """Do due work until told to stop, then finish what has begun."""
    wanted = HOUSE.wants(settings)
    async with AsyncExitStack() as stack:
        deps = await stack.enter_async_context(open_deps(wanted, report=report))
        worker = Worker(deps, HOUSE.kinds, deps.servers.redis_url)
        if settings.work_port:
            await stack.enter_async_context(health_page(deps))
        await stack.enter_async_context(working(worker))
        await stack.enter_async_context(present(deps, "worker", worker.facts))
        await until_told()


@asynccontextmanager
async def health_page(deps: Deps) -> AsyncIterator[None]:
    """/live, /ready and /metrics of a worker, for whoever supervises it."""
    server = server_of(app_of(deps, HEALTH), deps.settings, heeds_signals=False)
    with listen(deps.settings.host, deps.settings.work_port, setting="PARLEY_WORK_PORT") as sock:
        task = asyncio.create_task(server.serve([sock]), name="health page")
        try:
            yield
        finally:
            server.should_exit = True
            await task


async def until_told() -> None:
    """Return at the first SIGTERM or ^C."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await told.wait()
