"""P2 and P5: a provider's webhooks, answered after the durable write, and everything that comes after the answer; and
what the web process remembers of many of them, which should be nothing."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from statistics import median, quantiles

from bench.intake_stage import Stage, Target, open_stage
from bench.rounds import Bar, Benchmark, Figures, Measures
from hub.children import Report

PER_S, EVENTS = 100, 200
# So many more, to see whether the process grows by them.
MESSAGES = 20_000
LOOKED_AT = {"10": 0.1, "50": 0.5, "100": 1.0}
KB, MB = 1e3, 1e6


async def in_open_loop(stage: Stage, target: Target) -> list[float]:
    """How long each was waited for, from when it was to be sent: the next comes at its time, however this one fares."""
    begun_s = time.monotonic()

    async def one(number: int) -> float:
        at_s = begun_s + number / PER_S
        await asyncio.sleep(at_s - time.monotonic())
        await stage.tell(target)
        return time.monotonic() - at_s

    return await asyncio.gather(*(one(number) for number in range(EVENTS)))


async def ours(stage: Stage) -> Figures:
    """The real address, until all reactions are done; and the one that only answers."""
    before_s = stage.real.cpu_s
    took_s = await in_open_loop(stage, stage.real)
    await stage.until_caught_up()
    between_s = stage.real.cpu_s
    await in_open_loop(stage, stage.taken)
    return {
        **waits(took_s),
        "answer_cpu_ms": (stage.real.cpu_s - between_s) / EVENTS * 1000,
        "event_cpu_ms": (between_s - before_s) / EVENTS * 1000,
    }


async def reference(stage: Stage) -> Figures:
    """Of the answer, the echo; of the whole event, the bare insert."""
    before_s = stage.echo.cpu_s
    took_s = await in_open_loop(stage, stage.echo)
    echoed_s = stage.echo.cpu_s - before_s
    before_s = stage.bare.cpu_s
    await in_open_loop(stage, stage.bare)
    return {
        **waits(took_s),
        "answer_cpu_ms": echoed_s / EVENTS * 1000,
        "event_cpu_ms": (stage.bare.cpu_s - before_s) / EVENTS * 1000,
    }


def waits(took_s: list[float]) -> Figures:
    """How long an answer takes."""
    return {"p50_ms": median(took_s) * 1000, "p99_ms": quantiles(took_s, n=100)[98] * 1000}


async def growth(stage: Stage, messages: int, report: Report) -> Figures:
    """The size of the web process after so many messages; and how fast they were taken in."""
    begun_s, before_s = time.monotonic(), stage.real.cpu_s
    sizes, told = {"0": size_of(stage)}, 0
    for percent, part in LOOKED_AT.items():
        more = int(messages * part) - told
        await stage.tell_many(stage.real, more)
        told += more
        sizes[percent] = size_of(stage)
        report(f"intake: {sizes[percent] / MB:.0f} MB after {told:,} messages")
    slope = (sizes["100"] - sizes["50"]) / (told - int(messages * LOOKED_AT["50"]))
    return {
        "events_per_s": told / (time.monotonic() - begun_s),
        "events_per_cpu_s": told / (stage.real.cpu_s - before_s),
        **{f"rss_at_{percent}%_mb": size / MB for percent, size in sizes.items()},
        "rss_per_1000_kb": slope * 1000 / KB,
    }


def size_of(stage: Stage) -> float:
    """What the web process has of the machine's memory."""
    return float(stage.real.process.memory_info().rss)


@asynccontextmanager
async def opened(report: Report, *, messages: int) -> AsyncIterator[Measures]:
    """All that it takes."""
    async with open_stage(report) as stage:
        once = partial(growth, stage, messages, report)
        yield Measures(ours=partial(ours, stage), reference=partial(reference, stage), once=once)


def benchmark(messages: int = MESSAGES) -> Benchmark:
    """With so many messages at its end."""
    return Benchmark(
        name="intake",
        title=f"{PER_S} signed webhooks a second: the answer, and all that comes after it",
        reference="a bare Starlette echo; of event_cpu_ms: a bare Starlette with one journalled insert",
        bars=(
            Bar("P5", "p50_ms", 10),
            Bar("P5", "p99_ms", 100),
            Bar("P5", "answer_cpu_ms", 4, is_ratio=True),
            Bar("P2", "event_cpu_ms", 2, is_ratio=True),
        ),
        opened=partial(opened, messages=messages),
    )
