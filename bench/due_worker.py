"""Our worker with one more kind of work, which notes that it began: python -m bench.due_worker"""

import os
import sys
from contextlib import AsyncExitStack

import uvloop

from bench.processes import READY, tell_begun
from hub import logs
from hub.command import say
from hub.deps import Deps, open_deps
from hub.house import House, Room
from hub.operations.presence import present
from hub.rooms import ROOMS
from hub.running.worker import until_told
from hub.settings import Settings, load
from hub.store.mongo import Document
from hub.work.kinds import Kind, Lease
from hub.work.worker import Worker, working


async def begin(_: Deps, document: Document, __: Lease) -> None:
    """Note that it began, and nothing else."""
    tell_begun(document["_id"])


KIND = Kind(name="bench", collection="bench_work", handler=begin)
HOUSE = House((*ROOMS, Room(name="bench", kinds=(KIND,))))


async def work(settings: Settings) -> None:
    """As hub/running/worker.py does it."""
    async with AsyncExitStack() as stack:
        deps = await stack.enter_async_context(open_deps(HOUSE.wants(settings), report=say))
        worker = Worker(deps, HOUSE.kinds, deps.servers.redis_url)
        await stack.enter_async_context(working(worker))
        await stack.enter_async_context(present(deps, "worker", worker.facts))
        while not worker.bell_works:
            await deps.clock.sleep(0.01)
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()
        await until_told()


if __name__ == "__main__":
    settings = load(os.environ)
    logs.configure(settings)
    uvloop.run(work(settings))
