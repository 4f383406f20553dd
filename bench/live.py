"""P1 and P4: an event to all who have a conversation open, and what a screen costs that hears nothing."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import partial

from bench.live_lines import Line
from bench.live_stage import Server, Stage, open_stage
from bench.live_web import Told, audiences_of
from bench.rounds import Bar, Benchmark, Figures, Measures
from hub.bus import Bus, open_bus
from hub.children import Report
from hub.house import only_speaking
from hub.metrics import Metrics
from hub.store.installation import installation_id
from hub.store.mongo import open_mongo
from hub.store.redis import open_redis

SCREENS, WARM_UP = 1000, 50
# How many screens have the same conversation open, and how many events they are told together.
SIZES = {3: 12_000, 50: 1_600, 1000: 80}
# So many deliveries are on their way at most.
AT_ONCE = 4000
IDLE_S, LOOK_EVERY_S, PATIENCE_S = 4.0, 0.002, 60

Open = Callable[[], AbstractAsyncContextManager[Server]]
# One event to each of these rooms, which may be named several times.
Tell = Callable[[Sequence[str]], Awaitable[None]]


async def measured(opened: Open) -> Figures:
    """One server, from its start to its end."""
    async with opened() as server:
        asker = (await server.screens(range(WARM_UP)))[0]
        empty = await weigh(server, asker)
        lines = await server.screens(range(WARM_UP, WARM_UP + SCREENS))
        idle_s = await idle(server)
        full = await weigh(server, asker)
        costs = {f"cpu_us_{size}": await told(server, partial(tell, server, asker), lines, size) for size in SIZES}
        return {
            **costs,
            "socket_kb": (full - empty) / SCREENS / 1000,
            "idle_cpu_ms_per_s": idle_s * 1000,
        }


async def weigh(server: Server, asker: Line) -> int:
    """What the process is made of, without garbage."""
    await asker.ask("tidy")
    return server.size


async def idle(server: Server) -> float:
    """The CPU time of a second in which nothing happens."""
    before_s, begun_s = server.cpu_s, time.monotonic()
    await asyncio.sleep(IDLE_S)
    return (server.cpu_s - before_s) / (time.monotonic() - begun_s)


async def told(server: Server, tell: Tell, lines: Sequence[Line], size: int) -> float:
    """Microseconds of CPU for each delivery, when so many hear the same."""
    rooms = [f"of-{size}-{number}" for number in range(len(lines) // size)]
    hearing = lines[: len(rooms) * size]
    for number, line in enumerate(hearing):
        await line.ask("join", {"rooms": [rooms[number // size]]})
    heard, before_s, events = sum_of(hearing), server.cpu_s, SIZES[size]
    at_once = AT_ONCE // size
    for first in range(0, events, at_once):
        now = min(at_once, events - first)
        await tell([rooms[number % len(rooms)] for number in range(first, first + now)])
        await until_heard(hearing, heard + (first + now) * size)
    return (server.cpu_s - before_s) / (events * size) * 1e6


async def tell(server: Server, asker: Line, rooms: Sequence[str]) -> None:
    """One event to each of these, by the server itself."""
    answer = await asker.ask("tell", {"rooms": rooms, "text": server.text})
    assert answer is None or "ok" in answer, answer


def sum_of(lines: Sequence[Line]) -> int:
    """All that they have heard."""
    return sum(line.heard for line in lines)


async def until_heard(lines: Sequence[Line], wanted: int) -> None:
    """Return when all of it has come, and nothing more than that."""
    give_up_at = time.monotonic() + PATIENCE_S
    while (heard := sum_of(lines)) < wanted:
        if time.monotonic() > give_up_at:
            raise SystemExit(f"Some events were not heard: {heard} of {wanted}.")
        await asyncio.sleep(LOOK_EVERY_S)
    assert heard == wanted, f"heard {heard} of {wanted}"


def side(stage: Stage, name: str) -> Open:
    """A server by its name."""
    return {"ours": stage.ours, "node": stage.node}.get(name) or partial(stage.python, name)


async def by_redis(stage: Stage) -> Figures:
    """Ours once more, when another process says it: here, the one that measures."""
    async with stage.ours() as server, bus_of(stage) as bus:
        lines = await server.screens(range(SCREENS))

        async def tell(rooms: Sequence[str]) -> None:
            for room in rooms:
                event = Told(account=stage.founded.account, thread=room, rev=100, text=server.text)
                await bus.publish(event, audiences_of(event.account, room))

        return {f"by_redis_cpu_us_{size}": await told(server, tell, lines, size) for size in SIZES}


@asynccontextmanager
async def bus_of(stage: Stage) -> AsyncIterator[Bus]:
    """As a worker has it: it speaks, and hears nothing."""
    mongodb_url, redis_url = stage.settings.mongodb_url.reveal(), stage.settings.redis_url.reveal()
    async with open_mongo(mongodb_url, stage.settings.mongodb_database, timeout_s=30) as mongo:
        installation = await installation_id(mongo, datetime.now(UTC))
    async with (
        open_redis(redis_url, installation) as wire,
        open_bus(only_speaking(wire), (), Metrics(), PATIENCE_S) as bus,
    ):
        yield bus


@asynccontextmanager
async def opened(report: Report, *, against: str) -> AsyncIterator[Measures]:
    """Ours and one other."""
    async with open_stage(WARM_UP + SCREENS, report) as stage:
        one, other = (partial(measured, side(stage, name)) for name in ("ours", against))
        yield Measures(ours=one, reference=other, once=partial(by_redis, stage))


def benchmark(against: str, reference: str, bars: Sequence[Bar] = ()) -> Benchmark:
    """Against one of the references."""
    return Benchmark(
        name=f"live_{against}",
        title=f"{SCREENS} screens: an event of 200 B to 3, 50, and all of them; and one that is idle",
        reference=reference,
        bars=bars,
        opened=partial(opened, against=against),
    )


P1 = tuple(Bar("P1", f"cpu_us_{size}", 1, is_ratio=True) for size in SIZES)
BENCHMARKS = (
    benchmark("bare", "python-socketio under uvicorn, as they come"),
    benchmark("node", "socket.io 4 with ws, as they come", (Bar("P4", "socket_kb", 40),)),
    benchmark(
        "tuned",
        "python-socketio under uvicorn, without compression, on uvloop",
        (*P1, Bar("P4", "socket_kb", 1.1, is_ratio=True)),
    ),
)
