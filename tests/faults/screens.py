"""Two web processes, a worker, a Redis, and members at screens; and whatever can happen to each of them.

The changes are made by a third hub in the test's own process, so that every event has to come from another process.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from random import Random

from websockets.exceptions import ConnectionClosed

from hub.settings import Settings
from hub.store.embedded import free_port
from tests.hubs import running_hub
from tests.live.crew import FOLLOWER, OWN, OWNER, TEAM, at_work
from tests.live.history import Day
from tests.live.seats import NotKnown, Seat, all_told, difference
from tests.own_redis import OwnRedis
from tests.processes import Program, program
from tests.screens import PATIENCE_S, Refused
from tests.serving import serving

WEBS = 2
SCREENS = (OWNER, TEAM, OWN, FOLLOWER)
# So many screens break between two changes, and so often something larger does.
BETWEEN, REDIS_EVERY, KILL_EVERY = 5, 25, 40
# A process is started anew within seconds; whoever has tried too often is let in again after a minute.
PATIENCE_TO_COME_BACK_S, MOST_WAIT_S = 20 * PATIENCE_S, 5.0
# How often screens ask until they must be right, and what lies between.
TIMES_ASKED, PAUSE_S = 8, 2.0
# A page that asks and still does not know all connects anew, too.
LOST = (OSError, ConnectionClosed, Refused, TimeoutError, NotKnown)


@dataclass
class Process:
    """One of ours, at an address that it keeps."""

    argv: tuple[str, ...]
    environ: Mapping[str, str]
    stack: AsyncExitStack
    running: Program | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.environ['PORT']}"

    async def start(self) -> None:
        """Begin, and begin to be there."""
        self.running = await self.stack.enter_async_context(program(*self.argv, **self.environ))

    async def kill(self) -> None:
        """As the kernel would, without a word."""
        assert self.running
        self.running.process.send_signal(signal.SIGKILL)
        await self.running.process.wait()


@dataclass
class Stage:
    """All of it."""

    day: Day
    redis: OwnRedis
    webs: Sequence[Process]
    worker: Process
    seats: Sequence[Seat]
    random: Random
    told: dict[str, int] = field(default_factory=dict)
    number: int = 0

    async def go_on(self, disturbances: int) -> None:
        """Until so much has gone wrong."""
        for _ in range(disturbances):
            self.number += 1
            if self.number % BETWEEN == 0:
                await self.day.go_on()
            if self.number % REDIS_EVERY == 0:
                await self.random.choice((self.redis_is_flushed, self.redis_is_killed))()
            if self.number % KILL_EVERY == 0:
                await self.a_process_is_killed()
            seat, fate = self.random.choice(self.seats), self.random.choice(FATES)
            self.told[fate.__name__] = self.told.get(fate.__name__, 0) + 1
            await fate(self, seat)

    async def redis_is_flushed(self) -> None:
        """Whatever was in it is gone."""
        with suppress(Exception):
            await self.day.crew.hub.deps.redis.client.flushall()
        self.note("redis flushed")

    async def redis_is_killed(self) -> None:
        """And comes back a little later."""
        self.redis.kill()
        await self.day.go_on()
        await self.redis.start()
        self.note("redis killed")

    async def a_process_is_killed(self) -> None:
        """And is started again by its supervisor."""
        process = self.random.choice([*self.webs, self.worker])
        await process.kill()
        await self.day.go_on()
        await process.start()
        self.note(f"{process.argv[0]} killed")

    def note(self, what: str) -> None:
        """It has happened once more."""
        self.told[what] = self.told.get(what, 0) + 1

    async def back(self, seat: Seat) -> None:
        """Connected anew, to whichever process takes it; after each try in vain it waits longer, as pages do."""
        async with asyncio.timeout(PATIENCE_TO_COME_BACK_S):
            for tries in count():
                seat.url = self.random.choice(self.webs).url
                try:
                    await seat.come_back()
                    return
                except LOST:
                    await asyncio.sleep(min(0.1 * 2**tries, MOST_WAIT_S))

    async def wrong_in_the_end(self) -> dict[str, object]:
        """What stays otherwise however often they ask. What a killed process has left undone another one does some
        seconds later, and it may be at this moment."""
        for _ in range(TIMES_ASKED):
            if not (found := await self.wrong()):
                return {}
            await asyncio.sleep(PAUSE_S)
        return found

    async def wrong(self) -> dict[str, object]:
        """What the screens show otherwise than fresh ones, once all have asked for what they have missed."""
        await all_told(self.day.crew.hub.deps)
        found: dict[str, object] = {}
        for seat in self.seats:
            await self.asks_anew(seat)
            fresh = await seat.fresh(threads=[*seat.model.logs], people=[*seat.model.people])
            if wrong := difference(seat, fresh):
                found[seat.person.email] = wrong
        return found

    async def asks_anew(self, seat: Seat) -> None:
        """As every half minute; over a socket that is there."""
        try:
            await seat.take(await seat.told())
            await seat.catch_up()
        except LOST:
            await self.back(seat)


async def is_cut_off(stage: Stage, seat: Seat) -> None:
    """By a network that fails, in the middle of whatever it hears."""
    with suppress(*LOST):
        news = await seat.told()
        await seat.take(news[: stage.random.randint(0, len(news))])
    await stage.back(seat)


async def misses_some(stage: Stage, seat: Seat) -> None:
    """Events get lost, and nobody knows; then it asks, as it does every half minute."""
    try:
        await seat.take([one for one in await seat.told() if stage.random.random() < 0.5])
        await seat.catch_up()
    except LOST:
        await stage.back(seat)


async def hears_all_twice_and_late(stage: Stage, seat: Seat) -> None:
    """In no order."""
    try:
        news = [*(await seat.told()) * 2]
        stage.random.shuffle(news)
        await seat.take(news)
    except LOST:
        await stage.back(seat)


FATES: Sequence[Callable[[Stage, Seat], Awaitable[None]]] = (is_cut_off, misses_some, hears_all_twice_and_late)


@asynccontextmanager
async def staged(settings: Settings, redis: OwnRedis, seed: int) -> AsyncIterator[Stage]:
    """Everything is running, and everybody at a screen."""
    random = Random(seed)  # noqa: S311 - the same history each time
    async with (
        running_hub(settings) as hub,
        serving(hub) as url,
        at_work(hub, url) as crew,
        AsyncExitStack() as stack,
    ):
        webs = [Process(("serve",), environ_of(settings), stack) for _ in range(WEBS)]
        worker = Process(("work",), environ_of(settings), stack)
        for process in (*webs, worker):
            await process.start()
        day = Day(crew, random)
        await day.begin()
        await all_told(hub.deps)
        stage = Stage(day, redis, webs, worker, [crew.seats[who] for who in SCREENS], random)
        for seat in stage.seats:
            await stage.back(seat)
            await seat.load(threads=[thread.id for thread in day.threads[:3]])
        yield stage


def environ_of(settings: Settings) -> dict[str, str]:
    """The same settings, as a process gets them."""
    return {
        "PARLEY_MONGODB_URL": settings.mongodb_url.reveal(),
        "PARLEY_MONGODB_DATABASE": settings.mongodb_database,
        "PARLEY_REDIS_URL": settings.redis_url.reveal(),
        "PARLEY_MASTER_KEY": settings.master_key.reveal(),
        "PARLEY_DATA": str(settings.data),
        "PARLEY_LOG_LEVEL": "error",
        "PORT": str(free_port()),
    }
