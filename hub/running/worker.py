"""The worker process."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from hub.access import identify
from hub.app import app_of
from hub.children import Report
from hub.clock import SystemClock
from hub.deps import Deps, Wanted, open_deps
from hub.metrics import Metrics
from hub.operations.presence import present
from hub.operations.routes import ENDPOINTS
from hub.rooms import ROOMS
from hub.running.web import listen, server_of
from hub.settings import Settings
from hub.work.worker import Worker, working


async def work(settings: Settings, report: Report) -> None:
    """Do due work until told to stop, then finish what has begun."""
    wanted = Wanted(settings=settings, rooms=ROOMS, identify=identify, clock=SystemClock(), metrics=Metrics())
    async with AsyncExitStack() as stack:
        deps = await stack.enter_async_context(open_deps(wanted, report=report))
        worker = Worker(deps, [kind for room in wanted.rooms for kind in room.kinds], deps.servers.redis_url)
        await stack.enter_async_context(working(worker))
        await stack.enter_async_context(present(deps, "worker", worker.facts))
        if settings.work_port:
            await stack.enter_async_context(health_page(wanted, deps))
        await until_told()


@asynccontextmanager
async def health_page(wanted: Wanted, deps: Deps) -> AsyncIterator[None]:
    """/live, /ready and /metrics of a worker, for whoever supervises it."""
    server = server_of(app_of(wanted, ENDPOINTS, deps), wanted.settings, heeds_signals=False)
    with listen(wanted.settings.host, wanted.settings.work_port) as sock:
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
