"""The worker process: arq rings the bell and strikes the hours; the desks do the work."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, cast

import structlog
from arq.connections import ArqRedis
from arq.cron import cron
from arq.typing import StartupShutdown, WorkerCoroutine
from arq.worker import Worker as ArqWorker
from arq.worker import func

from hub.background import stop
from hub.bell import START, deserialize, new_pool, serialize
from hub.deps import Deps
from hub.store.mongo import DatabaseAway, Document
from hub.store.redis import REDIS_AWAY, TIMEOUT_S
from hub.work.desk import Desk
from hub.work.kinds import Kind

log = structlog.get_logger()

# arq's own half second would be most of the time between a ring and the start; this costs two percent of a core.
POLL_DELAY_S = 0.01
JOB_TIMEOUT_S = 30


class Worker:
    """All desks of one process, and the arq worker that wakes them."""

    def __init__(self, deps: Deps, kinds: Iterable[Kind], redis_url: str) -> None:
        self.desks = {kind.name: Desk(deps, kind) for kind in kinds}
        self.bell_works = False
        self.swept_at: datetime | None = None
        self._is_stopping = False
        self._deps = deps
        self._redis_url = redis_url

    async def run(self) -> None:
        """Work until cancelled. arq ends when Redis does: until it is back, we sweep by ourselves."""
        while not self._is_stopping:
            pool = new_pool(self._redis_url, self._deps.bell.queue)
            arq = self._new_arq(pool)
            try:
                await arq.async_run()
            except REDIS_AWAY as error:
                log.warning("bell_broken", error=type(error).__name__)
            except Exception as error:  # the outermost loop of the process
                log.error("bell_broken", exc_info=error)
            finally:
                self.bell_works = False
                await put_down(arq, pool)
            if not self._is_stopping:
                await self.sweep()
                await asyncio.sleep(self._deps.settings.work_sweep_s)

    async def sweep(self) -> None:
        """Begin whatever is overdue: what nobody rang for, what a ring was lost for, what a dead worker left."""
        try:
            await asyncio.gather(*(desk.sweep() for desk in self.desks.values()))
        except DatabaseAway:
            log.warning("sweep_failed", error="database_away")
            return
        self.swept_at = self._deps.clock.now()

    async def stop(self, running: asyncio.Task[None]) -> None:
        """End `run`."""
        self._is_stopping = True
        await stop(running)

    async def close(self) -> None:
        """Let what runs end, within the time that the settings give."""
        await asyncio.gather(*(desk.close(self._deps.settings.stop_timeout_s) for desk in self.desks.values()))

    def facts(self) -> Document:
        """What other processes may want to know of this one."""
        return {"bell_works": self.bell_works, "swept_at": self.swept_at}

    async def _start(self, _: dict[Any, Any], kind: str, id: str) -> None:
        desk = self.desks.get(kind)
        if desk is None:
            log.warning("unknown_kind", kind=kind)
            return
        with contextlib.suppress(DatabaseAway):
            await desk.offer(id)

    async def _hear(self, _: dict[Any, Any]) -> None:
        self.bell_works = True
        await self.sweep()

    async def _sweep(self, _: dict[Any, Any]) -> None:
        await self.sweep()

    def _new_arq(self, pool: ArqRedis) -> ArqWorker:
        # Every worker sweeps, each as far as it has places: hence not unique.
        seconds = set(range(0, 60, self._deps.settings.work_sweep_s))
        sweep = cron(cast(WorkerCoroutine, self._sweep), name="sweep", second=seconds, unique=False)
        return ArqWorker(
            [func(cast(WorkerCoroutine, self._start), name=START, keep_result=0, max_tries=1)],
            cron_jobs=[sweep],
            queue_name=None,
            redis_pool=pool,
            on_startup=cast(StartupShutdown, self._hear),
            handle_signals=False,
            poll_delay=POLL_DELAY_S,
            job_timeout=JOB_TIMEOUT_S,
            keep_result=0,
            max_jobs=64,
            job_serializer=serialize,
            job_deserializer=deserialize,
            log_results=False,
        )


async def put_down(arq: ArqWorker, pool: ArqRedis) -> None:
    """End arq ourselves: its own `close` stops half way when a job was cut off or Redis is away. Jobs are short, since
    all they do is offer work to a desk."""
    if jobs := [*arq.tasks.values()]:
        _, late = await asyncio.wait(jobs, timeout=TIMEOUT_S)
        for job in late:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
    await pool.aclose()


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[Worker]:
    """The worker at work for the length of the block; what runs at its end is finished first."""
    task = asyncio.create_task(worker.run(), name="worker")
    try:
        yield worker
    finally:
        await worker.stop(task)
        await worker.close()
