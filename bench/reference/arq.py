"""A bare arq worker: python -m bench.reference.arq REDIS_URL POLL_DELAY_S"""

import sys
from typing import Any, cast

import uvloop
from arq.connections import RedisSettings
from arq.typing import StartupShutdown, WorkerCoroutine
from arq.worker import Worker, func

from bench.processes import READY, tell_begun

QUEUE = "bench:arq"


async def begin(_: dict[Any, Any], id: str) -> None:
    """Note that it began, and nothing else."""
    tell_begun(id)


async def say_ready(_: dict[Any, Any]) -> None:
    """It hears from now on."""
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()


async def work(redis_url: str, poll_delay_s: float) -> None:
    """Everything but the poll delay is arq's own default."""
    worker = Worker(
        [func(cast(WorkerCoroutine, begin), name="begin")],
        queue_name=QUEUE,
        redis_settings=RedisSettings.from_dsn(redis_url),
        on_startup=cast(StartupShutdown, say_ready),
        poll_delay=poll_delay_s,
    )
    await worker.async_run()


if __name__ == "__main__":
    uvloop.run(work(sys.argv[1], float(sys.argv[2])))
