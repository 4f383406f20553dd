"""P3: from a lead's message, as their provider sends it, to the screens of those who have the conversation open."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from statistics import median, quantiles

from bench.live_lines import Line
from bench.live_stage import Server, Stage, open_stage
from bench.live_talk import NUMBERED, PATIENCE_S, open_provider
from bench.reference.sockets import EVERYBODY
from bench.rounds import Bar, Benchmark, Figures, Measures
from hub.children import Report

# Each conversation is open at so many screens.
PEOPLE, SCREENS, EACH = 40, 20, 2
FULL, EVENTS, AT_ONCE = 150, 150, 16
# An entry of the log, and what the reference says.
SHOWN = (b'"entry_changed"', b'"told"')


@dataclass(frozen=True)
class Path:
    """From somebody who writes to the screens of one server. `shown` is when each message was on the last of them."""

    tell: Callable[[int], Awaitable[None]]
    screens: Sequence[Line]
    each: int
    times: dict[int, list[float]] = field(default_factory=dict)

    def watch(self) -> None:
        """Note what comes."""
        for screen in self.screens:
            screen.hear = self.hear

    def hear(self, text: bytes) -> None:
        """At one of the screens."""
        if any(name in text[:40] for name in SHOWN) and (found := NUMBERED.search(text)):
            self.times.setdefault(int(found[1]), []).append(time.monotonic())

    async def until_shown(self, number: int) -> float:
        """When it was everywhere."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.times.get(number, ())) < self.each:
                await asyncio.sleep(0.002)
        return max(self.times[number])


async def measured(path: Path, numbers: "count[int]") -> Figures:
    """How much it can take; then half of that, in open loop."""
    event_s = await as_fast_as_it_can(path, numbers)
    took_s = await in_open_loop(path, numbers, event_s * 2)
    return {
        "event_ms_at_most": event_s * 1000,
        "p50_ms": median(took_s) * 1000,
        "p99_ms": quantiles(took_s, n=100)[98] * 1000,
    }


async def as_fast_as_it_can(path: Path, numbers: "count[int]") -> float:
    """Seconds for one event, with some of them always under way."""
    begun_s, left = time.monotonic(), iter(range(FULL))

    async def tell_on() -> None:
        for _ in left:
            number = next(numbers)
            await path.tell(number)
            await path.until_shown(number)

    await asyncio.gather(*(tell_on() for _ in range(AT_ONCE)))
    return (time.monotonic() - begun_s) / FULL


async def in_open_loop(path: Path, numbers: "count[int]", every_s: float) -> list[float]:
    """How long each took from when it was to be sent: the next comes at its time, however this one fares."""
    begun_s = time.monotonic()

    async def one(place: int, number: int) -> float:
        at_s = begun_s + place * every_s
        await asyncio.sleep(at_s - time.monotonic())
        await path.tell(number)
        return await path.until_shown(number) - at_s

    return await asyncio.gather(*(one(place, next(numbers)) for place in range(EVENTS)))


async def our_path(stack: AsyncExitStack, stage: Stage, server: Server) -> Path:
    """A signed webhook on one side, on the other screens that hear of all conversations and have some open."""
    provider = await stack.enter_async_context(open_provider(server.port, stage.founded))
    await asyncio.gather(*(provider.tell(-1 - person, person) for person in range(PEOPLE)))
    threads = await provider.threads(PEOPLE, 1)
    screens = await server.screens(range(SCREENS))
    for place in range(PEOPLE * EACH):
        await screens[place % SCREENS].ask("watch", {"thread_id": threads[place // EACH]["id"]})
    return Path(lambda number: provider.tell(number, number % PEOPLE), screens, EACH)


async def bare_path(stack: AsyncExitStack, stage: Stage, server: Server) -> Path:
    """The same body, stored and said to all screens."""
    provider = await stack.enter_async_context(open_provider(server.port, stage.founded))
    screens = await server.screens(range(EACH))
    for screen in screens:
        await screen.ask("join", {"rooms": [EVERYBODY]})

    async def tell(number: int) -> None:
        body = f"{'x' * 200} (no. {number})"
        (await provider.client.post("/", content=body)).raise_for_status()

    return Path(tell, screens, EACH)


@asynccontextmanager
async def opened(report: Report) -> AsyncIterator[Measures]:
    """Both servers, and their screens."""
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(open_stage(SCREENS, report))
        ours = await our_path(stack, stage, await stack.enter_async_context(stage.ours()))
        bare = await bare_path(stack, stage, await stack.enter_async_context(stage.python("bare")))
        for path in (ours, bare):
            path.watch()
        numbers = count()
        yield Measures(ours=partial(measured, ours, numbers), reference=partial(measured, bare, numbers), once=nothing)


async def nothing() -> Figures:
    """All of it is measured in rounds."""
    return {}


BENCHMARK = Benchmark(
    name="live_delay",
    title="from a signed webhook to two open screens, at half of what each can take",
    reference="bare: stored by one journalled insert and said to a room by python-socketio",
    bars=(Bar("P3", "p99_ms", 50),),
    opened=opened,
)
