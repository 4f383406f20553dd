"""P7: how long from the nudge to the start of due work; how long when the nudge is lost; how fast a backlog drains."""

import asyncio
import random
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from statistics import median, quantiles

from bench.due_stage import Stage, open_stage
from bench.processes import Process
from bench.rounds import Bar, Benchmark, Figures, Measures
from hub.children import Report

PER_S, NUDGES = 50, 200
LOST, LOST_OVER_S = 12, 10.0
BACKLOG, ACCOUNTS = 2000, 20

# Makes one piece of work due and rings for it; gives the moment of the ring.
Nudge = Callable[[str], Awaitable[int]]


async def nudge_to_start(nudge: Nudge, worker: Process) -> Figures:
    """In open loop: the next nudge comes at its time, however the last one fares."""
    ids, begun_s = new_ids(NUDGES), time.monotonic()
    nudges = []
    for number, id in enumerate(ids):
        await asyncio.sleep(begun_s + number / PER_S - time.monotonic())
        nudges.append(asyncio.ensure_future(nudge(id)))
    rung_ns, moments = await asyncio.gather(*nudges), await worker.until_begun(ids)
    waits_ms = [(moment.at_ns - at_ns) / 1e6 for at_ns, moment in zip(rung_ns, moments, strict=True)]
    cpu_ns = [moment.cpu_ns for moment in moments]
    return {
        "p50_ms": median(waits_ms),
        "p99_ms": quantiles(waits_ms, n=100)[98],
        "worker_cpu_ms": (max(cpu_ns) - min(cpu_ns)) / 1e6 / (NUDGES - 1),
    }


async def lost_nudge(stage: Stage) -> Figures:
    """Due, and nobody rings: a sweep finds it."""
    waits_s = await asyncio.gather(*(lose(stage, id) for id in new_ids(LOST)))
    return {"lost_nudge_p50_s": median(waits_s), "lost_nudge_worst_s": max(waits_s)}


async def lose(stage: Stage, id: str) -> float:
    """At any moment between two sweeps."""
    await asyncio.sleep(random.uniform(0, LOST_OVER_S))  # noqa: S311 - no secret
    due_ns = time.monotonic_ns()
    await stage.put(id, account=id)
    (moment,) = await stage.ours.until_begun([id])
    return (moment.at_ns - due_ns) / 1e9


async def drain(stage: Stage) -> Figures:
    """A backlog of several accounts becomes due at once, as after a night without workers."""
    ids = new_ids(BACKLOG)
    await stage.put_many(ids, accounts=ACCOUNTS)
    moments = sorted(await stage.ours.until_begun(ids, timeout_s=300))
    took_ns, cpu_ns = moments[-1].at_ns - moments[0].at_ns, moments[-1].cpu_ns - moments[0].cpu_ns
    return {"drained_per_s": (BACKLOG - 1) / took_ns * 1e9, "drained_per_cpu_s": (BACKLOG - 1) / cpu_ns * 1e9}


def new_ids(count: int) -> list[str]:
    """So many, never used before."""
    return [secrets.token_hex(12) for _ in range(count)]


@asynccontextmanager
async def opened(report: Report) -> AsyncIterator[Measures]:
    """What is measured, on an open stage."""
    async with open_stage(report) as stage:

        async def once() -> Figures:
            return {**await lost_nudge(stage), **await drain(stage)}

        yield Measures(
            ours=partial(nudge_to_start, stage.nudge_ours, stage.ours),
            reference=partial(nudge_to_start, stage.nudge_reference, stage.reference),
            once=once,
        )


BENCHMARK = Benchmark(
    name="due_work",
    title=f"due work, from the nudge to the start, {PER_S} a second in open loop",
    reference="bare arq on the same Redis, with the same poll delay",
    bars=(Bar("P7", "p50_ms", 20), Bar("P7", "p99_ms", 60), Bar("P7", "lost_nudge_worst_s", 15)),
    opened=opened,
)
